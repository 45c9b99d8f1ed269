from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from kliping.server.guarding import POLICY
from tests.server.serving import Server, serving

TOKEN = "sangat:rahasia-4711"


@pytest.fixture(scope="module")
def guarded(served_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("guarded") / "log"
    options = ("--cors", "https://koran.example", "--log", "json")
    environment = {"KLIPING_TOKEN": TOKEN}
    with serving(served_index, log, *options, environment=environment) as running:
        yield running


def _basic(password: str) -> str:
    return "Basic " + b64encode(f"siapa:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN}", 200),
        (_basic(TOKEN), 200),
        (f"Bearer {TOKEN}x", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        (_basic("lain"), 401),
        ("Basic ???", 401),
        ("Bearer", 401),
        (TOKEN, 401),
        ("", 401),
    ],
)
def test_only_who_knows_the_token_is_answered(guarded: Server, given: str, status: int) -> None:
    for path in ("/api/search?q=gempa", "/metrics", "/openapi.json", "/nowhere"):
        answer = guarded.get(path, Authorization=given)
        assert answer.status == (404 if path == "/nowhere" and status == 200 else status)
        assert ("www-authenticate" in answer.headers) == (status == 401)
    assert guarded.get("/healthz").status == 200


def test_no_token_is_in_the_log_or_the_list_of_processes(guarded: Server) -> None:
    guarded.get(f"/api/search?q=gempa&token={TOKEN}", Authorization=f"Bearer {TOKEN}")
    guarded.get(f"/?Access-Token={TOKEN}", Authorization=_basic(TOKEN))
    log = guarded.log.read_text()
    assert '"address":"/api/search?q=gempa&token=***"' in log
    assert TOKEN not in log
    shown = Path(f"/proc/{guarded.process.pid}/cmdline")
    assert not shown.exists() or TOKEN.encode() not in shown.read_bytes()


def test_only_the_origin_that_was_named_may_read(guarded: Server) -> None:
    know = {"Authorization": f"Bearer {TOKEN}"}
    named = guarded.get("/api/search", Origin="https://koran.example", **know)
    assert named.headers["access-control-allow-origin"] == "https://koran.example"
    other = guarded.get("/api/search", Origin="https://lain.example", **know)
    assert "access-control-allow-origin" not in other.headers
    asked = {
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    first = guarded.get("/api/search", method="OPTIONS", Origin="https://koran.example", **asked)
    assert first.status == 200


def test_no_origin_may_read_unless_it_was_named(server: Server) -> None:
    answer = server.get("/api/search", Origin="https://koran.example")
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert server.get("/api/search", method="OPTIONS", Origin="https://a.example").status == 405


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8000", 200),
        ("jahat.example", 421),
        ("127.0.0.1.jahat.example", 421),
        ("", 421),
    ],
)
def test_a_name_that_is_made_to_mean_this_machine_reads_nothing(
    server: Server, host: str, status: int
) -> None:
    assert server.get("/api/search", Host=host).status == status


@pytest.mark.parametrize(
    "path", ["/healthz", "/api/search?q=gempa", "/api/search?limit=0", "/nowhere", "/metrics"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_every_response_says_what_a_browser_may_do(server: Server, path: str, method: str) -> None:
    answer = server.get(path, method=method)
    assert answer.status in (200, 400, 404, 405)
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers
    if method == "HEAD":
        assert answer.body == b""


@pytest.mark.parametrize(
    "path",
    [
        "//jahat.example/",
        "//jahat.example/%2e%2e",
        "/\\jahat.example",
        "/api/search/",
        "/api//jahat.example",
        "/%2f%2fjahat.example",
        "/healthz//",
        "/?url=https://jahat.example",
    ],
)
def test_no_address_leads_elsewhere(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status < 300 or answer.status >= 400
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "key",
    ["/etc/passwd", "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "a%00b", "%2e%2e", "C:%5c"],
)
def test_keys_are_no_paths(server: Server, key: str) -> None:
    for kind in ("articles", "similar"):
        answer = server.get(f"/api/{kind}/{key}")
        assert answer.status == 404
        assert b"root:" not in answer.body


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "0.0.0.0"), "--token TOKEN, or --public"),
        (("--token", "a b"), "without spaces"),
        (("--token", ""), "empty"),
        (("--cors", "koran.example"), "write https://example.org"),
        (("--host", "tidak-ada.invalid"), "--host"),
        (("--port", "70000"), "port"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_line(
    served_index: Path, options: tuple[str, ...], said: str
) -> None:
    command = [sys.executable, "-m", "kliping", "--index", str(served_index), "serve", *options]
    environment = {key: value for key, value in os.environ.items() if key != "KLIPING_TOKEN"}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
