"""Every word of a page, in the reader's language: texts, numbers, dates.

One catalogue a language, ``words/id.toml`` and ``words/en.toml``, with the same entries. They are
plain text: what goes into their gaps is escaped with the rest, where the page is rendered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

CODES = ("id", "en")
_FOLDER = Path(__file__).parent / "words"
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT", 0: "UTC"}


class Words:
    """One language: ``words("articles", n=3)`` is *3 artikel*.

    ``help`` maps what one may type to what it finds, ``messages`` what the library says in English
    to how it is said: see :mod:`kliping.server.page.messages`.
    """

    def __init__(self, code: str) -> None:
        with (_FOLDER / f"{code}.toml").open("rb") as file:
            catalogue: dict[str, Any] = tomllib.load(file)
        self.code = code
        self.texts: Mapping[str, str] = catalogue["text"]
        self.help: Mapping[str, str] = catalogue["help"]
        self.messages: Mapping[str, str] = catalogue.get("messages", {})
        self._dates: Mapping[str, Any] = catalogue["dates"]

    def __call__(self, name: str, /, **gaps: object) -> str:
        """Return an entry, its gaps filled; ``n`` chooses between one and several."""
        one, _, several = self.texts[name].partition("|")
        text = several if several and gaps.get("n") != 1 else one
        filled = {
            gap: self.number(value) if isinstance(value, int) else value
            for gap, value in gaps.items()
        }
        return text.format_map(filled)

    def number(self, number: int, /) -> str:
        """Return a whole number as it is written: 12.345."""
        return f"{number:,}".replace(",", str(self._dates["thousands"]))

    def decimal(self, number: float, /) -> str:
        """Return a number with one decimal, or none from ten on."""
        if number >= 10:
            return self.number(round(number))
        return f"{number:.1f}".replace(".", str(self._dates["decimal"]))

    def day(self, moment: datetime, /) -> str:
        """Return a day: 12 Maret 2024."""
        return f"{moment.day} {self._month(moment.month)} {moment.year}"

    def moment(self, moment: datetime, /) -> str:
        """Return a day in full, with the time unless it is midnight, which nobody may have said."""
        day = str(self._dates["in_full"]).format(
            weekday=self._dates["days"][moment.weekday()],
            day=moment.day,
            month=self._month(moment.month),
            year=moment.year,
        )
        if (moment.hour, moment.minute) == (0, 0):
            return day
        clock = str(self._dates["clock"])
        time = clock.format(hour=f"{moment:%H}", minute=f"{moment:%M}", zone=_zone(moment))
        return f"{day}, {time.rstrip()}"

    def date(self, text: str, /) -> str:
        """Return a date of a query in words, 2024-03 as *Maret 2024*; else as it was typed."""
        parts = text.split("-")
        lengths = [len(part) for part in parts]
        if lengths not in ([4], [4, 2], [4, 2, 2]) or not "".join(parts).isdecimal():
            return text
        numbers = [int(part) for part in parts]
        if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
            return text
        day = [str(number) for number in numbers[2:]]
        return " ".join([*day, *map(self._month, numbers[1:2]), parts[0]])

    def period(self, since: str | None, until: str | None, /) -> str:
        """Return a period in words."""
        if since == until:
            return self.date(since or "")
        if not until:
            return self("since_period", first=self.date(since or ""))
        if not since:
            return self("until_period", last=self.date(until))
        return self("from_to", first=self.date(since), last=self.date(until))

    def row(self, names: tuple[str, ...], /) -> str:
        """Return names as a row: *Sari, Dimas dan Rina*."""
        *before, last = names
        return f"{', '.join(before)}{self('and')}{last}" if before else last

    def _month(self, month: int) -> str:
        return str(self._dates["months"][month - 1])


def _zone(moment: datetime) -> str:
    offset = moment.utcoffset()
    hours, rest = divmod(offset.total_seconds(), 3600) if offset is not None else (-1.0, 0.0)
    return moment.strftime("%z") if rest else _ZONES.get(int(hours), moment.strftime("%z"))


@cache
def words(code: str, /) -> Words:
    """Return the words of a language by its code, read once."""
    return Words(code)
