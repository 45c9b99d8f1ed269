"""What a page of results shows: the model of ``search.html``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kliping.index import Index
from kliping.searching.request import browses
from kliping.searching.results import Results
from kliping.server.page.facets import Chip, Counts, Facet, chips, facets
from kliping.server.page.histogram import Bar, bars
from kliping.server.page.hits import ShownHit, shown
from kliping.server.page.messages import Told, told
from kliping.server.page.question import MOST_PAGES, NAMED, PER_PAGE, Question
from kliping.server.page.words import Words


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of results.

    ``bars`` pairs each bar with the address of its period. ``offered`` pairs other spellings, and
    ``alone`` the words of the query by themselves, with their addresses. ``pages`` counts those
    that can be opened, ``unfiltered`` what was found without filters where with them nothing is.
    """

    results: Results
    notes: tuple[Told, ...]
    hits: tuple[ShownHit, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    bars: tuple[tuple[Bar, str], ...]
    offered: tuple[tuple[str, str], ...]
    alone: tuple[tuple[str, str, int], ...]
    pages: int
    browsing: bool
    unfiltered: int
    nothing_at_all: bool

    @property
    def partly(self) -> int:
        """How many matches have only some of the words."""
        return self.results.total - (self.results.with_all or 0)

    @property
    def beyond(self) -> bool:
        """Whether there are more matches than can be opened."""
        return self.results.total > MOST_PAGES * PER_PAGE


def listing(index: Index, question: Question, words: Words, /) -> Listing:
    """Search, and return what the page shows of it.

    Raises:
        QueryError: the question says what cannot be meant.
    """
    results = index.search(question.q, **question.options(), facets=True)
    full = -(-results.total // PER_PAGE)
    counts = {**results.facets, **_others(index, question)}
    return Listing(
        results=results,
        notes=tuple(told(note, words) for note in results.notes),
        hits=tuple(shown(index, results.hits, question)),
        facets=facets(counts, question),
        chips=chips(question, words),
        bars=tuple(_bars(results.facets, question)),
        offered=tuple((each, question.changed(q=each).address()) for each in results.suggestions),
        alone=tuple(
            (word, question.changed(q=word).address(), count)
            for word, count in results.word_counts.items()
        ),
        pages=max(1, min(full, MOST_PAGES)),
        browsing=browses(question.q),
        unfiltered=_unfiltered(index, question) if not results.total else 0,
        nothing_at_all=not results.total and not len(index),
    )


def _others(index: Index, question: Question) -> Counts:
    """Return what could be chosen beside what is, by facet: the counts without its own filter."""
    counts: dict[str, Mapping[str, int]] = {}
    for name in NAMED:
        if getattr(question, name):
            wider = question.changed(**{name: ()})
            counts[name] = _counted(index, wider).get(name, {})
    if question.since or question.until:
        wider = question.changed(since=None, until=None)
        counts["year"] = _counted(index, wider).get("year", {})
    return counts


def _unfiltered(index: Index, question: Question) -> int:
    if not question.is_filtered:
        return 0
    wider = question.unfiltered()
    return index.search(wider.q, **wider.options() | {"limit": 1, "suggest": False}).total


def _counted(index: Index, question: Question) -> Counts:
    options = question.options() | {"limit": 1, "suggest": False}
    return index.search(question.q, **options, facets=True).facets


def _bars(counts: Counts, question: Question) -> list[tuple[Bar, str]]:
    return [
        (bar, question.changed(since=bar.since, until=bar.until).address()) for bar in bars(counts)
    ]
