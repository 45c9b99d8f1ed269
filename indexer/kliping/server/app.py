"""The application: routes, and what guards them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kliping.errors import KlipingError
from kliping.release import __version__
from kliping.server.api import ENDPOINTS
from kliping.server.asking import Asking
from kliping.server.guarding import Guard, Headers
from kliping.server.metrics import metrics
from kliping.server.observing import Observer
from kliping.server.page import routes as page
from kliping.server.problems import Problem, tell
from kliping.server.settings import Settings

_LONGEST_BODY = 65_536  # nothing here reads one
_COMPRESSED = 1_000  # bytes from which on it pays
_LEVEL = 4  # twice as fast as 9, for 3 % more bytes


def create_app(settings: Settings, /) -> Starlette:
    """Return the application that serves an index, which need not be there yet.

    Handlers find ``app.state.settings``, and ``app.state.asking`` to ask the index. Whatever
    routes are added here, their responses have the headers of ``guarding``, and what they raise
    is told as a problem.
    """
    asking = Asking(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await asking.warm_up(page.first)
        yield
        asking.close()

    routes = _routes()
    app = Starlette(
        routes=routes,
        middleware=_middleware(settings, routes),
        exception_handlers=dict.fromkeys((Problem, KlipingError, HTTPException), tell),
        lifespan=lifespan,
        max_body_size=_LONGEST_BODY,
    )
    # What would lead to the same address with another slash leads wherever the request says.
    app.router.redirect_slashes = False
    app.state.settings, app.state.asking = settings, asking
    return app


def _routes() -> list[BaseRoute]:
    return [
        *(endpoint.route() for endpoint in ENDPOINTS),
        Route("/healthz", healthz),
        Route("/metrics", metrics),
        Route("/openapi.json", openapi),
        *page.routes(),
    ]


def _middleware(settings: Settings, routes: list[BaseRoute]) -> list[Middleware]:
    """Return what a request passes through, the outermost first."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors,
        allow_methods=["GET"],
        allow_headers=["Authorization", "If-None-Match"],
        expose_headers=["ETag", "Retry-After"],
    )
    return [
        Middleware(Headers),
        Middleware(Observer, routes=routes),
        *([cors] if settings.cors else []),
        Middleware(Guard, settings=settings),
        Middleware(GZipMiddleware, minimum_size=_COMPRESSED, compresslevel=_LEVEL),
    ]


async def healthz(request: Request) -> Response:
    """Say that the server lives, whatever the index does."""
    state = request.app.state.asking.state
    return JSONResponse({"status": "ok", "index": state, "version": __version__})


async def openapi(request: Request) -> Response:
    """Describe the API."""
    return Response(_described(), media_type="application/json")


@cache
def _described() -> bytes:
    from kliping.server.openapi import description

    return msgspec.json.encode(description())
