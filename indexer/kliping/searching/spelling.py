"""What to say where little was found: other spellings, and what each word alone would find.

A word that few articles have may be a slip: one edit (a letter left out, added, changed, or two
that changed places) from a word that many have, or two edits behind its first two letters, if no
article has it at all and one leads nowhere. Two words may have lost the space between them, or one
gained it, and the name of a field may be misspelt. The rest of the query stays as it was typed, and
only what would find more is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from math import log
from typing import NamedTuple

from kliping.analysis import Analyser
from kliping.analysis.tokens import PART, words_of
from kliping.analysis.wordlists import question_words, stop_words
from kliping.engines import Engine
from kliping.errors import QueryError
from kliping.query import Match
from kliping.query.clauses import Phrase
from kliping.query.fields import DATE_NAMES, FIELD_NAMES, STEMS, WORDS
from kliping.query.lexer import lexemes
from kliping.query.typed import Typed, typed

# How many articles a query finds when its words, or any of them, are demanded.
Count = Callable[[str, Match], int]

_OFFERED = 3
_CHOICES = 6  # for one word: the commonest need not be what fits the others
# Bounds on the time it takes: rewritten queries that are counted, words that are corrected, words
# that are counted alone, common words that are compared with one.
_TRIED, _CORRECTED, _COUNTED, _COMPARED = 8, 3, 20, 2_000
# A word is rare in up to so many articles; a correction is in so many times as many.
_RARE, _MORE = 5, 10
_SHORTEST, _LONGEST = 4, 30  # letters of a word that is corrected
_LONG = 6  # letters of one that may have two edits
# One edit weighs as much as e⁴ ≈ 55 times as many articles; first letters are mostly right.
_EDIT, _FIRST_LETTER = 4.0, 2.0
_PREFIXES = FIELD_NAMES.keys() | DATE_NAMES
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PART = re.compile(PART)
_PATTERN = re.compile(r"[*~]|\?\w")

# What a word could be, in how many articles that stands, and what speaks against it.
Candidate = tuple[str, int, float]


class Edit(NamedTuple):
    """``query[start:stop]`` could be ``text``, which so many articles have, at this cost."""

    start: int
    stop: int
    text: str
    articles: int
    cost: float


def word_counts(query: str, count: Count, /) -> dict[str, int]:
    """Return how many articles each of the first words of ``query`` would find alone."""
    pieces = list(islice(typed(query), _COUNTED))
    content = [piece for piece in pieces if not _is_function_word(piece)] or pieces
    return {piece.alone: count(piece.alone, "all") for piece in content}


def suggestions(
    query: str, match: Match, engine: Engine, analyser: Analyser, count: Count, /
) -> tuple[str, ...]:
    """Return up to three queries like ``query`` that find more, the best first."""
    edits = sorted(_edits(query, engine, analyser), key=lambda e: -_score(e.articles, e.cost))
    # A pattern, even one that is excluded, makes a count cost as much as a hundred words do.
    dear = _PATTERN.search(query)
    rewritten = dict(islice(_rewritten(query, edits), 1 if dear else _TRIED))
    # A query whose words no article had together is better if any has, or else if more articles
    # have those of its words that are others.
    modes: tuple[Match, ...] = (match,) if dear or match == "any" else ("all", "any")
    count = cache(count)
    if modes[0] == "all" and rewritten and not _may_be_together(query, edits, count):
        modes = modes[1:]
    for mode in modes:
        counts = {text: _counts(query, text, mode, count) for text in rewritten}
        better = {t: found for t, (least, found) in counts.items() if found > least}
        if better or any(least for least, _ in counts.values()):
            order = sorted(better, key=lambda text: -_score(better[text], rewritten[text]))
            return tuple(order[:_OFFERED])
    return ()


def _may_be_together(query: str, edits: list[Edit], count: Count) -> bool:
    """Say whether any article may have all words once some are corrected: if not, one count did."""
    if any(lexeme.kind == "or" for lexeme in lexemes(query)):
        return True
    rest = " ".join(
        piece.alone
        for piece in typed(query)
        if all(edit.stop <= piece.start or piece.stop <= edit.start for edit in edits)
    )
    return not rest or count(rest, "all") > 0


def _counts(query: str, other: str, mode: Match, count: Count) -> tuple[int, int]:
    """Return how many articles two queries find: all of their words, or any that one lacks."""
    if mode == "any":
        query, other = _lacking(other, query), _lacking(query, other)
    try:
        return count(query, mode), count(other, mode)
    except QueryError:  # a prefix that was corrected made a date of what is none
        return 0, 0


def _lacking(query: str, other: str) -> str:
    """Return what ``query`` lacks of ``other``, as a query; common words take longest to count."""
    mine = {piece.alone for piece in typed(query)}
    return " ".join(piece.alone for piece in typed(other) if piece.alone not in mine)


def _score(articles: int, cost: float) -> float:
    return log(1 + articles) - cost


def _rewritten(query: str, edits: list[Edit]) -> Iterator[tuple[str, float]]:
    """Yield ``query`` with edits, and what the worst costs: all that go together, each alone."""
    for first in edits:
        together = [first]
        for edit in edits:
            if all(edit.stop <= made.start or made.stop <= edit.start for made in together):
                together.append(edit)
        for chosen in (together, [first]):
            text = query
            for edit in sorted(chosen, reverse=True):
                text = text[: edit.start] + edit.text + text[edit.stop :]
            if text != query:
                yield text, max(edit.cost for edit in chosen)


def _edits(query: str, engine: Engine, analyser: Analyser) -> Iterator[Edit]:
    pieces = [piece for piece in typed(query) if not _is_pattern(piece)]
    corrected = 0
    for piece in pieces:
        vocabulary = _Vocabulary(engine, analyser, piece)
        for part in _PART.finditer(piece.text):
            word = _plain_word(part.group())
            start, stop = piece.start + part.start(), piece.start + part.end()
            if word and query.startswith(":", stop):
                yield from (Edit(start, stop, n, engine.articles, _EDIT) for n in _fields(word))
            if not word or corrected == _CORRECTED or not vocabulary.is_rare(word):
                continue
            corrected += 1
            for other, articles, cost in (*vocabulary.corrections(word), *vocabulary.splits(word)):
                yield Edit(start, stop, _cased(other, part.group()), articles, cost)
    for left, right in pairwise(pieces):
        if left.prefix == right.prefix and query[left.stop : right.start].isspace():
            yield from _joined(left, right, _Vocabulary(engine, analyser, left))


def _joined(left: Typed, right: Typed, vocabulary: _Vocabulary) -> Iterator[Edit]:
    """Yield the word that two words make, if it is far commoner than they are in a row."""
    words = words_of(left.text), words_of(right.text)
    if not all(len(each) == 1 and each[0].isalpha() for each in words):
        return
    (first,), (second,) = words
    count = vocabulary.count(first + second)
    # Where both are far commoner than what they make, that is the slip.
    least = min(vocabulary.count(first), vocabulary.count(second))
    if count and least <= _MORE * count and count > _MORE * vocabulary.in_a_row(first, second):
        text = _cased(first + second, left.text)
        yield Edit(left.start, right.stop, text, count, _EDIT)


class _Vocabulary:
    """The words of the fields that a piece of a query is looked up in."""

    def __init__(self, engine: Engine, analyser: Analyser, piece: Typed) -> None:
        self._engine, self._analyser = engine, analyser
        self._words = tuple(WORDS.get(field, field) for field in piece.fields)
        exact = piece.kind == "quote" or piece.text.startswith("=")
        self._stems = () if exact else tuple(f for f in piece.fields if f in STEMS)

    def count(self, word: str) -> int:
        """Return in how many articles ``word`` stands, in this form."""
        return max(self._engine.frequency(field, word) for field in self._words)

    def counts(self, words: Sequence[str]) -> list[int]:
        """Return the counts of several words, asked for at once; what only titles have is rare."""
        return self._engine.frequencies(self._words[-1], words)

    def articles(self, word: str) -> int:
        """Return how many articles the query finds by ``word``, in any form unless exact."""
        if not self._stems:
            return self.count(word)
        return max(
            self._engine.frequency(STEMS[field], stem)
            for field in self._stems
            for stem in self._analyser.stems(word)
        )

    def in_a_row(self, first: str, second: str) -> int:
        """Return in how many articles two words follow one another."""
        return self._engine.count(Phrase(self._words[-1], (first, second)))

    def is_rare(self, word: str) -> bool:
        """Say whether so few articles are found by ``word`` that it may be a slip."""
        return self.articles(word) <= _RARE

    def corrections(self, word: str) -> list[Candidate]:
        """Return the likeliest words that ``word`` could be a slip for, one of each stem."""
        own, others = self.articles(word), list(_one_edit(word))
        near = [
            (other, count, _EDIT + _FIRST_LETTER * (other[0] != word[0]))
            for other, count in zip(others, self.counts(others), strict=True)
            if count >= max(1, _MORE * own)
        ]
        if not own and len(word) >= _LONG and all(count <= _RARE for _, count, _ in near):
            near += self._two_edits(word)
        likeliest = sorted(near, key=lambda x: (-_score(x[1], x[2]), x[0]))[: 2 * _CHOICES]
        # Written from the last to the first, so that the likeliest of a stem stays.
        best = {self._analyser.stems(each[0]): each for each in reversed(likeliest)}
        return [each for each in likeliest if each in best.values()][:_CHOICES]

    def _two_edits(self, word: str) -> Iterator[Candidate]:
        head, tail = word[:2], word[2:]
        for other, count in self._engine.terms(self._words[-1], head, limit=_COMPARED):
            if count > _RARE and _may_be_two_edits(tail, other[2:]) and edits(tail, other[2:]) == 2:
                yield other, count, 2 * _EDIT

    def splits(self, word: str) -> Iterator[Candidate]:
        """Yield the two words that ``word`` could be, if articles have them in a row."""
        for at in range(3, len(word) - 2):
            first, second = word[:at], word[at:]
            if self.count(first) and self.count(second):
                count = self.in_a_row(first, second)
                if count > _MORE * self.count(word):
                    yield f"{first} {second}", count, _EDIT


def edits(left: str, right: str, /) -> int:
    """Return how many letters to add, leave out, change or swap with the next; none is met twice.

    >>> edits("cianjru", "cianjur"), edits("prabwo", "prabowo"), edits("gempa", "gaung")
    (1, 1, 4)
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        before, above, row = row, before, [i]
        for j, other in enumerate(right, start=1):
            least = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                least = min(least, above[j - 2] + 1)
            row.append(least)
    return row[-1]


