"""What a reader sees: the web page of an index, its feed, and what embeds it elsewhere.

A request becomes a ``question``, which is all that an address says. ``answers`` asks the index and
makes a model of what is shown (``listing``, ``reading``, ``feed``), plain values, of which
``rendering`` alone makes a page. ``words`` has every text in both languages, ``routes`` the
addresses.
"""
