"""A server as a process of its own, and a client that sends exactly what a test says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

_AT = re.compile(r"at http://[^ ]*:(\d+)/")


@dataclass
class Answer:
    """A response, its body as JSON where it is some."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A running server, and the lines of its log so far."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def get(
        self, path: str, *, method: str = "GET", body: str | None = None, **headers: str
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, response.read())
        finally:
            connection.close()


@contextmanager
def serving(
    index: Path | str,
    log: Path,
    *options: str,
    environment: Mapping[str, str] | None = None,
    before: str = "pass",
) -> Iterator[Server]:
    """Serve an index on a free port until the block ends; ``before`` is run in its process."""
    run = f"{before}\nfrom kliping.cli import main\nmain()"
    command = [sys.executable, "-c", run, "--index", str(index), "serve", "--port", "0"]
    own = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING_")}
    with log.open("w") as file:
        process = subprocess.Popen(
            [*command, *options], stderr=file, text=True, env={**own, **(environment or {})}
        )
    try:
        yield Server(process, _port(process, log), log)
    finally:
        process.terminate()
        process.wait(20)


def _port(process: subprocess.Popen[str], log: Path) -> int:
    while process.poll() is None:
        if found := _AT.search(log.read_text()):
            return int(found[1])
    raise AssertionError(log.read_text())
