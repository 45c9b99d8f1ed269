"""Words that lost the space between them, parted on evidence.

Pages that drop a link or a line break leave *AmerikaAkhirnya* and *melaluiChatbot*. A capital
inside a word is no proof (*detikSport*, *iPhone*, *JawaPos* are names): two words are parted only
where the second is one that opens sentences, or the first one that leads on to another word.
"""

from __future__ import annotations

import re
from functools import cache

from kliping.analysis.wordlists import lines

_RUN = re.compile(r"[A-Za-z]+")
_BOUNDARY = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for line in lines("openers.txt") for word in line.split())


@cache
def _leaders() -> frozenset[str]:
    return frozenset(word for line in lines("leaders.txt") for word in line.split())


def seams(text: str, /) -> list[int]:
    """Return the positions in ``text`` where a space was lost, ascending.

    >>> seams("ke AmerikaAkhirnya lewat detikSport")
    [10]
    """
    found: list[int] = []
    for run in _RUN.finditer(text):
        bounds = [match.start() for match in _BOUNDARY.finditer(run.group())]
        for before, at, after in zip([0, *bounds], bounds, [*bounds[1:], None], strict=False):
            left, right = run.group()[before:at].lower(), run.group()[at:after].lower()
            if right in _openers() or left in _leaders():
                found.append(run.start() + at)
    return found


def unglued(text: str, /) -> str:
    """Return ``text`` with a space at each seam.

    >>> unglued("melaluiChatbot")
    'melalui Chatbot'
    """
    pieces, at = [], 0
    for seam in seams(text):
        pieces.append(text[at:seam])
        at = seam
    return " ".join([*pieces, text[at:]])
