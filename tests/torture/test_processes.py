"""Processes that are killed, and many at once: what an index holds is what was committed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import kliping
from kliping.errors import IndexNotFound
from kliping.indexing.checking import check
from tests.changing import is_of_one_version, write
from tests.torture import long_too

# Commits all the time, so that kills fall before, within and after commits, joins and groupings.
_BUILD = """
import sys, kliping
from kliping.indexing import readers, transaction
transaction.BATCH = 15
readers._WORTH_FILES = 1  # workers, however little there is to read
if __name__ == "__main__":
    source, index, engine, jobs, rebuild, large = sys.argv[1:]
    readers._LARGE_BYTES = int(large)
    print("begun", flush=True)
    kliping.build(source, index, engine=engine or None, jobs=int(jobs), wait=60,
                  rebuild=rebuild == "rebuild", commit_seconds=0)
"""
_READ = """
import sys, kliping
from pathlib import Path
with kliping.open(sys.argv[1], follow=True) as index:
    while not Path(sys.argv[2]).exists():
        found = [hit.article.id for hit in index.search("kopi", limit=60, collapse=False)]
        assert len(found) == len(set(found)), found
        for article_id in found[:3]:
            assert "kopi" in index.get(article_id).body.lower()
        index.info()
print("read")
"""


def _bodies(index: Path) -> dict[str, str]:
    with kliping.open(index) as opened:
        found = [article.id for article in opened]
        assert len(found) == len(set(found)) == len(opened)
        return {article.id: article.body for article in opened}


@contextmanager
def _process(script: Path, code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run code as the head of a group of processes, all of which are killed in the end."""
    script.write_text(code, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script), *map(str, arguments)],
        env=environment, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            _kill(process.pid, group=True)


def _kill(number: int, *, group: bool) -> None:
    with suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(number, signal.SIGKILL)


def _workers(head: int) -> list[int]:
    """Return the processes that another has started."""
    path = Path(f"/proc/{head}/task/{head}/children")
    return [int(each) for each in path.read_text().split()] if path.exists() else []


@pytest.mark.parametrize("kills", long_too(3, 200, pieces=5))
def test_kills_at_any_moment_lose_and_double_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, engine_name: str, kills: int
) -> None:
    """Kill runs, several in a row; whoever is left alone then makes the index of a run in peace."""
    source, index, fresh = tmp_path / "in", tmp_path / "index", tmp_path / "fresh"
    chance = random.Random(request.node.name)
    version, span = 0, 1.0  # seconds that a run takes, about
    write(source, version)
    while kills > 0:
        for _ in range(min(kills, chance.randrange(1, 5))):
            if chance.random() < 0.5:
                version += 1
                write(source, version)
            rebuild = chance.choice(["", "", "rebuild"])
            jobs, large = chance.choice([1, 2, 3]), chance.choice([1, 1_000_000])
            started = (source, index, engine_name, jobs, rebuild, large)
            with _process(tmp_path / "build.py", _BUILD, *started) as process:
                was_alive = _die(process, chance, span)
                span *= 1.05 if was_alive else 0.8
                kills -= was_alive
            with suppress(IndexNotFound):
                assert all(is_of_one_version(body, version) for body in _bodies(index).values())
        kliping.build(source, index, engine=None if index.exists() else engine_name)
        assert check(index).problems == ()
        kliping.build(source, fresh, engine=engine_name, rebuild=fresh.exists())
        assert _bodies(index) == _bodies(fresh)


def _die(process: subprocess.Popen[str], chance: random.Random, span: float) -> bool:
    """Let a run get on, then kill it or one of its workers; say whether it had not ended yet."""
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    time.sleep(chance.random() * span)
    was_alive = process.poll() is None
    workers = _workers(process.pid)
    if workers and chance.random() < 0.5:
        _kill(chance.choice(workers), group=False)
        assert process.wait(60) == 0
    return was_alive


@pytest.mark.parametrize("seconds", long_too(0, 60))
def test_readers_see_whole_articles_while_one_writes_and_rebuilds(
    tmp_path: Path, engine_name: str, seconds: int
) -> None:
    source, index = tmp_path / "in", tmp_path / "index"
    write(source, 0)
    kliping.build(source, index, engine=engine_name)
    script = tmp_path / "read.py"
    script.write_text(_READ, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    readers = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", str(script), str(index), str(tmp_path / "stop")],
            env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(8 if seconds else 3)
    ]  # fmt: skip
    version, ends = 0, time.monotonic() + seconds
    while version < 4 or time.monotonic() < ends:
        version += 1
        write(source, version)
        kliping.build(source, index, rebuild=version % 3 == 0, commit_seconds=0)
    (tmp_path / "stop").touch()
    for reader in readers:
        said, wrong = reader.communicate()
        assert wrong == ""
        assert said == "read\n"
    assert check(index).problems == ()


@pytest.mark.parametrize("rounds", long_too(1, 20))
def test_four_writers_take_turns(tmp_path: Path, engine_name: str, rounds: int) -> None:
    index = tmp_path / "index"
    for number in range(rounds):
        for name in "abcd":
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            row = {"id": f"satu-{name}", "judul": name, "isi": f"Kopi {name} {number}"}
            (folder / "a.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        script = tmp_path / "build.py"
        script.write_text(_BUILD, "utf-8")
        writers = [
            subprocess.Popen(
                [sys.executable, "-W", "ignore", str(script), str(tmp_path / name), str(index),
                 engine_name, "1", "", "1000000"],
                env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            for name in "abcd"
        ]  # fmt: skip
        for writer in writers:
            assert writer.communicate() == ("begun\n", "")
            assert writer.returncode == 0
        assert _bodies(index) == {f"satu-{name}": f"Kopi {name} {number}" for name in "abcd"}
        assert check(index).problems == ()
