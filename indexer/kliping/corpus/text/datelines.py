"""The dateline: "JAKARTA, KOMPAS.com - " before the first sentence.

>>> found = find_dateline("JAKARTA, KOMPAS.com - Hujan turun.")
>>> found.source, found.place, found.rest
('KOMPAS.com', 'Jakarta', 'Hujan turun.')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from kliping.corpus.text.dates import parse_date
from kliping.corpus.text.tables import words


class Dateline(NamedTuple):
    """What a dateline said, its text, and what is left of the paragraph without it.

    ``published`` is the day, where it names the year too.
    """

    source: str | None
    place: str | None
    text: str
    rest: str
    published: datetime | None = None


_NAMES = words("sources.txt")
_PLACES = words("places.txt")


def _any(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_DOMAIN = r"(?i:\.(?:com|net|tv|news|org|info|asia|(?:co|or|my|web)\.id|id|co))(?![\w.])"
_SOURCE = rf"(?P<source>[A-Za-z][\w-]*(?: ?[\w-]+){{0,2}}?{_DOMAIN}|(?:{_any(_NAMES)})\b)"
_WORD = r"[A-Z][\w'’]*(?:-[A-Z]\w*)*\.?"
_PLACE = rf"(?P<place>{_WORD}(?: {_WORD}){{0,3}}(?:, ?{_WORD}(?: {_WORD})?)?)"
_DATE = r"\d{1,2}(?:/\d{1,2}(?:/\d{2,4})?|\s[A-Za-z]+(?:\s\d{4})?)"
_WEEKDAYS = r"(?i:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)"
_WEEKDAY = rf"(?:{_WEEKDAYS}\s*[,(/]?\s*)?"
_DAY = rf"(?:\s*[,(]\s*{_WEEKDAY}{_DATE}\)?)?"
_WHOLE_DAY = (
    rf"\s*[,(/]\s*{_WEEKDAY}"
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|\d{1,2}\s[A-Za-z]{3,9}\s(?:19|20)\d\d)\)?"
)
_DASH = r"\s*(?:-\s?-+|[-–—]{1,3}|[|»])[\s,]*"
_OPENING = r"[\s*_,(\[-]*"

_KNOWN_PLACE = rf"(?:{_any(_PLACES)}|{_any(tuple(map(str.upper, _PLACES)))})"


@lru_cache(maxsize=256)
def _forms(source: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms of a dateline, in the order to try; ``source`` is a source's pattern."""
    return tuple(
        re.compile(_OPENING + form)
        for form in (
            # JAKARTA, KOMPAS.com -     Jakarta, CNN Indonesia --     **SOLO, KOMPAS.com** –
            rf"{_PLACE}{_DAY}\s*[,|]\s*{source}{_DAY}[*_]*{_DASH}",
            # Makassar (ANTARA News) -  Jakarta, 10/9 (ANTARA) -
            rf"{_PLACE}{_DAY}\s*\(\s*{source}\s*\){_DASH}",
            # REPUBLIKA.CO.ID, JAKARTA --    SURYA.co.id | SURABAYA -    KONTAN.CO.ID - JAKARTA.
            rf"{source}\s*(?:[,|]|[-–—]\s+(?=[A-Z ]{{4,25}}[-–—.]))\s*{_PLACE}{_DAY}"
            rf"(?:{_DASH}|(?<=[A-Z]{{4}})\.\s|\s*:\s)",
            # Intisari-online.com -     **KOMPAS.com** --     Rimanews -
            rf"{source}[*_]*{_DASH}",
            # Liputan6.com, Jakarta Menteri (no dash: only a place that we know)
            rf"{source},\s*(?P<place>{_KNOWN_PLACE})[\s,:]+(?=[A-Z\"“'‘])",
        )
    )


