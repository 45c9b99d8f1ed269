"""XML from strangers: parsed so that it can neither swell nor reach for a file or the network.

An entity that the document declares itself is what bombs and thefts are made of, and no news
format needs one: such a document is refused before any parser sees it. An external DTD may be
named, as NITF does; it is never fetched. HTML's own names (``&nbsp;``) become their characters.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from lxml import etree

from kliping.corpus.text.decoding import decode

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[[^\[\]]*\]\s*)?>", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class XMLRefused(Exception):
    """The document is not read; the message says why."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed document; ``broken`` says what had to be mended, with the line."""

    root: etree._Element
    broken: str | None = None
    line: int | None = None


def safe_text(data: bytes, /) -> str:
    """Return a document as text without its DOCTYPE; XMLRefused if it declares entities."""
    text = _CONTROLS.sub("", decode(data).text.lstrip("\ufeff"))
    if _ENTITY.search(text):
        raise XMLRefused("declares entities of its own, which are never resolved: not read")
    return _NAMED.sub(lambda found: html.unescape(found[0]), _DOCTYPE.sub(_blank, text, count=1))


def _blank(found: re.Match[str]) -> str:
    """Return as many lines, so that those behind keep their numbers."""
    return "\n" * found[0].count("\n")


def parse(data: bytes, /) -> Tree:
    """Return the tree of a document, as far as it goes where it is broken."""
    text = _DECLARATION.sub("", safe_text(data))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise XMLRefused(f"broken XML: {error.msg}") from error
    if root is None:
        raise XMLRefused("broken XML: holds no element")
    if not parser.error_log:
        return Tree(root)
    first = parser.error_log[0]
    return Tree(root, f"broken XML, read as far as it goes: {first.message}", first.line)


def local(element: etree._Element, /) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
