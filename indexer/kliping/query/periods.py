"""Dates as people type them in a query: *2021-10*, *kemarin*, *7-hari*, *>=2021*.

Every expression means a period, from its first moment up to but not including its last, in
Jakarta's time (WIB, UTC+7), the time that nearly all of the country's newsrooms write in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from kliping.errors import QueryError

WIB = timezone(timedelta(hours=7), "WIB")

Period = tuple[datetime | None, datetime | None]

# Compiled when a query first has a date: most have none.
_DATE = r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?|(\d{1,2})[-/](\d{1,2})[-/](\d{4})"
# As our own JSON prints moments; without a zone it is WIB.
_MOMENT = r"(\d{4}-\d\d-\d\d)[t-](\d\d:\d\d(:\d\d)?)(z|[+-]\d\d:\d\d)?"
_LAST = r"(\d{1,4})-?(hari|minggu|bulan|tahun|day|week|month|year|d|w|m|y)s?"
_DAYS = {"h": 1, "d": 1, "m": 30, "w": 7, "b": 30, "t": 365, "y": 365}
_CURE = "write 2021, 2021-10, 2021-10-09, 2021-10..2021-12, >=2021, kemarin or 7-hari"


def parse_period(text: str, /, *, now: datetime | None = None, column: int | None = None) -> Period:
    """Return the period that ``text`` means, each end ``None`` where it is open.

    Args:
        text: a date, a range ``A..B``, a comparison, or a word such as *kemarin*.
        now: the moment that relative words count from; by default the present.
        column: where the text stands in the query, for the error.

    Raises:
        QueryError: the text is no date, or one that no calendar has, or ends before it begins.

    >>> since, until = parse_period("2021-10")
    >>> since.isoformat(), until.isoformat()
    ('2021-10-01T00:00:00+07:00', '2021-11-01T00:00:00+07:00')
    """
    moment = (now or datetime.now(WIB)).astimezone(WIB)
    text = text.strip().strip('"“”').strip().lower()
    try:
        return _range(text, moment, column)
    except (ValueError, OverflowError):
        raise QueryError(f"'{text}' is not a date; {_CURE}", column=column) from None


def _range(text: str, now: datetime, column: int | None) -> Period:
    if years := re.fullmatch(r"(\d{4})\s*[-–]\s*(\d{4})", text):  # no day nor month has so many
        text = f"{years[1]}..{years[2]}"
    if ".." in text:
        first, last = (end if end.strip("*") else "" for end in text.split("..", 1))
        since = _single(first, now)[0] if first else None
        until = _single(last, now)[1] if last else None
        if since and until and since >= until:
            cure = f"change its ends round: {last}..{first}"
            raise QueryError(f"'{text}' ends before it begins; {cure}", column=column)
        return since, until
    for sign, pick in _COMPARISONS.items():
        if text.startswith(sign):
            return pick(_single(text[len(sign) :], now))
    return _single(text, now)


_COMPARISONS: dict[str, Callable[[Period], Period]] = {
    ">=": lambda period: (period[0], None),
    "<=": lambda period: (None, period[1]),
    ">": lambda period: (period[1], None),
    "<": lambda period: (None, period[0]),
}


def _single(text: str, now: datetime) -> Period:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    text = "-".join(text.split())
    if period := _named(text, today):
        return period
    if (days := days_of(text)) is not None:
        if not days:
            raise ValueError(text)
        return today - timedelta(days=days - 1), today + timedelta(days=1)
    if found := re.fullmatch(_MOMENT, text):
        day, clock, seconds, zone = found.groups()
        moment = datetime.fromisoformat(f"{day}T{clock}{(zone or '+07:00').upper()}")
        return moment, moment + timedelta(seconds=1 if seconds else 60)
    date = re.fullmatch(_DATE, text)
    if not date:
        return _in_words(text)
    if date[4]:
        return _day(datetime(int(date[6]), int(date[5]), int(date[4]), tzinfo=WIB))
    year, month, day = (int(part) if part else None for part in date.group(1, 2, 3))
    return _calendar(year or 0, month, day)


def _in_words(text: str) -> Period:
    """Return the day or month of *14-september-2021*, *mei-2024*."""
    from kliping.corpus.text.dates import month_of

    found = re.fullmatch(r"(?:(\d{1,2})-)?([a-z]+)-(\d{4})", text)
    month = month_of(found[2]) if found else None
    if not found or month is None:
        raise ValueError(text)
    return _calendar(int(found[3]), month, int(found[1]) if found[1] else None)


def days_of(text: str, /) -> int | None:
    """Return the days of a length of time, ``None`` where ``text`` is none.

    >>> days_of("7-hari"), days_of("2w"), days_of("6m"), days_of("2024")
    (7, 14, 180, None)
    """
    length = re.fullmatch(_LAST, text)
    if not length:
        return None
    unit = length[2]
    return int(length[1]) * (7 if unit == "minggu" else _DAYS[unit[0]])


def _calendar(year: int, month: int | None, day: int | None) -> Period:
    if day is not None and month is not None:
        return _day(datetime(year, month, day, tzinfo=WIB))
    if month is not None:
        return _month(datetime(year, month, 1, tzinfo=WIB))
    return datetime(year, 1, 1, tzinfo=WIB), datetime(year + 1, 1, 1, tzinfo=WIB)


def _day(day: datetime) -> Period:
    return day, day + timedelta(days=1)


def _month(first: datetime) -> Period:
    return first, (first + timedelta(days=31)).replace(day=1)


def _named(text: str, today: datetime) -> Period | None:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    week, day = timedelta(days=7), timedelta(days=1)
    names: dict[str, Callable[[], Period]] = {
        "hari-ini today": lambda: _day(today),
        "kemarin kemaren yesterday": lambda: _day(today - day),
        "minggu-ini this-week": lambda: (monday, monday + week),
        "minggu-lalu last-week": lambda: (monday - week, monday),
        "bulan-ini this-month": lambda: _month(first),
        "bulan-lalu last-month": lambda: _month((first - day).replace(day=1)),
        "tahun-ini this-year": lambda: _calendar(today.year, None, None),
        "tahun-lalu last-year": lambda: _calendar(today.year - 1, None, None),
    }
    for words, period in names.items():
        if text in words.split():
            return period()
    return None
