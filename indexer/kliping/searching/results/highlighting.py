"""Which words of a text does the query match? Found without analysing the whole text.

A root survives affixation whole, but for a first c, k, p, s or t (*tewas*, *me-newas-kan*). So
every inflection of a stem contains its *trace*, the root or the root without its first letter: the
text is searched for the traces, and only the words around them are stemmed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from itertools import pairwise
from typing import NamedTuple

from kliping.analysis import Analyser
from kliping.analysis.folding import INSIDE, in_word
from kliping.analysis.tokens import CHUNK, PART, words_of
from kliping.query import tree
from kliping.query.planner import content, fold_pattern, usual_distance
from kliping.searching.results.hits import Spans
from kliping.values import Value

_CHUNK = re.compile(CHUNK)
_PART = re.compile(PART)
_SPACE = re.compile(rb" ")
_WILD = re.compile(r"[*?]")
_RUN = re.compile(rf"(?:[^\W_]|[{INSIDE}])*")
# Characters that folding changes within a word: a trace cannot be found across them. Once among
# characters, once among the first bytes of what UTF-8 writes with several.
_UNPLAIN = re.compile(r"[^\x00-\x7f“”–—…]+|'")
_UNPLAIN_BYTES = re.compile(rb"[\xc2-\xf4'](?<!\xe2(?=\x80[\x93\x94\x9c\x9d\xa6]))")
_PUNCTUATION = [sign.encode() for sign in "“”–—…"]
_new = tuple.__new__  # half the time of a named tuple's own constructor


class Match(NamedTuple):
    """A matched stretch of text and the number of the query word (or phrase) it matches."""

    start: int
    stop: int
    term: int


class Lit(NamedTuple):
    """Where an article has what a query asks for: [start, stop) in characters, ascending."""

    title: Spans
    body: Spans


class _Wanted:
    """What to light in one field. Values number the query's words, so they can be told apart."""

    def __init__(self) -> None:
        self.stems: dict[str, int] = {}
        self.words: dict[str, int] = {}
        self.phrases: dict[tuple[str, ...], int] = {}
        self.capitals: dict[str, int] = {}
        self.tests: list[tuple[Callable[[str], object], int]] = []
        self.fragments: set[str] = set()  # what fits a test has one of them; with "", any word may
        # What stands between two spaces, and its matches: the same words come again and again.
        self.traces: tuple[bytes, ...] | None = None
        self.known: dict[bytes, tuple[Match, ...]] = {}


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
        # Bytes, since lower-casing a text outside ASCII takes longer than all the rest.
        raw = text.encode("utf-8", "replace")
        lower = raw.lower()
        found = self._words(raw, lower, wanted, is_ascii=len(raw) == len(text))
        phrases = [*_phrases(text, lower, wanted.phrases)] if wanted.phrases else ()
        if not phrases:
            return found
        return list(_disjoint(sorted([*phrases, *found], key=lambda m: (m.start, -m.stop))))

    def lit(self, title: str, body: str, /) -> Lit:
        """Return the spans of the matches in a title and a body."""
        found = self.matches(title, field="title"), self.matches(body, field="body")
        return Lit(*(tuple((match.start, match.stop) for match in each) for each in found))

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
                for token in self._analyser.typed(text):
                    if len(token.stems) == 1:
                        wanted.stems.setdefault(token.stems[0], number)
                    else:
                        _exactly(token.words, number, wanted)
            case tree.Word(text):
                for token in self._analyser.typed(text):
                    _exactly(token.words, number, wanted)
            case tree.Pattern(text):
                for part in fold_pattern(text):
                    wanted.tests.append((re.compile(translate(part)).match, number))
                    wanted.fragments.add(max(_WILD.split(part), key=len))
            case tree.Fuzzy(text, distance):
                for word in words_of(text):
                    allowed = usual_distance(word) if distance is None else distance
                    wanted.tests.append((_Within(word, allowed), number))
                    wanted.fragments.update(_parted(word, allowed + 1))

    def _words(self, raw: bytes, lower: bytes, wanted: _Wanted, *, is_ascii: bool) -> list[Match]:
        """Return the matching words of a text, in characters, ascending and disjoint."""
        anywhere = "" in wanted.fragments
        starts = _spaced(raw) if anywhere else _stretches(lower, self._traces(wanted))
        found: list[Match] = []
        known = wanted.known
        seen = characters = 0
        for start in sorted(starts):
            stop = raw.find(b" ", start)
            stretch = raw[start:stop] if stop >= 0 else raw[start:]
            matches = known.get(stretch)
            if matches is None:
                matches = known[stretch] = self._look(stretch.decode(), wanted)
            if matches:
                characters += start - seen if is_ascii else len(raw[seen:start].decode())
                seen = start
                for a, b, term in matches:
                    found.append(_new(Match, (characters + a, characters + b, term)))
        return found

    def _traces(self, wanted: _Wanted) -> tuple[bytes, ...]:
        """Return what every match contains one of, as bytes in lower case."""
        if wanted.traces is None:
            traces = {t for stem in wanted.stems for t in self._analyser.traces(stem)}
            traces.update(wanted.words, wanted.fragments, map(str.lower, wanted.capitals))
            wanted.traces = tuple([trace.encode() for trace in traces])
        return wanted.traces

    def _look(self, stretch: str, wanted: _Wanted) -> tuple[Match, ...]:
        """Return the matches among all words of ``stretch``, the longest where some overlap."""
        matches = []
        for part in self._analyser.parts(stretch):
            number = wanted.stems.get(part.stem)
            if number is None and part.word is not None:
                number = _number(part.word, part.surface, wanted)
            if number is not None:
                matches.append(Match(part.start, part.stop, number))
        return tuple(_disjoint(matches)) if matches else ()


