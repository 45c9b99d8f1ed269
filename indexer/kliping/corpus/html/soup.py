"""From Lexbor's tree to Beautiful Soup's, with no second parsing.

Beautiful Soup's own parsers cost more on ten kilobytes than Lexbor does on the whole page, so the
elements that were found are handed over one by one, through the interface that parsers use.
"""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4._typing import _RawMarkup
from bs4.builder import TreeBuilder
from selectolax.lexbor import LexborNode

from kliping.corpus.html.elements import names_of
from kliping.corpus.html.hints import verdict

# Marks of style alone: only the text they hold is handed over.
_STYLE = frozenset({"b", "strong", "em", "i", "u", "font", "small", "big", "mark", "tt", "ins"})
_EMPTY_NAMES = "img picture source input link meta object embed canvas map -comment"
_EMPTY = frozenset(_EMPTY_NAMES.split())
# Containers that only part their text from their neighbours', unless their names say more.
_BOX_NAMES = """
    p div section article main center header figure blockquote ul dl dt dd tbody thead span hgroup
    address details summary cite q abbr time label code kbd data s del var sup w
"""
_BOXES = frozenset(_BOX_NAMES.split())
_INLINE = frozenset("span cite q abbr time label code kbd data s del var sup w".split())
LINE, PARAGRAPH = "\x1e", "\x1d"
# Deeper than this, elements are handed over as the text they hold.
_DEEPEST = 100


class _HandedOver(TreeBuilder):
    """A builder that parses nothing: what it builds is handed over."""

    def feed(self, markup: _RawMarkup) -> None:
        """Do nothing."""


def soup_of(nodes: Iterable[LexborNode], /) -> BeautifulSoup:
    """Return the elements as a soup, in their order, without comments and marks of style.

    Edges of boxes and line breaks come as two of ASCII's separators, which no text has.
    """
    soup = BeautifulSoup("", builder=_HandedOver())
    for node in nodes:
        _element(soup, node, node.tag or "div", 0)
    soup.endData()
    return soup


def _inside(soup: BeautifulSoup, node: LexborNode, depth: int) -> None:
    data = soup.handle_data
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            data(child.text_content or "")
        elif tag == "br":
            data(LINE)
        elif tag in _EMPTY:
            continue
        elif tag in _STYLE or "-" in tag:
            _inside(soup, child, depth)
        elif depth > _DEEPEST:
            data(f" {child.text(separator=' ')} ")
        else:
            _element(soup, child, tag, depth)


def _element(soup: BeautifulSoup, node: LexborNode, tag: str, depth: int) -> None:
    names = names_of(node)
    if tag in _BOXES and not (names and verdict(names) == "caption"):
        edge = "" if tag in _INLINE else PARAGRAPH
        soup.handle_data(edge)
        _inside(soup, node, depth + 1)
        soup.handle_data(edge)
        return
    soup.handle_starttag(tag, None, None, {"class": names} if names else {})
    _inside(soup, node, depth + 1)
    soup.handle_endtag(tag)
