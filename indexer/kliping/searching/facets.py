"""Counts of the values that the matches of a search have, by facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial

from kliping.engines import Engine
from kliping.engines.documents import FACETS, plain
from kliping.query.clauses import Bool, Clause, Term
from kliping.values import Deferred

# As engines call them, and as users do.
_NAMES = {"source": "source", "section": "section", "authors": "author", "tags": "tag"}
_YEAR = 4  # characters of a month, YYYY-MM


def counted(
    engine: Engine, clause: Clause, copies: Iterable[str], /
) -> Mapping[str, Mapping[str, int]]:
    """Return the counts of all matches but ``copies``, by facet, the commonest value first.

    Of thousands of matches, days cost as much as all else: they are counted when asked for.
    """
    terms = tuple(Term("id", plain(each)) for each in copies)
    counts = engine.facets(Bool(must=(clause,), must_not=terms) if terms else clause, FACETS)
    months, day = counts["month"], partial(counts.__getitem__, "day")
    named = {name: as_one(counts[field]) for field, name in _NAMES.items()}
    return Deferred({"year": _years(months), "month": months, "day": day, **named})


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


def _years(months: Mapping[str, int]) -> Mapping[str, int]:
    sums: Counter[str] = Counter()
    for month, count in months.items():
        sums[month[:_YEAR]] += count
    return dict(sums.most_common())
