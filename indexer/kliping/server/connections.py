"""Connections that cannot be held for nothing: bounded heads, bounded waits, a bounded number.

uvicorn bounds neither the size of a request's head nor the time it takes to come, so a client
that sends a byte a minute would keep its connection for ever. Here a head has some seconds; where
connections run out, the one that has asked nothing for longest makes place for a new one. What
cannot be answered for now is refused here, at a tenth of what the whole application costs: under
ten thousand searches at once it is refusing that must be quick.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kliping.server import metrics
from kliping.server.asking import TOO_MANY
from kliping.server.guarding import OPEN, SAID, Headers
from kliping.server.problems import Problem

_LONGEST_HEAD = 65_536  # bytes: a token of some 8,000 hits shown
_ALWAYS = OPEN | {"/metrics"}  # answered however much else is asked
_REFUSING = Headers(TOO_MANY.response())
_SPARE_FILES = 100  # for the index, and what else is open
_MOST_FILES = 65_536  # a connection that asks nothing takes some 10 kB of memory
_MOST_WAITING = 4096  # connections that the system keeps for us; few systems keep more


class Connection(HttpToolsProtocol):
    """A connection, some of which are idle: those without a request under way."""

    most: ClassVar[int] = 10_000
    seconds: ClassVar[float] = 20.0  # for a head to come, and for a client to take what it asked
    idle: ClassVar[dict[Connection, None]] = {}
    most_tasks: ClassVar[int] = 1_000

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._size, self._whole = 0, True
        self._timer: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where too many do, the first of them is let go."""
        super().connection_made(transport)
        self._wait()
        self.idle[self] = None
        if len(self.connections) > self.most and self.idle:
            longest = next(iter(self.idle))
            del self.idle[longest]
            longest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self.idle.pop(self, None)
        self._stop_waiting()
        if self._taking is not None:
            self._taking.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what has come; a head that has begun must end in time."""
        super().data_received(data)
        if self in self.idle and self._timer is None and not self.transport.is_closing():
            self._wait()

    def on_message_begin(self) -> None:
        """Begin to count the bytes of a head."""
        self._size, self._whole = 0, False
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._count(len(name) + len(value) + 4)  # as sent: with a colon, a space, a line end
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        self._stop_waiting()
        self.idle.pop(self, None)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the body, which nothing reads, has come."""
        self._whole = True
        self._stop_waiting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for another request, and not for long for the rest of this one's body."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self.idle[self] = None
            if not self._whole:
                self._wait()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        # Counted here, as many may come before the first of them begins to be answered.
        if len(self.tasks) >= self.most_tasks and cycle.scope["path"] not in _ALWAYS:
            metrics.refuse(TOO_MANY.status)
            app = _REFUSING
        super()._start_asgi_task(cycle, app)

    def pause_writing(self) -> None:
        """Let go of a client that does not take what it asked for."""
        super().pause_writing()
        self._taking = self.loop.call_later(self.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on writing."""
        if self._taking is not None:
            self._taking.cancel()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a head, as everything else is said, and close."""
        if self._size > _LONGEST_HEAD:
            problem = Problem(431, f"address and headers take {_LONGEST_HEAD:,} bytes at most")
        else:
            problem = Problem(400, "this is no HTTP request")
        response = problem.response()
        head = [*self.server_state.default_headers, *response.raw_headers, *SAID]
        lines = [f"HTTP/1.1 {response.status_code} ".encode(), b"\r\nconnection: close\r\n"]
        lines += [b"%b: %b\r\n" % pair for pair in head]
        self.transport.write(b"".join([*lines, b"\r\n", bytes(response.body)]))
        self.transport.close()

    def _count(self, more: int) -> None:
        self._size += more
        if self._size > _LONGEST_HEAD:
            raise ValueError("too long")  # which the parser hands on as an error of the request

    def _wait(self) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(self.seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def bound(tasks: int, /) -> int:
    """Bound how much is open and answered at once in this process, and return how much may wait.

    As many files may be open as the system allows, within reason. At most ``tasks`` requests are
    answered at once; connections are so many that those which the system has accepted, and which
    all come at once, still find a file. Running out of files makes Python accept nothing for a
    second.
    """
    files = _files()
    waiting = min(_MOST_WAITING, files // 4)
    Connection.most, Connection.most_tasks = files - waiting - _SPARE_FILES, tasks
    return waiting


def _files() -> int:
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return 4 * _MOST_WAITING
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return files
