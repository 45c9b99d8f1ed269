from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import kliping
from tests.server.serving import Server, serving

# A search that takes a while, whatever it finds.
_SLOW = """
import time
import kliping.server.api as api
answer = api.search
def slowly(index, asked):
    time.sleep(1)
    return answer(index, asked)
import dataclasses
api.ENDPOINTS = (dataclasses.replace(api.ENDPOINTS[0], answer=slowly),)
"""


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_what_is_being_answered_at_the_end_is_answered(
    served_index: Path, tmp_path: Path, end: signal.Signals
) -> None:
    with serving(served_index, tmp_path / "log", before=_SLOW) as server:
        answers: list[int] = []
        asking = threading.Thread(
            target=lambda: answers.append(server.get("/api/search?q=gempa").status)
        )
        idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        idle.request("GET", "/healthz")
        idle.getresponse().read()
        asking.start()
        time.sleep(0.4)
        server.process.send_signal(end)
        asking.join(20)
        assert answers == [200]
        assert server.process.wait(20) == 0
        idle.close()
    assert (tmp_path / "log").read_text().endswith(" ended\n")


def test_workers_share_the_address_the_token_and_the_counts(
    served_index: Path, tmp_path: Path
) -> None:
    options = ("--workers", "2", "--token", "kunci")
    know = {"Authorization": "Bearer kunci"}
    with serving(served_index, tmp_path / "log", *options) as server:
        assert server.get("/api/search").status == 401
        tags = {server.get("/api/search?q=gempa", **know).headers["etag"] for _ in range(30)}
        assert len(tags) == 1
        counts = server.get("/metrics", **know).body.decode()
        assert 'kliping_requests_total{route="/api/search",status="200"} 30.0' in counts
        server.process.terminate()
        assert server.process.wait(20) == 0


def test_what_was_asked_is_counted_by_its_kind(served_index: Path, tmp_path: Path) -> None:
    with serving(served_index, tmp_path / "log", "--log", "none") as server:
        for key in ("gempa-1", "banjir", "none"):
            server.get(f"/api/articles/{key}")
        server.get("/nowhere")
        counts = server.get("/metrics").body.decode()
    for route, status, number in (
        ("/api/articles/{key}", 200, 2),
        ("/api/articles/{key}", 404, 1),
        ("/{rest}", 404, 1),
    ):
        row = f'kliping_requests_total{{route="{route}",status="{status}"}} {number}.0'
        assert row in counts
    assert "kliping_index_open 1.0" in counts
    assert "GET" not in (tmp_path / "log").read_text()


def test_a_port_that_is_taken_is_told(served_index: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(AssertionError, match=f"port {port} cannot be listened to"),
            serving(served_index, tmp_path / "log", "--port", str(port)),
        ):
            pass


def test_the_log_is_one_line_an_event_whatever_is_asked(served_index: Path, tmp_path: Path) -> None:
    with serving(served_index, tmp_path / "log") as server:
        server.get("/api/search?q=a%0aGET%20b%1b[31m")
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(b"GET /\xe2\x80\xa8\x9b HTTP/1.1\r\nHost: localhost\r\n\r\n")
            raw.recv(100)
    lines = (tmp_path / "log").read_text().splitlines()
    assert all(line.isprintable() for line in lines)
    assert "/api/search?q=a%0aGET%20b%1b[31m 200" in lines[1]


def test_an_answer_is_compressed_for_who_takes_that(server: Server) -> None:
    plain = server.get("/openapi.json")
    packed = server.get("/openapi.json", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert len(packed.body) < len(plain.body) / 2


def test_a_bug_is_a_problem_and_a_line_of_the_log(served_index: Path, tmp_path: Path) -> None:
    broken = _SLOW.replace("time.sleep(1)", "raise ZeroDivisionError")
    with serving(served_index, tmp_path / "log", before=broken) as server:
        answer = server.get("/api/search")
        assert (answer.status, answer.json["title"]) == (500, "Internal Server Error")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert b"ZeroDivisionError" not in answer.body
        assert server.get("/healthz").status == 200
    assert "ZeroDivisionError" in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    ("command", "missing"),
    [("serve", "uvicorn"), ("serve", "starlette"), ("serve", "msgspec"), ("mcp", "mcp")],
)
def test_what_is_not_installed_is_told_with_its_cure(
    served_index: Path, command: str, missing: str
) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from kliping.cli import main; main()"
    line = [sys.executable, "-c", code, "--index", str(served_index), command]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        f"Error: {command} needs {missing}, not installed; "
        f"try: pip install 'kliping[{'server' if command == 'serve' else 'mcp'}]'\n"
    )


def test_nothing_of_the_server_is_loaded_by_the_library() -> None:
    code = "import kliping, sys; kliping.open; print('starlette' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
    assert kliping.__version__
