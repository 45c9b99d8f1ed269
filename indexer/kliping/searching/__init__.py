"""The wing of reading: "Which articles, in what order, and why?".

Useful for answering a query. Not useful for changing what an index holds: see
:mod:`kliping.indexing`.
"""
