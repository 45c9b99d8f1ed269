"""What the words of one row say together: two that were typed close by, and stand near.

BM25 adds words up one by one, and cannot see it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kliping.query import tree
from kliping.query.weights import NEAR_ARTICLES, NEAR_WORDS


def bare(node: tree.Node, /) -> tree.Node:
    """Return a node without what boosts, demands or widens it."""
    match node:
        case tree.Boost(inner, _) | tree.Must(inner) | tree.Alternatives(inner, _):
            return bare(inner)
        case _:
            return node


def near(
    row: Sequence[tuple[str, str] | None], reach: int, frequency: Callable[[str], int], /
) -> list[tuple[str, str]]:
    """Return the pairs of a row, at most ``reach`` words apart, that are worth looking for.

    Each word comes with its stem, or is nothing; ``frequency`` says how many articles have a stem.
    """
    if len(row) > NEAR_WORDS:
        return []
    pairs = [(row[n], other) for n in range(len(row)) for other in row[n + 1 : n + 1 + reach]]
    return [
        (one[0], other[0])
        for one, other in pairs
        if one and other and one[1] != other[1]
        if min(frequency(one[1]), frequency(other[1])) <= NEAR_ARTICLES
    ]
