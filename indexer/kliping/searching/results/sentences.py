"""Where does a sentence end? In news, whose abbreviations and quotations end in full stops too."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Begins with a character that is rare: the search skips from one to the next.
END = re.compile(r"[.!?][\"'”’)]*(?P<gap>\s+)(?=[\"'“‘(]*[A-Z0-9])|(?P<line>\n\s*)")
# What ends in a full stop before a capital and ends no sentence: initials, titles, short forms.
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Bp|Dr|Drs|Dra|dr|drg|Gg|Hj|Ir|Jl|Jln|Kab|Kec|Kol|Ny|No|Prof|Rp|Sdr|St|Tn)\.\s*$"
)


def sentences(text: str, /) -> Iterator[tuple[int, int]]:
    """Yield the span of each sentence of ``text``; a line's end ends one too.

    >>> text = "Ir. Sari datang. Ia menjawab: “Belum.” Warga pulang."
    >>> [text[start:stop] for start, stop in sentences(text)]
    ['Ir. Sari datang.', 'Ia menjawab: “Belum.”', 'Warga pulang.']
    """
    start = len(text) - len(text.lstrip())
    for found in END.finditer(text, start):
        if span := gap(text, found):
            yield start, span[0]
            start = span[1]
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


def gap(text: str, found: re.Match[str], /) -> tuple[int, int] | None:
    """Return the white space behind a sentence that ends where :data:`END` was found, if one does.

    The text may have been searched from the middle, so what stands before is looked at here.
    """
    first, last = _before(text, found.start(found.lastgroup or 0)), found.end()
    if found["line"] or not _ABBREVIATION.search(text, max(0, first - 8), last):
        return first, last
    return None


def _before(text: str, at: int) -> int:
    """Return where the white space in front of ``at`` begins."""
    while at and text[at - 1].isspace():
        at -= 1
    return at
