from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.server.serving import Server, serving

_HURRIED = """
from kliping.server.connections import Connection
Connection.seconds = 0.5
"""
_FEW = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (400, 400))
"""
_PARTS = (b"GET /api/sea", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", b"\x00", b"")


@contextmanager
def _connected(server: Server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        yield connection


def _answered(server: Server) -> float:
    """Return how long the server takes to say that it lives."""
    started = time.perf_counter()
    assert server.get("/healthz").status == 200
    return time.perf_counter() - started


@pytest.mark.parametrize("first", _PARTS)
def test_a_head_that_does_not_come_is_not_waited_for(
    served_index: Path, tmp_path: Path, first: bytes
) -> None:
    with serving(served_index, tmp_path / "log", before=_HURRIED) as server:
        with _connected(server) as slow:
            slow.sendall(first)
            for _ in range(20):
                time.sleep(0.1)
                try:
                    slow.sendall(b"a" if first else b"")
                except OSError:
                    break
                if not first and _is_closed(slow):
                    break
            else:
                raise AssertionError("it still waits")
        assert _answered(server) < 5


def _is_closed(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_a_second_request_may_not_dawdle_either(served_index: Path, tmp_path: Path) -> None:
    with (
        serving(served_index, tmp_path / "log", before=_HURRIED) as server,
        _connected(server) as slow,
    ):
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = slow.recv(4096)
        while not answer.endswith(b"}"):
            answer += slow.recv(4096)
        slow.sendall(b"GET /healthz HTTP/1.1\r\n")
        with suppress(ConnectionResetError):
            assert slow.recv(4096) == b""  # closed, not answered


def test_thousands_that_ask_nothing_do_not_keep_out_who_asks(
    served_index: Path, tmp_path: Path
) -> None:
    """Connections are fewer than these; the ones that dawdle make place."""
    pytest.importorskip("resource")
    with serving(served_index, tmp_path / "log", before=_FEW) as server, ExitStack() as held:
        for number in range(600):
            connection = held.enter_context(_connected(server))
            connection.sendall(_PARTS[number % 2])
        assert _answered(server) < 5
        assert server.get("/api/search?q=gempa").status == 200


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 70_000, 431),
        (b"GET /" + b"a" * 70_000, 431),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 30_000, 431),
        (b"GET /healthz HTTP/1.1\r\nHost: loc\x00alhost", 400),
        (b"SSH-2.0-OpenSSH_9.6", 400),
        (b"\x16\x03\x01\x02\x00", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1, 2", 400),
    ],
)
def test_a_head_that_is_none_is_refused_in_the_same_words(
    server: Server, head: bytes, status: int
) -> None:
    with _connected(server) as connection:
        with suppress(OSError):  # it may be closed before all of it is sent
            connection.sendall(head + b"\r\n\r\n")
        answer = connection.recv(4096)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    for said in (b"application/problem+json", b"content-security-policy", b"connection: close"):
        assert said in answer.lower()
    assert _answered(server) < 5


def test_a_body_is_not_read(server: Server) -> None:
    assert server.get("/healthz", body="a" * 100).status == 200
    assert server.get("/healthz", body="a" * 100_000).status == 413
    assert server.get("/healthz", method="POST", body="a" * 100_000).status == 413


def test_a_body_without_end_is_not_waited_for(served_index: Path, tmp_path: Path) -> None:
    head = b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with (
        serving(served_index, tmp_path / "log", before=_HURRIED) as server,
        _connected(server) as slow,
    ):
        slow.sendall(head + b"5\r\nab")
        answer = b""
        with suppress(ConnectionResetError):
            while more := slow.recv(4096):
                answer += more
        assert answer.startswith(b"HTTP/1.1 405")


def test_a_client_that_takes_nothing_is_not_waited_for(served_index: Path, tmp_path: Path) -> None:
    asked, answered = 4_000, -1  # more than buffers take
    with (
        serving(served_index, tmp_path / "log", before=_HURRIED) as server,
        _connected(server) as slow,
    ):
        slow.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * asked)
        while answered != (answered := server.log.read_text().count(" 200 ")):
            time.sleep(2)
        answer = b""
        with suppress(ConnectionResetError):
            while more := slow.recv(1 << 20):  # what is on its way, and then its end
                answer += more
        assert answer.count(b"HTTP/1.1 200 OK") < asked
        assert _answered(server) < 5


def _storm(port: int, number: int) -> Counter[int]:
    """Send as many searches at once, each on a connection of its own; count the statuses."""
    statuses: Counter[int] = Counter()
    with ExitStack() as held:
        connections = [
            held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=120))
            for _ in range(number)
        ]
        for at, each in enumerate(connections):
            path = f"/api/search?q=gempa+{at}&facets=true"
            each.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        for each in connections:
            with each.makefile("rb") as stream:
                answer = stream.read()
            status = int(answer.split()[1])
            assert (b"retry-after" in answer.lower()) == (status != 200)
            statuses[status] += 1
    return statuses


def _weather(server: Server, number: int, *, most: float) -> None:
    with ThreadPoolExecutor(1) as thread:
        storm = thread.submit(_storm, server.port, number)
        slowest = 0.0
        while not storm.done():
            slowest = max(slowest, _answered(server))
            time.sleep(0.05)
    statuses = storm.result()
    assert statuses.keys() <= {200, 429, 503}
    assert statuses[200]
    assert slowest < most
    assert server.get("/api/search?q=gempa").status == 200


def test_more_searches_than_it_can_answer_leave_it_alive(server: Server) -> None:
    _weather(server, 600, most=10)


@pytest.mark.torture
def test_ten_thousand_searches_at_once_leave_it_alive(server: Server) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 11_000:
        pytest.skip("the system allows too few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        _weather(server, 10_000, most=30)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
