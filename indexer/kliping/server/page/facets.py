"""What narrows a search: the values that its matches have, and those that are chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kliping.analysis.tokens import words_of
from kliping.server.page.question import NAMED, Question
from kliping.server.page.words import Words

Counts = Mapping[str, Mapping[str, int]]
# Values that are shown at once, and those that unfold behind them.
SHOWN, UNFOLDED = 6, 40
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: where choosing it, or no longer choosing it, leads.

    What has no word in it, or is too long, cannot be looked for, and has no address. What was
    chosen by hand, by a part of a name, has no count of its own.
    """

    text: str
    count: int | None
    address: str | None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet and its values, the commonest first; those beyond ``SHOWN`` unfold.

    ``more`` counts those that are not listed.
    """

    name: str
    values: tuple[Value, ...]
    more: int = 0

    @property
    def first(self) -> tuple[Value, ...]:
        """The values that are shown at once."""
        return self.values[:SHOWN]

    @property
    def rest(self) -> tuple[Value, ...]:
        """The values that unfold."""
        return self.values[SHOWN:]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the address without it."""

    name: str
    text: str
    address: str


def facets(counts: Counts, question: Question, /) -> tuple[Facet, ...]:
    """Return the facets that have something to choose: names, then years, the latest first."""
    found = [_facet(name, counts.get(name, {}), question) for name in NAMED]
    years = sorted(counts.get("year", {}).items(), reverse=True)
    found.append(Facet("year", tuple(_year(year, count, question) for year, count in years)))
    return tuple(facet for facet in found if facet.values)


def chips(question: Question, words: Words, /) -> tuple[Chip, ...]:
    """Return the filters in use, each with the address without it."""
    return tuple(_chips(question, words))


def _facet(name: str, counts: Mapping[str, int], question: Question) -> Facet:
    values = tuple(_values(name, counts, question))
    return Facet(name, values, max(0, len(counts) - len(values)))


def _values(name: str, counts: Mapping[str, int], question: Question) -> Iterator[Value]:
    chosen: tuple[str, ...] = getattr(question, name)
    known = {_same(text): count for text, count in counts.items()}
    for text in chosen:
        address = question.toggled(name, text).address()
        yield Value(text, known.pop(_same(text), None), address, chosen=True)
    others = ((text, count) for text, count in counts.items() if _same(text) in known)
    for text, count in islice(others, UNFOLDED):
        possible = len(text) <= LONGEST_NAME and words_of(text)
        yield Value(text, count, question.toggled(name, text).address() if possible else None)


def _same(text: str) -> str:
    """Return what all spellings of a name have in common, as facets count them."""
    return " ".join(text.split()).casefold()


def _year(year: str, count: int, question: Question) -> Value:
    chosen = question.since == question.until == year
    ends = (None, None) if chosen else (year, year)
    address = question.changed(since=ends[0], until=ends[1]).address()
    return Value(year, count, address, chosen)


def _chips(question: Question, words: Words) -> Iterator[Chip]:
    for name in NAMED:
        for text in getattr(question, name):
            yield Chip(words(name), text, question.toggled(name, text).address())
    if question.since or question.until:
        text = words.period(question.since, question.until)
        yield Chip(words("period"), text, question.changed(since=None, until=None).address())
    if question.all:
        yield Chip("", words("copies_shown"), question.changed(all=False).address())
    if question.match != "auto":
        address = question.changed(match="auto").address()
        yield Chip("", words(f"match_{question.match}"), address)
