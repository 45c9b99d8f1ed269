"""RSS and Atom: every entry with its full text is an article; a teaser is none.

So are the exports of blogs that have their form (:mod:`kliping.corpus.containers.exports`).
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from kliping.article import Article
from kliping.corpus.containers.exports import names_by_login, told_by, why_left_out
from kliping.corpus.containers.libraries import optional
from kliping.corpus.containers.xml import XMLRefused, safe_text
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.html.fragments import parts_of
from kliping.corpus.html.paragraphs import Parts
from kliping.corpus.identity import absolute_url
from kliping.corpus.records.reader import RecordReader
from kliping.errors import LibraryMissing
from kliping.values import counted

# Shorter than this, a text that only repeats the summary, or breaks off, is a teaser.
_TEASER = 600
_BREAKS_OFF = ("…", "...", "[…]", "[...]", "(...)", "»")


def read_feed(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the articles of a feed's entries, and why an entry is none."""
    path = file.path.as_posix()
    try:
        feedparser = optional("feedparser")
        text = safe_text(data)
    except LibraryMissing as error:
        yield Problem(path, str(error), kind="failed")
        return
    except XMLRefused as error:
        yield Problem(path, str(error))
        return
    # In a stream: feedparser would take bytes or text for the name of a file, or an address.
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    feed = feedparser.parse(stream, response_headers=_UTF8)
    if feed.get("bozo"):
        yield _broken(path, feed)
    yield from _read_entries(file, feed, names_by_login(text))


def _read_entries(
    file: SourceFile, feed: Any, names: Mapping[str, str]
) -> Iterator[Article | Problem]:
    path = file.path.as_posix()
    reader = RecordReader(path, file.key)
    left_out: Counter[str] = Counter()
    for number, entry in enumerate(feed.entries, start=1):
        if reason := why_left_out(entry):
            left_out[reason] += 1
        elif (parts := _full_text(entry)) is None:
            yield Problem(path, f"entry {number}{_named(entry)}: only a summary")
        else:
            record = _record(entry, parts, feed.feed) | dict(told_by(entry))
            record["authors"] = [names.get(str(one), one) for one in _authors(entry)]
            yield from reader.read(record, number=number)
    if not feed.entries:
        yield Problem(path, "a feed without entries")
    if left_out:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in left_out.most_common())
        reason = f"{counted(left_out.total(), 'entry')} left out, no published article: {kinds}"
        yield Problem(path, reason, kind="note")
    yield from reader.notes()


# What the text has been made, whatever its own declaration says.
_UTF8 = {"content-type": "application/xml; charset=utf-8"}


def _record(
    entry: Mapping[str, Any], parts: Parts, channel: Mapping[str, Any]
) -> dict[str, object]:
    link = absolute_url(entry.get("link") or "", base=channel.get("link"))
    source = entry.get("source") or {}
    return {
        "id": None if link else entry.get("id"),  # one page, one id, wherever it comes from
        "title": entry.get("title"),
        "body": "\n\n".join(parts.paragraphs),
        "date": entry.get("published") or entry.get("updated"),
        "source": source.get("title") or channel.get("title"),
        "url": link,
        "tags": [tag.get("label") or tag.get("term") for tag in _tags(entry)],
        # feedparser warns when it is asked for what is not there.
        "modified": entry["updated"] if "updated" in entry and entry.get("published") else None,
        "image": next(_pictures(entry), None),
        "caption": parts.lead,
    }


def _authors(entry: Mapping[str, Any]) -> list[object]:
    return [one.get("name") for one in entry.get("authors", ())]


def _tags(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the categories of an entry but for those by which programs know its kind."""
    for tag in entry.get("tags", ()):
        if not str(tag.get("scheme") or "").endswith("#kind"):
            yield tag


def _pictures(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of an entry's pictures: Media RSS, then enclosures, then thumbnails."""
    for one in (*entry.get("media_content", ()), *entry.get("enclosures", ())):
        kind = one.get("medium") or one.get("type") or ""
        if kind.startswith("image") and (address := one.get("url") or one.get("href")):
            yield address
    for one in entry.get("media_thumbnail", ()):
        yield one.get("url")


def _full_text(entry: Mapping[str, Any]) -> Parts | None:
    """Return the full text of an entry, or None if it has but a summary."""
    contents = entry.get("content", ())
    if not contents and (told := parts_of(str(entry.get("summary") or ""))).paragraphs:
        is_whole = _length(told) >= _TEASER and not told.paragraphs[-1].endswith(_BREAKS_OFF)
        return told if is_whole and len(told.paragraphs) > 1 else None
    texts = [parts_of(str(part.get("value") or "")) for part in contents]
    best = max(texts, key=_length, default=Parts(()))
    if _length(best) < _TEASER and "wp_post_type" not in entry:
        summary = parts_of(str(entry.get("summary") or "")).paragraphs
        is_repeated = summary and summary == best.paragraphs and len(contents) > 1
        if not best.paragraphs or is_repeated or best.paragraphs[-1].endswith(_BREAKS_OFF):
            return None
    return best


def _length(parts: Parts) -> int:
    return sum(map(len, parts.paragraphs))


def _named(entry: Mapping[str, Any]) -> str:
    name = entry.get("title") or entry.get("link") or ""
    return f" ({str(name)[:80]})" if name else ""


def _broken(path: str, feed: Mapping[str, Any]) -> Problem:
    error = feed.get("bozo_exception")
    line = getattr(error, "getLineNumber", lambda: None)()
    detail = getattr(error, "getMessage", lambda: str(error))()
    return Problem(path, f"a broken feed, read as far as it goes: {detail}", line, "repaired")
