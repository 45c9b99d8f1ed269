"""Tokens: where the words of a text stand.

A token is what a reader sees as one thing: a word, a reduplication (*anak-anak*), a number
(*1.234.567*), a date (*12/3/2024*), an address, an acronym with stops (*S.H.*). Its offsets index
the original text and never move. What is indexed are its folded words; a token of several words
(*Covid-19* is *covid*, *19*) is found whole as a phrase and by its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kliping.analysis.folding import INSIDE, UNWRITTEN, fold
from kliping.analysis.gluing import seams
from kliping.values import Value

# A chunk is what folding never parts: letters and digits, joined by hyphens, apostrophes, marks.
# Greedy, with one optional tail, so matching is linear in the length of any text.
CHUNK = rf"[^\W_](?:(?:[^\W_]|[{INSIDE}])*[^\W_])?"
# What is left of a chunk between its hyphens: letters, or digits.
PART = "|".join(rf"{one}(?:[{UNWRITTEN}]*{one})*" for one in (r"[^\W0-9_]", "[0-9]"))
_BLOB = re.compile(rf"{CHUNK}(?:[._,:/@&?=%+~#]+{CHUNK})*")
_PIECE = re.compile(rf"({CHUNK})([._,:/@&?=%+~#]*)")
_ADDRESS = re.compile(r"https?:/|www\.|[^@]+@[^@]+\.", re.IGNORECASE)
_DOMAINS = frozenset("com co id net org go ac or sch info tv news my sg au uk gov edu".split())


class Token(Value):
    """One token: ``text[start:stop] == surface``; ``words`` are its folded, indexed parts."""

    start: int
    stop: int
    surface: str
    words: tuple[str, ...]


def words_of(surface: str, /) -> tuple[str, ...]:
    """Return the folded words of ``surface``, as the index of surface forms holds them.

    >>> words_of("Covid-19"), words_of("covid19")
    (('covid', '19'), ('covid', '19'))
    """
    return tuple(fold(surface).replace(b"-", b" ").decode().split())


def tokens(text: str, /) -> Iterator[Token]:
    """Yield the tokens of ``text`` in order; for each, ``text[t.start:t.stop] == t.surface``.

    >>> [t.surface for t in tokens("Anak-anak di kompas.com, Rp1.500,50.")]
    ['Anak-anak', 'di', 'kompas.com', 'Rp1.500,50']
    """
    for blob in _BLOB.finditer(text):
        for start, stop in _split(blob.group(), blob.start()):
            surface = text[start:stop]
            yield Token(start, stop, surface, words_of(surface))


def _split(blob: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``blob`` that are one token each; nearly always the whole blob."""
    whole_address = _ADDRESS.match(blob) is not None
    start, stop, previous, separator = 0, 0, "", ""
    for piece in _PIECE.finditer(blob):
        chunk = piece[1]
        if previous and not (whole_address or _joined(previous, separator, chunk)):
            yield offset + start, offset + stop
            start = piece.start()
        for seam in seams(chunk):
            yield offset + start, offset + piece.start() + seam
            start = piece.start() + seam
        previous, separator, stop = chunk, piece[2], piece.end(1)
    yield offset + start, offset + stop


def _joined(left: str, separator: str, right: str) -> bool:
    """Say whether two chunks with ``separator`` between them are one token."""
    if separator in (".", ",", "/", ":") and left[-1].isdigit() and right[0].isdigit():
        return True
    if separator != ".":
        return False
    return right.lower() in _DOMAINS or len(left) == len(right) == 1
