"""Every request counted and as a line of the log, and every mistake as a problem."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kliping.server import metrics
from kliping.server.logs import requested
from kliping.server.problems import problem_of

_LOG = logging.getLogger("kliping.server")


class Observer:
    """Notes what was asked, how it was answered, and how long that took."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        # By what answers it: addresses are counted by their kind, however many there are.
        self._routes = {getattr(each, "endpoint", None): _name(each) for each in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note what became of it; a bug is logged, and told as a 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            _LOG.exception("a mistake of the server")
            if status:  # what has begun cannot be taken back
                raise
            await problem_of(error).response()(scope, receive, noting)
        finally:
            seconds = time.perf_counter() - started
            metrics.count(self._routes.get(scope.get("endpoint"), "other"), status, seconds)
            requested(scope, status, seconds)


def _name(route: BaseRoute) -> str:
    return str(getattr(route, "path_format", "other"))
