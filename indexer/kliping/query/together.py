"""What the words of one row say together: two that were typed side by side, and stand near.

BM25 adds words up one by one, and cannot see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from kliping.query import tree
from kliping.query.weights import NEAR_ARTICLES, NEAR_WORDS


def bare(node: tree.Node, /) -> tree.Node:
    """Return a node without what boosts, demands or widens it."""
    match node:
        case tree.Boost(inner, _) | tree.Must(inner) | tree.Alternatives(inner, _):
            return bare(inner)
        case _:
            return node


def near(stems: Iterable[str | None], frequency: Callable[[str], int], /) -> list[tuple[str, str]]:
    """Return the pairs of neighbours among ``stems`` that are worth looking for.

    ``frequency`` says how many articles have a stem.
    """
    row = list(stems)
    if len(row) > NEAR_WORDS:
        return []
    return [
        (one, other)
        for one, other in pairwise(row)
        if one and other and one != other and min(map(frequency, (one, other))) <= NEAR_ARTICLES
    ]
