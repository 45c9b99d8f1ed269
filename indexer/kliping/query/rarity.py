"""How much a word tells by how few articles have it."""

from __future__ import annotations

import math


def idf(articles: int, having: int, /) -> float:
    """Return BM25's inverse document frequency, as all engines compute it.

    Deleted articles that are not yet merged away may make more have a term than there are.

    >>> idf(100, 1) > idf(100, 50) > idf(100, 200) > 0
    True
    """
    having = min(having, articles)
    return math.log(1 + (articles - having + 0.5) / (having + 0.5))
