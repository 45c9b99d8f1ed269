"""Lines that head an article in a text: its date, its address, a field by its name.

>>> head_line("Senin, 21 Januari 2019 | 22:05 WIB").field
'date'
>>> head_line("Judul: Banjir di Wening")
HeadLine(field='Judul', value='Banjir di Wening')
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kliping.corpus.records.naming import known_fields
from kliping.corpus.text.dates import parse_date


class HeadLine(NamedTuple):
    """The field that a line gives, as the line or its kind calls it, and the field's value."""

    field: str
    value: str


# "Foto: Rina Sari" is a credit, which cleaning knows, not the address of a picture.
_NOT_IN_HEADERS = frozenset({"body", "image", "caption"})
_PAIR = re.compile(r"([A-Za-z][\w -]{1,20}?)\s*[:=]\s*(.*)")
_ADDRESS = re.compile(r"[<(]?(https?://[^\s<>]+?)[>)]?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE_DATES = frozenset(
    "senin selasa rabu kamis jumat jum at sabtu minggu ahad monday tuesday wednesday thursday"
    " friday saturday sunday mon tue wed thu fri sat sun wib wita wit utc gmt am pm t z pukul jam"
    " pada tanggal hari terbit diterbitkan dipublikasikan published posted on at date".split()
)


def head_line(line: str, /) -> HeadLine | None:
    """Return what a line says of the article below it, or None for a headline or a sentence."""
    if found := _ADDRESS.fullmatch(line):
        return HeadLine("url", found[1])
    if is_date(line) and all(map(_is_of_date, _WORD.findall(line.casefold()))):
        return HeadLine("date", line)
    return known_pair(line)


def is_date(line: str, /) -> bool:
    """Say whether a line is short and names a date."""
    return len(line) <= 60 and not line.endswith(".") and parse_date(line) is not None


def known_pair(line: str, /) -> HeadLine | None:
    """Return the name and value of a line such as "Tanggal: 3 Mei 2024"."""
    found = pair(line)
    named = known_fields([found.field]) - _NOT_IN_HEADERS if found else set()
    if not found or not found.value or not named or len(line) > 300:
        return None
    if named == {"source"} and (address := _ADDRESS.fullmatch(found.value)):
        return HeadLine("url", address[1])
    return found


def body_of(line: str, /) -> str | None:
    """Return the text behind a label such as "Isi:", or None if there is no such label."""
    found = pair(line)
    return found.value if found and known_fields([found.field]) == {"body"} else None


def pair(line: str, /) -> HeadLine | None:
    """Return a line such as "name: value" as the two.

    >>> pair("tags: [banjir, Wening]")
    HeadLine(field='tags', value='[banjir, Wening]')
    """
    found = _PAIR.fullmatch(line)
    return HeadLine(found[1], found[2]) if found else None


@lru_cache(maxsize=1024)
def _is_of_date(word: str) -> bool:
    return word in _BESIDE_DATES or parse_date(f"1 {word} 2000") is not None
