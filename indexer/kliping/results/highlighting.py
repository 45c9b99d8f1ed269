"""Which words of a text does the query match? Found without analysing the whole text.

A root survives affixation whole, but for a first k, p, s or t (*tewas*, *me-newas-kan*). So every
inflection of a stem contains its *trace*, the root or the root without its first letter: the text
is searched for the traces, and only the words around them are stemmed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from typing import NamedTuple

from kliping.analysis import Analyser, Part
from kliping.analysis.folding import INSIDE, in_word
from kliping.analysis.tokens import CHUNK, PART, tokens, words_of
from kliping.query import tree
from kliping.query.planner import content, fold_pattern, usual_distance
from kliping.values import Value

_CHUNK = re.compile(CHUNK)
_PART = re.compile(PART)
_RUN = re.compile(rf"(?:[^\W_]|[{INSIDE}])*")
# Characters that folding changes within a word: a trace cannot be found across them.
_UNPLAIN = re.compile(r"[^\x00-\x7f“”–—…]+|'")


class Match(NamedTuple):
    """A matched stretch of text and the number of the query word (or phrase) it matches."""

    start: int
    stop: int
    term: int


class _Wanted:
    """What to light in one field. Values number the query's words, so they can be told apart."""

    def __init__(self) -> None:
        self.stems: dict[str, int] = {}
        self.words: dict[str, int] = {}
        self.phrases: dict[tuple[str, ...], int] = {}
        self.capitals: dict[str, int] = {}
        self.tests: list[tuple[Callable[[str], object], int]] = []


class Highlighter:
    """Finds what one query matches in titles and bodies.

    Args:
        query: the parsed query; what it excludes, and its dates and names, light nothing.
        analyser: the one the index was made with.
    """

    def __init__(self, query: tree.Query, analyser: Analyser, /) -> None:
        self._analyser = analyser
        self._count = 0
        self._fields = {"title": _Wanted(), "body": _Wanted()}
        self._collect(query.root, tuple(self._fields))

    def matches(self, text: str, /, *, field: str) -> list[Match]:
        """Return the matches in ``text``, ascending and disjoint; ``field`` is title or body."""
        wanted = self._fields[field]
        found = [*self._phrases(text, wanted.phrases), *self._words(text, wanted)]
        return list(_disjoint(sorted(found, key=lambda m: (m.start, -m.stop))))

    def _collect(self, node: tree.Node, fields: tuple[str, ...]) -> None:
        match node:
            case tree.Words(nodes) | tree.All(nodes):
                for each in content(nodes):
                    self._collect(each, fields)
            case tree.Any(nodes):
                for each in nodes:
                    self._collect(each, fields)
            case tree.Alternatives(inner, others):
                for each in (inner, *others):
                    self._collect(each, fields)
            case tree.Capitals(text):
                for name in fields:
                    self._fields[name].capitals.setdefault(text, self._count)
                self._count += 1
            case tree.Must(inner) | tree.Boost(inner, _):
                self._collect(inner, fields)
            case tree.In(name, inner):
                self._collect(inner, tuple(f for f in self._fields if f == name))
            case tree.Word() | tree.Phrase() | tree.Pattern() | tree.Fuzzy():
                for name in fields:
                    self._leaf(node, self._fields[name])
                self._count += 1

    def _leaf(
        self, node: tree.Word | tree.Phrase | tree.Pattern | tree.Fuzzy, wanted: _Wanted
    ) -> None:
        number = self._count
        match node:
            case tree.Phrase(text, None):
                _exactly(words_of(text), number, wanted)
            case tree.Phrase(text) | tree.Word(text, False):
                for token in tokens(text):
                    self._word(token.surface, token.words, wanted)
            case tree.Word(text):
                for token in tokens(text):
                    _exactly(token.words, number, wanted)
            case tree.Pattern(text):
                for part in fold_pattern(text):
                    wanted.tests.append((re.compile(translate(part)).match, number))
            case tree.Fuzzy(text, distance):
                for word in words_of(text):
                    allowed = usual_distance(word) if distance is None else distance
                    wanted.tests.append((_Within(word, allowed), number))

    def _word(self, surface: str, words: tuple[str, ...], wanted: _Wanted) -> None:
        stems = self._analyser.stems(surface)
        if len(stems) == 1:
            wanted.stems.setdefault(stems[0], self._count)
        else:
            _exactly(words, self._count, wanted)

    def _words(self, text: str, wanted: _Wanted) -> Iterator[Match]:
        """Yield the matching words of ``text``, in any order."""
        if wanted.tests:
            yield from self._between(text, wanted)
            return
        traces = {t for stem in wanted.stems for t in self._analyser.traces(stem)}
        traces.update(wanted.words, map(str.lower, wanted.capitals))
        parts = self._analyser.parts
        for start, stop in _stretches(text, traces):
            for part in parts(text[start:stop]):
                if (number := _number(part, wanted)) is not None:
                    yield Match(start + part.start, start + part.stop, number)

    def _between(self, text: str, wanted: _Wanted) -> Iterator[Match]:
        """Yield the matches among all words of ``text``."""
        for part in self._analyser.parts(text):
            if (number := _number(part, wanted)) is not None:
                yield Match(part.start, part.stop, number)

    @staticmethod
    def _phrases(text: str, phrases: dict[tuple[str, ...], int]) -> Iterator[Match]:
        for phrase, number in phrases.items():
            for start, stop in _chunks_with(text, {phrase[0]}):
                for part in _PART.finditer(text, start, stop):
                    if last := _phrase_end(text, part.start(), phrase):
                        yield Match(part.start(), last, number)


