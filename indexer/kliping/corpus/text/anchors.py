"""Which rules of the boilerplate table could apply to this text?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kliping.corpus.text.boilerplate import Rule, rules

_compiled = cache(re.compile)

# Lower-cases ASCII letters and blanks what is neither letter, digit nor "^".
_PLAIN = bytes(
    byte
    if byte > 127 or chr(byte) == "^"
    else ord(chr(byte).lower())
    if chr(byte).isalnum()
    else 32
    for byte in range(256)
)
_OPENING = b"^"
_ELLIPSIS = "…".encode()
# Too common to look an anchor up by, if it has another word.
_COMMON = frozenset(
    "anda baca berikut foto ini jadi juga keterangan komentar lainnya lanjut lihat menarik mungkin "
    "oleh pertama pilihan sebelumnya terkait untuk yang".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """A rule made ready: its place in the table, its pattern compiled when first needed."""

    place: int
    rule: Rule

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the rule's pattern."""
        return _compiled(self.rule.pattern)

    def candidates(self, paragraphs: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield the paragraphs that hold an anchor, the last first: they may be taken out."""
        for at in range(len(paragraphs) - 1, -1, -1):
            low = "^" + paragraphs[at].lower()
            for anchor in self.rule.anchors:
                if anchor in low:
                    yield at, paragraphs[at]
                    break


@cache
def rows() -> tuple[Row, ...]:
    """Return the rows of the table."""
    return tuple(Row(place, rule) for place, rule in enumerate(rules()))


def active(paragraphs: Sequence[str], /) -> list[Row]:
    """Return the rows that have an anchor in the paragraphs, in the order of the table.

    Finding the words first costs 20 µs for 2 kB; looking for each anchor would cost 150.
    """
    index, anchors, signs = _index()
    # As bytes: lower() is ten times as slow on text that is not ASCII, and anchors need no more.
    text = " ^".join(["", *paragraphs]).encode("utf-8", "replace")
    low, plain = text.lower(), text.replace(_ELLIPSIS, b" ").translate(_PLAIN)
    words = [*plain.split(), *filter(text.__contains__, signs)]
    words += [_opening(each) for each in paragraphs if each and not each[0].isalnum()]
    if plain.count(_OPENING) > len(paragraphs):  # one that a writer wrote
        words += plain.replace(_OPENING, b" ").split()
    found: set[Row] = set()
    for word in anchors.intersection(words):
        for anchor, anchored in index[word].items():
            if anchor in low:
                found.update(anchored)
    return sorted(found, key=lambda row: row.place) if found else []


def _opening(paragraph: str) -> bytes:
    return f"^{paragraph[0]}".encode("utf-8", "replace")


@cache
def _index() -> tuple[dict[bytes, dict[bytes, list[Row]]], frozenset[bytes], tuple[bytes, ...]]:
    """Return the rows by their anchors, these by a word of theirs; the words; and the signs."""
    index: dict[bytes, dict[bytes, list[Row]]] = {}
    for row in rows():
        for anchor in row.rule.anchors:
            for word in _words(anchor):
                anchored = index.setdefault(word, {})
                anchored.setdefault(anchor.encode(), []).append(row)
    signs = tuple(word for word in index if len(word) == 1 and not word.isalnum())
    return index, frozenset(index), signs


def _words(anchor: str) -> tuple[bytes, ...]:
    """Return what stands among the words of a text that has an anchor: its rarest word.

    What opens a paragraph stands there with its "^", so *^foto* costs nothing elsewhere. Of an
    anchor without a word it is the sign, one byte of it, which is found at once.
    """
    opens = anchor.startswith("^")
    found = list(re.finditer(r"[a-z0-9]+", anchor))
    if not found:
        return (anchor.encode(),) if opens else (anchor.encode()[-1:],)
    if opens and found[0].start() == 1:
        return (b"^" + found[0][0].encode(),)
    best = max(found, key=lambda word: (word[0] not in _COMMON and len(word[0]) > 1, len(word[0])))
    word = best[0].encode()
    return (word,) if best.start() else (word, b"^" + word)
