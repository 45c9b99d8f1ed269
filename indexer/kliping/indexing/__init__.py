"""The wing of writing: "What changed, and what may be committed?".

Useful for bringing an index up to date. Not useful for searching it: see :mod:`kliping.searching`.
"""
