"""Where the article is on a page that no one has described: the general scorer.

Every block of text has a worth: its letters, less three times those in links. Paragraphs are worth
more in company, and nothing under a name that says "comments" or "sidebar". The worths are added
up to the containers; then, from the top, we go down into the child that holds nearly all of its
parent's worth, and stop where the worth is shared out: that is the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from kliping.corpus.html.hints import verdict
from kliping.corpus.html.page import Page, squeeze

_PARAGRAPHS = frozenset({"p", "pre", "dd"})
_TEXTS = "p, pre, dd, div, section, article, main, td, center, li, blockquote, body"
_LOOSER = "span, font"
# A page with less than this in paragraphs and boxes may keep its text in <span>s.
_POOR = 800
_HEADINGS = ("h2", "h3", "h4", "h5")
_SHORTEST = 25
_INSIDE = frozenset({"p", "pre", "dd", "a", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"})
_MARKS = frozenset({"b", "strong", "em", "i", "span", "font", "u"})
_NEVER_TAGS = frozenset({"nav", "aside", "footer", "form", "figcaption", "menu", "dialog"})
_ROOTS = frozenset({"-undef", "-document"})
# A child that holds this share of its parent's worth is the better answer.
_NEARLY_ALL = 0.82
# A linked heading for less text than this is a teaser for another article.
_TEASER = 350
# The share of the page's worth up to which a name is believed that speaks against it.
_BELIEVED = {"never": 0.8, "hardly": 0.5}
_SENTENCE = re.compile(r"[.!?。！？…][\"”’')\]]*(?:\s|$)")


@dataclass(slots=True)
class _Place:
    """An element on the way from the text up to <html>."""

    node: LexborNode
    parent: int
    depth: int
    own: float = 0.0
    total: float = 0.0
    paragraphs: int = 0
    headlines: int = 0
    """Headings beneath it that are links: the mark of a list of other articles."""
    is_teaser: bool = False
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """The element that holds the article, and the lists of other articles that stand in it."""

    node: LexborNode
    teasers: tuple[LexborNode, ...] = ()


def best(page: Page, /) -> Found | None:
    """Return the element that holds the article, or None if nothing on the page reads like one."""
    places: dict[int, _Place] = {}
    _gather(page, places)
    _add_up(places)
    top = next((key for key, place in places.items() if place.parent == 0), 0)
    if not top or places[top].total <= 0:
        return None
    chosen = _descend(places, top)
    return Found(places[chosen].node, tuple(_teasers(places, chosen)))


def _teasers(places: dict[int, _Place], key: int) -> Iterator[LexborNode]:
    for child in places[key].children:
        if places[child].is_teaser:
            yield places[child].node
        else:
            yield from _teasers(places, child)


def _gather(page: Page, places: dict[int, _Place]) -> None:
    for node in page.tree.css(_TEXTS):
        if node.tag not in _PARAGRAPHS:
            text = node.text(deep=False)
            if len(text) >= _SHORTEST and not text.isspace():
                _count(places, node, text, 0)
        elif node.parent is not None and len(text := node.text()) >= _SHORTEST:
            _count(places, node.parent, text, _linked(node, len(text)))
    if sum(max(place.own, 0.0) for place in places.values()) < _POOR:
        for node in page.tree.css(_LOOSER):
            if not _is_inside(node):
                _count(places, node, node.text(deep=False), 0)
    for tag in _HEADINGS:
        for heading in page.marked.get(tag, ()):
            if heading.parent is not None and _is_linked(heading):
                places[_place(places, heading.parent)].headlines += 1


def _linked(node: LexborNode, length: int) -> int:
    """Return how many letters of a paragraph are in links."""
    if len(node.text(deep=False)) > 0.95 * length:
        return 0
    found = 0
    for child in node.iter():
        if child.tag == "a":
            found += len(child.text())
        elif child.tag in _MARKS:
            found += sum(len(inner.text()) for inner in child.iter() if inner.tag == "a")
    return found


def _is_linked(heading: LexborNode) -> bool:
    if heading.parent is not None and heading.parent.tag == "a":
        return True
    if heading.text(deep=False).strip():
        return False
    link = heading.css_first("a[href]")
    return link is not None and not (link.attributes.get("href") or "").startswith("#")


def _count(places: dict[int, _Place], home: LexborNode, text: str, linked: int) -> None:
    text = squeeze(text)
    if len(text) < _SHORTEST:
        return
    worth = float(len(text) - 3 * linked)
    if worth > 0 and not _SENTENCE.search(text):
        worth *= 0.3
    place = places[_place(places, home)]
    place.own += max(worth, -100.0)
    place.paragraphs += worth >= 60


def _is_inside(node: LexborNode) -> bool:
    """Whether an inline element stands in a paragraph, whose text is already counted."""
    parent = node.parent
    for _ in range(4):
        if parent is None or parent.tag in _INSIDE:
            return parent is not None
        if parent.tag not in _MARKS:
            return False
        parent = parent.parent
    return False


def _place(places: dict[int, _Place], node: LexborNode) -> int:
    """Return the key of this element, having made a place for it and all above it."""
    chain: list[LexborNode] = []
    above: LexborNode | None = node
    while above is not None and above.mem_id not in places and above.tag not in _ROOTS:
        chain.append(above)
        above = above.parent
    parent = above.mem_id if above is not None and above.mem_id in places else 0
    for element in reversed(chain):
        depth = places[parent].depth + 1 if parent else 0
        places[element.mem_id] = _Place(element, parent, depth)
        if parent:
            places[parent].children.append(element.mem_id)
        parent = element.mem_id
    return node.mem_id


def _hint(node: LexborNode) -> str:
    if node.tag in _NEVER_TAGS:
        return "never"
    if node.tag in ("html", "body"):
        return ""
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return verdict(names) if len(names) > 1 else ""


def _add_up(places: dict[int, _Place]) -> None:
    """Fold every place's worth into its parent, the deepest first; hints weigh on the way."""
    whole = sum(max(place.own, 0.0) for place in places.values())
    for place in sorted(places.values(), key=lambda p: -p.depth):
        company = 1.0 if place.paragraphs >= 2 or place.own >= 250 or place.own < 0 else 0.6
        place.total += place.own * company
        if place.total > 0:
            _weigh(place, whole, max((places[key].total for key in place.children), default=0.0))
        if place.parent:
            above = places[place.parent]
            above.total += max(place.total, 0.0)
            # A lone headline looks for its teaser further up, until it meets some text.
            above.headlines += place.headlines == 1


def _weigh(place: _Place, whole: float, heaviest: float) -> None:
    hint = _hint(place.node)
    # Headlines with no text beside an element with nearly all of it announce something else.
    is_beside = place.headlines > 1 and heaviest >= _NEARLY_ALL * place.total
    place.is_teaser = place.total < _TEASER * place.headlines and not is_beside
    place.headlines = 0
    # A post filed under "iklan" bears that name too: what holds nearly all is never unwanted.
    if place.is_teaser or place.total < _BELIEVED.get(hint, 0.0) * whole:
        place.total = 0.0
    elif hint == "caption":
        place.total *= 0.2
    elif hint == "body":
        place.total *= 1.1


def _descend(places: dict[int, _Place], key: int) -> int:
    while True:
        place = places[key]
        heaviest = max(place.children, key=lambda k: places[k].total, default=0)
        positive = max(place.own, 0.0) + sum(max(places[k].total, 0.0) for k in place.children)
        if not heaviest or places[heaviest].total < _NEARLY_ALL * positive:
            return key
        key = heaviest
