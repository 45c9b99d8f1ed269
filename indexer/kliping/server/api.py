"""The endpoints of the API: a row each. What they answer is the JSON of the command line."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kliping.errors import Contradiction
from kliping.index import Index
from kliping.json_forms import ArticleJSON, ResultsJSON
from kliping.query.periods import WIB
from kliping.server import parameters
from kliping.server.parameters import Filtered, OfArticle, Search, Similar, Suggest, Trend
from kliping.server.problems import Problem

_encode = msgspec.json.Encoder().encode
_JSON = "application/json"


class SuggestionJSON(TypedDict):
    """What the beginning of a query could become."""

    text: str
    kind: Literal["word", "name", "headline"]
    articles: int


class SuggestionsJSON(TypedDict):
    """Completions of a prefix."""

    prefix: str
    suggestions: list[SuggestionJSON]


class FacetsJSON(TypedDict):
    """Counts of the values that all matches have."""

    query: str
    total: int
    facets: dict[str, dict[str, int]]


class PeriodJSON(TypedDict):
    """A year, month or day, and how many articles are of it."""

    period: str
    articles: int


class TrendJSON(TypedDict):
    """How many matches each period has, the earliest first; those without any are left out."""

    query: str
    total: int
    by: Literal["year", "month", "day"]
    periods: list[PeriodJSON]


def search(index: Index, asked: Search, /) -> ResultsJSON:
    """Find articles, best first, with the passages that show why."""
    results = index.search(asked.q, **asked.options())
    whole = results.to_dict()
    if asked.explain:
        whole["explain"] = index.explain(asked.q, match=results.match, expand=not asked.no_expand)
    return whole


def article(index: Index, asked: OfArticle, /) -> ArticleJSON:
    """Return one article in full."""
    return index.get(asked.key).to_dict()


def similar(index: Index, asked: Similar, /) -> ResultsJSON:
    """Find other stories like an article, the likest first."""
    return index.similar(asked.key, limit=asked.limit).to_dict()


def suggest(index: Index, asked: Suggest, /) -> SuggestionsJSON:
    """Complete the last word of a query: words, names and headlines."""
    found = index.suggest(asked.q, limit=asked.limit)
    suggestions: list[Any] = [dataclasses.asdict(each) for each in found]
    return {"prefix": asked.q, "suggestions": suggestions}


def facets(index: Index, asked: Filtered, /) -> FacetsJSON:
    """Count years, months, days, sources, sections, authors and tags of all matches."""
    found = index.search(asked.q, **asked.options() | {"facets": True, "suggest": False})
    counts = {name: {**each} for name, each in found.facets.items()}
    return {"query": asked.q, "total": found.total, "facets": counts}


def trend(index: Index, asked: Trend, /) -> TrendJSON:
    """Count the matches of each year, month or day."""
    counted = facets(index, asked)
    counts = counted["facets"].get(asked.by, {})
    periods: list[PeriodJSON] = [
        {"period": period, "articles": count} for period, count in sorted(counts.items())
    ]
    return {"query": asked.q, "total": counted["total"], "by": asked.by, "periods": periods}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path, what it may be told, what form its answer has, and what gives it."""

    path: str
    told: type[parameters.Parameters]
    form: type
    answer: Callable[[Index, Any], Any]

    def route(self) -> Route:
        """Return what serves it."""
        path = self.path.replace("{key}", "{key:path}")
        return Route(path, self.respond, name=self.answer.__name__)

    async def respond(self, request: Request) -> Response:
        """Answer a request: with 304 and nothing where the client has what it would be sent."""
        asked = parameters.read(self.told, request["query_string"], request["path_params"])
        known = request.headers.get("if-none-match")

        def question(index: Index) -> tuple[str, bytes | None]:
            # Taken first: should a commit come in between, the next request sees another tag.
            tag = tag_of(index)
            if known is not None and tag in known:
                return tag, None
            try:
                return tag, _encode(self.answer(index, asked))
            except Contradiction as error:
                raise Problem(409, str(error)) from error

        tag, body = await request.app.state.asking.ask(question, client_of(request))
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if body is None:
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type=_JSON)


def client_of(request: Request, /) -> str:
    """Return the address that a request comes from, as a trusted proxy says it."""
    return request.client.host if request.client else ""


def tag_of(index: Index, /) -> str:
    """Return what all answers of this moment are known by: weak, for each says how long it took.

    It has the day, for *kemarin* and *7-hari* mean others tomorrow.
    """
    return f'W/"{index.version}-{datetime.now(WIB):%y%j}"'


ENDPOINTS = (
    Endpoint("/api/search", Search, ResultsJSON, search),
    Endpoint("/api/articles/{key}", OfArticle, ArticleJSON, article),
    Endpoint("/api/similar/{key}", Similar, ResultsJSON, similar),
    Endpoint("/api/suggest", Suggest, SuggestionsJSON, suggest),
    Endpoint("/api/facets", Filtered, FacetsJSON, facets),
    Endpoint("/api/trend", Trend, TrendJSON, trend),
)
