"""Several indexes read as one, whatever engines keep them.

BM25 weighs a word by how rare it is in its own index, so scores of two indexes do not compare. Each
index is therefore asked with its words' boosts changed such that they weigh what they would in all
of them together: then one list may be merged of their answers. What remains of the difference is
the mean length of articles, which each index has of its own.

An id names one article: where several indexes hold it, the best match of them is shown, once.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Self, TypeVar

from kliping.article import Article
from kliping.engines.base import Engine, Found, Sort, Weigh
from kliping.query.clauses import Bool, Clause, Phrase, Term
from kliping.query.rarity import idf

_FEW = 100  # matches are all looked at, so that what several indexes hold counts once
Hit = TypeVar("Hit")


class Several:
    """The reading half of an engine, over those of several indexes."""

    def __init__(self, engines: Sequence[Engine], /) -> None:
        self._engines = tuple(engines)
        self._rarities: dict[tuple[int, str, str], tuple[float, float]] = {}

    def pinned(self) -> Self:
        """Return this: its engines keep to one commit each."""
        return self

    def search(
        self,
        clause: Clause,
        /,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        weigh: Weigh | None = None,
    ) -> Found:
        """Return the best matches of all."""
        clauses = [self._fair(clause, number) for number in range(len(self._engines))]
        founds: list[Found] = []

        def ask(most: int) -> list[Sequence[tuple[float, Article]]]:
            founds[:] = [
                engine.search(each, limit=most, sort=sort, weigh=weigh)
                for engine, each in zip(self._engines, clauses, strict=True)
            ]
            return [found.hits for found in founds]

        wanted = offset + limit
        hits, again = _best(ask, _ORDERS[sort], _id, wanted)
        if wanted < sum(found.total for found in founds) <= _FEW:
            again = _best(ask, _ORDERS[sort], _id, _FEW)[1]
        total = sum(found.total for found in founds) - again
        return Found(total, tuple(hits[offset:wanted]), any(found.at_least for found in founds))

    def rank(self, clause: Clause, /, *, limit: int) -> list[tuple[float, str]]:
        """Return scores and ids of the best of all."""
        clauses = [self._fair(clause, number) for number in range(len(self._engines))]

        def ask(most: int) -> list[Sequence[tuple[float, str]]]:
            pairs = zip(self._engines, clauses, strict=True)
            return [engine.rank(each, limit=most) for engine, each in pairs]

        return _best(ask, lambda hit: -hit[0], lambda hit: hit[1], limit)[0]

    def count(self, clause: Clause, /) -> int:
        """Return the number of matches; what several hold counts in each."""
        return sum(engine.count(clause) for engine in self._engines)

    def fetch(self, article_id: str, /) -> Article | None:
        """Return the article with this id, of the first index that has it."""
        found = (engine.fetch(article_id) for engine in self._engines)
        return next(filter(None, found), None)

    def every(self) -> Iterator[Article]:
        """Yield all articles, index by index."""
        return chain.from_iterable(engine.every() for engine in self._engines)

    def facets(self, clause: Clause, names: Iterable[str], /) -> Mapping[str, Mapping[str, int]]:
        """Add up the counts."""
        wanted = list(names)
        counts: dict[str, Counter[str]] = {name: Counter() for name in wanted}
        for engine in self._engines:
            for name, found in engine.facets(clause, wanted).items():
                counts[name].update(found)
        return {name: dict(counter.most_common()) for name, counter in counts.items()}

    def terms(self, field: str, prefix: str, /, *, limit: int) -> list[tuple[str, int]]:
        """Return the commonest of the terms that are commonest in any."""
        found = (engine.terms(field, prefix, limit=limit) for engine in self._engines)
        terms = {term for pairs in found for term, _ in pairs}
        counts = [(term, self.frequency(field, term)) for term in terms]
        return heapq.nsmallest(limit, counts, key=lambda pair: (-pair[1], pair[0]))

    def frequency(self, field: str, term: str, /) -> int:
        """Return in how many articles of all ``field`` has ``term``."""
        return sum(engine.frequency(field, term) for engine in self._engines)

    def frequencies(self, field: str, terms: Sequence[str], /) -> list[int]:
        """Return in how many articles of all ``field`` has each of ``terms``."""
        found = [engine.frequencies(field, terms) for engine in self._engines]
        return [sum(counts) for counts in zip(*found, strict=True)]

    @property
    def articles(self) -> int:
        """The number of articles; what several hold counts in each."""
        return sum(engine.articles for engine in self._engines)

    def _fair(self, clause: Clause, number: int) -> Clause:
        """Return a clause for one engine such that its words weigh what they do in all."""
        match clause:
            case Bool(must, should, must_not, filter_):
                musts = tuple(self._fair(each, number) for each in must)
                shoulds = tuple(self._fair(each, number) for each in should)
                return Bool(musts, shoulds, must_not, filter_)
            case Term(field, text, boost):
                return Term(field, text, boost * self._weight(number, field, (text,)))
            case Phrase(field, texts, slop, boost):
                return Phrase(field, texts, slop, boost * self._weight(number, field, texts))
        return clause

    def _weight(self, number: int, field: str, texts: tuple[str, ...]) -> float:
        """Return how much rarer terms are in all than in one; of a phrase, their sum counts."""
        pairs = [self._rarity(number, field, text) for text in texts]
        return sum(there for _, there in pairs) / sum(here for here, _ in pairs) if pairs else 1.0

    def _rarity(self, number: int, field: str, text: str) -> tuple[float, float]:
        """Return the inverse document frequency of a term in one index, and in all."""
        key = number, field, text
        if key not in self._rarities:
            engine = self._engines[number]
            here = idf(engine.articles, engine.frequency(field, text))
            self._rarities[key] = here, idf(self.articles, self.frequency(field, text))
        return self._rarities[key]


def _id(hit: tuple[float, Article]) -> str:
    return hit[1].id


def _newest(hit: tuple[float, Article]) -> tuple[bool, float]:
    moment = hit[1].published
    return moment is None, -int(moment.timestamp()) if moment else 0


def _oldest(hit: tuple[float, Article]) -> tuple[bool, float]:
    moment = hit[1].published
    return moment is None, int(moment.timestamp()) if moment else 0


def _by_score(hit: tuple[float, Article]) -> tuple[bool, float]:
    return False, -hit[0]


_ORDERS: Mapping[Sort, Callable[[tuple[float, Article]], tuple[bool, float]]] = {
    "relevance": _by_score, "newest": _newest, "oldest": _oldest,
}  # fmt: skip


def _best(
    ask: Callable[[int], Sequence[Sequence[Hit]]],
    order: Callable[[Hit], object],
    name: Callable[[Hit], str],
    wanted: int,
) -> tuple[list[Hit], int]:
    """Return the best hits of several lists, each name once, and how often any came again.

    Of lists with so many hits each, only as many of the merged ones are sure to be its best.
    """
    most = wanted
    while True:
        lists = ask(most)
        is_all = all(len(hits) < most for hits in lists)
        merged = sorted(chain.from_iterable(lists), key=order)  # type: ignore[arg-type]
        sure = merged if is_all else merged[:most]
        once: dict[str, Hit] = {}
        for hit in sure:
            once.setdefault(name(hit), hit)
        if is_all or len(once) >= wanted:
            return list(once.values())[:wanted], len(merged) - len(set(map(name, merged)))
        most *= 2
