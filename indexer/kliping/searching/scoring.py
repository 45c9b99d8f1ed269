"""What each part of a query brought a hit: scores as sums that a person can read.

The engine is asked for one part at a time, among the hits alone, so the sums are the same thing in
every engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from kliping.engines import Engine
from kliping.engines.documents import plain
from kliping.query.clauses import Bool, Clause, Term
from kliping.query.explaining import leaf

Sum = tuple[tuple[str, float], ...]

# What the engine's single precision leaves between a score and the sum of its parts.
_ROUNDING = 1e-4


def sums(engine: Engine, clause: Clause, scores: Mapping[str, float], /) -> list[Sum]:
    """Return, for each id of ``scores``, the parts of ``clause`` and what each brings to the score.

    The greatest part comes first, and what brings nothing is left out. Where the score is less
    than the sum, because the article is old, a last part says so.
    """
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for part, article_id, score in _parts(engine, clause, scores.keys()):
        found[article_id].append((leaf(part), score))
    return [_sum(found[each], score) for each, score in scores.items()]


def _sum(parts: list[tuple[str, float]], score: float) -> Sum:
    whole = sum(part for _, part in parts)
    parts.sort(key=lambda part: -part[1])
    if whole - score > _ROUNDING * whole:
        parts.append((f"recency: × {score / whole:.2f}", score - whole))
    return tuple(parts)


def _parts(
    engine: Engine, clause: Clause, ids: Collection[str]
) -> Iterator[tuple[Clause, str, float]]:
    """Yield each part without parts of its own, with an article that it scores."""
    if not ids:
        return
    if not isinstance(clause, Bool):
        yield from ((clause, each, score) for score, each in _among(engine, clause, ids) if score)
        return
    if clause.must or clause.must_not or clause.filter:
        # A part scores only where all that stands beside it allows.
        ids = [each for _, each in _among(engine, clause, ids)]
    for part in (*clause.must, *clause.should):
        yield from _parts(engine, part, ids)


def _among(engine: Engine, clause: Clause, ids: Collection[str]) -> list[tuple[float, str]]:
    wanted = Bool(should=tuple(Term("id", plain(each)) for each in ids))
    return engine.rank(Bool(must=(clause,), filter=(wanted,)), limit=len(ids))
