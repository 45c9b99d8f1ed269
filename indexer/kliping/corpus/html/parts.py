"""The rest of an article of which a rule finds parts: later pages, and the subheads between them.

Sites that show an article in pages write them into one document all the same, each in an element
of its own, the later ones hidden until a click; subheads stand in or between these elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from kliping.corpus.html.elements import common, lineage, names_of
from kliping.corpus.html.hints import verdict
from kliping.corpus.html.page import squeeze

# As many letters outside links are a sentence, and no list of page numbers.
_PROSE = 80
_SUBHEADS = ("h2", "h3", "h4")
_BOXES = frozenset({"nav", "aside", "footer", "form"})
_UNWANTED = frozenset({"never", "hardly"})
# Later pages stand behind the first, or behind what holds it: so many levels up.
_LEVELS = 2
# How many elements before a hidden one may be the shown page.
_NEAREST = 8


def whole(nodes: tuple[LexborNode, ...], /) -> tuple[LexborNode, ...]:
    """Return the elements with the later pages behind them and the subheads between them."""
    if nodes:
        nodes = (*nodes, *_later_pages(nodes))
    return tuple(_with_subheads(nodes)) if len(nodes) > 1 else nodes


def is_prose(element: LexborNode, /) -> bool:
    """Whether an element holds sentences of its own, not only links and numbers."""
    linked = sum(len(squeeze(link.text())) for link in element.css("a"))
    return len(squeeze(element.text())) - linked >= _PROSE


def is_subhead(element: LexborNode, /) -> bool:
    """Whether an element is a heading, or holds one, that leads nowhere."""
    headings = [element] if element.tag in _SUBHEADS else element.css(", ".join(_SUBHEADS))
    return any(heading.css_first("a") is None for heading in headings)


def is_later_page(element: LexborNode, /) -> bool:
    """Whether what is hidden is text that a click on "next page" shows.

    It bears the name of a page, or a class of the shown page that it stands in or behind.
    """
    classes = _classes(element)
    if not classes or not is_prose(element):
        return False
    if verdict(names_of(element)) == "paging":
        return True
    kin = [element.parent, *islice(_beside(element, forward=False), _NEAREST)]
    return any(one and not classes.isdisjoint(_classes(one)) and is_prose(one) for one in kin)


def _later_pages(nodes: tuple[LexborNode, ...]) -> Iterator[LexborNode]:
    known = {node.mem_id for node in nodes}
    level: LexborNode | None = nodes[-1]
    for _ in range(_LEVELS):
        if level is None or level.tag in ("body", "html"):
            return
        found = [
            place
            for place in _beside(level, forward=True)
            if place.mem_id not in known
            and verdict(names_of(place)) == "paging"
            and is_prose(place)
        ]
        if found:
            yield from found
            return
        level = level.parent


def _with_subheads(nodes: tuple[LexborNode, ...]) -> Iterator[LexborNode]:
    """Yield the elements in order, and the subheads that stand between the first and the last."""
    left = {node.mem_id for node in nodes}
    top = common(nodes)
    waiting: list[LexborNode] = []
    for place in top.css(", ".join({*_SUBHEADS, *(node.tag or "div" for node in nodes)})):
        if place.mem_id in left:
            yield from waiting if len(left) < len(nodes) else ()
            waiting = []
            left.discard(place.mem_id)
            yield place
        elif place.tag in _SUBHEADS and is_subhead(place) and _is_between(place, top, nodes):
            waiting.append(place)


def _is_between(heading: LexborNode, top: LexborNode, nodes: tuple[LexborNode, ...]) -> bool:
    """Whether a heading stands between the elements: in none of them, in no box of other things."""
    taken = {node.mem_id for node in nodes}
    for place in (heading, *lineage(heading)):
        if place.mem_id == top.mem_id:
            return True
        if place.mem_id in taken or place.tag in _BOXES or verdict(names_of(place)) in _UNWANTED:
            return False
    return False


def _classes(element: LexborNode) -> set[str]:
    return set((element.attributes.get("class") or "").split())


def _beside(element: LexborNode, *, forward: bool) -> Iterator[LexborNode]:
    place = element.next if forward else element.prev
    while place is not None:
        if not (place.tag or "-").startswith("-"):
            yield place
        place = place.next if forward else place.prev
