"""Text in pieces, lit or not: spans as a template can walk them, which writes the marks itself.

So no text ever becomes markup in Python, and all of it is escaped where it is rendered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from kliping.searching.results import Passage
from kliping.searching.results.hits import Spans


class Piece(NamedTuple):
    """A stretch of text, lit or not."""

    text: str
    lit: bool = False


Pieces = tuple[Piece, ...]
# What ends a sentence, and what may stand behind that.
_FINISHED, _CLOSING = (".", "!", "?", "…"), "\"'”’)]"


def pieces(text: str, spans: Spans, start: int = 0, stop: int | None = None, /) -> Pieces:
    """Return ``text[start:stop]`` in pieces, those lit that ``spans`` of the whole text cover.

    >>> pieces("Gempa guncang Wening", ((0, 5), (14, 20)), 3, 17)
    (Piece(text='pa', lit=True), Piece(text=' guncang ', lit=False), Piece(text='Wen', lit=True))
    """
    return tuple(_pieces(text, spans, start, len(text) if stop is None else stop))


def _pieces(text: str, spans: Spans, at: int, stop: int) -> Iterator[Piece]:
    for first, last in islice(spans, bisect_right(spans, at, key=itemgetter(1)), None):
        if first >= stop:
            break
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[max(first, at) : min(last, stop)], lit=True)
        at = min(last, stop)
    if at < stop:
        yield Piece(text[at:stop])


def joined(passages: Iterable[Passage], /) -> Pieces:
    """Return passages as one row of pieces, an ellipsis wherever something was left out.

    >>> "".join(piece.text for piece in joined([Passage("dan surut."), Passage("Warga pulang ke")]))
    '… dan surut. … Warga pulang ke …'
    """
    row: list[Piece] = []
    for passage in passages:
        begun = passage.text[:1].islower()
        row += [Piece(" … ")] if row else [Piece("… ")] if begun else []
        row += pieces(passage.text, passage.spans)
    if row and not row[-1].text.rstrip(_CLOSING).endswith(_FINISHED):
        row.append(Piece(" …"))
    return tuple(row)
