"""Bars: every article is in one of them, they follow one another, and there are not too many."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.query.periods import parse_period
from kliping.server.page.histogram import HEIGHT, MOST_BARS, bars


def facets(days: dict[str, int]) -> dict[str, dict[str, int]]:
    months: Counter[str] = Counter()
    for day, count in days.items():
        months[day[:7]] += count
    return {"month": dict(months), "day": days}


DAYS = st.dictionaries(st.dates().map(date.isoformat), st.integers(1, 10**6), min_size=2)


@given(DAYS)
def test_bars_follow_one_another_and_hold_every_article(days: dict[str, int]) -> None:
    found = bars(facets(days))
    assert found == bars({"day": days})
    assert 2 <= len(found) <= MOST_BARS
    assert sum(bar.count for bar in found) == sum(days.values())
    assert max(bar.height for bar in found) == HEIGHT
    assert all(bool(bar.count) == bool(bar.height) for bar in found)
    for before, after in pairwise(found):
        assert before.since <= before.until < after.since
    assert found[0].count
    assert found[-1].count


@given(
    st.dictionaries(
        st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat), st.just(1), min_size=2
    )
)
def test_a_bar_is_a_period_that_a_search_takes_and_the_next_begins_where_it_ends(
    days: dict[str, int],
) -> None:
    found = bars(facets(days))
    for before, after in pairwise(found):
        assert parse_period(before.until)[1] == parse_period(after.since)[0]


@pytest.mark.parametrize(
    ("days", "first", "last", "count"),
    [
        (["2024-03-12", "2024-03-14"], "2024-03-12", "2024-03-14", 3),
        (["2023-08-20", "2024-05-02"], "2023-08-14", "2024-05-05", 38),
        (["2021-01-31", "2024-05-02"], "2021-01", "2024-05", 41),
        (["1999-12-31", "2024-01-01"], "1999", "2024", 26),
        (["1938-05-01", "2024-01-01"], "1938", "2025", 44),
        (["9999-10-01", "9999-12-31"], "9999-09-27", "9999-12-31", 14),
        (["0001-01-01", "9999-12-31"], "0001", "9999", 50),
    ],
)
def test_the_shortest_periods_that_are_few_enough(
    days: list[str], first: str, last: str, count: int
) -> None:
    found = bars(facets(dict.fromkeys(days, 1)))
    assert (found[0].since, found[-1].until, len(found)) == (first, last, count)


def test_one_day_is_no_history() -> None:
    assert bars({}) == bars(facets({"2024-03-12": 7})) == ()
