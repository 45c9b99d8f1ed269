"""The date that readers see: the line or the <time> beside the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from kliping.corpus.html.elements import is_apart, lineage
from kliping.corpus.html.hints import words
from kliping.corpus.html.page import Page, squeeze

_DAYS = (
    r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|(?:mon|tue|wed|thu|fri|sat|sun)\w*)"
)
_MONTH = (
    r"(?:jan|feb|peb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:wib|wita|wit|[ap]m)?"
# Each begins with a digit, or a capital for English: that is what makes the search quick.
_LINE = re.compile(
    rf"\d{{1,2}}[ /-](?:{_MONTH}|\d{{1,2}})[ /-]\d{{2,4}}(?P<clock>.{{0,12}}?{_CLOCK})?"
    rf"|\d{{4}}-\d\d-\d\d.{{0,5}}?{_CLOCK}",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?, \d{4}"
    rf"(?:.{{0,12}}?(?i:{_CLOCK}))?",
)
_DAY_BEFORE = re.compile(rf"{_DAYS}\s*,?\s*$", re.IGNORECASE)
_DATED = re.compile(r"\d{4}|\d[:.]\d\d|/\d\d")
_FAR = 100_000
_CIRCLES = 6
_BEFORE, _AFTER = 400, 700
# In <body> stand teasers, too: what is beside the headline there is right behind it.
_AFTER_IN_BODY = 200
_SHORT_LINES = "div, span, p, time, small, li, h5, h6, i, em"
_SHORT, _NEARBY = 60, 120
_NAMES = frozenset({"published", "pubdate", "entry-date", "publish", "updated"})
HAS_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|\d{10,13}")


def date_line(page: Page, title: str | None) -> str | None:
    """Return the date line nearest to the headline: behind it if there is one, else before."""
    heading = page.heading(title)
    if heading is None or not title:
        return _first_line(page, title)
    return _around(heading, squeeze(heading.text()))


def _around(heading: LexborNode, title: str) -> str | None:
    """Look for the date line in ever wider circles around the headline."""
    above, seen, bare = heading.parent, 0, None
    for _ in range(_CIRCLES):
        if above is None or above.tag == "html":
            break
        text = squeeze(above.text(separator=" ")[:_FAR])
        at = text.find(title) if len(text) > seen + 8 else -1
        seen, end = len(text), at + len(title)
        span = (0, _AFTER_IN_BODY) if above.tag == "body" else (_BEFORE, _AFTER)
        if at >= 0 and (line := _beside(text, at, end, span)):
            return line
        if at >= 0 and bare is None:
            bare = _bare(above, text, end)
        if at > _BEFORE and len(text) - at > 2 * _AFTER:
            break
        above = above.parent
    return bare


def _bare(above: LexborNode, text: str, end: int) -> str | None:
    """Return the line behind the headline that is little but a date, without clock or day."""
    for found in _LINE.finditer(text, end, end + _AFTER_IN_BODY):
        for node in above.css(_SHORT_LINES)[:_NEARBY]:
            line = squeeze(node.text(separator=" "))
            if len(line) < _SHORT and found[0] in line and not is_apart(node):
                return found[0]
    return None


def time_beside(page: Page, title: str | None) -> LexborNode | None:
    """Return the <time> that says when the article was published, not one of another article."""
    times = [node for node in page.marked.get("time", ())[:40] if not is_apart(node)]
    for node in times:
        if "datePublished" in (node.attributes.get("itemprop") or ""):
            return node
    heading = page.heading(title)
    if heading is not None and title:
        return _nearest(times, heading, squeeze(heading.text()))
    for node in times:
        attributes = node.attributes
        if "pubdate" in attributes or not _NAMES.isdisjoint(words(attributes.get("class") or "")):
            return node
    homes = ("article", "main", "header")
    inside = (node for node in times if any(place.tag in homes for place in lineage(node)))
    return next(inside, None)


def _nearest(times: list[LexborNode], heading: LexborNode, title: str) -> LexborNode | None:
    """Return the first <time> in the narrowest circle around the headline that has one near it."""
    above = heading.parent
    for circle in range(_CIRCLES):
        if above is None or above.tag == "html":
            return None
        inside = {node.mem_id for node in above.css("time")}
        text = squeeze(above.text(separator=" ")[:_FAR]) if inside else ""
        at = text.find(title)
        for node in times:
            said = squeeze(node.text(separator=" "))
            if node.mem_id not in inside:
                continue
            if not said or at < 0:
                if circle < 2:
                    return node
            elif text.find(said, max(at - _BEFORE, 0), at + len(title) + _AFTER) >= 0:
                return node
        above = above.parent
    return None


def _first_line(page: Page, title: str | None) -> str | None:
    """Return the date line beside a headline that is no heading, or the first of the page."""
    body = page.tree.body
    text = squeeze(body.text(separator=" ")[:_FAR]) if body is not None else ""
    at = text.find(title) if title else -1
    if at >= 0:
        return _beside(text, at, at + len(title or ""))
    return next(_lines(text, 0, 3000), None)


def _beside(
    text: str, start: int, end: int, span: tuple[int, int] = (_BEFORE, _AFTER)
) -> str | None:
    """Return the date line behind the headline, else the last one before it; best with a clock."""
    behind = list(islice(_lines(text, end, end + span[1]), 2))
    if behind and HAS_CLOCK.search(behind[0]):
        return behind[0]
    lines = [*behind, *reversed(list(_lines(text, max(start - span[0], 0), start)))]
    return next(filter(HAS_CLOCK.search, lines), lines[0] if lines else None)


def _lines(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the date lines: a date inside a sentence has no clock, nor the day's name before it."""
    for found in _LINE.finditer(text, start, end):
        day = _DAY_BEFORE.search(text, max(found.start() - 12, 0), found.start())
        if day or found["clock"] or found[0][4] == "-":
            yield (day[0] if day else "") + found[0]
    for found in _ENGLISH.finditer(text, start, end):
        yield found[0]


def is_date_line(text: str, /) -> bool:
    """Whether a short line says when the article was published, and little else.

    >>> is_date_line("Diterbitkan Senin, 21 Januari 2019 22:05 WIB")
    True
    """
    if len(text) > 110 or not _DATED.search(text):
        return False
    dates = list(_lines(text, 0, len(text)))
    return bool(dates) and len(text) - sum(map(len, dates)) < 32


def is_bare_date(text: str, /) -> bool:
    """Whether a line is a date and nothing else.

    >>> is_bare_date("12 Maret 2024"), is_bare_date("12 Maret 2024, warga pulang")
    (True, False)
    """
    return len(text) < _SHORT and _LINE.fullmatch(text) is not None
