"""Counts of the values that the matches of a search have, by facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kliping.engines import Engine
from kliping.engines.documents import FACETS, plain
from kliping.query.clauses import Bool, Clause, Term

# As engines call them, and as users do.
_NAMES = {"source": "source", "section": "section", "authors": "author", "tags": "tag"}
_YEAR, _MONTH = 4, 7  # characters of a day, YYYY-MM-DD


def counted(
    engine: Engine, clause: Clause, copies: Iterable[str], /
) -> Mapping[str, Mapping[str, int]]:
    """Return the counts of all matches but ``copies``, by facet, the commonest value first."""
    terms = tuple(Term("id", plain(each)) for each in copies)
    counts = engine.facets(Bool(must=(clause,), must_not=terms) if terms else clause, FACETS)
    months = _summed(counts["day"], _MONTH)
    periods = {"year": _summed(months, _YEAR), "month": months, "day": counts["day"]}
    return {**periods, **{name: counts[field] for field, name in _NAMES.items()}}


def _summed(counts: Mapping[str, int], length: int) -> Mapping[str, int]:
    """Sum up the counts of dates that begin with the same ``length`` characters."""
    sums: Counter[str] = Counter()
    for date, count in counts.items():
        sums[date[:length]] += count
    return dict(sums.most_common())
