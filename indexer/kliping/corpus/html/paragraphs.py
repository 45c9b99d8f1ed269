"""Beautiful Soup takes the article's own elements apart: paragraphs, captions, and what is neither.

Only the few kilobytes that hold the article come here, never the whole page: that is what makes
the library's comfort affordable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, NavigableString, Tag

from kliping.corpus.decoding import repair
from kliping.corpus.html.hints import verdict
from kliping.corpus.html.page import letters
from kliping.corpus.html.published import is_date_line
from kliping.corpus.html.soup import LINE, PARAGRAPH
from kliping.corpus.text import tidy

_INLINE_NAMES = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small
    span strike strong sub sup time tt u var wbr nobr
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARKS = re.compile("[ \t\r\n\f\v\u2028\u2029]+")
_ENDS = re.compile(r"[.!?:;…)\]\"”’]$")
_WORDS = re.compile(r"[\w+-]+")
_BY = re.compile(r"^(?:oleh|by|penulis|reporter|laporan)\b\s*:?", re.IGNORECASE)
_BUTTON_NAMES = """
    facebook twitter x whatsapp telegram line email e-mail copy link salin tautan share bagikan
    tweet pinterest linkedin google+ print cetak komentar comments comment advert advertisement
    iklan sponsored kembali back selanjutnya berikutnya next prev previous sebelumnya follow ikuti
    like suka reddit pocket tumblr messenger threads kirim simpan save dengarkan listen tags tag
    topik terkait ad ads scroll continue reading lanjut close tutup
"""
_BUTTONS = frozenset(_BUTTON_NAMES.split())
_FRAGMENT = re.compile(r"[^\W\d_]+")
# What may stand before a link, or behind it, as part of the same word.
_PREFIXES = frozenset(
    {"di", "ke", "se", "ber", "ter", "me", "mem", "men", "meng", "per", "pe", "non", "anti", "pra"}
)
_SUFFIXES = frozenset({"nya", "lah", "kah", "pun", "an", "kan", "i", "ku", "mu", "s", "es"})
_TIGHT = frozenset(",.;!?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, heading, table row or caption, and how much of it is links."""

    text: str
    kind: str
    linked: float = 0.0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the elements held: paragraphs, captions, and what was dropped by which rule."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
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

    >>> page = "<p>Satu.<br><br>Dua<a href=x>Tiga</a>.</p><figcaption>Empat</figcaption>"
    >>> take_apart(BeautifulSoup(page, "html.parser"))
    Parts(paragraphs=('Satu.', 'Dua Tiga.'), captions=('Empat',), dropped=())
    """
    walker = _Walker(soup, mend=repair if mojibake else str)
    walker.walk(soup)
    walker.flush()
    blocks = [b for b in walker.blocks if b.kind != "caption"]
    captions = tuple(b.text for b in walker.blocks if b.kind == "caption")
    blocks = list(_without_lines(_after_headline(blocks, title), people, walker.dropped))
    kept = list(_without_links(blocks, walker.dropped))
    if captions and sum(len(b.text) for b in kept) < 80:
        # A photo gallery: the words under the pictures are the article.
        kept = [*kept, *(Block(text, "p") for text in dict.fromkeys(captions))]
    return Parts(tuple(_merge_lists(kept)), captions, tuple(walker.dropped))


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
            elif isinstance(child, NavigableString):
                self.text(child)

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
        inside = tag.get_text()
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
        text, linked = "".join(self.buffer), self.linked
        self.buffer, self.linked = [], 0
        share = linked / max(len(text.strip()), 1)
        for line in _lines(text):
            if line := tidy(self.mend(line)):
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
    if tag.name in _HEADINGS:
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
    """Part text at <br><br>, and at a single <br> where a sentence ends; elsewhere it is a space."""
    line = ""
    for part in text.split(LINE):
        part = " ".join(part.split())
        if line and (not part or _ENDS.search(line)):
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line


def _rows(table: Tag) -> list[str]:
    """Return a data table's rows, cells parted by " | "; nothing if the table is only layout."""
    if table.find("table") is not None:
        return []
    rows: list[str] = []
    for row in table.find_all("tr"):
        cells = [tidy(_MARKS.sub(" ", c.get_text())) for c in row.find_all(["td", "th"])]
        cells = [cell for cell in cells if cell]
        if cells and max(map(len, cells)) > 300:
            return []
        # "Penulis | : Nama" is a label and its value, not two columns.
        rows.append(" | ".join(cells).replace(" | :", ":"))
    return [row for row in rows if row]


def _after_headline(blocks: list[Block], title: str | None) -> list[Block]:
    """Leave out the headline, and the little that stands above it (breadcrumbs, a kicker)."""
    wanted = letters(title or "")
    if not wanted:
        return blocks
    for place, block in enumerate(blocks[:12]):
        if len(block.text) < 2 * len(wanted) + 20 and letters(block.text) == wanted:
            return (
                blocks[place + 1 :]
                if block.kind in _HEADINGS
                else blocks[:place] + blocks[place + 1 :]
            )
    return blocks


def _without_lines(
    blocks: list[Block], people: tuple[str, ...], dropped: list[tuple[str, str]]
) -> Iterator[Block]:
    """Leave out by-lines, date lines and the names of buttons, each on a line of its own."""
    names = {letters(name) for name in (*people, "".join(people))} - {""}
    for block in blocks:
        rule = _line_rule(block.text, names) if len(block.text) < 110 else ""
        if rule:
            dropped.append((rule, block.text))
        else:
            yield block


def _line_rule(text: str, names: set[str]) -> str:
    first, *_ = text.casefold().split(None, 1)
    if not first.isalpha() or first in _BUTTONS:
        found = _WORDS.findall(text.casefold())
        if all(word in _BUTTONS for word in found):  # or none at all: a rule of stars, an arrow
            return "buttons"
    if len(text) < 60 and letters(_BY.sub("", text)) in names:
        return "by-line"
    return "date line" if is_date_line(text) else ""


def _without_links(blocks: list[Block], dropped: list[tuple[str, str]]) -> Iterator[Block]:
    """Leave out lists of links with the label above them, and headlines of other articles."""
    kept: list[Block] = []
    for block in blocks:
        if not _is_link(block):
            kept.append(block)
            continue
        if kept and _is_label(kept[-1]):
            dropped.append(("label of a link list", kept.pop().text))
        dropped.append(("link to another article", block.text))
    while kept and kept[-1].kind in _HEADINGS:
        dropped.append(("heading over nothing", kept.pop().text))
    yield from kept


def _is_link(block: Block) -> bool:
    if block.linked < 0.85 or _ADDRESS.fullmatch(block.text):
        return False
    if block.kind == "li":
        return True
    return len(block.text.split()) >= 4 and not block.text.endswith((".", "!”", '."', ".”"))


def _is_label(block: Block) -> bool:
    return len(block.text) < 40 and (
        block.kind in _HEADINGS or block.text.endswith(":") or len(block.text.split()) <= 3
    )


def _merge_lists(blocks: list[Block]) -> Iterator[str]:
    """Join the items of a list into one paragraph, a line each."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == "li" and block.marker:
            lines.append(block.marker + block.text)
            continue
        if lines:
            yield "\n".join(lines)
            lines = []
        yield block.text
    if lines:
        yield "\n".join(lines)
