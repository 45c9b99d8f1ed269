"""WARC, as crawlers write it (CC-NEWS): every page that answered is read for its article.

The date of a record is the crawl's, not the article's, and is never used. Records stream: no more
than one page is in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kliping.article import Article
from kliping.corpus.containers.libraries import optional
from kliping.corpus.containers.streams import DAMAGE, Opened, Ready
from kliping.corpus.files import Problem
from kliping.corpus.html.webpage import read_page
from kliping.errors import LibraryMissing
from kliping.values import counted

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_BLOCK = 64 << 10
_WEB = ("http://", "https://")


def read_warc(opened: Opened, /) -> Iterator[Article | Problem]:
    """Yield the articles of the response records, and what is wrong with them."""
    try:
        archive = _Archive(opened)
    except LibraryMissing as error:
        yield Problem(opened.path, str(error), kind="failed")
        return
    for record in archive:
        yield from _read_record(archive, record)
    if archive.damage:
        yield Problem(opened.path, f"{archive.damage} in record {archive.number}{archive.named()}")
    if archive.others:
        reason = f"no page, or no answer (200), passed over: {counted(archive.others, 'record')}"
        yield Problem(opened.path, reason, kind="note")


class _Archive:
    """The records of a file, up to where it is damaged; ``damage`` then says how."""

    def __init__(self, opened: Opened) -> None:
        library = optional("warcio.archiveiterator")

        class Records(library.ArchiveIterator):  # type: ignore[misc, name-defined]
            INC_RECORD = ""  # what it would print to stderr

        self.opened = opened
        self.number = 0
        self.url: str | None = None
        self.others = 0
        self.damage = ""
        self._records = Records(Ready(opened.stream), no_record_parse=True)
        parsing = optional("warcio.statusandheaders")
        self.errors: tuple[type[Exception], ...] = (
            *DAMAGE,
            optional("warcio.exceptions").ArchiveLoadFailed,
            parsing.StatusAndHeadersParserException,
        )
        self._headers = parsing.StatusAndHeadersParser(["HTTP/"], verify=False)

    def __iter__(self) -> Iterator[Any]:
        while not self.damage:
            self.number += 1
            self.url = None
            try:
                record = next(self._records)
            except StopIteration:
                return
            except self.errors as error:
                self.damage = f"damaged ({error})" if str(error) else "damaged"
                return
            self.url = record.rec_headers.get_header("WARC-Target-URI")
            yield record
            self._finish(record)

    def named(self) -> str:
        """Return the address of the record that is being read, for a message."""
        return f" ({self.url})" if self.url else ""

    def payload(self, record: Any, /) -> tuple[str, bytes] | None:
        """Return the content type and content of a page, or None if the record is none."""
        kind = record.rec_headers.get_header("Content-Type") or ""
        if record.rec_type == "response" and (self.url or "").startswith(_WEB):
            record.http_headers = self._headers.parse(record.raw_stream)
            if not (record.http_headers.get_statuscode() or "").startswith("200"):
                return None
            kind = record.http_headers.get_header("Content-Type") or "text/html"
        elif record.rec_type != "resource":
            return None
        if kind.partition(";")[0].strip().lower() not in _PAGE_TYPES:
            return None
        return kind, self._content(record)

    def _content(self, record: Any) -> bytes:
        """Return the content unpacked: one byte more than the limit if it is larger."""
        stream, most = record.content_stream(), self.opened.limits.whole + 1
        data = bytearray()
        while len(data) < most and (piece := stream.read(min(_BLOCK, most - len(data)))):
            self.opened.budget.spend(len(piece))
            data += piece
        return bytes(data)

    def is_cut(self, record: Any, /) -> bool:
        """Say whether the file ends before the record does."""
        stream = record.raw_stream
        return getattr(stream, "limit", 0) > 0 and not stream.read(1)

    def _finish(self, record: Any) -> None:
        """Pass over what is left of a record."""
        try:
            while record.raw_stream.read(_BLOCK):
                pass
        except DAMAGE as error:
            self.damage = self.damage or f"cut off or damaged ({error})"
        if getattr(record.raw_stream, "limit", 0) > 0:
            self.damage = self.damage or "cut off"


def _read_record(archive: _Archive, record: Any) -> Iterator[Article | Problem]:
    opened = archive.opened
    try:
        page = archive.payload(record)
        if page and archive.is_cut(record):
            return
    except archive.errors as error:
        archive.damage = f"cut off or damaged ({error})"
        return
    if page is None:
        archive.others += record.rec_type == "response"
        return
    kind, data = page
    if len(data) > opened.limits.whole:
        size = opened.limits.whole >> 20
        reason = f"record {archive.number}{archive.named()}: larger than {size} MB"
        yield Problem(opened.path, f"{reason}: too large for one article")
        return
    if not opened.share.begins():
        return
    charset = _CHARSET.search(kind)
    yield from read_page(
        opened.file,
        data,
        url=archive.url,
        charset=charset[1] if charset else None,
        record=archive.number,
    )
