"""Which articles match, and in what order: all words first, then most of them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from kliping.engines.documents import plain
from kliping.query import Asked, Match, Query
from kliping.query.clauses import (
    Bool,
    Clause,
    DateRange,
    Everything,
    Exists,
    Nothing,
    Term,
)
from kliping.query.filters import narrowed
from kliping.searching.collapsing import Page, page
from kliping.searching.request import Request, View, browses
from kliping.searching.snapshot import Snapshot
from kliping.values import Value

if TYPE_CHECKING:
    from kliping.searching.paging import Seen


class Found(Value):
    """A page of matches, and the clause that finds them all.

    ``match`` says how a row of words was taken in the end; where all words were wanted and few
    articles have them, others follow, and ``weights`` says what each word weighed. ``with_all``
    counts the matches that have all words, if that was asked, and ``lacking`` names for each hit of
    the page the parts of the query that it has not.
    """

    page: Page
    clause: Clause
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
        return Found(found, clause, match)
    strict = Found(found, clause, match, with_all=found.total)
    few = found.total < view.limit if request.sort == "relevance" else not found.total
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
    found = strict.page
    pages = partial(_page, snapshot, request)
    parts = snapshot.parts(query)
    weights = seen.weights if seen else b""
    if len(weights) != len(parts):
        weights = snapshot.weights(parts)
    most = snapshot.most(query, parts, weights, request.filters())
    if isinstance(most, Nothing):
        return None
    every = found
    if found.total and (view.offset or seen):
        every = pages(strict.clause, limit=found.total)
    # What an article with all words stands for is no hit of its own.
    if copies := sorted({each for hit in every.hits for each in hit.similar}):
        most = Bool(must=(most,), must_not=tuple(Term("id", plain(each)) for each in copies))
    rest = pages(
        most,
        limit=max(1, view.limit - len(found.hits)),
        offset=max(0, view.offset - every.total),
        seen=seen or (),
    )
    if not rest.total:
        return None
    behind = rest.hits[: view.limit - len(found.hits)]
    whole = Page(
        found.total + rest.total,
        (*found.hits, *behind),
        found.more or rest.more or len(behind) < len(rest.hits),
        (*found.copies, *rest.copies),
    )
    lacking = snapshot.lacking(parts, [hit.scored or hit.article.id for hit in behind])
    return Found(
        whole,
        Bool(should=(strict.clause, most)),
        "any",
        weights or b"\xff",
        found.total,
        (*[()] * len(found.hits), *lacking),
    )


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
    most = snapshot.most(query, parts, snapshot.weights(parts))
    behind = snapshot.engine.rank(most, limit=limit - len(found))
    down = max(0.0, behind[0][0] - found[-1][0]) if behind and found else 0.0
    return found + [(score - down, article_id) for score, article_id in behind]
