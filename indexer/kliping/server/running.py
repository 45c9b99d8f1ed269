"""A server as processes: its address, its workers, its end."""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from tempfile import TemporaryDirectory

import uvicorn
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from kliping.errors import StorageError
from kliping.server import logs, metrics
from kliping.server.app import create_app
from kliping.server.connections import Connection, bound
from kliping.server.settings import Settings

# How a worker process learns what it is; the token is not in it, but in a variable of its own.
_SETTINGS, TOKEN = "KLIPING_SERVE", "KLIPING_TOKEN"
# Seconds that a searching thread may keep what answers from running. Connections are accepted,
# read and written one by one, and behind each of these steps another thread may have its turn.
_SWITCH = 0.001
_GRACE = 5  # seconds that answers under way have, beyond a search's own, when the server ends
_LOG = logging.getLogger("kliping.server")


def run(settings: Settings, /, *, host: str, port: int, workers: int, log: logs.Form) -> None:
    """Serve until the process is told to end; what is being answered then is answered.

    Raises:
        StorageError: the address cannot be had.
    """
    logs.configure(log)
    with listening(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        name = f"http://{shown}:{listener.getsockname()[1]}/"
        said = f"serving {settings.index} at {name}"
        for each in (signal.SIGTERM, signal.SIGINT):
            # uvicorn ends gracefully, then raises the signal again: an end on demand is no failure.
            signal.signal(each, lambda *_: None)
        if workers == 1:
            _Server(_config(settings, _ready(settings)), said).run([listener])
        else:
            _LOG.info(said)
            with TemporaryDirectory(prefix="kliping-metrics-") as counts:
                _hand_down(settings, log, counts)
                config = _config(settings, "kliping.server.running:of_worker", workers=workers)
                Multiprocess(config, sockets=[listener]).run()
    _LOG.info("ended")


class _Server(uvicorn.Server):
    """Says where it serves once it does: its index is open, and warm."""

    def __init__(self, config: uvicorn.Config, said: str) -> None:
        super().__init__(config)
        self._said = said

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            _LOG.info(self._said)


def of_worker() -> object:
    """Return the application of a worker process."""
    log, told = json.loads(os.environ[_SETTINGS])
    logs.configure(log)
    rows = {name: tuple(row) for name, row in told.items() if isinstance(row, list)}
    return _ready(Settings(**{**told, **rows, "token": os.environ.get(TOKEN) or None}))


def _ready(settings: Settings) -> Starlette:
    """Return the application of this process, which is made ready for it."""
    app = create_app(settings)
    bound(settings.waiting)
    sys.setswitchinterval(_SWITCH)
    return app


def _hand_down(settings: Settings, log: logs.Form, counts: str) -> None:
    """Leave for the workers what they need, where no list of processes shows it."""
    told = asdict(settings) | {"token": None}
    os.environ[_SETTINGS] = json.dumps([log, told], default=str)
    os.environ[TOKEN] = settings.token or ""
    os.environ[metrics.FOLDER] = counts


def _config(settings: Settings, app: object, *, workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        factory=isinstance(app, str),
        workers=workers,
        http=Connection,
        loop="asyncio",  # uvloop accepts no connection while 600 others keep it busy
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=bound(settings.waiting),
        timeout_keep_alive=75,  # longer than the proxies before it keep theirs
        timeout_graceful_shutdown=int(settings.seconds) + _GRACE,
    )


@contextmanager
def listening(host: str, port: int, /) -> Iterator[socket.socket]:
    """Take an address; port 0 takes any that is free.

    Raises:
        StorageError: it is taken, or not this machine's.
    """
    try:
        family, kind, _, _, address = resolved(host, port)
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        reason = error.strerror or error
        raise StorageError(
            f"{host} port {port} cannot be listened to ({reason}); choose another with --port"
        ) from error
    listener.set_inheritable(True)
    with listener:
        yield listener


def resolved(host: str, port: int, /) -> tuple[int, int, int, str, tuple[str, int]]:
    """Return how a host and port are listened to."""
    flags = socket.AI_PASSIVE
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return found[0]  # type: ignore[return-value]


def is_loopback(host: str, /) -> bool:
    """Say whether only this machine reaches what listens there."""
    try:
        return ipaddress.ip_address(resolved(host, 0)[4][0].partition("%")[0]).is_loopback
    except OSError:
        return False


def local_names(host: str, /) -> tuple[str, ...]:
    """Return the names that a request to a server on this machine alone addresses it by."""
    return "localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host.lower()
