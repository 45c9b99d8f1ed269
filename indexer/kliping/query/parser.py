"""What did they type, and what do they mean? Any string has a meaning.

    query  := or
    or     := and (OR and)*
    and    := words (AND words)*
    words  := unary+
    unary  := NOT unary | sign unary | field ':' unary | '(' or ')' | phrase | word

What cannot be meant literally is mended and said: an open quote or parenthesis is closed, an
operator without operands is a word, an unknown field prefix is text. Only a date that no calendar
has is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from itertools import islice

from kliping.errors import QueryError
from kliping.query import tree
from kliping.query.fields import DATE_NAMES, FIELD_NAMES, HAS_NAMES, HAS_VALUES, YEAR_NAMES
from kliping.query.lexer import OPERATORS, Kind, Lexeme, lexemes
from kliping.query.periods import parse_period

# Bounds on what one query may cost. A headline has some 10 words, a pasted lead 60.
MAX_CHARACTERS = 4_000
MAX_LEXEMES = 400
MAX_DEPTH = 40
MAX_EDITS = 2
MAX_SLOP = 999
_WORDS_OF_DATES = 3
# Each wildcard and word with ~ walks through the index's words: those that begin with the letters
# in front of it, or, where there are none, all of them, which takes four times as long and more.
MAX_WILDCARDS = 12
_FROM_ANY_LETTER = 4

_TOO_MANY = (
    f"only the first {MAX_WILDCARDS} wildcards and words with ~ are looked up; a wildcard that "
    f"begins a word counts as {_FROM_ANY_LETTER}"
)

_MODIFIED = re.compile(r"(?P<word>.*?)(?P<fuzzy>~\d*)?(?:\^(?P<boost>\d+(?:\.\d+)?))?", re.DOTALL)
_RUN = re.compile(r"[^\W_]+")
_PATTERN_PART = re.compile(r"(?:[^\W_]|[*?])+")
# A ? behind a word is punctuation: it stands for a letter only where one follows.
_ONE_LETTER = re.compile(r"(?:^|[^\W_])\?+[^\W_]")
_OPENING_WILDCARD = re.compile(r"(?<![^\W_]|[*?])[*?]")
_HAS_LETTER = re.compile(r"[^\W_]")
# Words and nothing else, as in nearly every query.
_PLAIN = re.compile(r"[^\W_]+(?:(?: +|-)[^\W_]+)*")


def parse(text: str, /, *, now: datetime | None = None) -> tree.Query:
    """Return the meaning of ``text``.

    Args:
        text: what was typed; any string.
        now: the moment that *kemarin* and *7-hari* count from; by default the present.

    Raises:
        QueryError: a date that no calendar has; ``column`` says where.

    >>> parse('gempa -hoaks').root
    Words(nodes=(Word(text='gempa', exact=False), Not(node=Word(text='hoaks', exact=False))))
    """
    if len(text) < 2 * MAX_LEXEMES and _PLAIN.fullmatch(text):
        words = text.split()
        if OPERATORS.keys().isdisjoint(words):
            return tree.Query(text, tree.Words(tuple([tree.Word(w, False) for w in words])), ())
    return _Parser(text, now).query()


def bounded(text: str, /) -> str:
    """Return as much of a query as counts: a word may have a thousand parts without a space."""
    if len(text) < 2 * MAX_LEXEMES:
        return text
    text = text[:MAX_CHARACTERS]
    over = next(islice(_RUN.finditer(text), MAX_LEXEMES, None), None)
    return text[: over.start()] if over else text


class _Parser:
    """One pass over the lexemes by recursive descent, its depth bounded."""

    def __init__(self, text: str, now: datetime | None) -> None:
        self.text = text
        self.now = now
        self.notes: list[str] = []
        self.at = 0
        self.depth = 0
        self.wildcards = 0
        self.lexemes = self._read()

    def query(self) -> tree.Query:
        """Parse to the end; a parenthesis that closes nothing is passed over."""
        rows = []
        while self.peek():
            if (node := self.either()) is not None:
                rows.append(node)
            if self.take("close"):
                self.note("a ')' that closes nothing was left out")
        root = rows[0] if len(rows) == 1 else tree.Words(tuple(rows))
        if not isinstance(root, tree.Words | tree.All | tree.Any):
            root = tree.Words((root,))
        return tree.Query(self.text, root, tuple(self.notes))

    def _read(self) -> list[Lexeme]:
        found: list[Lexeme] = []
        counted = bounded(self.text)
        if len(self.text) > MAX_CHARACTERS:
            self.note(f"only the first {MAX_CHARACTERS:,} characters count")
        if len(counted) < min(len(self.text), MAX_CHARACTERS):
            self.note(f"only the first {MAX_LEXEMES} words count")
        for lexeme in lexemes(counted):
            if len(found) == MAX_LEXEMES:
                self.note(f"only the first {MAX_LEXEMES} words count")
                break
            found.append(lexeme)
        return found

    def note(self, what: str) -> None:
        if what not in self.notes:
            self.notes.append(what)

    def peek(self, *kinds: str) -> Lexeme | None:
        """Return the next lexeme if there is one, and of one of ``kinds`` if any are named."""
        lexeme = self.lexemes[self.at] if self.at < len(self.lexemes) else None
        return lexeme if lexeme and (not kinds or lexeme.kind in kinds) else None

    def take(self, *kinds: str) -> Lexeme | None:
        lexeme = self.peek(*kinds)
        self.at += lexeme is not None
        return lexeme

    def either(self) -> tree.Node | None:
        return self._chain("or", self.both, tree.Any)

    def both(self) -> tree.Node | None:
        return self._chain("and", self.words, tree.All)

    def _chain(
        self,
        operator: Kind,
        operand: Callable[[], tree.Node | None],
        join: type[tree.All] | type[tree.Any],
    ) -> tree.Node | None:
        """Parse ``operand (operator operand)*``; an operator without operands is a word.

        Beside others that word may be missing (OR), or would be demanded (AND): it is left out.
        """
        parts: list[tree.Node] = []
        pending: Lexeme | None = None
        while True:
            node = operand()
            if pending and operator == "and" and (node is None) != (not parts):
                self.note(f"'{pending.text}' joins nothing here and was left out")
            elif pending and (node is None or not parts):
                self.note(f"'{pending.text}' joins nothing here, so it counts as a word")
                parts.append(tree.Word(pending.text))
            if node is not None:
                parts.append(node)
            pending = self.take(operator)
            if not pending:
                break
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def words(self) -> tree.Node | None:
        nodes: list[tree.Node] = []
        while self.peek() and not self.peek("close", "and", "or"):
            if (node := self.unary()) is not None:
                nodes.append(node)
        if not nodes:
            return None
        if len(nodes) == 1 and not isinstance(nodes[0], tree.Must):
            return nodes[0]
        return tree.Words(tuple(nodes))

    def unary(self) -> tree.Node | None:
        """Parse one signed, negated, fielded or bare thing; deep nesting is flattened."""
        lexeme = self.take()
        assert lexeme
        if lexeme.kind in ("word", "quote"):
            return self._leaf(lexeme)
        if self.depth >= MAX_DEPTH:
            self.note(f"parentheses and signs deeper than {MAX_DEPTH} were left out")
            return None
        self.depth += 1
        try:
            return self._nested(lexeme)
        finally:
            self.depth -= 1

    def _nested(self, lexeme: Lexeme) -> tree.Node | None:
        if lexeme.kind == "open":
            return self._group()
        if lexeme.kind == "field":
            return self._whatever(lexeme) or self._field(lexeme)
        operand = self.unary() if self.peek() and not self.peek("close", "and", "or") else None
        if operand is None:
            if lexeme.kind == "not":
                self.note(f"'{lexeme.text}' excludes nothing here, so it counts as a word")
                return tree.Word(lexeme.text)
            return None
        if lexeme.text == "+":
            return tree.Must(operand)
        return operand.node if isinstance(operand, tree.Not) else tree.Not(operand)

    def _group(self) -> tree.Node | None:
        node = self.either()
        closing = self.take("close")
        if closing is None:
            self.note("a '(' was not closed; it is taken to close at the end")
        return _boosted(node, closing.tail if closing else "") if node is not None else None

    def _field(self, lexeme: Lexeme) -> tree.Node | None:
        if lexeme.text in DATE_NAMES and (value := self.take("word", "quote")):
            return self._dates(lexeme, value)
        if lexeme.text in HAS_NAMES and (value := self.take("word", "quote")):
            return self._has(lexeme, value)
        field = FIELD_NAMES.get(lexeme.text)
        if field is None or self.peek("close", "and", "or") or not self.peek():
            self.note(f"'{lexeme.text}:' has no value it could look up, so it counts as a word")
            return tree.Word(lexeme.text)
        node = self.unary()
        if node is None:
            return None
        if isinstance(node, tree.Not):
            return tree.Not(tree.In(field, node.node))
        return tree.In(field, node)

    def _dates(self, lexeme: Lexeme, value: Lexeme) -> tree.Node:
        """Parse a date, which may go on in the words behind it: ``tanggal:12 Maret 2024``."""
        text, refused = value.text, None
        for more in range(_WORDS_OF_DATES if value.kind == "word" else 1):
            try:
                since, until = parse_period(text, now=self.now, column=value.column)
            except QueryError as error:
                refused = refused or error
            else:
                self.at += more
                return tree.Dates(since, until)
            following = self.lexemes[self.at + more : self.at + more + 1]
            if not following or following[0].kind != "word":
                break
            text += f" {following[0].text}"
        if refused and lexeme.text not in YEAR_NAMES:
            raise refused
        self.note(f"'{value.text}' is not a date, so '{lexeme.text}:' is text")
        return tree.Phrase(f"{lexeme.text} {value.text}")

    def _whatever(self, lexeme: Lexeme) -> tree.Node | None:
        """Parse ``penulis:*``: whatever stands there, the field is not empty."""
        value, field = self.peek("word"), HAS_VALUES.get(lexeme.text)
        if field is None or value is None or value.text.strip("*"):
            return None
        self.take()
        return tree.Has(field)

    def _has(self, lexeme: Lexeme, value: Lexeme) -> tree.Node:
        """Parse ``ada:penulis``; *ada* is an ordinary word too, so ``ada:apa`` is text."""
        if field := HAS_VALUES.get(value.text.lower()):
            return tree.Has(field)
        self.note(f"there is no field '{value.text}' to have, so '{lexeme.text}:' is text")
        return tree.Phrase(f"{lexeme.text} {value.text}")

    def _leaf(self, lexeme: Lexeme) -> tree.Node | None:
        if lexeme.kind == "quote":
            return self._phrase(lexeme)
        match = _MODIFIED.fullmatch(lexeme.text)
        assert match, "every part of the pattern may be empty"
        word = match["word"]
        if not _HAS_LETTER.search(word):
            # "~2" and "^3" modify nothing: they are figures in a text.
            return tree.Word(lexeme.text) if _HAS_LETTER.search(lexeme.text) else None
        boost = f"^{match['boost']}" if match["boost"] else ""
        node = self._word(word, match["fuzzy"])
        if isinstance(node, tree.Pattern | tree.Fuzzy):
            self.wildcards += _walks(word)
            if self.wildcards > MAX_WILDCARDS:
                self.note(_TOO_MANY)
                return None
        return _boosted(node, boost)

    def _word(self, word: str, fuzzy: str | None) -> tree.Node:
        if fuzzy:
            return tree.Fuzzy(word, self._at_most(MAX_EDITS, fuzzy) if fuzzy[1:] else None)
        if "*" in word.strip("?") or _ONE_LETTER.search(word):
            return tree.Pattern(word)
        return tree.Word(word.removeprefix("="), exact=word.startswith("="))

    def _phrase(self, lexeme: Lexeme) -> tree.Node | None:
        if not lexeme.closed:
            self.note("a quotation mark was not closed; it is taken to close at the end")
        if not _HAS_LETTER.search(lexeme.text):
            return None
        found = re.search(r"~\d+", lexeme.tail)
        slop = self._at_most(MAX_SLOP, found[0]) if found else None
        return _boosted(tree.Phrase(lexeme.text.strip(), slop), lexeme.tail)

    def _at_most(self, most: int, typed: str) -> int:
        """Return the number of ``~7``, or the most that is looked for."""
        if (number := int(typed[1:])) > most:
            self.note(f"'{typed}' is taken as ~{most}, the most that is looked for")
        return min(number, most)


def _walks(word: str) -> int:
    """Return what a pattern or a fuzzy word costs: at least one for each of its parts."""
    parts: list[str] = _PATTERN_PART.findall(word)
    dearer = (_FROM_ANY_LETTER - 1) * len(_OPENING_WILDCARD.findall(word))
    return sum(max(1, part.count("*") + part.count("?")) for part in parts) + dearer


def _boosted(node: tree.Node, tail: str) -> tree.Node:
    factor = re.search(r"\^(\d+(?:\.\d+)?)", tail)
    # A factor of nought would still match and never rank; past 1,000 it drowns all else.
    return tree.Boost(node, min(max(float(factor[1]), 0.01), 1000.0)) if factor else node
