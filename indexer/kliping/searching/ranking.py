"""Which articles match, and in what order: all words first, then most of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from kliping.query import Asked, Match, Query
from kliping.query.clauses import Bool, Clause, Constant, DateRange, Everything, Exists, Nothing
from kliping.query.filters import narrowed
from kliping.query.most import Part
from kliping.query.weights import DECIDING
from kliping.searching.collapsing import Page, Shown, page
from kliping.searching.request import Request, View, browses
from kliping.searching.snapshot import Snapshot
from kliping.values import Value

if TYPE_CHECKING:
    from kliping.searching.paging import Seen


class Found(Value):
    """A page of matches, the clause that scores them, and the one that finds them all.

    ``match`` says how a row of words was taken in the end; where all words were wanted and few
    articles have them, others follow, and ``weights`` says what each word weighed. ``with_all``
    counts the matches that have all words, if that was asked, and ``lacking`` names for each hit of
    the page the parts of the query that it has not.
    """

    page: Page
    clause: Clause
    matching: Clause
    match: Match
    weights: bytes = b""
    with_all: int | None = None
    lacking: tuple[tuple[str, ...], ...] = ()


def find(
    snapshot: Snapshot, request: Request, view: View, query: Query, seen: Seen | None
) -> Found:
    """Return the page of matches that ``view`` asks for; what was ``seen`` is passed over.

    Asked for ``auto``, articles with all words lead. If they are fewer than a first page, those
    that have most of the words follow: later pages do as the first did. By date they follow only
    where no article has all words, since a list by date can have but one order. Where nothing is
    asked that could score, all articles are as relevant, and the newest come first.
    """
    match: Match = "any" if request.match == "any" else "all"
    filters = request.filters()
    everything = browses(request.query)
    clause = narrowed(Everything(), filters) if everything else snapshot.plan(query, match, filters)
    found = _page(snapshot, request, clause, limit=view.limit, offset=view.offset, seen=seen or ())
    if match == "any":
        matching = clause
        if view.facets and not everything:
            matching = snapshot.plan(query, match, filters, weights=DECIDING)
        return Found(found, clause, matching, match)
    strict = Found(found, clause, clause, match, with_all=found.total)
    enough = view.limit if request.sort == "relevance" else 1
    few = found.total < enough and not found.at_least
    widened = few if seen is None else seen.weights
    if everything or request.match == "all" or not widened:
        return strict
    return _with_most(snapshot, request, view, query, seen, strict) or strict


def _with_most(
    snapshot: Snapshot,
    request: Request,
    view: View,
    query: Query,
    seen: Seen | None,
    strict: Found,
) -> Found | None:
    """Return the page on which articles with most words follow those with all, if any do."""
    found, parts = strict.page, snapshot.parts(query)
    weights = seen.weights if seen else b""
    if len(weights) != len(parts):
        weights = snapshot.weights(parts)
    scored = snapshot.plan(query, "any", request.filters())
    if scored == strict.clause:
        return None
    every = found
    if found.total and (view.offset or seen):
        every = _page(snapshot, request, strict.clause, limit=found.total)
    # What an article with all words stands for is no hit of its own.
    having_all = frozenset(each for hit in every.hits for each in _ids(hit))
    matching = snapshot.most(scored, parts, weights)
    rest = _page(
        snapshot,
        request,
        matching,
        limit=max(1, view.limit - len(found.hits)),
        offset=max(0, view.offset - every.total),
        seen=_Passed(*(each for each in (seen, having_all) if each)),
    )
    total = rest.total + len(rest.copies) * (not rest.at_least)
    if total <= every.total + len(every.copies) and not rest.at_least:
        return None
    behind = rest.hits[: view.limit - len(found.hits)]
    copies = tuple(dict.fromkeys((*found.copies, *rest.copies)))
    whole = Page(
        total - len(copies) * (not rest.at_least),
        (*found.hits, *behind),
        found.more or rest.more or len(behind) < len(rest.hits),
        copies,
        rest.at_least,
    )
    return Found(
        whole,
        Bool(should=(strict.clause, Bool(must=(scored,), must_not=(strict.clause,)))),
        matching,
        "any",
        weights or b"\xff",
        found.total,
        (*[()] * len(found.hits), *_lacking(snapshot, parts, behind)),
    )


def _ids(hit: Shown) -> tuple[str, ...]:
    return hit.article.id, *hit.similar


class _Passed(Collection[object]):
    """What earlier pages have shown, and what stands on this one already."""

    def __init__(self, *shown: Collection[object]) -> None:
        self._shown = shown

    def __contains__(self, article_id: object) -> bool:
        return any(article_id in each for each in self._shown)

    def __iter__(self) -> Iterator[object]:
        return chain(*self._shown)

    def __len__(self) -> int:
        return sum(map(len, self._shown))


def _lacking(
    snapshot: Snapshot, parts: tuple[Part, ...], hits: tuple[Shown, ...]
) -> list[tuple[str, ...]]:
    """Return for each hit the parts of a query that it lacks, as typed."""
    ids = [hit.scored or hit.article.id for hit in hits]
    having = snapshot.having(parts, ids)
    return [
        tuple(part.text for n, part in enumerate(parts) if n not in having[each]) for each in ids
    ]


def _page(
    snapshot: Snapshot,
    request: Request,
    clause: Clause,
    /,
    *,
    limit: int,
    offset: int = 0,
    seen: Collection[object] = (),
) -> Page:
    sort = request.sort if request.sort != "relevance" or scores(clause) else "newest"
    return page(
        snapshot.engine,
        snapshot.groups if request.collapse else {},
        clause,
        limit=limit,
        offset=offset,
        sort=sort,
        weigh=request.weigh() if sort == request.sort else None,
        seen=seen,
    )


def scores(clause: Clause, /) -> bool:
    """Say whether any part of ``clause`` makes one match better than another."""
    if isinstance(clause, Constant):
        return bool(clause.score)
    if isinstance(clause, Bool):
        return any(map(scores, (*clause.must, *clause.should)))
    return not isinstance(clause, Everything | Nothing | DateRange | Exists)


def rank(
    snapshot: Snapshot, query: Query, match: Asked, /, *, limit: int
) -> list[tuple[float, str]]:
    """Return scores and ids of the best articles.

    Asked for ``auto``, the scores of those that lack words are lowered, so that they stay behind.
    """
    clause = snapshot.plan(query, "any" if match == "any" else "all")
    found = snapshot.engine.rank(clause, limit=limit)
    if match != "auto" or len(found) == limit:
        return found
    parts = snapshot.parts(query)
    scored = snapshot.plan(query, "any")
    having = snapshot.most(scored, parts, snapshot.weights(parts))
    fewer = Bool(must=(having,), must_not=(clause,))
    behind = snapshot.engine.rank(fewer, limit=limit - len(found))
    down = max(0.0, behind[0][0] - found[-1][0]) if behind and found else 0.0
    return found + [(score - down, article_id) for score, article_id in behind]
