"""The store: "Where does an index live, and what does it promise?".

A folder with a manifest and generations, the notes on what each was made from, and the groups of
articles that say the same. Both wings stand on it: :mod:`kliping.indexing` writes, and
:mod:`kliping.searching` reads.
"""
