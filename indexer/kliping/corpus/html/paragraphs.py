"""Beautiful Soup takes the article's own elements apart: paragraphs, captions, and what is neither.

Only the few kilobytes that hold the article come here, never the whole page: that is what makes
the library's comfort affordable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from kliping.corpus.html.blocks import HEADINGS, Block, merge_lists, news_of
from kliping.corpus.html.hints import verdict
from kliping.corpus.html.soup import LINE, PARAGRAPH
from kliping.corpus.text.decoding import repair
from kliping.corpus.text.tidying import tidy

_INLINE_NAMES = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small
    span strike strong sub sup time tt u var wbr nobr
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_ENDS = re.compile(r"[.!?:;…)\]\"”’]$")
_FRAGMENT = re.compile(r"[^\W\d_]+")
# What may stand before a link, or behind it, as part of the same word.
_PREFIXES = frozenset(
    {"di", "ke", "se", "ber", "ter", "me", "mem", "men", "meng", "per", "pe", "non", "anti", "pra"}
)
_SUFFIXES = frozenset({"nya", "lah", "kah", "pun", "an", "kan", "i", "ku", "mu", "s", "es"})
_TIGHT = frozenset(",.;!?")
# With as many captions, twice as long as the text, it is a gallery with an introduction.
_GALLERY = 4
# More than this before a caption is text of the article: it is not the lead's.
_LITTLE = 200


@dataclass(frozen=True, slots=True)
class Parts:
    """What the elements held: paragraphs, captions, and what was dropped by which rule."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    lead: str | None = None
    """The caption before the first words of the article."""
    bold: tuple[str, ...] = ()
    """What the first elements set in bold: a dateline, where no list knows the place."""


def take_apart(
    soup: BeautifulSoup,
    /,
    *,
    title: str | None = None,
    people: tuple[str, ...] = (),
    mojibake: bool = False,
) -> Parts:
    """Return the paragraphs of the article's own elements.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> from kliping.corpus.html.soup import soup_of
    >>> page = "<p>Satu.<br><br>Dua<a href=x>Tiga</a>.</p><figcaption>Empat</figcaption>"
    >>> parts = take_apart(soup_of([LexborHTMLParser(page).body]))
    >>> parts.paragraphs, parts.captions
    (('Satu.', 'Dua Tiga.'), ('Empat',))
    """
    walker = _Walker(soup, mend=repair if mojibake else str)
    walker.walk(soup)
    walker.flush()
    blocks = [b for b in walker.blocks if b.kind != "caption"]
    captions = tuple(b.text for b in walker.blocks if b.kind == "caption")
    kept = news_of(blocks, walker.dropped, title=title, people=people)
    if _is_picture_story(kept, captions):
        blocks = [*kept, *(Block(text, "p") for text in dict.fromkeys(captions))]
        places = {block.text: place for place, block in reversed([*enumerate(walker.blocks)])}
        kept = sorted(blocks, key=lambda block: places.get(block.text, 0))
    return Parts(
        tuple(merge_lists(kept)), captions, tuple(walker.dropped), _lead_caption(walker.blocks)
    )


def _is_picture_story(kept: list[Block], captions: tuple[str, ...]) -> bool:
    """Whether the words under the pictures are the article: there is little else."""
    told, shown = sum(len(block.text) for block in kept), sum(map(len, dict.fromkeys(captions)))
    return told < 80 < shown or (len(captions) >= _GALLERY and shown > 2 * told)


def _lead_caption(blocks: list[Block]) -> str | None:
    before = 0
    for block in blocks:
        if block.kind == "caption":
            return block.text
        before += len(block.text)
        if before > _LITTLE:
            break
    return None


