"""Which articles match, and in what order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kliping.query import Query
from kliping.query.clauses import Clause
from kliping.searching.collapsing import Page, page
from kliping.searching.request import Request, View
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

    Only a first page decides whether any word is taken for all: later ones follow it.
    """
    pages = partial(
        page,
        snapshot.engine,
        snapshot.groups if request.collapse else {},
        limit=view.limit,
        offset=view.offset,
        sort=request.sort,
        weigh=request.weigh(),
        seen=seen or (),
    )
    filters = request.filters()
    relaxed = seen is not None and seen.relaxed
    clause = snapshot.plan(query, "any" if relaxed else request.match, filters)
    found = pages(clause)
    if seen is None and request.match == "all" and not found.total:
        wider = snapshot.plan(query, "any", filters)
        if wider != clause and (widened := pages(wider)).total:
            return Found(widened, wider, relaxed=True)
    return Found(found, clause, relaxed)
