"""Hits, counts and terms of an index at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kliping.engines.base import Sort
from kliping.engines.opensearch_mapping import GAP, listing
from kliping.engines.opensearch_points import Point
from kliping.engines.opensearch_queries import Query, constant, escaped

WINDOW = 10_000  # the last match that a server counts to from the first; further ones it walks to
_PAGE = 1_000  # of those walked to
_MOST_VALUES = 20_000  # of a facet
_MOST_BUCKETS = 60_000  # of one answer
# Of more articles with any of the terms asked for, so many of a shard tell which are common.
_SAMPLE = 5_000
_COUNTED = 200  # terms that are counted exactly where only a sample was looked at
_AT_ONCE = 1_000  # terms that one question counts
_BARE: dict[str, Any] = {"_source": False, "stored_fields": "_none_"}
_BY_ID = {"id": "asc"}
_ORDERS: Mapping[Sort, Any] = {
    "relevance": {"_score": "desc"},
    "newest": {"published": {"order": "desc", "missing": "_last"}},
    "oldest": {"published": {"order": "asc", "missing": "_last"}},
}
ALL = 1 << 62  # behind the last match
Hits = list[dict[str, Any]]


def hits(
    point: Point,
    query: Query,
    /,
    *,
    start: int,
    stop: int,
    sort: Sort = "relevance",
    fields: Sequence[str] | None = None,
    count: int | bool = False,
) -> tuple[dict[str, Any], Iterator[Hits]]:
    """Return the total, as the server tells it, and the matches from ``start`` on, in pages.

    Args:
        point: what is searched.
        query: what is sought.
        start: how many matches are passed over, and ``stop``: where to end.
        sort: in which order; equal ones come in the order of their ids.
        fields: what hits bring, besides their score and id; the article where it is None.
        count: how far matches are counted.
    """
    asked = {
        "query": query,
        "sort": [_ORDERS[sort], _BY_ID],
        "track_scores": False,
        "track_total_hits": count,
    }
    wanted = {"docvalue_fields": list(fields), **_BARE} if fields is not None else {}
    if stop <= WINDOW:
        body = {**asked, **wanted, "from": start, "size": stop - start}
        found = point.search(body)["hits"]
        return found.get("total", {}), iter([found["hits"]])
    pages = _walked(point, asked, wanted, start, stop)
    return next(pages), pages


def _walked(
    point: Point, asked: dict[str, Any], wanted: dict[str, Any], start: int, stop: int
) -> Iterator[Any]:
    """Yield the total, and then pages; what stands before ``start`` is passed over unread."""
    at, told = 0, False
    after: dict[str, Any] = {}
    while at < stop or not told:
        is_wanted = at >= start
        size = min(_PAGE, stop - at) if is_wanted else min(WINDOW, start - at)
        found = point.search({**asked, **(wanted if is_wanted else _BARE), "size": size, **after})
        if not told:
            yield found["hits"].get("total", {})
            told, asked = True, {**asked, "track_total_hits": False}
        page = found["hits"]["hits"]
        if is_wanted:
            yield page
        if len(page) < size:
            return
        at += size
        after = {"search_after": page[-1]["sort"]}


def count(point: Point, query: Query, /) -> int:
    """Return the number of matches."""
    body = {"query": query, "size": 0, "track_total_hits": True}
    return int(point.search(body)["hits"]["total"]["value"])


def facets(point: Point, query: Query, names: Sequence[str], /) -> dict[str, dict[str, int]]:
    """Return how many matches have each value of some facets, the commonest first."""
    if not names:
        return {}
    size = min(_MOST_VALUES, _MOST_BUCKETS // len(names))
    wanted = {name: {"terms": {"field": f"{name}_facet", "size": size}} for name in names}
    counted = _aggregated(point, query, wanted)
    return {name: _buckets(counted[name]) for name in names}


def terms(point: Point, field: str, prefix: str, /, *, limit: int) -> list[tuple[str, int]]:
    """Return the commonest terms that begin so, and in how many articles they stand.

    Where very many articles have one, some of them, taken at random, say which are common.
    """
    some = {"prefix": {field: {"value": prefix}}}
    chance = {"function_score": {"query": constant(some, 1.0), "random_score": {}}}
    listed: dict[str, Any] = {
        "field": listing(field),
        "size": limit,
        "shard_size": max(limit, _SAMPLE),
        "include": f"{escaped(prefix)}.*",
        "execution_hint": "map",
    }
    if not prefix:
        listed["exclude"] = [GAP]
        del listed["include"]
    sample = {"sampler": {"shard_size": _SAMPLE}, "aggs": {"terms": {"terms": listed}}}
    answer = _answer(point, chance, {"sample": sample})
    found = _buckets(answer["aggregations"]["sample"]["terms"])
    looked_at = answer["aggregations"]["sample"]["doc_count"]
    matching = answer["hits"]["total"]["value"]
    if looked_at < matching and found:
        found = _estimated(point, field, found, matching / looked_at)
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _estimated(point: Point, field: str, found: dict[str, int], share: float) -> dict[str, int]:
    """Return in how many articles terms stand that were counted in a share of them."""
    if len(found) > _COUNTED:
        return {term: round(n * share) for term, n in found.items()}
    return dict(zip(found, frequencies(point, field, list(found)), strict=True))


def frequencies(point: Point, field: str, terms: Sequence[str], /) -> list[int]:
    """Return in how many articles each of some terms stands."""
    counts: list[int] = []
    for first in range(0, len(terms), _AT_ONCE):
        each = [{"term": {field: term}} for term in terms[first : first + _AT_ONCE]]
        wanted = {"terms": {"filters": {"filters": each}}}
        counted = _aggregated(point, {"match_all": {}}, wanted)["terms"]["buckets"]
        counts += [bucket["doc_count"] for bucket in counted]
    return counts


def _aggregated(point: Point, query: Query, wanted: dict[str, Any]) -> Any:
    return _answer(point, query, wanted)["aggregations"]


def _answer(point: Point, query: Query, wanted: dict[str, Any]) -> Any:
    return point.search({"query": query, "size": 0, "track_total_hits": True, "aggs": wanted})


def _buckets(counted: Any) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]}
