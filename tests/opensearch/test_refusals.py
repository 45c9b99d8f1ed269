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
from tests.opensearch.servers import PASSWORD, Servers

_CA, _PASS = "KLIPING_OPENSEARCH_CA", "KLIPING_OPENSEARCH_PASSWORD"


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


@pytest.fixture(scope="module")
def known(secured: Servers, source: str) -> tuple[str, dict[str, str]]:
    """An index behind TLS and a password, and what the environment must say to reach it."""
    place = secured.address.replace("//", "//admin@") + "/arsip"
    reach = {_CA: str(secured.ca), _PASS: PASSWORD}
    assert _run("index", source, "--index", place, **reach).returncode == 0
    return place, reach


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ({_CA: __file__}, r"no certificate can be read there .*KLIPING_OPENSEARCH_CA"),
        ({_CA: ""}, r"certificate is refused .*name the file of its CA in KLIPING_OPENSEARCH_CA"),
        ({_PASS: "salah"}, r"the password of 'admin' is wrong; set KLIPING_OPENSEARCH_PASSWORD"),
    ],
)
def test_who_is_not_known_is_told_what_is_missing(known, without, said) -> None:
    place, reach = known
    search = "search", "warga", "--index", place
    _refused(_run(*search, **{**reach, **without}), said)
    assert _run(*search, **reach).returncode == 0


def test_netrc_knows_the_password(known, tmp_path: Path) -> None:
    place, reach = known
    notes = tmp_path / "netrc"
    notes.write_text(f"machine 127.0.0.1 login admin password {PASSWORD}\n")
    notes.chmod(0o600)
    done = _run("info", "--index", place, **{_CA: reach[_CA], "NETRC": str(notes)})
    assert done.returncode == 0, done.stderr


def test_a_password_is_never_shown_nor_taken_from_an_address(known) -> None:
    place, reach = known
    told = place.replace("admin@", f"admin:{PASSWORD}@")
    line = _refused(_run("info", "--index", told, **reach), rf"set {_PASS} instead")
    assert PASSWORD not in line


def test_a_reader_reads_and_may_not_write(secured: Servers, known, source: str) -> None:
    place, reach = known
    api = "_plugins/_security/api"
    allowed = {"index_patterns": ["arsip*"], "allowed_actions": ["read", "indices_monitor"]}
    more = ["indices:data/read/*", "indices:admin/get", "indices:admin/aliases/get"]
    allowed["allowed_actions"] += [*more, "indices:admin/mappings/get"]
    role = {"cluster_permissions": ["cluster_composite_ops_ro"], "index_permissions": [allowed]}
    secured.ask(f"{api}/roles/pembaca", role, method="PUT")
    user = {"password": PASSWORD, "opendistro_security_roles": ["pembaca"]}
    secured.ask(f"{api}/internalusers/pembaca", user, method="PUT")
    theirs = place.replace("admin@", "pembaca@")
    for command in (["search", "warga"], ["info"], ["sources"], ["show", "artikel-0-3"]):
        done = _run(*command, "--index", theirs, **reach)
        assert done.returncode == 0, done.stderr
    for command in (["index", source], ["remove", "artikel-0-3"]):
        _refused(
            _run(*command, "--index", theirs, **reach),
            r"'pembaca' may not do that .*ask its administrator for leave",
        )
    assert _run("show", "artikel-0-3", "--index", place, **reach).returncode == 0


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
