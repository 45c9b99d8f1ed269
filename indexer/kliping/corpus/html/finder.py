"""Where the article is: the publisher's rule, the page's own word, else the scorer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from selectolax.lexbor import LexborNode, SelectolaxError

from kliping.corpus.html import scorer
from kliping.corpus.html.elements import common, is_apart, lineage, names_of
from kliping.corpus.html.hints import verdict
from kliping.corpus.html.page import Page, letters, squeeze
from kliping.corpus.html.parts import is_prose, whole
from kliping.corpus.html.publisher import Publisher

# Less text than this is a teaser, a caption or an empty shell, unless nothing else is there.
_ENOUGH = 140
# Markup names no more parts than this of one article.
_MOST_PARTS = 40
_MOST_CAPTIONS = 200
ELEMENT = "<article>"
_HEADLINE_WORDS = 4  # with fewer, a heading is a channel's name
_HEADLINES = "[itemprop~=headline]:not(meta)"


@dataclass(frozen=True, slots=True)
class Subtree:
    """The elements that hold the article, in order, and the rule that found them."""

    nodes: tuple[LexborNode, ...]
    rule: str
    teasers: tuple[LexborNode, ...] = ()
    """What stands among them and announces other articles."""

    def __len__(self) -> int:
        return sum(len(node.text().strip()) for node in self.nodes)


def find(page: Page, publisher: Publisher | None, /) -> Subtree | None:
    """Return the elements that hold the article, or None if the page has no text to speak of."""
    best_so_far: Subtree | None = None
    for rule in _rules(page, publisher):
        found = rule()
        if found is not None and len(found) >= _ENOUGH:
            return found
        if found is not None and (best_so_far is None or len(found) > len(best_so_far)):
            best_so_far = found
    return best_so_far


def _rules(page: Page, publisher: Publisher | None) -> Iterator[Callable[[], Subtree | None]]:
    if publisher is not None:
        yield lambda: _by_publisher(page, publisher)
    yield lambda: _by_evidence(page)
    yield lambda: _by_markup(page)
    yield lambda: _by_score(page)
    yield lambda: _by_element(page)
    yield lambda: _by_captions(page)


def _by_publisher(page: Page, publisher: Publisher) -> Subtree | None:
    best: Subtree | None = None
    for selector in publisher.body:
        nodes = select(page, selector)
        found = Subtree(whole(outermost(nodes)), f"publisher: {publisher.name}, {selector}")
        if nodes and len(found) >= _ENOUGH:
            return found
        if nodes and (best is None or len(found) > len(best)):
            best = found
    return best if best is not None and len(best) else None


def _by_evidence(page: Page) -> Subtree | None:
    """Find the element whose paragraphs the JSON-LD's articleBody repeats."""
    body = page.story.body if page.story else None
    if not body or len(body) < _ENOUGH:
        return None
    said = letters(body[:20_000])
    homes: dict[int, tuple[LexborNode, int]] = {}
    for node in page.tree.css("p"):
        start = letters(node.text()[:100])[:60]
        if len(start) >= 30 and start in said and node.parent is not None:
            home, count = homes.get(node.parent.mem_id, (node.parent, 0))
            homes[node.parent.mem_id] = home, count + 1
    if not homes:
        return None
    home, count = max(homes.values(), key=lambda pair: pair[1])
    if count < 3 or count < 0.7 * sum(n for _, n in homes.values()):
        return None
    return Subtree((home,), "JSON-LD articleBody")


def _by_markup(page: Page) -> Subtree | None:
    nodes = outermost(page.marked.get("articleBody", []))
    if not 0 < len(nodes) <= _MOST_PARTS or any(node.tag in ("body", "html") for node in nodes):
        return None
    # Under several headlines they are several articles, or teasers: the scorer's business.
    if len(nodes) > 1 and len(page.tree.css(_HEADLINES)) > 1:
        return None
    return Subtree(whole(nodes), "itemprop articleBody")


def _by_score(page: Page) -> Subtree | None:
    found = scorer.best(page)
    if found is None:
        return None
    return Subtree((_first_of_several(page, found.node),), "scorer", found.teasers)


def _first_of_several(page: Page, node: LexborNode) -> LexborNode:
    """Return the part with the first headline, where other articles follow in parts like it."""
    parts: dict[int, LexborNode] = {}
    for heading in page.marked.get("h1", ()):
        line = [heading, *lineage(heading)]
        for part, above in pairwise(line):
            if above.mem_id == node.mem_id and len(squeeze(part.text())) >= _ENOUGH:
                parts.setdefault(part.mem_id, part)
    first, *others = parts.values() or (node,)
    return first if others else node


def _by_element(page: Page) -> Subtree | None:
    """Find the <article> under the page's one headline: ten places, each a linked heading."""
    headings = page.marked.get("h1", ())
    if len(headings) != 1 or headings[0].css_first("a") is not None:
        return None
    if len(headings[0].text().split()) < _HEADLINE_WORDS:
        return None
    nodes = [place for place in lineage(headings[0]) if place.tag == "article"]
    return Subtree((nodes[0],), ELEMENT) if nodes and is_prose(nodes[0]) else None


def _by_captions(page: Page) -> Subtree | None:
    """Find the element that holds the captions of a picture story, where there is no other text."""
    captions = [
        node
        for node in page.tree.css("figcaption, [class*=caption], [class*=gallery]")[:_MOST_CAPTIONS]
        if verdict(names_of(node)) == "caption" or node.tag == "figcaption"
    ]
    captions = [node for node in captions if node.css_first("a") is None and not is_apart(node)]
    if sum(len(node.text().strip()) for node in captions) < _ENOUGH:
        return None
    return Subtree((common(tuple(captions)),), "captions")


def select(page: Page, selector: str, /) -> list[LexborNode]:
    """Return what the selector matches; a selector that the parser cannot read matches nothing."""
    try:
        return page.tree.css(selector) if selector else []
    except SelectolaxError:
        return []


def outermost(nodes: list[LexborNode], /) -> tuple[LexborNode, ...]:
    """Leave out the elements that stand inside another of the list."""
    if len(nodes) < 2:
        return tuple(nodes)
    inside = {node.mem_id for node in nodes}
    return tuple(
        node for node in nodes if inside.isdisjoint(place.mem_id for place in lineage(node))
    )
