"""When were the matches published? Bars of years, months, weeks or days, each a link."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# As many bars as a telephone shows side by side so that each is seen.
MOST_BARS = 62
HEIGHT = 100
# What the smallest count is drawn as, so that it is seen beside a large one.
_LEAST = 4
# More lie too far apart for bars of weeks, so that nobody need count days.
_MANY_MONTHS = 7 * MOST_BARS // 28 + 1
_DAY = len("2024-03-12")
# How many years a bar stands for, where each having its own would be too many.
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Bar:
    """A period from the date ``since`` to the date ``until``, and the articles in it."""

    since: str
    until: str
    count: int
    height: int


def bars(facets: Mapping[str, Mapping[str, int]], /) -> tuple[Bar, ...]:
    """Return the bars from the first to the last of the matches' days, gaps as empty ones.

    Each is a day, a week, a month, a year or some years: the shortest of which few enough do.
    What lies on a single day is no history, and has none.
    """
    months = facets.get("month", {})
    days = months if len(months) > _MANY_MONTHS else facets.get("day", {})
    if len(days) < 2:
        return ()
    first, last = (date.fromisoformat(f"{end}-01"[:_DAY]) for end in (min(days), max(days)))
    if (last - first).days < MOST_BARS:
        periods = _days(first, last)
    elif (last - first).days < 7 * (MOST_BARS - 1):
        periods = _weeks(first, last)
    elif _months_between(first, last) <= MOST_BARS:
        periods = _months(first, last)
    else:
        periods = _years(first, last)
    return _filled(periods, days)


def _days(first: date, last: date) -> list[tuple[str, str]]:
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [(day.isoformat(), day.isoformat()) for day in days]


def _weeks(first: date, last: date) -> list[tuple[str, str]]:
    monday = first - timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    starts = (monday + timedelta(weeks=at) for at in range(count))
    return [(start.isoformat(), _sunday(start).isoformat()) for start in starts]


def _sunday(monday: date) -> date:
    return date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal()))


def _months(first: date, last: date) -> list[tuple[str, str]]:
    start = first.year * 12 + first.month - 1
    numbers = (divmod(start + at, 12) for at in range(_months_between(first, last)))
    return [(f"{year:04}-{month + 1:02}",) * 2 for year, month in numbers]


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _years(first: date, last: date) -> list[tuple[str, str]]:
    step = next(step for step in _STEPS if (last.year - first.year) // step + 1 < MOST_BARS)
    start = first.year // step * step
    ends = ((year, year + step - 1) for year in range(start, last.year + 1, step))
    return [(f"{max(a, 1):04}", f"{min(b, 9999):04}") for a, b in ends]


def _filled(periods: list[tuple[str, str]], days: Mapping[str, int]) -> tuple[Bar, ...]:
    """Return a bar for each period; periods are alike in form, so their texts compare as dates."""
    counts: Counter[str] = Counter()
    length = len(periods[0][0])
    starts = [since for since, _ in periods]
    for day, count in days.items():
        counts[starts[bisect_right(starts, day[:length]) - 1]] += count
    most = max(counts.values())
    return tuple(
        Bar(since, until, counts[since], _height(counts[since], most)) for since, until in periods
    )


def _height(count: int, most: int) -> int:
    return max(_LEAST, round(HEIGHT * count / most)) if count else 0
