"""Dates as people type them, counted from one moment: Thursday 14 March 2024, 15.30 WIB."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.errors import QueryError
from kliping.query import clauses, parse_period
from kliping.query.filters import named, narrowed, published
from kliping.query.periods import WIB

NOW = datetime(2024, 3, 14, 15, 30, tzinfo=WIB)


def day(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=WIB) if text else None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2021", "2021-01-01", "2022-01-01"),
        ("2021-10", "2021-10-01", "2021-11-01"),
        ("2021-12", "2021-12-01", "2022-01-01"),
        ("2021-10-09", "2021-10-09", "2021-10-10"),
        ("2021/10/9", "2021-10-09", "2021-10-10"),
        ("9/10/2021", "2021-10-09", "2021-10-10"),
        ("09-10-2021", "2021-10-09", "2021-10-10"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2021-10-01..2021-10-09", "2021-10-01", "2021-10-10"),
        ("2021-10..2022", "2021-10-01", "2023-01-01"),
        ("2021-2022", "2021-01-01", "2023-01-01"),
        ("2021 – 2022", "2021-01-01", "2023-01-01"),
        ("9 Oktober 2021", "2021-10-09", "2021-10-10"),
        ("9-okt-2021", "2021-10-09", "2021-10-10"),
        ("nopember 2021", "2021-11-01", "2021-12-01"),
        ("2021..9 mei 2022", "2021-01-01", "2022-05-10"),
        ("2021..", "2021-01-01", None),
        ("..2021", None, "2022-01-01"),
        ("..", None, None),
        ("*..2021", None, "2022-01-01"),
        ("2021..*", "2021-01-01", None),
        (">=2021", "2021-01-01", None),
        (">2021", "2022-01-01", None),
        ("<=2021-10", None, "2021-11-01"),
        ("<2021-10", None, "2021-10-01"),
        ("hari-ini", "2024-03-14", "2024-03-15"),
        ("today", "2024-03-14", "2024-03-15"),
        ("kemarin", "2024-03-13", "2024-03-14"),
        ("KEMARIN ", "2024-03-13", "2024-03-14"),
        ("minggu-ini", "2024-03-11", "2024-03-18"),
        ("minggu-lalu", "2024-03-04", "2024-03-11"),
        ("minggu lalu", "2024-03-04", "2024-03-11"),
        ("bulan-ini", "2024-03-01", "2024-04-01"),
        ("bulan-lalu", "2024-02-01", "2024-03-01"),
        ("tahun-ini", "2024-01-01", "2025-01-01"),
        ("last-year", "2023-01-01", "2024-01-01"),
        ("1-hari", "2024-03-14", "2024-03-15"),
        ("7-hari", "2024-03-08", "2024-03-15"),
        ("7 hari", "2024-03-08", "2024-03-15"),
        ("7d", "2024-03-08", "2024-03-15"),
        ("2-minggu", "2024-03-01", "2024-03-15"),
        ("2-weeks", "2024-03-01", "2024-03-15"),
        ("1-bulan", "2024-02-14", "2024-03-15"),
        ("1-tahun", "2023-03-16", "2024-03-15"),
        (">=kemarin", "2024-03-13", None),
        ("kemarin..hari-ini", "2024-03-13", "2024-03-15"),
    ],
)
def test_periods(text: str, since: str | None, until: str | None) -> None:
    assert parse_period(text, now=NOW) == (day(since), day(until))


@pytest.mark.parametrize(
    "text",
    ["", "kapan", "2021-13", "2021-02-30", "31/2/2021", "..x", ">=", "0000", "0-hari",
     "9999-tahun", "20211", "2021-", "1..2..3", "> 2021-", "٢٠٢١-٩٩"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(QueryError, match=r"is not a date; write 2021, .* or 7-hari") as caught:
        parse_period(text, now=NOW, column=4)
    assert caught.value.column == 4


@pytest.mark.parametrize("text", ["2021..2020", "2021-03..2021-02-28", "kemarin..2020"])
def test_a_period_that_ends_before_it_begins_is_told_so(text: str) -> None:
    with pytest.raises(QueryError, match="ends before it begins") as caught:
        parse_period(text, now=NOW, column=4)
    assert caught.value.column == 4
    parse_period(str(caught.value).rpartition(": ")[2], now=NOW)  # the cure works as typed


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        since, until = parse_period(text, now=NOW)
    except QueryError:
        return
    assert since is None or until is None or since < until


def test_relative_words_count_from_now_in_wib() -> None:
    late = datetime(2024, 3, 14, 18, 0, tzinfo=UTC)  # 01.00 the next day in Jakarta
    assert parse_period("hari-ini", now=late) == (day("2024-03-15"), day("2024-03-16"))


def test_bounds_of_a_search_are_both_included() -> None:
    assert published(None, None) is None
    range_ = published("2021-10", date(2021, 12, 31))
    assert isinstance(range_, clauses.DateRange)
    assert range_.since == int(datetime(2021, 10, 1, tzinfo=WIB).timestamp())
    assert range_.until == int(datetime(2022, 1, 1, tzinfo=WIB).timestamp())


def test_a_moment_is_itself_and_wib_without_a_zone() -> None:
    exact = published(datetime(2021, 10, 1, 7), datetime(2021, 10, 1, 1, tzinfo=UTC))
    seven = int(datetime(2021, 10, 1, 7, tzinfo=WIB).timestamp())
    assert exact == clauses.DateRange(seven, seven + 3600)


@pytest.mark.parametrize(
    ("text", "hour", "seconds"),
    [
        ("2021-10-01T07:15:00+07:00", 7, 1),
        ("2021-10-01T00:15:00Z", 7, 1),
        ("2021-10-01 07:15", 7, 60),
        ("2021-10-01T09:15+09:00", 7, 60),
    ],
)
def test_a_moment_as_our_json_prints_it(text: str, hour: int, seconds: int) -> None:
    moment = datetime(2021, 10, 1, hour, 15, tzinfo=WIB)
    assert parse_period(text) == (moment, moment + timedelta(seconds=seconds))
    assert parse_period(f">={text}") == (moment, None)


@pytest.mark.parametrize("text", ["2021-10-01T25:15", "2021-13-01T07:15", "2021-10-01T07"])
def test_a_moment_that_no_clock_has(text: str) -> None:
    with pytest.raises(QueryError, match="is not a date"):
        parse_period(text)


def test_names_are_looked_up_whole() -> None:
    assert named("source", "Kompas") == clauses.Term("source", "kompas")
    assert named("source", "Harian-Wening") == clauses.Phrase("source", ("harian", "wening"))
    assert named("source", "…") == clauses.Nothing()


def test_filters_without_words_leave_everything_they_let_through() -> None:
    term, source = clauses.Term("body", "a"), clauses.Term("source", "b")
    assert narrowed(term, []) == term
    assert narrowed(term, [source]) == clauses.Bool(must=(term,), filter=(source,))
    everything = clauses.Bool(must=(clauses.Everything(),), filter=(source,))
    assert narrowed(clauses.Nothing(), [source]) == everything
