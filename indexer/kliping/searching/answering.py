"""From a question to its answer: the reading wing from end to end.

A request is checked, its query parsed and widened (:mod:`~kliping.searching.snapshot`), its
matches found (:mod:`~kliping.searching.ranking`), and each hit shown with what made it match
(:mod:`~kliping.searching.results`). What not every search needs is imported when it does.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kliping.article import Article
from kliping.errors import Contradiction
from kliping.query import Match, Query
from kliping.query.clauses import Bool, Term
from kliping.query.weights import DECIDING
from kliping.searching.collapsing import Page, Shown, page
from kliping.searching.ranking import Found, find
from kliping.searching.request import Request, View
from kliping.searching.results import (
    Highlighter,
    Hit,
    Relation,
    Results,
    passages,
    title_spans,
)
from kliping.searching.snapshot import Snapshot

if TYPE_CHECKING:
    from kliping.searching.paging import Seen

# A search that finds fewer articles than this may have meant other words.
_FEW = 3
Advice = tuple[tuple[str, ...], dict[str, int]]
_NO_ADVICE: Advice = ((), {})


def answer(snapshot: Snapshot, request: Request, view: View, /) -> Results:
    """Answer a search.

    Raises:
        QueryError: an option that is not what it takes, or a token of another search.
    """
    started = time.perf_counter()
    view.check()
    request.check()
    seen = _seen(view, request)
    query = snapshot.parse(request.query, expand=request.expand)
    found = find(snapshot, request, view, query, seen)
    hits = _hits(snapshot, found.page, query, view.offset + len(seen or ()))
    if any(found.lacking):
        pairs = zip(hits, found.lacking, strict=True)
        hits = tuple(replace(hit, missing=each) if each else hit for hit, each in pairs)
    if view.explain and request.sort == "relevance":
        hits = _explained(snapshot, hits, found)
    suggestions, word_counts = (
        _advice(snapshot, request, found, seen) if view.suggest else _NO_ADVICE
    )
    more = found.page.more and not view.offset
    total, relation = _total(snapshot, found, exactly=view.facets)
    return Results(
        query=request.query,
        total=total,
        total_relation=relation,
        took_ms=(time.perf_counter() - started) * 1000,
        hits=hits,
        match=found.match,
        relaxed=bool(found.weights),
        with_all=total if found.with_all == found.page.total else found.with_all,
        notes=query.notes,
        facets=_facets(snapshot, found) if view.facets else {},
        suggestions=suggestions,
        word_counts=word_counts,
        _next=partial(_token, request, seen, hits, found.weights) if more else None,
    )


def answer_similar(snapshot: Snapshot, article: Article, view: View, /) -> Results:
    """Return other stories like an article, those that say the same left out.

    Raises:
        QueryError: a limit that cannot be meant.
    """
    from kliping.engines.documents import plain
    from kliping.searching.similar import more_like

    started = time.perf_counter()
    view.check()
    words, wanted = more_like(article, snapshot.engine, snapshot.analyser)
    known = snapshot.groups.get(article.id, (article.id,))
    clause = Bool(must=(wanted,), must_not=tuple(Term("id", plain(each)) for each in known))
    found = page(snapshot.engine, snapshot.groups, clause, limit=view.limit)
    hits = _hits(snapshot, found, words, 0)
    took_ms = (time.perf_counter() - started) * 1000
    relation: Relation = "gte" if found.at_least else "eq"
    return Results(article.id, found.total, took_ms, hits, match="any", total_relation=relation)


def _total(snapshot: Snapshot, found: Found, *, exactly: bool) -> tuple[int, Relation]:
    """Return how many match: facets, which count all, stand beside the number of all."""
    if not found.page.at_least:
        return found.page.total, "eq"
    if exactly:
        return snapshot.engine.count(found.matching) - len(found.page.copies), "eq"
    return found.page.total, "gte"


def _seen(view: View, request: Request) -> Seen | None:
    if view.after is None:
        return None
    if view.offset:
        raise Contradiction("a page is named by 'after' or by 'offset'; leave out one of them")
    from kliping.searching.paging import read_token

    return read_token(view.after, request)


def _token(request: Request, seen: Seen | None, hits: tuple[Hit, ...], weights: bytes) -> str:
    from kliping.searching.paging import make_token

    return make_token(request, seen or (), [hit.article.id for hit in hits], weights=weights)


def _hits(snapshot: Snapshot, found: Page, query: Query, before: int) -> tuple[Hit, ...]:
    light = Highlighter(query, snapshot.analyser)
    return tuple(_hit(rank, shown, light) for rank, shown in enumerate(found.hits, before + 1))


def _hit(rank: int, shown: Shown, light: Highlighter) -> Hit:
    article = shown.article
    titles = light.matches(article.title, field="title") if article.title else []
    found = light.matches(article.body, field="body")
    lit = title_spans(titles), passages(article.body, found)
    return Hit(rank, shown.score, article, *lit, similar=shown.similar)


def _explained(snapshot: Snapshot, hits: tuple[Hit, ...], found: Found) -> tuple[Hit, ...]:
    from kliping.searching.scoring import sums

    scores = {shown.scored or shown.article.id: shown.score for shown in found.page.hits}
    parts = sums(snapshot.engine, found.clause, scores)
    return tuple(replace(hit, explanation=part) for hit, part in zip(hits, parts, strict=True))


def _facets(snapshot: Snapshot, found: Found) -> Mapping[str, Mapping[str, int]]:
    from kliping.searching.facets import counted

    return counted(snapshot.engine, found.matching, found.page.copies)


def _advice(snapshot: Snapshot, request: Request, found: Found, seen: Seen | None) -> Advice:
    """Return other spellings where a first page found little, and each word's count where none."""
    had = found.page.total if found.with_all is None else found.with_all
    none = not had
    if seen is not None or had >= _FEW:
        return _NO_ADVICE
    from kliping.searching.spelling import suggestions, word_counts

    filters = request.filters()

    def count(text: str, match: Match) -> int:
        query = snapshot.parse(text, expand=request.expand)
        clause = snapshot.plan(query, match, filters, weights=DECIDING)
        return snapshot.engine.count(clause)

    typed = request.query
    match: Match = "any" if request.match == "any" else "all"
    others = suggestions(typed, match, snapshot.engine, snapshot.analyser, count)
    return others, word_counts(typed, count) if none else {}
