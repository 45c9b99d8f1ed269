"""Small questions about an element of the tree: its names, where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from kliping.corpus.html.hints import verdict, words

_APART = frozenset({"a", "aside", "nav", "footer", "form"})
# Named as what is hardly an article, and holding its date or its picture all the same.
_OWN = frozenset({"byline", "masthead", "social", "share", "tools", "utility", "bar", "credits"})


def names_of(node: LexborNode, /) -> str:
    """Return the class and id of an element as one string."""
    attributes = node.attributes
    if not attributes:
        return ""
    classes, identity = attributes.get("class"), attributes.get("id")
    return f"{classes} {identity}" if classes and identity else classes or identity or ""


def lineage(node: LexborNode, /) -> Iterator[LexborNode]:
    """Yield what an element stands in, from its parent up."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def common(nodes: tuple[LexborNode, ...], /) -> LexborNode:
    """Return the nearest element that holds them all; of one, its parent."""
    shared = set.intersection(*({place.mem_id for place in lineage(node)} for node in nodes))
    return next((place for place in lineage(nodes[0]) if place.mem_id in shared), nodes[0])


def is_apart(node: LexborNode, /) -> bool:
    """Whether an element stands in a link, in a side column, or in a box of other articles."""
    for level in lineage(node):
        if level.tag in ("body", "html"):
            return False
        if level.tag in _APART:
            return True
        names = names_of(level)
        if verdict(names) in ("never", "hardly") and _OWN.isdisjoint(words(names)):
            return True
    return False
