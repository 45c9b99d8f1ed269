"""Which of the article's blocks are the article: by-lines, buttons and lists of links are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kliping.corpus.html.page import letters
from kliping.corpus.html.shown_date import is_bare_date, is_date_line

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
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
_DECK = 30, 300  # characters
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]++@\S+\.\w+", re.IGNORECASE)


class Block(NamedTuple):
    """A paragraph, list item, heading, table row or caption, and how much of it is links."""

    text: str
    kind: str
    linked: float = 0.0
    marker: str = ""


def news_of(
    blocks: list[Block],
    dropped: list[tuple[str, str]],
    /,
    *,
    title: str | None,
    people: tuple[str, ...] = (),
) -> list[Block]:
    """Return the blocks that are the article; add (rule, text) of the others to ``dropped``."""
    kept = list(_without_lines(_after_headline(blocks, title, dropped), people, dropped))
    return _without_links(_without_deck(kept, dropped), dropped)


def _after_headline(
    blocks: list[Block], title: str | None, dropped: list[tuple[str, str]]
) -> list[Block]:
    """Leave out the headline, and the little that stands above it (breadcrumbs, a kicker)."""
    wanted = letters(title or "")
    if not wanted:
        return blocks
    for place, block in enumerate(blocks[:12]):
        if len(block.text) < 2 * len(wanted) + 20 and letters(block.text) == wanted:
            above = blocks[:place] if block.kind in HEADINGS else []
            dropped += [("above the headline", one.text) for one in above]
            dropped.append(("the headline", block.text))
            return blocks[len(above) : place] + blocks[place + 1 :]
    return blocks


def _without_lines(
    blocks: list[Block], people: tuple[str, ...], dropped: list[tuple[str, str]]
) -> Iterator[Block]:
    """Leave out by-lines, date lines and the names of buttons, each on a line of its own."""
    names = {letters(name) for name in (*people, "".join(people))} - {""}
    is_top = True  # a bare date further down may head a part of a chronicle
    for block in blocks:
        rule = _line_rule(block.text, names) if len(block.text) < 110 else ""
        is_top = is_top and len(block.text) < 110
        if not rule and is_top and is_bare_date(block.text):
            rule = "date line"
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
    if names and len(text) < 60 and letters(_BY.sub("", text)) in names:
        return "by-line"
    return "date line" if is_date_line(text) else ""


def _without_deck(blocks: list[Block], dropped: list[tuple[str, str]]) -> list[Block]:
    """Leave out the deck above the text if it only repeats a sentence of it."""
    for block in blocks[:1]:
        plain = block.text.rstrip(" .!…")
        longer = (one.text for one in blocks[1:] if len(one.text) > len(block.text))
        if _DECK[0] <= len(plain) <= _DECK[1] and any(plain in text for text in longer):
            dropped.append(("deck repeated", block.text))
            return blocks[1:]
    return blocks


def _without_links(blocks: list[Block], dropped: list[tuple[str, str]]) -> list[Block]:
    """Leave out lists of links with the label above them, and headlines of other articles."""
    kept: list[Block] = []
    for block in blocks:
        if not _is_link(block):
            kept.append(block)
            continue
        if kept and _is_label(kept[-1]):
            dropped.append(("label of a link list", kept.pop().text))
        dropped.append(("link to another article", block.text))
    while kept and kept[-1].kind in HEADINGS:
        dropped.append(("heading over nothing", kept.pop().text))
    return kept


def _is_link(block: Block) -> bool:
    if block.linked < 0.85 or _ADDRESS.fullmatch(block.text):
        return False
    if block.kind == "li":
        return True
    return len(block.text.split()) >= 4 and not block.text.endswith((".", "!”", '."', ".”"))


def _is_label(block: Block) -> bool:
    return len(block.text) < 40 and (
        block.kind in HEADINGS or block.text.endswith(":") or len(block.text.split()) <= 3
    )


def merge_lists(blocks: list[Block]) -> Iterator[str]:
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
