"""What the words of one row say together: how many of them an article has, and how near.

BM25 adds words up one by one, so an article that keeps repeating one can pass another that has
them all. Hence each word that an article has counts by itself too, however common it is and however
often it stands there. Patterns and words with ``~`` do not: they would be looked for twice. Two
words that were typed side by side count more where they are near.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kliping.query import tree
from kliping.query.clauses import Bool, Clause, Constant, Fuzzy, Phrase, Prefix, Term, Wildcard
from kliping.query.fields import LEAD, WORDS
from kliping.query.weights import NEAR_SLOP, NEAR_WORDS

_IMPLIED = (LEAD, *WORDS.values())


def bare(node: tree.Node, /) -> tuple[tree.Node, float]:
    """Return a node without what boosts, demands or widens it, and the boost."""
    match node:
        case tree.Boost(inner, factor):
            found, more = bare(inner)
            return found, factor * more
        case tree.Must(inner) | tree.Alternatives(inner, _):
            return bare(inner)
        case _:
            return node, 1.0


def present(word: Clause, boost: float, /) -> Constant:
    """Return a clause that counts an article that has ``word``, planned from one plain word, once.

    What has the form has the stem, and what stands in the lead stands in the body.
    """
    if isinstance(word, Bool):
        parts = tuple(c for c in word.should if not (isinstance(c, Term) and c.field in _IMPLIED))
        word = parts[0] if len(parts) == 1 else Bool(should=parts)
    return Constant(word, boost)


def walks(clause: Clause, /) -> bool:
    """Whether an engine looks for any part of ``clause`` by walking through the index's words."""
    if isinstance(clause, Bool):
        return any(walks(each) for each in (*clause.must, *clause.should, *clause.must_not))
    return isinstance(clause, (Prefix, Wildcard, Fuzzy))


def near(field: str, stems: Iterable[str | None], boost: float, /) -> list[Clause]:
    """Return the pairs of neighbours among ``stems``, near in ``field`` and in either order.

    Looking up where words stand takes time, and a long query gains nothing from it.
    """
    row = list(stems)
    if len(row) > NEAR_WORDS:
        return []
    return [
        Phrase(field, (one, other), NEAR_SLOP, boost)
        for one, other in pairwise(row)
        if one and other and one != other
    ]
