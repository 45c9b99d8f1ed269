"""Every weight of the ranking, in one table; docs/measurements.md tells how they were chosen."""

from __future__ import annotations

from kliping.values import Value

# Neighbours in a query are near in a text within so many moves of each other; 3 and 8 do as well.
NEAR_SLOP = 5
# In a longer row than this nearness counts for less, the more so the longer it is: of many words
# some stand near each other wherever the subject comes up.
NEAR_WHOLE = 4
# Rows of more words than so many are spared it: it takes time.
NEAR_WORDS = 12
# So are pairs whose rarer word stands in more articles than this: it says little of them, and
# looking for them costs the most, the more the larger an index is. On known-item topics that takes
# .001 of MRR@10.
NEAR_ARTICLES = 2_000
# Nor is the very form of a word looked for in the bodies of more articles than this.
FORM_ARTICLES = 10_000


class Weights(Value):
    """How much each signal of one query word counts, relative to its stem in the text.

    ``exact`` is the very form that was typed, in the body, and ``title`` how many times as much it
    is in the title; ``near`` weighs two words near each other that stand next to one another in a
    query, or at most ``reach`` words on. In a body both count once, by how rare the words are.
    ``synonym`` multiplies what is found by another word of the same meaning, whose form adds
    nothing. How much more a title counts than a body is settled when articles are indexed
    (:data:`kliping.query.fields.TITLE_TIMES`). ``old`` is what recency leaves of the score of an
    article without a date, or long past.
    """

    exact: float = 0.1
    synonym: float = 0.1
    near: float = 0.2
    old: float = 0.5
    title: float = 1.5
    reach: int = 2


WEIGHTS = Weights()
# What only adds to scores left out: for who asks what matches, and no more.
DECIDING = Weights(exact=0.0, near=0.0)
