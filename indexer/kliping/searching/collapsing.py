"""One hit for each group of articles that say the same.

A group is shown by its earliest article that matches. By relevance it stands where its best match
would, by date where the article that is shown does. Pages are cut from the whole list, so they
neither repeat nor skip; a later page therefore walks the earlier ones, where an index has groups
or where the page is what earlier ones have not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from kliping.article import Article
from kliping.engines import Engine, Sort, Weigh
from kliping.engines.documents import plain
from kliping.query.clauses import Bool, Clause, Term
from kliping.values import Value

# Id → the ids of all its group, the earliest published first.
Groups = Mapping[str, tuple[str, ...]]


class Shown(Value):
    """A hit, and the ids of the other articles that it stands for.

    ``scored`` is the id of the one whose score it has, where that may be another.
    """

    score: float
    article: Article
    similar: tuple[str, ...] = ()
    scored: str | None = None


class Page(Value):
    """Hits, and the number of all: of groups that stand on later pages, each match counts.

    ``copies`` are the matches, up to this page, that hits stand for; ``more`` says whether any
    match is left to be walked, and ``at_least`` whether there may be more than ``total``.
    """

    total: int
    hits: tuple[Shown, ...]
    more: bool = False
    copies: tuple[str, ...] = ()
    at_least: bool = False


def page(
    engine: Engine,
    groups: Groups,
    clause: Clause,
    /,
    *,
    limit: int,
    offset: int = 0,
    sort: Sort = "relevance",
    weigh: Weigh | None = None,
    seen: Collection[object] = (),
) -> Page:
    """Return ``limit`` hits from ``offset`` on, each group counted once; without groups, all.

    Ids that were ``seen``, and with them all their groups, are passed over, but counted.
    """
    if not (groups or seen):
        found = engine.search(clause, limit=limit, offset=offset, sort=sort, weigh=weigh)
        hits = tuple(Shown(*hit) for hit in found.hits)
        more = found.total > offset + limit or (found.at_least and len(hits) == limit)
        return Page(found.total, hits, more, at_least=found.at_least)
    walk = _Walk(engine, groups, clause, sort, weigh, seen)
    walk.reach(offset + limit)
    hits = tuple(walk.shown[offset : offset + limit])
    more = walk.left or len(walk.shown) > offset + limit
    return Page(walk.total, hits, more, tuple(walk.copies), walk.at_least)


class _Walk:
    """Walks matches from the first on, and keeps one for each group."""

    def __init__(
        self,
        engine: Engine,
        groups: Groups,
        clause: Clause,
        sort: Sort,
        weigh: Weigh | None,
        seen: Collection[object],
    ) -> None:
        self.shown: list[Shown] = []
        self.copies: list[str] = []
        self.total = 0
        self.at_least = False
        self.left = True
        self._engine, self._clause = engine, clause
        self._sort, self._weigh, self._seen = sort, weigh, seen
        self._group = cache(groups.get)  # asked for each hit twice
        # The article that stands for each group met so far, and the groups that are shown.
        self._standing: dict[tuple[str, ...], Article] = {}
        self._done: set[tuple[str, ...]] = set()

    def reach(self, wanted: int) -> None:
        """Walk until ``wanted`` hits are shown, or nothing is left."""
        total, walked, step = 0, 0, wanted + len(self._seen)
        while len(self.shown) < wanted and self.left:
            found = self._engine.search(
                self._clause, limit=step, offset=walked, sort=self._sort, weigh=self._weigh
            )
            total, self.at_least = found.total, found.at_least
            self._meet(article.id for _, article in found.hits)
            for score, article in found.hits:
                self._show(score, article)
            walked += step
            self.left = walked < total or (self.at_least and len(found.hits) == step)
            step *= 2
        self.total = total if self.at_least else total - len(self.copies)

    def _meet(self, ids: Iterable[str]) -> None:
        """Find what stands for each new group, and the other matches that it stands for."""
        new = {group for each in ids if (group := self._group(each))} - self._standing.keys()
        if not new:
            return
        matching = self._matching(article_id for group in new for article_id in group)
        for group in new:
            present = [each for each in group if each in matching]
            if present:
                self._standing[group] = matching[present[0]]
                self.copies += present[1:]

    def _matching(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return those of the articles that match."""
        terms = tuple(Term("id", plain(each)) for each in ids)
        clause = Bool(filter=(self._clause, Bool(should=terms)))
        found = self._engine.search(clause, limit=len(terms))
        return {article.id: article for _, article in found.hits}

    def _show(self, score: float, article: Article) -> None:
        group = self._group(article.id)
        if group is None:
            if article.id not in self._seen:
                self.shown.append(Shown(score, article))
            return
        standing = self._standing.get(group, article)
        here = self._sort == "relevance" or standing.id == article.id
        if here and group not in self._done:
            self._done.add(group)
            if not any(each in self._seen for each in group):
                similar = tuple(each for each in group if each != standing.id)
                self.shown.append(Shown(score, standing, similar, article.id))