@dataclass(slots=True)
class _Walker:
    soup: BeautifulSoup
    mend: Callable[[str], str]
    blocks: list[Block] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    kind: str = "p"
    marker: str = ""
    linked: int = 0
    in_link: int = 0
    whole: int = 0

    def walk(self, node: Tag) -> None:
        for child in node.contents:
            if isinstance(child, Tag):
                self.element(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self.text(child)  # a comment or a declaration is none

    def text(self, text: str) -> None:
        """Take text; where it runs over the edge of a box, a paragraph ends."""
        first, *others = text.split(PARAGRAPH)
        self.add(first)
        for part in others:
            self.flush()
            self.add(part)

    def add(self, text: str) -> None:
        if self.in_link:
            self.linked += len(text.strip())
        if self.buffer or not text.isspace():
            self.buffer.append(text)

    def element(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self.buffer.append(LINE)
            return
        if self.is_caption(tag):
            self.block(tag, kind="caption")
        elif name == "a":
            self.link(tag)
        elif name in _INLINE or "-" in name:
            self.walk(tag)
        elif name == "table" and (rows := _rows(tag)):
            self.flush()
            self.blocks.extend(Block(row, "row") for row in rows)
        else:
            self.block(tag, kind=_kind(tag), marker=_marker(tag))

    def link(self, tag: Tag) -> None:
        """A link's border is where spaces get lost: ``melalui<a>Chatbot</a>atau``."""
        inside = tag.string or tag.get_text()
        if self.buffer and _is_glued(self.buffer[-1], inside, _PREFIXES, border=-1):
            self.buffer.append(" ")
        self.in_link += 1
        self.walk(tag)
        self.in_link -= 1
        after = tag.next_sibling
        if isinstance(after, NavigableString) and _is_glued(inside, after, _SUFFIXES, border=0):
            self.buffer.append(" ")

    def block(self, tag: Tag, *, kind: str, marker: str = "") -> None:
        self.flush()
        outer = self.kind, self.marker
        # What stands inside a list item or a caption is of its kind, whatever its own tag.
        if kind != "p":
            self.kind, self.marker = kind, marker
        self.walk(tag)
        self.flush()
        self.kind, self.marker = outer

    def flush(self) -> None:
        """End the paragraph that has been gathered, or the several that <br><br> makes of it."""
        if not self.buffer:
            return
        text = "".join(self.buffer)
        share = self.linked / max(len(text.strip()), 1) if self.linked else 0.0
        self.buffer, self.linked = [], 0
        for line in _lines(text) if LINE in text else (" ".join(text.split()),):
            if line and (line := tidy(self.mend(line))):
                self.blocks.append(Block(line, self.kind, share, self.marker))
                self.marker = ""

    def is_caption(self, tag: Tag) -> bool:
        if tag.name in ("figcaption", "caption"):
            return True
        names = tag.attrs.get("class")
        if not names or verdict(str(names)) != "caption":
            return False
        return len(tag.get_text()) <= 0.4 * self.length()

    def length(self) -> int:
        if not self.whole:
            self.whole = max(len(self.soup.get_text()), 1)
        return self.whole


def _kind(tag: Tag) -> str:
    if tag.name in HEADINGS:
        return tag.name
    return "li" if tag.name == "li" else "p"


def _marker(tag: Tag) -> str:
    if tag.name != "li" or tag.parent is None:
        return ""
    if tag.parent.name != "ol":
        return "- "
    return f"{1 + sum(1 for _ in tag.find_previous_siblings('li'))}. "


def _is_glued(left: str, right: str, bound: frozenset[str], *, border: int) -> bool:
    """Whether two words met at a link's border that are two: not ``di<a>`` and not ``</a>nya``."""
    if not right[:1].isalpha() or len(left.strip()) < 2:
        return False
    if not left[-1:].isalpha():
        return left[-1:] in _TIGHT and right[:1].isupper()
    word = _FRAGMENT.findall(left[-20:] if border else right[:20])[border]
    return word.casefold() not in bound


def _lines(text: str) -> Iterator[str]:
    """Part text at <br><br>, and at a <br> where a sentence ends; elsewhere that is a space."""
    line = ""
    for part in text.split(LINE):
        words = " ".join(part.split())
        if line and (not words or _ENDS.search(line)):
            yield line
            line = words
        else:
            line = f"{line} {words}" if line else words
    yield line


def _rows(table: Tag) -> list[str]:
    """Return a data table's rows, cells parted by " | "; nothing if the table is only layout."""
    if table.find("table") is not None:
        return []
    rows: list[str] = []
    for row in table.find_all("tr"):
        tags = [child for child in row.contents if isinstance(child, Tag)]
        cells = [tidy(" ".join(tag.get_text().split())) for tag in tags]
        cells = [cell for cell in cells if cell]
        if cells and max(map(len, cells)) > 300:
            return []
        # "Penulis | : Nama" is a label and its value, not two columns.
        rows.append(" | ".join(cells).replace(" | :", ":"))
    return [row for row in rows if row]
