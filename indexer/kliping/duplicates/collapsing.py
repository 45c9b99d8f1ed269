"""One hit for each group of articles that say the same.

A group is shown by its earliest article that matches. By relevance it stands where its best match
would, by date where the article that is shown does. Pages are cut from the whole list, so they
neither repeat nor skip; a later page therefore walks the earlier ones, where an index has groups.
"""

from __future__ import annotations

from collections.abc import Iterable

from kliping.article import Article
from kliping.duplicates.groups import Groups
from kliping.engines import Engine, Sort
from kliping.engines.documents import plain
from kliping.query.clauses import Bool, Clause, Term
from kliping.values import Value


class Shown(Value):
    """A hit, and the ids of the other articles that it stands for."""

    score: float
    article: Article
    similar: tuple[str, ...] = ()


class Page(Value):
    """Hits, and the number of all: of groups that stand on later pages, each match counts."""

    total: int
    hits: tuple[Shown, ...]


def page(
    engine: Engine, groups: Groups, clause: Clause, /, *, limit: int, offset: int, sort: Sort
) -> Page:
    """Return ``limit`` hits from ``offset`` on, each group counted once; without groups, all."""
    if not groups:
        found = engine.search(clause, limit=limit, offset=offset, sort=sort)
        return Page(found.total, tuple(Shown(*hit) for hit in found.hits))
    walk = _Walk(engine, groups, clause, sort)
    walk.reach(offset + limit)
    return Page(walk.total, tuple(walk.shown[offset : offset + limit]))


class _Walk:
    """Walks matches from the first on, and keeps one for each group."""

    def __init__(self, engine: Engine, groups: Groups, clause: Clause, sort: Sort) -> None:
        self.shown: list[Shown] = []
        self.total = 0
        self._engine, self._groups, self._clause, self._sort = engine, groups, clause, sort
        # The article that stands for each group met so far, and the groups that are shown.
        self._standing: dict[tuple[str, ...], Article] = {}
        self._done: set[tuple[str, ...]] = set()

    def reach(self, wanted: int) -> None:
        """Walk until ``wanted`` hits are shown, or nothing is left."""
        matches, walked, copies, step = 1, 0, 0, wanted
        while len(self.shown) < wanted and walked < matches:
            found = self._engine.search(self._clause, limit=step, offset=walked, sort=self._sort)
            matches = found.total
            copies += self._meet(article.id for _, article in found.hits)
            for score, article in found.hits:
                self._show(score, article)
            walked += step
            step = max(2 * step, 50)
        self.total = matches - copies

    def _meet(self, ids: Iterable[str]) -> int:
        """Find what stands for each new group; return how many other matches it stands for."""
        new = {self._groups[each] for each in ids if each in self._groups} - self._standing.keys()
        if not new:
            return 0
        matching = self._matching(article_id for group in new for article_id in group)
        for group in new:
            first = next((each for each in group if each in matching), None)
            if first is not None:
                self._standing[group] = matching[first]
        return len(matching) - len(new)

    def _matching(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return those of the articles that match."""
        terms = tuple(Term("id", plain(each)) for each in ids)
        clause = Bool(must=(self._clause,), filter=(Bool(should=terms),))
        found = self._engine.search(clause, limit=len(terms))
        return {article.id: article for _, article in found.hits}

    def _show(self, score: float, article: Article) -> None:
        group = self._groups.get(article.id)
        if group is None:
            self.shown.append(Shown(score, article))
            return
        standing = self._standing.get(group, article)
        here = self._sort == "relevance" or standing.id == article.id
        if here and group not in self._done:
            self._done.add(group)
            similar = tuple(each for each in group if each != standing.id)
            self.shown.append(Shown(score, standing, similar))
