"""Which comes first in 10/7/2025, the day or the month: asked of a whole column, not of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from kliping.values import Value

Order = Literal["day first", "month first", "year first", "mixed"]
Numbers = tuple[int, int, int]

# What parse_date takes for numbers with the day first: a year of four digits, or of two.
_NUMBERS = re.compile(
    r"(?<![\d/.-])(\d{1,2})(\s*[-/.]\s*)(\d{1,2})(\s*[-/.]\s*)((?:19|20)\d\d)(?!\d)"
    r"|(?<![\d/-])(\d{1,2})([-/])(\d{1,2})(\7)(\d\d)(?![\d/-])"
)
_LOCAL = re.compile(
    r"\b(?:wib|wita|wit|senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|pukul)\b", re.IGNORECASE
)
_MONTHS = 12
_FEW = 0.02  # contrary rows that are slips of the pen
_NEARER = 3.0  # how much nearer to one another neighbours must be under another reading
_ENOUGH = 5  # different days from which neighbours tell anything


class Told(Value):
    """The order of a column, and what told it; ``is_known`` is false where it is a custom only."""

    order: Order
    why: str
    is_known: bool = True


def has_order(text: str, /) -> bool:
    """Say whether a text names a day by numbers that may stand in either order."""
    return _NUMBERS.search(text) is not None


def order_of(dated: Sequence[tuple[str, Iterable[date]]], /) -> Told | None:
    """Return the order of the texts of a column, None where none has numbers to order.

    With each text stand days that other fields of its row name, such as its address.

    >>> order_of([("10/7/2025", []), ("10/21/2025", [])]).order
    'month first'
    >>> order_of([("1/2/2025", [date(2025, 1, 2)])]).why
    'as other fields of the rows have it'
    """
    numbers = [(found, days) for text, days in dated if (found := _numbers(text))]
    if not numbers:
        return None
    rows = [found for found, _ in numbers]
    nearest = _nearest(rows)
    if nearest == "year first":
        return Told(nearest, "so read, neighbours are nearest to one another")
    day = sum(a > _MONTHS >= b for a, b, _ in rows)
    month = sum(b > _MONTHS >= a for a, b, _ in rows)
    if day or month:
        return _counted(day, month, "the other number goes beyond 12")
    told = [one for (a, b, _), days in numbers if (one := _witnessed(a, b, days))]
    if told:
        return _counted(
            told.count("day first"),
            told.count("month first"),
            "as other fields of the rows have it",
        )
    return _by_custom([text for text, _ in dated], nearest)


def day_first(text: str, order: Order, days: Iterable[date] = (), /) -> str | None:
    """Return the text with its day before its month; None where nobody can know.

    Where but one reading names a day, that is meant, whatever the order of the column.

    >>> day_first("10/7/2025 20:51", "month first"), day_first("10/7/2025", "mixed")
    ('7/10/2025 20:51', None)
    """
    found = _NUMBERS.search(text)
    if found is None:
        return text
    a, b, year = (part for part in found.groups() if part and part.strip().isdigit())
    if order == "year first":
        return f"{text[: found.start()]}{year}/{b}/20{a}{text[found.end() :]}"
    if max(int(a), int(b)) <= _MONTHS and order == "mixed" and a != b:
        told = _witnessed(int(a), int(b), days)
        if told is None:
            return None
        order = told
    if int(a) <= _MONTHS and (int(b) > _MONTHS or order == "month first"):
        return f"{text[: found.start()]}{b}/{a}/{year}{text[found.end() :]}"
    return text


def _by_custom(texts: Iterable[str], nearest: Order | None) -> Told:
    """Return the order of a column of which no number goes beyond 12."""
    if nearest == "month first":
        return Told(nearest, "so read, neighbours are nearest to one another")
    if any(map(_LOCAL.search, texts)):
        return Told("day first", "as it is written in Indonesia, by its days or zones")
    return Told("day first", "as is the custom: nothing in it says otherwise", is_known=False)


def _counted(day: int, month: int, why: str) -> Told:
    """Return what so many rows say of one order and of the other."""
    if min(day, month) > _FEW * (day + month):
        return Told("mixed", f"{day} rows say day first, {month} say month first")
    return Told("day first" if day > month else "month first", why)


def _witnessed(a: int, b: int, days: Iterable[date]) -> Literal["day first", "month first"] | None:
    """Return the order under which the numbers are one of the days."""
    for day in days:
        if a != b and {a, b} == {day.day, day.month}:
            return "day first" if day.day == a else "month first"
    return None


def _numbers(text: str) -> Numbers | None:
    found = _NUMBERS.search(text)
    if found is None:
        return None
    a, b, year = (int(part) for part in found.groups() if part and part.strip().isdigit())
    return a, b, year


def _nearest(rows: Sequence[Numbers]) -> Order | None:
    """Return the order, other than day first, that brings neighbours much nearer to one another.

    News are kept in the order they came in: under a wrong reading they jump to and fro.
    """
    if len(set(rows)) < _ENOUGH:
        return None
    paths = {
        "day first": _path([(year, b, a) for a, b, year in rows]),
        "month first": _path([(year, a, b) for a, b, year in rows]),
    }
    if all(year < 100 for _, _, year in rows):
        paths["year first"] = _path([(a, b, day) for a, b, day in rows])
    best = min(paths, key=lambda order: paths[order])
    nearer = paths[best] * _NEARER < paths["day first"]
    return best if nearer and best != "day first" else None  # type: ignore[return-value]


def _path(days: Iterable[Numbers]) -> float:
    """Return how many days it is from each row to the next, in all; endless if one is no day."""
    total, before = 0.0, None
    for year, month, day in days:
        if not (1 <= month <= _MONTHS and 1 <= day <= 31):
            return float("inf")
        at = (year % 100) * 372 + month * 31 + day
        total += abs(at - before) if before is not None else 0
        before = at
    return total
