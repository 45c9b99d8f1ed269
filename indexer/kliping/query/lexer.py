"""The query, cut into lexemes: quotes, parentheses, signs, field prefixes and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from kliping.query.fields import DATE_NAMES, FIELD_NAMES, HAS_NAMES
from kliping.values import Value

Kind = Literal["quote", "open", "close", "sign", "field", "and", "or", "not", "word"]

OPERATORS: dict[str, Kind] = {
    "AND": "and", "DAN": "and", "OR": "or", "ATAU": "or", "NOT": "not", "BUKAN": "not",
}  # fmt: skip
_PREFIXES = FIELD_NAMES.keys() | DATE_NAMES | HAS_NAMES
_LEXEME = re.compile(
    r"""
      (?P<space>\s+)
    | ["“”](?P<quote>[^"“”]*)(?P<end>["“”]?)(?P<tail>(?:~\d+|\^\d+(?:\.\d+)?)*)
    | (?P<open>\()
    | (?P<close>\)(?P<close_tail>\^\d+(?:\.\d+)?)?)
    | (?P<sign>[-+](?=[^\s)+-]))
    | (?P<field>[^\W\d_]+):(?=[^\s)])
    | (?P<word>[^\s()"“”]+)
    """,
    re.VERBOSE,
)


class Lexeme(Value):
    """One piece of a query. ``text`` is its content, ``tail`` what modifies it (``~5``, ``^3``)."""

    kind: Kind
    text: str
    column: int
    tail: str = ""
    closed: bool = True


def lexemes(query: str, /) -> Iterator[Lexeme]:
    """Yield the lexemes of ``query``; every character but white space is in one of them."""
    position, fresh = 0, True
    while position < len(query):
        match = _LEXEME.match(query, position)
        assert match, "a word takes every character that nothing else takes"
        lexeme, stop = _lexeme(match, fresh=fresh)
        if lexeme:
            yield lexeme
        fresh = lexeme is None or lexeme.kind in ("open", "sign", "field", "quote", "close")
        position = stop


def _lexeme(  # noqa: PLR0911 - a table of kinds
    match: re.Match[str], *, fresh: bool
) -> tuple[Lexeme | None, int]:
    """Return the lexeme and where it ends; a sign counts only where a word could begin."""
    column = match.start() + 1
    if match["space"] is not None:
        return None, match.end()
    if match["quote"] is not None:
        closed = bool(match["end"])
        return Lexeme("quote", match["quote"], column, match["tail"], closed), match.end()
    if match["open"]:
        return Lexeme("open", "(", column), match.end()
    if match["close"]:
        return Lexeme("close", ")", column, match["close_tail"] or ""), match.end()
    if match["sign"] and fresh:
        return Lexeme("sign", match["sign"], column), match.end()
    if (name := match["field"]) and name.lower() in _PREFIXES:
        return Lexeme("field", name.lower(), column), match.end()
    return _word(match.string, match.start())


_WORD = re.compile(r"""[^\s()"“”]+""")


def _word(query: str, start: int) -> tuple[Lexeme, int]:
    match = _WORD.match(query, start)
    assert match, "every alternative but a word was tried"
    text = match.group()
    return Lexeme(OPERATORS.get(text, "word"), text, start + 1), match.end()
