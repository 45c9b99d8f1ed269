"""What a server refuses, each told in one line with its cure, and the cure works as typed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy")

import kliping
from kliping.errors import StorageError
from tests.opensearch.generating import written
from tests.opensearch.servers import Servers


def _run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING")}
    return subprocess.run(
        [sys.executable, "-m", "kliping", *command], capture_output=True, text=True, check=False,
        env={**kept, "NETRC": os.devnull, **environment},
    )  # fmt: skip


def _refused(done: subprocess.CompletedProcess[str], said: str) -> str:
    """Check that a command was refused in one line that says so, and return the line."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: ")
    assert re.search(said, line), line
    return line


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(written(tmp_path_factory.mktemp("in") / "a.jsonl", 30))


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("read_only", r"it takes no changes now .*lift the block in the index's settings"),
        ("read_only_allow_delete", r"the disk of a node is nearly full.*free some space there"),
    ],
)
def test_an_index_that_may_not_be_written_is_read(
    server: Servers, place: str, source: str, block: str, said: str
) -> None:
    assert _run("index", source, "--index", place).returncode == 0
    name = place.rpartition("/")[2]
    more = str(written(Path(source).parent / f"{block}.jsonl", 5, seed=7))
    settings = f"{name}-1,{name}-notes/_settings"
    server.ask(settings, {f"index.blocks.{block}": True}, method="PUT")
    _refused(_run("index", more, "--index", place), said)
    assert _run("search", "warga", "--index", place).returncode == 0
    server.ask(settings, {f"index.blocks.{block}": False}, method="PUT")
    assert _run("index", more, "--index", place).returncode == 0
    assert _run("check", "--index", place).returncode == 0


def test_an_index_of_another_version_is_rebuilt_as_the_message_says(
    server: Servers, place: str, source: str
) -> None:
    assert _run("index", source, "--index", place).returncode == 0
    name = place.rpartition("/")[2]
    made = server.ask(f"{name}-1/_mapping")[f"{name}-1"]["mappings"]["_meta"]
    server.ask(f"{name}-1/_mapping", {"_meta": {**made, "version": 0}}, method="PUT")
    said = r"has mapping 0, this kliping uses \d+; try: kliping index --rebuild"
    line = _refused(_run("search", "warga", "--index", place), said)
    cure = shlex.split(line.rpartition("try: ")[2])
    assert cure[0] == "kliping"
    assert _run(*cure[1:]).returncode == 0
    assert _run("search", "warga", "--index", place).returncode == 0


def test_a_server_that_is_gone_is_one_line(place: str) -> None:
    gone = re.sub(r":\d+/", ":1/", place)
    for command in (["search", "warga"], ["info"], ["index", "corpus"], ["check"], ["sources"]):
        said = r"nothing answers at 127\.0\.0\.1:1; start the server"
        _refused(_run(*command, "--index", gone), said)


def test_a_server_that_hangs_is_waited_for_as_long_as_is_said(
    server: Servers, place: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kliping.build(source, place)
    monkeypatch.setenv("KLIPING_OPENSEARCH_TIMEOUT", "2")
    server.nodes[0].pause()
    timer = threading.Timer(20, server.nodes[0].resume)
    timer.start()
    try:
        started = time.monotonic()
        with pytest.raises(StorageError, match="did not answer in time; try again"):
            kliping.open(place)
        assert time.monotonic() - started < 15
    finally:
        timer.cancel()
        server.nodes[0].resume()
    with kliping.open(place) as index:
        assert len(index) == 30
