"""What the words of one row say together: two that were typed side by side, and stand near.

BM25 adds words up one by one, and cannot see it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def near(
    row: Sequence[tuple[str, str] | None], frequency: Callable[[str], int], /
) -> list[tuple[str, str]]:
    """Return the pairs of neighbours in a row that are worth looking for.

    Each is a word and its stem, or nothing; ``frequency`` says how many articles have a stem.
    """
    if len(row) > NEAR_WORDS:
        return []
    pairs = [(one, other) for one, other in pairwise(row) if one and other]
    return [
        (word, next_word)
        for (word, stem), (next_word, next_stem) in pairs
        if stem != next_stem and min(frequency(stem), frequency(next_stem)) <= NEAR_ARTICLES
    ]
