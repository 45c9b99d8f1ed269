"""Every request as a line of the log, and every mistake as a problem."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kliping.server.logs import requested
from kliping.server.problems import problem_of

_LOG = logging.getLogger("kliping.server")


class Observer:
    """Notes what was asked, how it was answered, and how long that took."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
            requested(scope, status, time.perf_counter() - started)
