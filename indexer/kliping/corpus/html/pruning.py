"""What stands among the article's elements and is not the article: cut away before it is read.

Three kinds of evidence: the element itself (<nav>, <form>), its name (class or id, see hints),
and the publisher's row. Names are only believed while they do not speak of most of the text.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode, SelectolaxError

from kliping.corpus.html.finder import Subtree, outermost
from kliping.corpus.html.hints import verdict
from kliping.corpus.html.page import text_of
from kliping.corpus.html.parts import is_later_page, is_prose, is_subhead

# Elements whose text no reader ever sees.
_UNREAD = ["template", "svg", "iframe", "textarea", "select", "button"]
_TAGS = "nav, aside, footer, form, dialog, menu, video, audio"
# Rows and cells are too many to look at, and their names speak of zebra stripes and players.
_NAMED = ":is([class], [id], [style], [hidden]):not(tr, td, tbody)"
_EMBEDS = frozenset({"instagram-media", "tiktok-embed", "fb-post", "fb-video"})
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# The share of the text up to which a name is believed.
_BELIEVED = {"never": 0.8, "hardly": 0.4, "hidden": 0.4}


def prune(found: Subtree, /, *, drop: str = "") -> list[tuple[str, str]]:
    """Cut away what is not the article; return (rule, text) of each piece, in order."""
    dropped = [_cut(teaser, "teaser") for teaser in found.teasers]
    for node in found.nodes:
        node.strip_tags(_UNREAD)
        unwanted = _unwanted(node, len(node.text()) or 1, drop)
        # Only the outermost, and each of them once: what stands in them is freed with them.
        for element in outermost([element for element, _ in unwanted.values()]):
            dropped.append(_cut(element, unwanted[element.mem_id][1]))
    return [(rule, text) for rule, text in dropped if text]


def _cut(element: LexborNode, rule: str) -> tuple[str, str]:
    text = text_of(element)[:200]
    element.decompose()
    return rule, text


def _unwanted(node: LexborNode, whole: int, drop: str) -> dict[int, tuple[LexborNode, str]]:
    found: dict[int, tuple[LexborNode, str]] = {}
    for element in _select(node, drop):
        found[element.mem_id] = element, "publisher's row"
    for element in node.css(_TAGS):
        found.setdefault(element.mem_id, (element, f"<{element.tag}>"))
    for element in node.css(_NAMED):
        if rule := _by_name(element, whole):
            found.setdefault(element.mem_id, (element, rule))
    found.pop(node.mem_id, None)
    return found


def _by_name(element: LexborNode, whole: int) -> str:
    attributes = element.attributes
    classes = attributes.get("class") or ""
    names = f"{classes} {attributes.get('id') or ''}"
    said = verdict(names)
    style = attributes.get("style")
    if "hidden" in attributes or (style and _HIDDEN.search(style)):
        return "" if is_later_page(element) else "hidden"
    if said == "paging":
        return "" if is_prose(element) or is_subhead(element) else "page numbers"
    if said in _BELIEVED and not (said == "hidden" and is_later_page(element)):
        share = len(element.text()) / whole
        return names.split(maxsplit=1)[0] if share < _BELIEVED[said] else ""
    return "embed" if classes and not _EMBEDS.isdisjoint(classes.split()) else ""


def _select(node: LexborNode, selector: str) -> list[LexborNode]:
    try:
        return node.css(selector) if selector else []
    except SelectolaxError:
        return []