def _fields(word: str) -> set[str]:
    """Return the prefixes of fields that ``word`` could be a slip for."""
    return {name for name in _PREFIXES if edits(word, name) == 1}


def _may_be_two_edits(left: str, right: str) -> bool:
    """Rule out, cheaply, nearly all words that are more than two edits away."""
    return abs(len(left) - len(right)) <= 2 and len(set(left) ^ set(right)) <= 4


def _one_edit(word: str) -> set[str]:
    """Return all that is one edit away from ``word``."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {a + b[1:] for a, b in cuts} | {a + b[1:2] + b[:1] + b[2:] for a, b in cuts}
    near |= {a + letter + b[skip:] for a, b in cuts for letter in _LETTERS for skip in (0, 1)}
    return near - {word}


def _plain_word(surface: str) -> str | None:
    """Return the folded word, if it can be misspelt: no figure, no long code, no stop word."""
    words = words_of(surface)
    if len(words) != 1 or not _SHORTEST <= len(words[0]) <= _LONGEST or not words[0].isalpha():
        return None
    return None if words[0] in stop_words() else words[0]


def _cased(text: str, like: str) -> str:
    # Never in capitals throughout: BUKAN would be an operator.
    return text.title() if like[:1].isupper() else text


def _is_pattern(piece: Typed) -> bool:
    return piece.kind == "word" and any(sign in piece.text for sign in "*?~")


def _is_function_word(piece: Typed) -> bool:
    words = words_of(piece.text)
    return piece.kind == "word" and all(w in stop_words() or w in question_words() for w in words)
