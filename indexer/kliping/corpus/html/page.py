"""A page, parsed once: its tree, its <meta> elements and its JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kliping.corpus.addresses import original_url
from kliping.corpus.html.jsonld import Story, stories
from kliping.corpus.html.saved import saved_address
from kliping.corpus.identity import split_url

# Elements whose text no reader ever sees; the rarer ones go when the article has been found.
_UNREAD = ["script", "style", "noscript"]
# A page with more tags than this is measured for depth: Lexbor's time grows with its square.
_MANY_TAGS = 5_000
# Tags are counted by looking at every so manieth byte, a prime; to count all takes 1 % of the time.
_STRIDE = 97
_DEEPEST = 400
# Marks of style left open are opened anew in every paragraph that follows.
_DEEPEST_STYLE = 20
_TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]*)[^>]*>?")
_SCRIPT = re.compile(
    rb"<script\b(?![^>]{0,300}ld\+json).*?(?:</script\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_VOID_NAMES = b"""
    area base br col embed hr img input link meta param source track wbr p li td tr
    path circle ellipse line polygon polyline rect stop use
"""
_VOID = frozenset(_VOID_NAMES.split())
_STYLE = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
# Lexbor's time grows with the square of a tag's attributes: of each, this many are kept.
_MOST_ATTRIBUTES = 500
# Only a page with this many bytes and no closing tag among them is searched for such a tag.
_STRETCH = 32_768
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
# Scripts are passed over: "a<b" is no tag in them.
_OVERLONG = re.compile(
    rb"(<[a-zA-Z][^\s/<>]*+(?=[\s/])(?:%b){%d}+"
    rb"|<(?i:script|style)\b(?:[^<]++|<(?!/(?i:script|style)))*+(?:</\w++)?+)(?:%b)*+"
    % (_ATTRIBUTE, _MOST_ATTRIBUTES, _ATTRIBUTE)
)
_PREFIX = re.compile(rb"xmlns:(\w+)\s*=\s*[\"']http://www\.w3\.org/1999/xhtml[\"']")
_NO_LETTER = re.compile(r"[\W_]+")


# One walk over the tree for all that headline, date, author and finder look for.
_MARKED = ":is(title, h1, h2, h3, h4, h5, time, [itemprop], [property~=articleBody], [rel~=author])"
_BY_TAG = frozenset({"title", "h1", "h2", "h3", "h4", "h5", "time"})
_SAID = "meta[content], link[rel=canonical], base[href]"
_LD_JSON = "[type*='ld+json']"
_MOST_BLOCKS = 50
_FAR = 100_000
# The commonest words that no other language has, but Malay.
_INDONESIAN = (" yang ", " dengan ", " untuk ", " dari ", " pada ")
# A <head> that says no more than this was cut short by a stray element.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed page. ``url`` is where it was found, if that is known.

    ``now`` is what relative dates are counted from; without it they say nothing.

    ``marked`` holds elements by tag (``h1``, ``time``) and by itemprop (``articleBody``), in the
    order of the page.
    """

    tree: LexborHTMLParser
    url: str | None
    markup: bytes
    metas: dict[str, list[str]]
    stories: tuple[Story, ...]
    marked: dict[str, list[LexborNode]]
    now: datetime | None = None
    _memo: dict[str, str | None] = field(default_factory=dict)

    @property
    def story(self) -> Story | None:
        """What the page's JSON-LD says of its article."""
        return self.stories[0] if self.stories and self.stories[0].is_article else None

    def meta(self, *names: str) -> str | None:
        """Return the first content of these <meta> names, in the order given."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def heading(self, title: str | None) -> LexborNode | None:
        """Return the heading that says just this, if there is one."""
        wanted = (title or "").casefold()  # a theme may show it in capitals
        for key in ("headline", "h1", "h2", "h3") if title else ():
            for node in self.marked.get(key, ()):
                if squeeze(node.text()).casefold() == wanted:
                    return node
        return None

    def canonical(self) -> str | None:
        """Return the page's own word on its address, absolute; else where it was found."""
        if "canonical" not in self._memo:
            self._memo["canonical"] = _canonical(self)
        return self._memo["canonical"]

    def text(self) -> str:
        """Return what the page shows, each piece of text on a line of its own."""
        if "text" not in self._memo:
            body = self.tree.body
            self._memo["text"] = body.text(separator="\n")[:_FAR] if body is not None else ""
        return self._memo["text"] or ""

    def is_indonesian(self) -> bool:
        """Whether the page is in Indonesian, by its address, its own word or its words."""
        if "indonesian" not in self._memo:
            root = self.tree.root
            said = (root.attributes.get("lang") or "").lower() if root is not None else ""
            told = self.host().endswith(".id") or said.startswith("id")
            told = told or any(word in self.text() for word in _INDONESIAN)
            self._memo["indonesian"] = "yes" if told else None
        return self._memo["indonesian"] is not None

    def host(self) -> str:
        """Return the host of the canonical address, lower-case, without ``www.``."""
        parts = split_url(self.canonical() or "")
        return ((parts and parts.hostname) or "").removeprefix("www.")


