"""Documents made for paper: PDF and Word's, put back into the paragraphs of an article."""
