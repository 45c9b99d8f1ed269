"""What goes wrong, as problem details (RFC 9457): one line that says what, and what helps."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import NotRequired, TypedDict

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kliping.errors import (
    ArticleNotFound,
    IndexClosed,
    IndexNotFound,
    KlipingError,
    QueryError,
    SeveralArticles,
)

_LOG = logging.getLogger("kliping.server")
_SOON, _LATER = {"Retry-After": "5"}, {"Retry-After": "60"}


class ProblemJSON(TypedDict):
    """What went wrong, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    ids: NotRequired[list[str]]


class Problem(Exception):
    """What a request is answered with instead of what it asked for."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: dict[str, str] | None = None,
        ids: tuple[str, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers, self.ids = headers or {}, ids

    def to_dict(self) -> ProblemJSON:
        """Return it as the JSON object that is sent."""
        whole: ProblemJSON = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.ids:
            whole["ids"] = [*self.ids]
        return whole

    def response(self) -> Response:
        """Return the response that tells it."""
        body = msgspec.json.encode(self.to_dict())
        return Response(body, self.status, self.headers, "application/problem+json")


def problem_of(error: Exception, /) -> Problem:
    """Return what a client is told of an error; what only its operator mends goes to the log."""
    match error:
        case Problem():
            problem = error
        case HTTPException():
            detail = _SAID.get(error.status_code, error.detail)
            problem = Problem(error.status_code, detail, headers=dict(error.headers or {}))
        case QueryError():
            problem = Problem(400, str(error))
        case ArticleNotFound():
            problem = Problem(404, "no article has this id, address or path")
        case SeveralArticles():
            problem = Problem(409, "several articles have this path or address", ids=error.ids)
        case IndexNotFound():
            problem = Problem(503, "the index is being built; try again soon", headers=_SOON)
        case IndexClosed():
            problem = Problem(503, "the server is shutting down; try again soon", headers=_SOON)
        case KlipingError():
            _LOG.error("%s", error)
            detail = "the index cannot be searched now; the server's log says why"
            problem = Problem(503, detail, headers=_LATER)
        case _:
            problem = Problem(500, "the server made a mistake; its log says which")
    return problem


_SAID = {
    404: "there is nothing at this address; /openapi.json lists what there is",
    405: "this address is only read: GET",
}


async def tell(request: Request, error: Exception) -> Response:
    """Answer a request with what went wrong."""
    return problem_of(error).response()
