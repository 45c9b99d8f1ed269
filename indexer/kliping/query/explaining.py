"""How a query was read, as lines of text for a person."""

from __future__ import annotations

from collections.abc import Iterator

from kliping.query import clauses
from kliping.query.clauses import Clause
from kliping.query.tree import Query

_GROUPS = {
    "must": "all of",
    "should": "any of, adding to the score",
    "must_not": "none of",
    "filter": "only those with",
}


def outline(query: Query, clause: Clause, /) -> str:
    """Return what was mended in the query, and the clauses that the engine is asked."""
    return "\n".join([*(f"mended: {note}" for note in query.notes), *_lines(clause, "")])


def _lines(clause: Clause, indent: str) -> Iterator[str]:
    if not isinstance(clause, clauses.Bool):
        yield indent + leaf(clause)
        return
    for name, title in _GROUPS.items():
        if parts := getattr(clause, name):
            yield f"{indent}{title}:"
            for part in parts:
                yield from _lines(part, indent + "  ")


def leaf(clause: Clause, /) -> str:  # noqa: PLR0911 - a table of kinds
    """Return a clause that has no parts as text: ``title:gempa × 2``."""
    match clause:
        case clauses.Term(field, text, boost):
            return f"{field}:{text}{_times(boost)}"
        case clauses.Phrase(field, texts, slop, boost):
            near = f"~{slop}" if slop else ""
            return f'{field}:"{" ".join(texts)}"{near}{_times(boost)}'
        case clauses.Near(field, some, others, between, boost):
            return f"{field}:({_either(some)})~{between}({_either(others)}){_times(boost)}"
        case clauses.Prefix(field, text, boost):
            return f"{field}:{text}*{_times(boost)}"
        case clauses.Wildcard(field, pattern, boost):
            return f"{field}:{pattern}{_times(boost)}"
        case clauses.Fuzzy(field, text, distance, boost):
            return f"{field}:{text}~{distance}{_times(boost)}"
        case clauses.DateRange(since, until):
            return f"published from {since} to before {until}, in seconds since 1970"
        case clauses.Exists(field):
            return f"a {field}"
        case clauses.Everything():
            return "every article"
        case clauses.Constant(inner, score):
            return f"{score:.3g} for {leaf(inner)}"
        case _:
            return "nothing"


def _either(texts: tuple[str, ...]) -> str:
    return " OR ".join(texts)


def _times(boost: float) -> str:
    return "" if boost == 1.0 else f" × {boost:g}"
