"""Fragments of HTML out of feeds, exports and news XML, as paragraphs."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from kliping.corpus.html.paragraphs import Parts, take_apart
from kliping.corpus.text.shortcodes import without_shortcodes
from kliping.corpus.text.tidying import has_markup, split_paragraphs

_PARAGRAPH = re.compile(r"<p\b", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n\s*")


def paragraphs_of(markup: str, /) -> str:
    r"""Return the paragraphs of a fragment, parted by blank lines; text without markup as it is.

    >>> paragraphs_of("<p>Air <b>surut</b>.</p><!--more--><p>Warga pulang.</p>")
    'Air surut.\n\nWarga pulang.'
    """
    return "\n\n".join(parts_of(markup).paragraphs)


def parts_of(markup: str, /) -> Parts:
    r"""Return what a fragment holds: its paragraphs, and the captions that it marks.

    Where it marks no paragraph, blank lines part them, as in the editors of content systems.

    >>> parts_of('Air surut.\n\n[caption id="a1"]<img> Posko[/caption]\n\nWarga pulang.').lead
    'Posko'
    """
    if not has_markup(markup):
        return Parts(tuple(split_paragraphs(markup)))
    markup = without_shortcodes(markup)
    if not _PARAGRAPH.search(markup):
        markup = _BLANK.sub("<br><br>", markup)
    soup = BeautifulSoup(markup, "lxml")
    for element in soup(["script", "style", "iframe", "noscript", "template"]):
        element.decompose()
    return take_apart(soup, mojibake=True)