def parse(markup: bytes, /, *, url: str | None = None, now: datetime | None = None) -> Page:
    """Parse the markup (in UTF-8), read its metadata, and take out what is never read."""
    markup = _tame(markup)
    tree = LexborHTMLParser(markup)
    metas: dict[str, list[str]] = {}
    for node in _said(tree):
        _note(metas, node)
    blocks = [node.text() for node in tree.css(_LD_JSON)[:_MOST_BLOCKS]]
    url = original_url(url) if url else None
    tree.strip_tags(_UNREAD)
    return Page(tree, url, markup, metas, stories(blocks), _marked(tree, metas), now)


def _said(tree: LexborHTMLParser) -> list[LexborNode]:
    """Return the elements of <head> that speak of the page; of all of it, if <head> is botched."""
    found = tree.head.css(_SAID) if tree.head is not None else []
    return found if len(found) > _FEW else tree.css(_SAID)


def _note(metas: dict[str, list[str]], node: LexborNode) -> None:
    attributes = node.attributes
    if node.tag != "meta":
        key = "link:canonical" if node.tag == "link" else "base"
        metas.setdefault(key, []).append((attributes.get("href") or "").strip())
    elif content := (attributes.get("content") or "").strip():
        for key in ("property", "name", "itemprop"):
            if name := attributes.get(key):
                values = metas.setdefault(name.strip().lower(), [])
                if content not in values:
                    values.append(content)


def _marked(tree: LexborHTMLParser, metas: dict[str, list[str]]) -> dict[str, list[LexborNode]]:
    marked: dict[str, list[LexborNode]] = {}
    for node in tree.css(_MARKED):
        tag = node.tag or ""
        if tag in _BY_TAG:
            marked.setdefault(tag, []).append(node)
            continue
        attributes = node.attributes
        names = attributes.get("itemprop") or attributes.get("property") or attributes.get("rel")
        if tag == "meta":
            _note(metas, node)
            continue
        for name in (names or "").split():
            marked.setdefault(name, []).append(node)
    return marked


def squeeze(text: str, /) -> str:
    """Return the text on one line, its runs of white space made one space."""
    return " ".join(text.split())


def text_of(node: LexborNode | None, /) -> str:
    """Return the text of an element on one line; a missing element has none."""
    return squeeze(node.text(separator=" ")) if node is not None else ""


def letters(text: str, /) -> str:
    """Return the letters and digits of a text, in lower case: what two spellings share.

    >>> letters("Banjir: 'Surut'!") == letters("BANJIR - surut")
    True
    """
    # Splitting and joining takes less than half the time of replacing.
    return "".join(_NO_LETTER.split("".join(text.casefold().split())))


def _canonical(page: Page) -> str | None:
    story = page.story
    said = (page.meta("link:canonical"), page.meta("og:url"), story.url if story else "", page.url)
    base = page.meta("base") or page.url or ""
    is_whole = base or all("://" in address for address in said if address)
    if is_whole and (found := _first_of_a_page(said, base)):
        return found
    saved = saved_address(page.markup, page.metas)  # looks through much of the markup
    return _first_of_a_page((*said, saved), base or saved or "")


def _first_of_a_page(addresses: Iterable[str | None], base: str) -> str | None:
    base = original_url(base)
    for address in filter(None, addresses):
        parts = split_url(original_url(address), base=base)
        # A canonical link to the front page is a template's mistake, not this article's address.
        if parts and parts.scheme in ("http", "https") and parts.path.strip("/") + parts.query:
            return parts.geturl()
    return None


def _tame(markup: bytes) -> bytes:
    """Return the markup without what would lose the article or take for ever to parse."""
    if match := _PREFIX.search(markup, 0, 2000):
        markup = re.sub(rb"(</?)" + match[1] + rb":", rb"\1", markup)
    closed = markup.rfind(b"-->")
    if markup.rfind(b"<!--") > closed:
        opened = markup.find(b"<!--", closed + 1)
        # An unclosed comment hides all that follows it, often half of a cut or botched page.
        markup = markup[:opened] + markup[opened + 4 :]
    stretches = range(0, len(markup) - _STRETCH, _STRETCH)
    if any(markup.find(b"</", start, start + _STRETCH) < 0 for start in stretches):
        markup = _OVERLONG.sub(rb"\1", markup)
    if markup[::_STRIDE].count(b"<") * _STRIDE > _MANY_TAGS:
        markup = _SCRIPT.sub(b"", markup)
        markup = _flatten(markup) if markup.count(b"<") > _MANY_TAGS else markup
    return markup


def _flatten(markup: bytes) -> bytes:
    """Leave out the tags that are nested deeper than any page needs."""
    depths = {True: 0, False: 0}

    def keep(match: re.Match[bytes]) -> bytes:
        name = match[2].lower()
        if name in _VOID:
            return match[0]
        is_style = name in _STYLE
        before = depths[is_style]
        depths[is_style] = after = max(before - 1, 0) if match[1] else before + 1
        deepest = _DEEPEST_STYLE if is_style else _DEEPEST
        return b" " if min(before, after) >= deepest else match[0]

    return _TAG.sub(keep, markup)