# Without a source that we know.
_OTHERS = tuple(
    re.compile(_OPENING + form)
    for form in (
        # Lembah Wening, 3 Februari 2024 –
        rf"(?!(?:Pada|Sejak|Hari|Hingga|Sampai)\b|{_WEEKDAYS}\b){_PLACE}{_WHOLE_DAY}[*_]*"
        rf"(?:{_DASH}|\s*:\s|\.\s)(?=[A-Z\"“'‘])",
        # LEMBAH WENING, WARTA ARUNIKA -    SLEMAN, DIY -
        rf"(?P<place>[A-Z]{{3,}}(?: [A-Z]{{3,}}){{0,2}}){_DAY}\s*,\s*[A-Z][A-Z0-9]+"
        r"(?: [A-Z0-9]+){0,2}\s[-–—]{1,2}\s(?=[\"“A-Z])",
        # Semeru Baru, Warta Arunika --
        rf"{_PLACE}{_DAY}\s*,\s*(?P<source>{_WORD}(?: {_WORD}){{0,3}})\s*-\s?-[\s,]*",
        # SURABAYA -    Jakarta:    Bandung, 10/9 –
        rf"(?P<place>{_KNOWN_PLACE})\b{_DAY}[*_]*"
        r"(?:\s+[-–—]{1,2}[\s,]+|[-–—]{1,2}\s+|\s*:\s+)(?=\S)",
        # SEMEROE BAROE, 13 Agustus. —    LEMBAH WENING –
        r"(?P<place>[A-Z]{3,}(?: [A-Z]{3,}){0,2})"
        rf"(?:,\s*{_DATE}\.?\s*[-–—]+\s+|(?<=[A-Z ]{{6}})\s[-–—]{{1,2}}\s)(?=[\"“A-Z])",
    )
)
# Lentera5.com, Semeru Baru Banjir melanda: where the place ends, the article must tell.
_SOURCE_ONLY = re.compile(rf"{_OPENING}{_SOURCE},\s*(?P<place>)(?=[A-Z])")
# Within a sentence a name alone is written so; at its beginning, as in a headline, any word is.
_WITHIN = r"(?<=[a-z,)] )"
_OPENS_SENTENCE = frozenset('"“‘ABCDEFGHIJKLMNOPQRSTUVWXYZ')

# What is left where a scraper lost the link in it: " - ", ", , -", "– "
_REMAINS = re.compile(r"[\s,]*(?:[-–—]{1,2}(?=[\s,A-Z]|$)[\s,]*|(?<=,)\s*)|[\s,:]*[,:][\s,:]*")
_LAST_DAY = re.compile(rf",\s*{_WEEKDAYS}$")
_YEAR = re.compile(r"(?:19|20)\d\d\b|\d/\d\d\b")
_NEAR = 100  # characters: a dateline ends within these
# The words that may be in a dateline, which most first sentences leave with their second word;
# and what must stand among them.
_CAPITALS = re.compile(
    r"[\W_]*+(?>(?:[A-Z0-9][^\s,|()]*+|[a-z][\w-]*+\.[a-z][^\s,|()]*+|detik\w*+|kumparan"
    r"|i[A-Z]\w*+)[\s,|()*]*+){1,9}+"
)
_MARK = re.compile(r"[-–—|»:]|(?i:\.(?:com|id|co|net)),")


def find_dateline(
    paragraph: str, /, *, source: str | None = None, context: Sequence[str] = ()
) -> Dateline | None:
    """Return the dateline that opens a paragraph, or None.

    ``source`` is the article's, if it is known. ``context`` is the rest of the article: it tells
    a place that we do not know from the sentence after it.
    """
    head = paragraph[:_NEAR]
    capitals = _CAPITALS.match(head)
    if not capitals or not _MARK.search(head, 0, capitals.end() + 1):
        return None
    for form in (*_forms(_SOURCE), *_OTHERS):
        if found := form.match(head):
            return _dateline(paragraph, found)
    if source and source.casefold() in head.casefold():
        for form in _forms(f"(?P<source>(?i:{re.escape(source)}))"):
            if found := form.match(head):
                return _dateline(paragraph, found)
    found = _SOURCE_ONLY.match(head)
    if not found:
        return None
    others = [text for text in context if text is not paragraph]
    return _with_place(_dateline(paragraph, found), others)


def strip_remains(paragraph: str, /) -> str:
    """Return the paragraph without the dash or comma that a lost dateline left before it.

    >>> strip_remains(", , - Hujan turun.")
    'Hujan turun.'
    """
    if paragraph[:1].isalnum():
        return paragraph
    found = _REMAINS.match(paragraph)
    return paragraph[found.end() :] if found else paragraph


def _dateline(paragraph: str, found: re.Match[str]) -> Dateline:
    said = found.groupdict()
    source, place = said.get("source"), said.get("place")
    place = place and _LAST_DAY.sub("", place)
    if place and place.isupper():
        place = place.title()
    rest = strip_remains(paragraph[found.end() :])
    day = parse_date(found[0]) if _YEAR.search(found[0]) else None
    return Dateline(source and source.strip(), place or None, found[0].strip(), rest, day)


def _with_place(dateline: Dateline, context: list[str]) -> Dateline:
    """Take as the place the longest run of words that the rest of the article names as one."""
    words = dateline.rest.split(" ", 4)[:3]
    for length in range(len(words), 0, -1):
        place = " ".join(words[:length])
        rest = dateline.rest[len(place) :].lstrip(" ,")
        named = re.search(rf"{_WITHIN}{re.escape(place)}\b(?!\s[A-Z])", "\n".join((*context, rest)))
        if named and place.istitle() and rest[:1] in _OPENS_SENTENCE:
            return Dateline(dateline.source, place, f"{dateline.text} {place}", rest)
    return dateline
