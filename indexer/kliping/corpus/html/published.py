"""When a page was published: JSON-LD, <meta>, <time>, the visible date line, the URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import islice

from selectolax.lexbor import LexborNode

from kliping.corpus.html.finder import select
from kliping.corpus.html.hints import words
from kliping.corpus.html.page import Page, squeeze
from kliping.corpus.html.publishers import Publisher
from kliping.corpus.text.dates import date_from_url, no_earlier, parse_date

_PUBLISHED = (
    *("article:published_time", "datepublished", "og:published_time", "pubdate", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "content_publisheddate", "publishtime"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dc.date.created", "dcterms.created", "date"),
    *("originalpublicationdate", "bt:pubdate", "ptime", "displaydate", "datecreated", "created"),
)
_MODIFIED = (
    *("article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified"),
    *("datemodified", "content_modifieddate", "lastmod", "last-modified"),
)
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
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, \d{4}"
    rf"(?:.{{0,12}}?{_CLOCK})?",
)
_DAY_BEFORE = re.compile(rf"{_DAYS}\s*,?\s*$", re.IGNORECASE)
_TIME_NAMES = frozenset({"published", "pubdate", "entry-date", "publish", "updated"})
_HAS_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|\d{10,13}")
_DATED = re.compile(r"\d{4}|\d[:.]\d\d|/\d\d")
_FAR = 100_000
_CIRCLES = 6
_BEFORE, _AFTER = 400, 700
_WIB = timezone(timedelta(hours=7), "WIB")


def published(
    page: Page, publisher: Publisher | None, /, *, title: str | None
) -> tuple[datetime | None, str]:
    """Return the moment of publication and the rule that found it."""
    found: list[tuple[datetime, str]] = []
    for rule, text in _stamps(page, publisher):
        if moment := parse_date(text, now=page.now):
            if _HAS_CLOCK.search(text):
                found.insert(0, (_localised(moment, page, publisher, title), rule))
                break
            found.append((moment, rule))
    else:
        if (line := _visible(page, title)) and (moment := parse_date(line)):
            found.insert(
                0 if _HAS_CLOCK.search(line) else len(found), (moment, "visible date line")
            )
    if not found and (url := page.canonical()) and (day := date_from_url(url)):
        return day, "URL"
    return _most_exact(found)


def _most_exact(found: list[tuple[datetime, str]]) -> tuple[datetime | None, str]:
    """Return the first day named, with the hour of a later stamp if that is of the same day."""
    if not found:
        return None, ""
    exact, *days = found
    if days and exact[0].date() != days[0][0].date():
        return days[0]
    return exact


def modified(page: Page, /, *, published: datetime | None) -> tuple[datetime | None, str]:
    """Return the moment of the last change that the page admits to, and the rule that found it."""
    for rule, text in _changes(page):
        if moment := parse_date(text):
            if moment.utcoffset() == timedelta(0) and published and _was_local(page, published):
                moment = moment.replace(tzinfo=_WIB)
            kept = no_earlier(moment, than=published)
            return kept, rule if kept else ""
    return None, ""


def _changes(page: Page) -> Iterator[tuple[str, str]]:
    if page.story and page.story.modified:
        yield "JSON-LD dateModified", page.story.modified
    for name in _MODIFIED:
        if name in page.metas:
            yield f"<meta> {name}", page.metas[name][0]
    times = [n for n in page.marked.get("time", ())[:12] if _says_changed(n)]
    for node in (*page.marked.get("dateModified", ()), *times)[:1]:
        yield "itemprop dateModified", node.attributes.get("datetime") or squeeze(node.text())


def _says_changed(node: LexborNode) -> bool:
    return "dateModified" in (node.attributes.get("itemprop") or "")


def _was_local(page: Page, published: datetime) -> bool:
    """Whether the moment of publication stood there with a ``Z`` that meant WIB."""
    if published.tzinfo is not _WIB:
        return False
    texts = (page.story and page.story.published, *map(page.meta, _PUBLISHED))
    stamps = (parse_date(text) for text in texts if text)
    return any(
        stamp and stamp.utcoffset() == timedelta(0) and _same_clock(stamp, published)
        for stamp in stamps
    )


def _stamps(page: Page, publisher: Publisher | None) -> Iterator[tuple[str, str]]:
    if page.story and page.story.published:
        yield "JSON-LD datePublished", page.story.published
    for name in _PUBLISHED:
        if values := page.metas.get(name):
            yield f"<meta> {name}", values[0]
    for node in sorted(page.marked.get("time", ())[:12], key=_time_rank)[:1]:
        if _time_rank(node) < 3:
            yield "<time>", node.attributes.get("datetime") or squeeze(node.text())
    for node in page.marked.get("datePublished", ())[:1]:
        yield "itemprop datePublished", node.attributes.get("datetime") or squeeze(node.text())
    if publisher is not None:
        for node in select(page, publisher.date)[:4]:
            text = node.attributes.get("datetime") or squeeze(node.text(separator=" "))
            yield f"publisher: {publisher.name}", text[:120]


def _time_rank(node: LexborNode) -> int:
    """Rank a <time> by how surely it is the article's: named so, or in the article, or neither."""
    attributes = node.attributes
    if "datePublished" in (attributes.get("itemprop") or ""):
        return 0
    if "pubdate" in attributes or not _TIME_NAMES.isdisjoint(words(attributes.get("class") or "")):
        return 1
    above = node.parent
    while above is not None and above.tag not in ("article", "main", "header"):
        above = above.parent
    return 3 if above is None else 2


