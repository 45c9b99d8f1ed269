"""Which articles match, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.query import Match, Query
from kliping.query.clauses import Bool, Clause, DateRange, Everything, Exists, Nothing
from kliping.query.filters import narrowed
from kliping.searching.collapsing import Page, page
from kliping.searching.request import Request, View, browses
from kliping.searching.snapshot import Snapshot
from kliping.values import Value

if TYPE_CHECKING:
    from kliping.searching.paging import Seen


class Found(Value):
    """A page of matches, the clause that found it, and whether any word was taken for all."""

    page: Page
    clause: Clause
    relaxed: bool


def find(
    snapshot: Snapshot, request: Request, view: View, query: Query, seen: Seen | None
) -> Found:
    """Return the page of matches that ``view`` asks for; what was ``seen`` is passed over.

    Only a first page decides whether any word is taken for all: later ones follow it. Where nothing
    is asked that could score, all articles are as relevant, and the newest come first.
    """
    filters = request.filters()

    def plan(match: Match) -> Clause:
        if browses(request.query):
            return narrowed(Everything(), filters)
        return snapshot.plan(query, match, filters)

    def found(clause: Clause) -> Page:
        sort = request.sort if request.sort != "relevance" or scores(clause) else "newest"
        return page(
            snapshot.engine,
            snapshot.groups if request.collapse else {},
            clause,
            limit=view.limit,
            offset=view.offset,
            sort=sort,
            weigh=request.weigh() if sort == request.sort else None,
            seen=seen or (),
        )

    relaxed = seen is not None and seen.relaxed
    clause = plan("any" if relaxed else request.match)
    first = found(clause)
    if seen is None and request.match == "all" and not first.total:
        wider = plan("any")
        if wider != clause and (widened := found(wider)).total:
            return Found(widened, wider, relaxed=True)
    return Found(first, clause, relaxed)


def scores(clause: Clause, /) -> bool:
    """Say whether any part of ``clause`` makes one match better than another."""
    if isinstance(clause, Bool):
        return any(map(scores, (*clause.must, *clause.should)))
    return not isinstance(clause, Everything | Nothing | DateRange | Exists)
