"""Folding: text to the lower-case, accent-free chunks that are stemmed and indexed.

Folding looks at one character at a time, whatever stands beside it, so folding a text gives the
same chunks as folding each of its tokens. That is what lets the index be built from whole texts
at the speed of ``bytes.translate`` while passages are found again token by token.

=====================================  =======================
character                              becomes
=====================================  =======================
letter, digit                          itself, lower-case, without accents
hyphen                                 ``-`` (the stemmer reads reduplication from it)
apostrophe, combining mark, zero width nothing: *Jum'at* and *Jumat* are one word
anything else                          a space
a letter beside a digit                themselves, parted: *F16*, *F-16*, *F 16* are two words
two words that lost their space        themselves, parted (:mod:`kliping.analysis.gluing`)
=====================================  =======================
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from kliping.analysis.gluing import BOUNDARY, cases_of, unglued

APOSTROPHES = "'’‘ʼ"
HYPHENS = "-‐‑"
# What stands inside a word and is no part of its spelling, as ranges: soft hyphen, combining
# accents, Arabic vowel signs, zero-width characters.
_MARKS = (
    (0xAD, 0xAD),
    (0x300, 0x36F),
    (0x64B, 0x65F),
    (0x670, 0x670),
    (0x200B, 0x200F),
    (0x2060, 0x2060),
    (0xFEFF, 0xFEFF),
)
MARKS = frozenset(chr(code) for first, last in _MARKS for code in range(first, last + 1))
# The same, to be written in a class of a regular expression.
UNWRITTEN = APOSTROPHES + "".join(f"{chr(first)}-{chr(last)}" for first, last in _MARKS)
INSIDE = "\\" + HYPHENS + UNWRITTEN
_JOINERS = MARKS.union(APOSTROPHES, HYPHENS)


def in_word(character: str, /) -> bool:
    """Say whether ``character`` can stand inside a chunk: a letter, a digit, or what joins them."""
    return character.isalnum() or character in _JOINERS


def _fold_character(character: str) -> str:
    if character in APOSTROPHES or character in MARKS:
        return ""
    if character in HYPHENS:
        return "-"
    if not character.isalnum():
        return " "
    plain = normalize("NFKD", character.lower()).lower()
    return "".join(c for c in plain if c.isalnum()) or " "


@lru_cache(maxsize=65_536)
def _fold_run(run: str) -> bytes:
    return "".join(map(_fold_character, run)).encode("utf-8", "ignore")


def _fold_error(error: UnicodeError) -> tuple[bytes, int]:
    """Called by the encoder for each run of characters outside ASCII: few, and often the same."""
    assert isinstance(error, UnicodeEncodeError)
    return _fold_run(error.object[error.start : error.end]), error.end


codecs.register_error("kliping.fold", _fold_error)

_ASCII = bytes(
    ord(chr(b).lower()) if b > 127 or chr(b).isalnum() or b == ord("-") else ord(" ")
    for b in range(128)
) + bytes(range(128, 256))

# Of each byte, whether it is a letter, a digit, or neither.
_KINDS = (
    bytes(
        ord("0") if chr(b).isdigit() else ord("a") if b > 127 or chr(b).isalpha() else ord(" ")
        for b in range(128)
    )
    + b"a" * 128
)
# Begins with the rarer sign: the search skips from one to the next, a fifth of what *in* takes.
_NUMBER_SEAM = re.compile(rb"0(?:a|(?<=a0))")


def fold(text: str, cases: bytes | None = None, /) -> bytes:
    """Return ``text`` as UTF-8 chunks parted by white space; a hyphen stays within its chunk.

    ``cases`` are the text's (:func:`~kliping.analysis.gluing.cases_of`), where they are known.

    >>> fold("Jum'at: Covid-19 & é, Rp15")
    b'jumat  covid-19   e  rp 15'
    """
    cases = cases_of(text) if cases is None else cases
    if BOUNDARY.search(cases):  # for most texts a pass or two in C say that there is none
        text = unglued(text, cases)
    folded = text.encode("ascii", "kliping.fold").translate(_ASCII, b"'")
    kinds = folded.translate(_KINDS)
    return _numbers_parted(folded, kinds) if _NUMBER_SEAM.search(kinds) else folded


def _numbers_parted(folded: bytes, kinds: bytes) -> bytes:
    """Part the letters from the digits beside them: a number is found however it was joined."""
    seams = []
    for seam in (b"a0", b"0a"):
        at = kinds.find(seam)
        while at >= 0:
            seams.append(at + 1)
            at = kinds.find(seam, at + 1)
    bounds = [0, *sorted(seams), len(folded)]
    return b" ".join([folded[start:stop] for start, stop in pairwise(bounds)])