def _number(part: Part, wanted: _Wanted) -> int | None:
    """Return the number of the query word that ``part`` matches, if one does."""
    number = wanted.stems.get(part.stem)
    if number is None and part.word is not None:
        number = wanted.words.get(part.word)
        if number is None and wanted.capitals:
            number = wanted.capitals.get(part.surface)
        if number is None and wanted.tests:
            number = next((found for test, found in wanted.tests if test(part.word)), None)
    return number


def _exactly(words: tuple[str, ...], number: int, wanted: _Wanted) -> None:
    if len(words) == 1:
        wanted.words.setdefault(words[0], number)
    elif words:
        wanted.phrases.setdefault(words, number)


def _lower(text: str) -> str:
    """Lower-case ``text`` without moving any character (İ has two in lower case)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _stretches(text: str, traces: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield what stands between two spaces and contains a trace, or may, once folded; each once."""
    lower = _lower(text)
    seen: set[int] = set()
    for trace in traces:
        position = lower.find(trace)
        while position >= 0:
            start, stop = _stretch(text, position)
            if start not in seen:
                seen.add(start)
                yield start, stop
            position = lower.find(trace, stop)
    if traces and ("'" in lower or not lower.isascii()):
        for unplain in _UNPLAIN.finditer(lower):
            start, stop = _stretch(text, unplain.start())
            if start not in seen:
                seen.add(start)
                yield start, stop


def _stretch(text: str, position: int) -> tuple[int, int]:
    stop = text.find(" ", position)
    return text.rfind(" ", 0, position) + 1, stop if stop >= 0 else len(text)


def _chunks_with(text: str, traces: Iterable[str]) -> set[tuple[int, int]]:
    """Return the chunks of ``text`` that contain a trace, and those that may, once folded."""
    lower = _lower(text)
    spans = {span for trace in traces for span in _around(text, _occurrences(lower, trace))}
    unplain = (m.start() for m in _UNPLAIN.finditer(lower) if in_word(lower[m.start()]))
    return spans.union(_around(text, unplain)) if traces else spans


def _occurrences(lower: str, trace: str) -> Iterator[int]:
    position = lower.find(trace)
    while position >= 0:
        yield position
        position = lower.find(trace, position + 1)


def _around(text: str, positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the span of the chunk at each of ascending ``positions``, once, in linear time."""
    floor = 0
    for position in positions:
        if position < floor:
            continue
        start = position
        while start > floor and in_word(text[start - 1]):
            start -= 1
        run = _RUN.match(text, position)
        floor = max(run.end() if run else 0, position + 1)
        if chunk := _CHUNK.search(text, start, floor):
            yield chunk.span()


def _phrase_end(text: str, start: int, phrase: tuple[str, ...]) -> int | None:
    """Return where ``phrase`` ends if it begins with the word at ``start``."""
    found = 0
    for part in _PART.finditer(text, start):
        for word in words_of(part.group()):
            if found == len(phrase) or word != phrase[found]:
                return None
            found += 1
        if found == len(phrase):
            return part.end()
    return None


def _disjoint(matches: list[Match]) -> Iterator[Match]:
    stop = -1
    for match in matches:
        if match.start >= stop:
            yield match
            stop = match.stop


class _Within(Value):
    """Says whether a word is within an edit distance (insertions, deletions, replacements)."""

    word: str
    distance: int

    def __call__(self, other: str) -> bool:
        if abs(len(other) - len(self.word)) > self.distance:
            return False
        row = list(range(len(other) + 1))
        for i, mine in enumerate(self.word, 1):
            previous, row = row, [i]
            for j, theirs in enumerate(other, 1):
                row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (mine != theirs)))
            if min(row) > self.distance:
                return False
        return row[-1] <= self.distance
