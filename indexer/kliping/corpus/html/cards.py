"""How much of a text is cards: headlines that lead elsewhere, each with its teaser and date.

A channel's page looks like an article to whoever counts sentences: twenty teasers are as much text.
But each stands in a box of its own, beside boxes of the same kind, under a link that is a headline.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from kliping.corpus.html.page import squeeze

# A link with as many letters is a headline; shorter ones are names, sections, "read more".
_HEADLINE = 20
# A box with more text than this is an article, whatever link stands in it.
_LONGEST = 700
# Boxes of one kind in a row, or they are no list.
_FEWEST = 3
_HIGHEST = 8


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards among some elements, and the share of their text that stands in these."""

    boxes: tuple[LexborNode, ...] = ()
    share: float = 0.0


def cards_in(nodes: tuple[LexborNode, ...], /) -> Cards:
    """Return the cards among the elements."""
    boxes: dict[int, tuple[LexborNode, int]] = {}
    for node in nodes:
        boxes.update(_cards(node))
    whole = sum(len(squeeze(node.text())) for node in nodes) if boxes else 0
    if not whole:
        return Cards()
    return Cards(
        tuple(box for box, _ in boxes.values()), sum(length for _, length in boxes.values()) / whole
    )


def _cards(node: LexborNode) -> dict[int, tuple[LexborNode, int]]:
    """Return the cards in an element, each with the length of its text."""
    links = [link for link in node.css("a[href]") if _is_headline(link)]
    if len(links) < _FEWEST:
        return {}
    rows: defaultdict[int, dict[int, tuple[LexborNode, int]]] = defaultdict(dict)
    for link in links:
        if _is_alone(link):
            box = _box(link, node)
            length = len(squeeze(box.text()))
            if box.parent is not None and length <= _LONGEST:
                rows[box.parent.mem_id][box.mem_id] = box, length
    return {key: card for row in rows.values() if len(row) >= _FEWEST for key, card in row.items()}


def _is_headline(link: LexborNode) -> bool:
    return len(link.text()) >= _HEADLINE and len(squeeze(link.text())) >= _HEADLINE


def _is_alone(link: LexborNode) -> bool:
    """Whether a link is all that its element says: one in a sentence is no headline."""
    return link.parent is None or not link.parent.text(deep=False).strip()


def _box(link: LexborNode, top: LexborNode) -> LexborNode:
    """Return the largest element round the link with no other headline in it."""
    box, address = link, link.attributes.get("href")
    for _ in range(_HIGHEST):
        above = box.parent
        if above is None or above.mem_id == top.mem_id:
            break
        others = (one for one in above.css("a[href]") if one.attributes.get("href") != address)
        if any(map(_is_headline, others)):
            break
        box = above
    return box
