"""RSS and Atom: every entry with its full text is an article; a teaser is none."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from kliping.article import Article
from kliping.corpus.containers.libraries import LibraryMissing, optional
from kliping.corpus.containers.xml import XMLRefused, safe_text
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.html.fragments import paragraphs_of
from kliping.corpus.records.columns import RecordReader

# Shorter than this, a text that only repeats the summary, or breaks off, is a teaser.
_TEASER = 600
_BREAKS_OFF = ("…", "...", "[…]", "[...]", "(...)", "»")


def read_feed(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the articles of a feed's entries, and why an entry is none."""
    path = file.path.as_posix()
    try:
        feedparser = optional("feedparser")
        # In a stream: feedparser would take bytes or text for the name of a file, or an address.
        text = io.BytesIO(safe_text(data).encode("utf-8", "replace"))
        feed = feedparser.parse(text, response_headers=_UTF8)
    except LibraryMissing as error:
        yield Problem(path, str(error), kind="failed")
        return
    except XMLRefused as error:
        yield Problem(path, str(error))
        return
    if feed.get("bozo"):
        yield _broken(path, feed)
    reader = RecordReader(path, file.key)
    for number, entry in enumerate(feed.entries, start=1):
        body = _body(entry)
        if body is None:
            yield Problem(path, f"entry {number}{_named(entry)}: only a summary")
        else:
            yield from reader.read(_record(entry, body, feed.feed), number=number)
    if not feed.entries:
        yield Problem(path, "a feed without entries")
    yield from reader.notes()


# What the text has been made, whatever its own declaration says.
_UTF8 = {"content-type": "application/xml; charset=utf-8"}


def _record(entry: Mapping[str, Any], body: str, channel: Mapping[str, Any]) -> dict[str, object]:
    link = entry.get("link")
    source = entry.get("source") or {}
    return {
        "id": None if link else entry.get("id"),  # one page, one id, wherever it comes from
        "title": entry.get("title"),
        "body": body,
        "authors": [one.get("name") for one in entry.get("authors", ())],
        "date": entry.get("published") or entry.get("updated"),
        "source": source.get("title") or channel.get("title"),
        "url": link,
        "tags": [tag.get("label") or tag.get("term") for tag in entry.get("tags", ())],
        # feedparser warns when it is asked for what is not there.
        "modified": entry["updated"] if "updated" in entry and entry.get("published") else None,
        "image": next(_pictures(entry), None),
    }


def _pictures(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of an entry's pictures: Media RSS, then enclosures, then thumbnails."""
    for one in (*entry.get("media_content", ()), *entry.get("enclosures", ())):
        kind = one.get("medium") or one.get("type") or ""
        if kind.startswith("image") and (address := one.get("url") or one.get("href")):
            yield address
    for one in entry.get("media_thumbnail", ()):
        yield one.get("url")


def _body(entry: Mapping[str, Any]) -> str | None:
    """Return the full text of an entry, or None if it has but a summary."""
    texts = [paragraphs_of(str(part.get("value") or "")) for part in entry.get("content", ())]
    body = max(texts, key=len, default="")
    if len(body) < _TEASER:
        summary = paragraphs_of(str(entry.get("summary") or ""))
        is_repeated = summary and summary == body and len(entry.get("content", ())) > 1
        if not body or is_repeated or body.endswith(_BREAKS_OFF):
            return None
    return body


def _named(entry: Mapping[str, Any]) -> str:
    name = entry.get("title") or entry.get("link") or ""
    return f" ({str(name)[:80]})" if name else ""


def _broken(path: str, feed: Mapping[str, Any]) -> Problem:
    error = feed.get("bozo_exception")
    line = getattr(error, "getLineNumber", lambda: None)()
    detail = getattr(error, "getMessage", lambda: str(error))()
    return Problem(path, f"a broken feed, read as far as it goes: {detail}", line, "repaired")
