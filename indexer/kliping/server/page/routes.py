"""The page's addresses: each asks the index in its turn, and answers in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kliping.errors import IndexNotFound, KlipingError
from kliping.index import Index
from kliping.server.api import client_of, tag_of
from kliping.server.page import answers
from kliping.server.page.files import digest, edition, files
from kliping.server.page.question import Question
from kliping.server.page.rendering import render
from kliping.server.problems import Problem, problem_of

_HTML, _ATOM = "text/html", "application/atom+xml"
_OPENSEARCH = "application/opensearchdescription+xml"
_SUGGESTIONS = "application/x-suggestions+json"
_FOR_EVER, _FOR_AN_HOUR = "public, max-age=31536000, immutable", "public, max-age=3600"
_KINDS = {400: "bad_query", 404: "not_found", 409: "several", 429: "slow", 503: "slow"}
_LONGEST_TYPED = 200


def routes() -> list[BaseRoute]:
    """Return what serves the page and all that belongs to it; the last takes whatever is left."""
    return [
        Route("/", search),
        Route("/artikel/{key:path}", article),
        Route("/feed.atom", feed),
        Route("/suggestions.json", suggestions),
        Route("/opensearch.xml", opensearch),
        Route("/static/{name}", static),
        Route("/kliping-search.js", component),
        Route("/{rest:path}", lost),
    ]


def first(index: Index, /) -> None:
    """Make a page that nobody has asked for: what all of them need is then there."""
    answers.search_page(index, Question(q="berita"))


async def search(request: Request) -> Response:
    """Show what a search finds."""
    return await _answered(request, _HTML, answers.search_page)


async def article(request: Request) -> Response:
    """Show an article."""
    key = request.path_params["key"] or request.query_params.get("key", "")
    return await _answered(request, _HTML, partial(answers.article_page, key))


async def feed(request: Request) -> Response:
    """Give the newest of what a search finds to a reader of feeds."""
    return await _answered(request, _ATOM, partial(answers.feed, _base(request)))


async def suggestions(request: Request) -> Response:
    """Complete what is typed into a browser's own search box."""
    typed = request.query_params.get("q", "")[:_LONGEST_TYPED]

    def texts(index: Index) -> list[str]:
        return [each.text for each in index.suggest(typed, limit=8)]

    found = await request.app.state.asking.ask(texts, client_of(request))
    return JSONResponse([typed, found], media_type=_SUGGESTIONS)


async def opensearch(request: Request) -> Response:
    """Describe the search, so that a browser can add it to its own."""
    home = Question(lang=_language(request))
    text = render("opensearch.xml", home, home=home, base=_base(request))
    return Response(text, media_type=_OPENSEARCH)


async def static(request: Request) -> Response:
    """Give a file that pages use; by an address that has its digest it never changes."""
    name = request.path_params["name"]
    if name not in files():
        raise HTTPException(404)
    same = request.query_params.get("v") == digest(name)
    return _file(name, _FOR_EVER if same else _FOR_AN_HOUR)


async def component(request: Request) -> Response:
    """Give the element that searches this archive from pages of other sites."""
    return _file("kliping-search.js", _FOR_AN_HOUR)


async def lost(request: Request) -> Response:
    """Say that nothing is here: to a reader as a page, to a program as a problem."""
    error = HTTPException(404)
    if _HTML not in request.headers.get("accept", ""):
        raise error
    return _wrong(request, error)


async def _answered(
    request: Request, kind: str, answer: Callable[[Index, Question], str]
) -> Response:
    """Answer with a text: with nothing where the reader has it, and with a page where it fails."""
    known = request.headers.get("if-none-match", "")
    try:
        question = Question.read(request["query_string"])

        def told(index: Index) -> tuple[str, str | None]:
            # Taken first: should a commit come in between, the next request sees another tag.
            tag = f'{tag_of(index)[:-1]}-{edition()}"'
            return tag, None if tag in known else answer(index, question)

        tag, text = await request.app.state.asking.ask(told, client_of(request))
    except (Problem, KlipingError) as error:
        return _wrong(request, error)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if text is None:
        return Response(status_code=304, headers=headers)
    return Response(text, headers=headers, media_type=kind)


def _wrong(request: Request, error: Exception) -> Response:
    """Say as a page what went wrong, above what was asked, so that it can be mended there."""
    problem = problem_of(error)
    kind = _KINDS.get(problem.status, "broken")
    if isinstance(error, KlipingError) and problem.status == 503:
        kind = "building" if isinstance(error, IndexNotFound) else "broken"
    asked = Question(q=request.query_params.get("q", "")[:1000], lang=_language(request))
    text = answers.message_page(kind, problem, asked, str(request.url.path))
    headers = dict(problem.headers)
    if kind == "building":
        # Without a script too; not where too much is asked, which that would only add to.
        headers["Refresh"] = headers["Retry-After"]
    return Response(text, problem.status, headers, _HTML)


def _language(request: Request) -> Literal["id", "en"]:
    return "en" if request.query_params.get("lang") == "en" else "id"


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _file(name: str, kept: str) -> Response:
    content, kind = files()[name]
    return Response(content, media_type=kind, headers={"Cache-Control": kept})
