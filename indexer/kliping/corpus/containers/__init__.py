"""Files within files: archives, WARC, MHTML, feeds and the XML of news agencies."""