def _number(word: str, surface: str, wanted: _Wanted) -> int | None:
    """Return the number of what in the query asks for this form, if anything does."""
    number = wanted.words.get(word)
    if number is None and wanted.capitals:
        number = wanted.capitals.get(surface)
    if number is None and wanted.tests:
        number = next((found for test, found in wanted.tests if test(word)), None)
    return number


def _parted(word: str, number: int) -> Iterator[str]:
    """Yield so many parts of a word: with fewer edits than parts, one of them is left as it is.

    >>> list(_parted("gempa", 2)), list(_parted("ya", 3))
    (['ge', 'mpa'], ['', 'y', 'a'])
    """
    ends = [len(word) * n // number for n in range(number + 1)]
    return (word[start:stop] for start, stop in pairwise(ends))


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


def _stretches(lower: bytes, traces: tuple[bytes, ...]) -> set[int]:
    """Return where what stands between two spaces begins, if it may have a trace, once folded."""
    starts: set[int] = set()
    for trace in traces:
        at = lower.find(trace)
        while at >= 0:
            starts.add(lower.rfind(b" ", 0, at) + 1)
            space = lower.find(b" ", at)
            at = lower.find(trace, space) if space >= 0 else -1
    if traces and not _is_plain(lower):
        for unplain in _UNPLAIN_BYTES.finditer(lower):
            starts.add(lower.rfind(b" ", 0, unplain.start()) + 1)
    return starts


def _is_plain(text: bytes) -> bool:
    """Say whether folding changes no word of ``text``: nearly always, and quickly found."""
    if not text.isascii():
        for sign in _PUNCTUATION:
            text = text.replace(sign, b"")
    return text.isascii() and b"'" not in text


def _spaced(raw: bytes) -> list[int]:
    """Return where everything that stands between two spaces begins."""
    return [0, *(space.end() for space in _SPACE.finditer(raw))]


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


def _phrases(text: str, lower: bytes, phrases: dict[tuple[str, ...], int]) -> Iterator[Match]:
    """Yield the phrases in ``text``, in any order."""
    is_plain = _is_plain(lower)
    for phrase, number in phrases.items():
        if is_plain and not all(word.encode() in lower for word in phrase):
            continue
        for start, stop in _chunks_with(text, {phrase[0]}):
            for part in _PART.finditer(text, start, stop):
                if last := _phrase_end(text, part.start(), phrase):
                    yield Match(part.start(), last, number)


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
