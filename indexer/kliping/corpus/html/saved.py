"""The address that a program wrote into the page that it saved.

Browsers, SingleFile and HTTrack leave a comment, Save Page WE a <meta>, WebScrapBook an attribute,
Firefox's reader view and Google's cache a link. It counts only where the page names no address of
its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

# What a program adds stands at the top, before the page's own.
_HEAD = 16_384
_COMMENT = re.compile(rb"<!--(.{10,2000}?)-->", re.DOTALL)
_ADDRESS = (
    r"(?P<address>(?:https?://|about:reader|read:|chrome-distiller:)[^\s\"'<>]+"
    r"|[\w-]+(?:\.[\w-]+)+/[^\s\"'<>]+)"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # saved from url=(0079)https://...     Saved from https://... at 2024-03-20 using monolith
        rf"\b(?:saved|mirrored|archived|captured|clipped|downloaded|printed)\s+from:?\s+"
        rf"(?:url=)?(?:\(\d+\)\s*)?{_ADDRESS}",
        # Page saved with SingleFile  url: https://...
        rf"\b(?:saved|archived|captured|clipped|downloaded)\b[^<]{{0,200}}?\burl:\s*{_ADDRESS}",
    )
)
_ATTRIBUTE = re.compile(rb"""<html\b[^<>]*?\sdata-scrapbook-source\s*=\s*["']?([^\s"'>]+)""", re.I)
_READER = re.compile(
    rb"""<a\b(?=[^<>]*\bclass\s*=\s*["'][^"'>]*\breader-domain\b)[^<>]*?\bhref\s*=\s*["']([^"'>]+)""",
    re.IGNORECASE,
)
_CACHE = re.compile(rb"""google-cache-hdr.{1,400}?\bhref\s*=\s*["']([^"'>]+)""", re.DOTALL)
_METAS = ("savepage-url", "savepage-from")


def saved_address(markup: bytes, metas: Mapping[str, list[str]], /) -> str | None:
    """Return the address that a saving program noted in a page, or None.

    >>> saved_address(b"<!-- saved from url=(0020)https://contoh.id/a7 --><html>", {})
    'https://contoh.id/a7'
    """
    for name in _METAS:
        if name in metas:
            return metas[name][0]
    head = markup[:_HEAD]
    for comment in _COMMENT.findall(head):
        text = html.unescape(comment.decode("utf-8", "replace"))
        for form in _FORMS:
            if found := form.search(text):
                address = found["address"]
                return address if ":" in address.partition("/")[0] else f"https://{address}"
    noted = _ATTRIBUTE.search(head) or _READER.search(head) or _CACHE.search(head)
    return html.unescape(noted[1].decode("utf-8", "replace")) if noted else None
