"""What the words of one row say together: two that were typed side by side, and stand near.

BM25 adds words up one by one, and cannot see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

from kliping.query import tree
from kliping.query.weights import NEAR_ARTICLES, NEAR_SHARE, NEAR_WORDS

# Whether so few articles have a stem that finding it near another tells something.
Rare = Callable[[str], bool]
_REMEMBERED = 10_000


def rare(frequency: Callable[[str], int], articles: int, /) -> Rare:
    """Return what tells rare stems, given how many of the ``articles`` have one; it remembers."""
    most = max(NEAR_ARTICLES, NEAR_SHARE * articles)
    return lru_cache(maxsize=_REMEMBERED)(lambda stem: frequency(stem) <= most)


def bare(node: tree.Node, /) -> tree.Node:
    """Return a node without what boosts, demands or widens it."""
    match node:
        case tree.Boost(inner, _) | tree.Must(inner) | tree.Alternatives(inner, _):
            return bare(inner)
        case _:
            return node


def near(stems: Iterable[str | None], is_rare: Rare, /) -> list[tuple[str, str]]:
    """Return the pairs of neighbours among ``stems`` that are worth looking for."""
    row = list(stems)
    if len(row) > NEAR_WORDS:
        return []
    return [
        (one, other)
        for one, other in pairwise(row)
        if one and other and one != other and (is_rare(one) or is_rare(other))
    ]
