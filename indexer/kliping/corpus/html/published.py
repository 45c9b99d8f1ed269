"""When a page was published: JSON-LD, <meta>, <time>, the visible date line, the URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import islice

from selectolax.lexbor import LexborNode

from kliping.corpus.html.finder import select
from kliping.corpus.html.page import Page, squeeze
from kliping.corpus.html.publisher import Publisher
from kliping.corpus.html.shown_date import (
    HAS_CLOCK,
    date_line,
    time_beside,
)
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
_WIB = timezone(timedelta(hours=7), "WIB")
# What older themes of WordPress say below an article.
_POSTED = re.compile(r"This entry was posted on ([^\n]{8,50}?) and is filed")
_DAY = 86_400  # seconds


def published(
    page: Page, publisher: Publisher | None, /, *, title: str | None
) -> tuple[datetime | None, str]:
    """Return the moment of publication and the rule that found it."""
    found: list[tuple[datetime, str]] = []
    for rule, text in _stamps(page, publisher, title):
        if (moment := parse_date(text, now=page.now)) and not _is_unset(moment):
            if HAS_CLOCK.search(text):
                found.insert(0, (_localised(moment, page, publisher, title), rule))
                break
            found.append((moment, rule))
    else:
        if (line := date_line(page, title)) and (moment := parse_date(line)):
            found.insert(0 if HAS_CLOCK.search(line) else len(found), (moment, "visible date line"))
    if not found and (url := page.canonical()) and (day := date_from_url(url)):
        return day, "URL"
    return _most_exact(found)


def _is_unset(moment: datetime) -> bool:
    """Whether a stamp is what programs write where no date was set: the beginning of Unix time."""
    return abs(moment.timestamp()) <= _DAY


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
        if (moment := parse_date(text)) and not _is_unset(moment):
            if moment.utcoffset() == timedelta(0) and published and published.utcoffset():
                was_local = _was_local(page, published)
                zone = published.tzinfo
                moment = moment.replace(tzinfo=zone) if was_local else moment.astimezone(zone)
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
    """Whether the moment of publication stood there with a ``Z`` that meant local time."""
    texts = (page.story and page.story.published, *map(page.meta, _PUBLISHED))
    stamps = (parse_date(text) for text in texts if text)
    return any(
        stamp and stamp.utcoffset() == timedelta(0) and _same_clock(stamp, published)
        for stamp in stamps
    )


def _stamps(
    page: Page, publisher: Publisher | None, title: str | None
) -> Iterator[tuple[str, str]]:
    if page.story and page.story.published:
        yield "JSON-LD datePublished", page.story.published
    for name in _PUBLISHED:
        if values := page.metas.get(name):
            yield f"<meta> {name}", values[0]
    if (node := time_beside(page, title)) is not None:
        yield "<time>", node.attributes.get("datetime") or squeeze(node.text())
    for node in page.marked.get("datePublished", ())[:1]:
        told = node.attributes.get("datetime") or node.attributes.get("content")
        yield "itemprop datePublished", told or squeeze(node.text())
    # hAtom, as Blogger and older themes of WordPress mark it.
    for node in page.tree.css("abbr.published[title]")[:1]:
        yield "hAtom published", node.attributes.get("title") or ""
    if publisher is not None:
        for node in select(page, publisher.date)[:4]:
            text = node.attributes.get("datetime") or squeeze(node.text(separator=" "))
            yield f"publisher: {publisher.name}", text[:120]
    for found in islice(_POSTED.finditer(page.text()), 1):
        yield "the line below", found[1]


def _localised(
    moment: datetime, page: Page, publisher: Publisher | None, title: str | None
) -> datetime:
    """Return a stamp in UTC as readers see it, mended where ``Z`` means local time.

    Some publishers (detik for years) write local time with a Z behind it. The date line that
    readers see tells: if it shows the same clock as one of the page's Z stamps, they are local.
    """
    if moment.utcoffset() != timedelta(0) or not (publisher or page.is_indonesian()):
        return moment
    line = date_line(page, title)
    seen = parse_date(line) if line else None
    if seen is None or seen.utcoffset() == timedelta(0):
        return moment.astimezone(_WIB)
    stamps = (parse_date(page.meta(name) or "") for name in (*_PUBLISHED, *_MODIFIED))
    for stamp in (moment, *stamps):
        if stamp and stamp.utcoffset() == timedelta(0) and _same_clock(stamp, seen):
            return moment.replace(tzinfo=seen.tzinfo)
    return moment.astimezone(seen.tzinfo)


def _same_clock(one: datetime, other: datetime) -> bool:
    return one.replace(second=0, microsecond=0, tzinfo=None) == other.replace(
        second=0, microsecond=0, tzinfo=None
    )
