"""The lead picture and the words under it: what the page says, else what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from kliping.corpus.html.elements import names_of
from kliping.corpus.html.hints import verdict, words
from kliping.corpus.html.page import Page, letters, squeeze, text_of
from kliping.corpus.html.publisher import Publisher
from kliping.corpus.identity import absolute_url
from kliping.corpus.text.decoding import repair
from kliping.corpus.text.tidying import tidy

_METAS = ("og:image", "og:image:url", "twitter:image", "twitter:image:src", "thumbnailurl", "image")
# Of the name of a file that stands for every article of a site: "logo-kompas", "default_og".
_EMPTY_WORDS = """
    logo logos placeholder default noimage blank dummy spacer pixel transparent favicon icon icons
    avatar
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_WORDS = re.compile(r"[a-z]+")
# With more words than this, a file is named after what it shows: "logo-baru-kota-wening.jpg".
_FEW = 4
_LAZY = ("data-src", "data-original", "data-lazy-src", "src")
_SMALL = 100  # pixels: an icon

_CAPTIONS = "figcaption, [class*=caption], [id*=caption]"
_FIGURES = "figure img, img[itemprop=image]"
_LONGEST = 800
_LOOKED_AT = 10
# The lead figure has at most this many characters of the article before it: a few paragraphs.
_LITTLE = 600
_BOXES = frozenset({"nav", "aside", "footer", "form"})
# Names that sound like a box of other things, and hold the article's own picture.
_OWN = frozenset({"masthead", "label-hidden"})
# How far before the text the lead figure may stand: levels of the tree, elements in all.
_LEVELS, _MOST = 4, 3
_NO_PLACE = frozenset("-text -comment br hr p a ul nav aside form footer script style ins".split())
_HEADING = "h1, [itemprop=headline]"
_BUTTONS = re.compile(
    r"^(?:Lihat Foto|Perbesar)\s+|(?:(?<!\s)\s++)?(?:Lihat Foto|Perbesar)$", re.IGNORECASE
)
_OPEN = re.compile(r"(?<=[(\[“]) | (?=[)\]”.,;:!?])")


def told_image(page: Page, /) -> tuple[str | None, str]:
    """Return the address of the picture that the page names as its article's, and the rule."""
    story = page.story
    base = page.meta("base") or page.canonical()
    if story and story.image and story.image != story.logo:
        address = absolute_url(story.image, base=base)
        if address and _shows_something(address):
            return address, "JSON-LD image"
    for name in _METAS:
        for value in page.metas.get(name, ())[:1]:
            address = absolute_url(value, base=base)
            if address and _shows_something(address):
                return address, f"<meta> {name}"
    return None, ""


def told_caption(page: Page, title: str | None, /) -> tuple[str | None, str]:
    """Return the caption that the JSON-LD gives the picture, and the rule."""
    said = page.story.caption if page.story else None
    caption = clean_caption(said, title) if said else None
    return caption, "JSON-LD image caption" if caption else ""


def shown_image(page: Page, node: LexborNode, /) -> str | None:
    """Return the address of the first figure in the article's element, or shortly before it."""
    base = page.meta("base") or page.canonical()
    for place in (*_before(page, node), node):
        for picture in place.css(_FIGURES)[:_LOOKED_AT]:
            if _is_apart(picture, place, node):
                continue
            attributes = picture.attributes
            width = attributes.get("width") or ""
            if width.isdecimal() and int(width) < _SMALL:
                continue
            source = next((value for name in _LAZY if (value := attributes.get(name))), "")
            address = absolute_url(source, base=base) if source else None
            if address and _shows_something(address):
                return address
    return None


def shown_caption(
    page: Page, node: LexborNode, publisher: Publisher | None, /, *, title: str | None
) -> str | None:
    """Return the caption that stands shortly before the article's element.

    Captions in the element itself come out with its text (``Parts.lead``), but for those that the
    publisher's row names.
    """
    own = publisher.caption if publisher else ""
    selector = f"{own}, {_CAPTIONS}" if own else _CAPTIONS
    for place in (*_before(page, node), *([node] if own else [])):
        for found in place.css(selector)[:_LOOKED_AT]:
            if _is_apart(found, place, node) or not _is_caption(found, own):
                continue
            if text := clean_caption(text_of(found), title):
                return text
    return None


def _is_apart(found: LexborNode, place: LexborNode, node: LexborNode) -> bool:
    """Whether a picture stands in a box of other things, or far down in the article's element."""
    inside = place.mem_id == node.mem_id
    before = 0
    level: LexborNode | None = found
    while level is not None and not (inside and level.mem_id == node.mem_id):
        if level.mem_id != found.mem_id and _is_box(level):
            return True
        if level.mem_id == place.mem_id:
            return False
        before += _text_before(level) if inside else 0
        level = level.parent
    return before > _LITTLE


def _is_box(element: LexborNode) -> bool:
    names = names_of(element)
    if element.tag in _BOXES:
        return True
    return verdict(names) in ("never", "hardly") and _OWN.isdisjoint(words(names))


def _text_before(element: LexborNode) -> int:
    length = 0
    place = element.prev
    while place is not None:
        if place.tag == "-text" or not _is_box(place):
            length += len(squeeze(place.text()))
        place = place.prev
    return length


def _is_caption(found: LexborNode, own: str) -> bool:
    if not (own or found.tag == "figcaption" or verdict(names_of(found)) == "caption"):
        return False
    return found.css_first(_HEADING) is None


def _before(page: Page, node: LexborNode) -> Iterator[LexborNode]:
    """Yield what stands before the element, the nearest first, up to the headline."""
    headed = _headed(page)
    for place in islice(_preceding(node, headed), _MOST):
        yield place
        if place.mem_id in headed:
            return


def _preceding(node: LexborNode, headed: set[int]) -> Iterator[LexborNode]:
    level: LexborNode | None = node
    for _ in range(_LEVELS):
        if level is None or level.mem_id in headed:
            return
        place = level.prev
        while place is not None:
            if place.tag not in _NO_PLACE:
                yield place
            place = place.prev
        level = level.parent


def _headed(page: Page) -> set[int]:
    """Return the headings of the page, and all elements that they stand in."""
    found: set[int] = set()
    for key in ("headline", "h1"):
        for heading in page.marked.get(key, ())[:3]:
            above: LexborNode | None = heading
            while above is not None and above.mem_id not in found:
                found.add(above.mem_id)
                above = above.parent
    return found


def _shows_something(address: str) -> bool:
    """Whether a picture is the article's own, as far as the name of its file tells."""
    name = address.partition("?")[0].rpartition("/")[2].partition(".")[0]
    words = _WORDS.findall(name.lower())
    return bool(name) and (len(words) > _FEW or _EMPTY.isdisjoint([*words, "".join(words)]))


def clean_caption(text: str, title: str | None) -> str | None:
    """Return a caption as text, or None if it says nothing beyond the headline."""
    plain = _OPEN.sub("", _BUTTONS.sub("", tidy(repair(text).replace("\n", " "))))
    if not 2 < len(plain) <= _LONGEST or letters(plain) == letters(title or ""):
        return None
    return plain
