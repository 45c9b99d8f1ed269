"""A page as browsers save it in one file (.mht, .mhtml): a MIME message whose root is the page."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from kliping.article import Article
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.html.webpage import read_page

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_ADDRESSES = ("Content-Location", "Content-Base")


def read_mhtml(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the article of the saved page; frames and advertisements beside it are passed over."""
    message = message_from_bytes(data)
    page = _root(message)
    markup = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(markup, bytes):
        yield Problem(file.path.as_posix(), "a saved page (MHTML) without its page")
        return
    address = _address(page, _ADDRESSES) or _address(
        message, ("Snapshot-Content-Location", *_ADDRESSES)
    )
    yield from read_page(file, markup, url=address, charset=page.get_content_charset())


def _root(message: Message) -> Message | None:
    """Return the part that the message names as its start, else the first page in it."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = (part for part in pages if start and part.get("Content-ID") == start)
    return next(named, pages[0] if pages else None)


def _address(part: Message, headers: tuple[str, ...]) -> str | None:
    """Return the address in the first header that holds one of the web."""
    for header in headers:
        value = "".join(str(part.get(header, "")).split())
        if value.startswith(("http://", "https://")):
            return value
    return None
