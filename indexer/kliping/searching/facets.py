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
    return {**periods, **{name: as_one(counts[field]) for field, name in _NAMES.items()}}


def as_one(counts: Mapping[str, int], /) -> dict[str, int]:
    """Count names that differ only in capitals and spaces once, by their commonest spelling.

    >>> as_one({"Nasional": 3, "Daerah": 2, "NASIONAL ": 1})
    {'Nasional': 4, 'Daerah': 2}
    """
    sums: Counter[str] = Counter()
    spellings: dict[str, tuple[int, bool, str]] = {}
    for name, count in counts.items():
        same = " ".join(name.split()).casefold()
        sums[same] += count
        # Of two as common, the one in capitals where capitals belong.
        spelling = (count, not (name.isupper() or name.islower()), name)
        spellings[same] = max(spellings.get(same, spelling), spelling)
    named = {spellings[same][-1]: count for same, count in sums.items()}
    return dict(sorted(named.items(), key=lambda pair: (-pair[1], pair[0])))


def _summed(counts: Mapping[str, int], length: int) -> Mapping[str, int]:
    """Sum up the counts of dates that begin with the same ``length`` characters."""
    sums: Counter[str] = Counter()
    for date, count in counts.items():
        sums[date[:length]] += count
    return dict(sums.most_common())
