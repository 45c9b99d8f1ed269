"""Words that lost the space between them, parted on evidence.

Pages that drop a link or a line break leave *AmerikaAkhirnya* and *melaluiChatbot*. A capital
inside a word is no proof (*detikSport*, *iPhone*, *JawaPos* are names): two words are parted only
where the second is one that opens sentences, or the first one that leads on to another word.
"""

from __future__ import annotations

import re
from functools import cache

from kliping.analysis.wordlists import lines

# Of each byte, whether it is a small letter, a capital, or neither.
_CASES = bytes(
    ord("a") if chr(b).islower() else ord("A") if chr(b).isupper() else ord(" ") for b in range(128)
) + bytes(128)
# Begins with the capital, which is rare: the search then skips from one to the next.
BOUNDARY = re.compile(rb"A(?<=aA)(?=a)")
_BEFORE = re.compile(r"[A-Za-z]*\Z")
_AFTER = re.compile(r"[A-Za-z]+")
_LONGEST = 20


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for line in lines("openers.txt") for word in line.split())


@cache
def _leaders() -> frozenset[str]:
    return frozenset(word for line in lines("leaders.txt") for word in line.split())


def cases_of(text: str, /) -> bytes:
    """Return of each character whether it is a small letter, a capital, or neither, in ASCII.

    >>> cases_of("Rp1, iPad")
    b'Aa   aAaa'
    """
    return text.encode("ascii", "replace").translate(_CASES)


def seams(text: str, cases: bytes | None = None, /) -> list[int]:
    """Return the positions in ``text`` where a space was lost, ascending.

    >>> seams("ke AmerikaAkhirnya lewat detikSport")
    [10]
    """
    bounds = [match.start() for match in BOUNDARY.finditer(cases or cases_of(text))]
    return [
        at
        for before, at, after in zip([0, *bounds], bounds, [*bounds[1:], None], strict=False)
        if _right(text, at, after) in _openers() or _left(text, before, at) in _leaders()
    ]


def _right(text: str, at: int, after: int | None) -> str:
    """Return the letters from ``at`` up to the next boundary, or the end of the word."""
    match = _AFTER.match(text, at, len(text) if after is None else after)
    return match.group().lower() if match else ""


def _left(text: str, before: int, at: int) -> str:
    """Return the letters in front of ``at`` back to the boundary before, or the word's start."""
    match = _BEFORE.search(text, max(before, at - _LONGEST), at)
    return match.group().lower() if match else ""


def unglued(text: str, cases: bytes | None = None, /) -> str:
    """Return ``text`` with a space at each seam.

    >>> unglued("melaluiChatbot")
    'melalui Chatbot'
    """
    pieces, at = [], 0
    for seam in seams(text, cases):
        pieces.append(text[at:seam])
        at = seam
    return " ".join([*pieces, text[at:]])
