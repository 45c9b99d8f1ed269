"""The words and quotations of a query as they stand in it: what a search says of each of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from kliping.analysis.tokens import words_of
from kliping.query.fields import DATE_NAMES, FIELD_NAMES, HAS_NAMES, TEXT_FIELDS
from kliping.query.lexer import Lexeme, lexemes
from kliping.query.parser import MAX_LEXEMES, bounded
from kliping.values import Value


class Typed(Value):
    """A word or quotation with its modifiers: ``text`` stands at ``query[start:stop]``.

    ``prefix`` is the name of the field that it is looked up in, as typed, or nothing.
    """

    kind: Literal["word", "quote"]
    start: int
    stop: int
    text: str
    prefix: str = ""

    @property
    def alone(self) -> str:
        """The query that looks for this and nothing else."""
        return f"{self.prefix}:{self.text}" if self.prefix else self.text

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it is looked up in."""
        return (FIELD_NAMES[self.prefix],) if self.prefix else TEXT_FIELDS


def typed(query: str, /) -> Iterator[Typed]:
    """Yield what ``query`` looks for, piece by piece; not what it excludes, dates and ``ada:``.

    >>> [piece.alone for piece in typed('judul:(gempa "lembah wening") -hoaks')]
    ['judul:gempa', 'judul:"lembah wening"']
    """
    scopes = [("", False)]
    prefix, excluded = scopes[-1]
    for lexeme in islice(lexemes(bounded(query)), MAX_LEXEMES):
        if lexeme.kind == "field":
            prefix = lexeme.text
        elif lexeme.kind in ("sign", "not"):
            excluded ^= lexeme.text != "+"
        elif lexeme.kind == "open":
            scopes.append((prefix, excluded))
        else:
            if lexeme.kind == "close":
                scopes = scopes[:-1] or scopes
            elif not excluded and prefix not in DATE_NAMES | HAS_NAMES and words_of(lexeme.text):
                yield from _piece(query, lexeme, prefix)
            prefix, excluded = scopes[-1]


def _piece(query: str, lexeme: Lexeme, prefix: str) -> Iterator[Typed]:
    start = lexeme.column - 1
    if lexeme.kind == "word":
        stop = start + len(lexeme.text)
    elif lexeme.kind == "quote":
        stop = start + 1 + len(lexeme.text) + lexeme.closed + len(lexeme.tail)
    else:
        return
    yield Typed(lexeme.kind, start, stop, query[start:stop], prefix)
