"""The moment that a value of a record names: "What is 45363.5, or 10/7/2025 beside 20.51?"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from kliping.corpus.records.days import Order, day_first
from kliping.corpus.records.shapes import first
from kliping.corpus.text.dates import WIB, from_epoch, parse_date

# Spreadsheets count days from here; so many days are the years 1954 to 2119.
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=WIB)
_SERIAL = range(20_000, 80_000)
_NUMBER = re.compile(r"(\d+)(?:[.,](\d+))?(?:[eE]\+?(\d+))?")
_SHARP = 9  # digits, without which a spreadsheet has rounded a Unix time away
_IS_UTC = re.compile(r"gmt|utc", re.IGNORECASE)


class Undecided(ValueError):
    """A day whose month may stand before or behind it, and nothing says which."""


def moment_of(
    value: object, /, *, name: str = "", order: Order = "day first", days: Iterable[date] = ()
) -> datetime | None:
    """Return the moment that a value names, None for none; raise Undecided.

    ``name`` is the column's, which may name the zone; ``order`` and ``days`` say whether the
    month stands first.

    >>> moment_of(45363.5).isoformat(), moment_of("2024-03-12 02:15", name="date_gmt").isoformat()
    ('2024-03-12T12:00:00+07:00', '2024-03-12T02:15:00+00:00')
    """
    text = first(value)
    return _moment_of(text, name, order, tuple(days)) if text else None


@lru_cache(maxsize=4096)  # many articles of a file are of one day, and some name no more of it
def _moment_of(text: str, name: str, order: Order, days: tuple[date, ...]) -> datetime | None:
    if found := _NUMBER.fullmatch(text):
        return _of_number(found) or parse_date(text)
    plain = day_first(text, order, days)
    if plain is None:
        raise Undecided(text)
    return parse_date(f"{plain} UTC" if _IS_UTC.search(name) else plain)


def at_clock(moment: datetime, clock: object, /) -> datetime:
    """Return a day at the time that another column gives it; one that has a time keeps it."""
    text = first(clock)
    if not text or (moment.hour, moment.minute, moment.second) != (0, 0, 0):
        return moment
    return parse_date(f"{moment:%Y-%m-%d} {text.lower().removeprefix('pukul')}") or moment


def _of_number(found: re.Match[str]) -> datetime | None:
    whole, part, power = found.groups()
    number = float(f"{whole}.{part or 0}e{power or 0}")
    if int(number) in _SERIAL:
        return (_FIRST_DAY + timedelta(days=number)).replace(microsecond=0)
    if power and len(whole + (part or "")) < _SHARP:
        return None
    is_day = len(whole) in {8, 12, 14} and whole.startswith(("19", "20"))
    return None if is_day else from_epoch(number)