def _visible(page: Page, title: str | None) -> str | None:
    """Return the date line nearest to the headline: behind it if there is one, else before."""
    heading = page.heading(title)
    if heading is None or not title:
        return _first_line(page, title)
    return _around(heading, title)


def _around(heading: LexborNode, title: str) -> str | None:
    """Look for the date line in ever wider circles around the headline."""
    above, seen = heading.parent, 0
    for _ in range(_CIRCLES):
        if above is None or above.tag in ("body", "html"):
            return None
        text = squeeze(above.text(separator=" "))
        at = text.find(title) if len(text) > seen + 8 else -1
        seen = len(text)
        if at >= 0 and (line := _beside(text, at, at + len(title))):
            return line
        if at > _BEFORE and len(text) - at > 2 * _AFTER:
            return None
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


def _beside(text: str, start: int, end: int) -> str | None:
    """Return the date line behind the headline, else the last one before it; best with a clock."""
    behind = list(islice(_lines(text, end, end + _AFTER), 2))
    if behind and _HAS_CLOCK.search(behind[0]):
        return behind[0]
    lines = [*behind, *reversed(list(_lines(text, max(start - _BEFORE, 0), start)))]
    return next(filter(_HAS_CLOCK.search, lines), lines[0] if lines else None)


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


def _localised(
    moment: datetime, page: Page, publisher: Publisher | None, title: str | None
) -> datetime:
    """Mend the stamp that says ``Z`` and means WIB.

    Some publishers (detik for years) write local time with a Z behind it. The date line that
    readers see tells: if it shows the same clock as one of the page's Z stamps, they are local.
    """
    if moment.utcoffset() != timedelta(0) or not _is_indonesian(page, publisher):
        return moment
    line = _visible(page, title)
    seen = parse_date(line) if line else None
    if seen is None or seen.utcoffset() == timedelta(0):
        return moment
    for name in (*_PUBLISHED, *_MODIFIED):
        stamp = parse_date(page.meta(name) or "")
        if stamp and stamp.utcoffset() == timedelta(0) and _same_clock(stamp, seen):
            return moment.replace(tzinfo=_WIB)
    return moment.replace(tzinfo=_WIB) if _same_clock(moment, seen) else moment


def _same_clock(one: datetime, other: datetime) -> bool:
    return one.replace(second=0, microsecond=0, tzinfo=None) == other.replace(
        second=0, microsecond=0, tzinfo=None
    )


def _is_indonesian(page: Page, publisher: Publisher | None) -> bool:
    return publisher is not None or page.host().endswith(".id")
