"""A file that holds up its reader, or kills it, costs itself alone."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import kliping
from kliping.article import Article
from kliping.corpus import Problem, SourceFile, find_files
from kliping.indexing import readers, reading, workers
from kliping.indexing.patience import too_slow
from kliping.indexing.preparing import Prepare
from kliping.indexing.readers import read_all
from kliping.indexing.reading import Read

needs_signals = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no such signals here")


def _write(folder: Path, count: int, lines: int = 3) -> list[SourceFile]:
    folder.mkdir()
    for number in range(count):
        rows = (
            {"id": f"b{number}-{at}", "judul": f"Panen {number}", "isi": f"Warga panen {at}. " * 20}
            for at in range(lines)
        )
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{number:03}.jsonl").write_text(text, "utf-8")
    return [file for file in find_files([folder]) if isinstance(file, SourceFile)]


def _ids(reads: Iterator[Read]) -> tuple[list[str], list[str]]:
    """Return the ids of the articles, and what was wrong, in the order of their coming."""
    ids, wrong = [], []
    for read in reads:
        wrong += [f"{read.file.path.name}: {read.error}"] if read.error else []
        for item in read.items:
            if isinstance(item, Article):
                ids.append(item.id)
            elif item.kind == "failed":
                wrong.append(f"{Path(item.path).name}: {item.reason}")
    return ids, wrong


@pytest.fixture
def worth_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make few and small files worth processes of their own."""
    monkeypatch.setattr(readers, "_WORTH_FILES", 2)


@pytest.mark.usefixtures("worth_starting")
@pytest.mark.parametrize("jobs", [2, 3])
def test_files_come_in_order_whatever_reads_them(tmp_path: Path, jobs: int) -> None:
    files = _write(tmp_path / "in", 7, lines=450)
    assert _ids(read_all(files, jobs=jobs)) == _ids(read_all(files, jobs=1))


@pytest.mark.usefixtures("worth_starting")
def test_what_was_not_asked_for_is_not_the_next_files(tmp_path: Path) -> None:
    files = _write(tmp_path / "in", 4, lines=450)
    firsts = [next(iter(read.items)) for read in read_all(files, jobs=2)]
    assert [first.id for first in firsts if isinstance(first, Article)] == [
        f"b{number}-0" for number in range(4)
    ]


@needs_signals
@pytest.mark.usefixtures("worth_starting")
@pytest.mark.parametrize("place", [0, 3, 4])
def test_a_stuck_reader_is_killed_and_the_others_are_read(tmp_path: Path, place: int) -> None:
    files = _write(tmp_path / "in", 5)
    files[place].path.unlink()
    os.mkfifo(files[place].path)  # whoever opens it waits for ever, within the system
    started = time.monotonic()
    ids, wrong = _ids(read_all(files, jobs=2, timeout=4))
    assert time.monotonic() - started < 60
    assert ids == [f"b{number}-{at}" for number in range(5) if number != place for at in range(3)]
    assert len(wrong) == 1
    assert wrong[0].startswith(f"{place:03}.jsonl: gave nothing for 4 s: left out; try: --timeout")
    assert not multiprocessing.active_children()


@needs_signals
@pytest.mark.usefixtures("worth_starting")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGSTOP"])
def test_what_a_reader_dies_of_costs_one_file(tmp_path: Path, how: str) -> None:
    files = _write(tmp_path / "in", 6, lines=2000)
    ids, wrong = [], []
    for number, read in enumerate(read_all(files, jobs=2, timeout=2)):
        items = iter(read.items)
        if number == 2:
            items = chain([next(items)], items)
            for child in multiprocessing.active_children():
                os.kill(child.pid or 0, getattr(signal, how))
        found, failed = _ids(iter([Read(read.file, read.digest, [list(items)], read.error)]))
        ids += found
        wrong += failed
    # Each of both processes dies of the file that it is at; what had come of it is kept. That may
    # be the next one, since some of what is sent waits in the pipe.
    lost = {int(line[:3]) for line in wrong}
    assert len(wrong) == len(lost) == 2
    assert len({number % 2 for number in lost}) == 2
    assert min(lost) >= 2
    whole = {f"b{number}-{at}" for number in set(range(6)) - lost for at in range(2000)}
    assert whole <= set(ids)
    assert len(ids) == len(set(ids))
    word = "gave nothing for 2 s" if how == "SIGSTOP" else how
    assert all(word in line for line in wrong)


def _unprepared() -> Prepare:
    raise AssertionError


def _half(tasks: object, pipe: Connection, preparing: object) -> None:
    """Begin, and stop in the middle of a message, of which 1,000 bytes are announced."""
    pipe.send_bytes(b"")
    os.write(pipe.fileno(), struct.pack("!i", 1000) + b"x")
    time.sleep(600)


@needs_signals
def test_who_stops_in_the_middle_of_a_message_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_work", _half)
    worker = workers.Worker([], 0.5, _unprepared)
    assert worker.message() == too_slow(0.5)
    assert not multiprocessing.active_children()


@needs_signals
def test_a_stuck_expression_is_interrupted_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _write(tmp_path / "in", 3)
    read_file = reading.read_file

    def stuck(file: SourceFile) -> Iterator[Article | Problem]:
        yield from read_file(file)
        if file.path.name == "001.jsonl":
            try:
                re.match(r"(?:a|aa)+$", "a" * 200 + "!")
            except Exception as error:  # as readers do
                raise AssertionError from error

    monkeypatch.setattr(reading, "read_file", stuck)
    ids, wrong = _ids(read_all(files, jobs=1, timeout=0.3))
    assert len(ids) == 9
    assert wrong == ["001.jsonl: gave nothing for 0.3 s: left out; try: --timeout 3"]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@needs_signals
def test_time_spent_on_articles_is_not_the_files(tmp_path: Path) -> None:
    ids = []
    for read in read_all(_write(tmp_path / "in", 1, lines=5), jobs=1, timeout=0.2):
        for item in read.items:
            time.sleep(0.1)
            ids.append(item)
    assert len(ids) == 5


@needs_signals
def test_an_index_keeps_what_a_stuck_file_gave_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _write(tmp_path / "in", 3)
    kliping.build(tmp_path / "in", tmp_path / "index")
    read_file = reading.read_file

    def stuck(file: SourceFile) -> Iterator[Article | Problem]:
        if file.path.name == "001.jsonl":
            re.match(r"(?:a|aa)+$", "a" * 200 + "!")
        yield from read_file(file)

    for file in files:
        file.path.write_text(file.path.read_text("utf-8") + "\n", "utf-8")
    told: list[Problem] = []
    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_file", stuck)
        summary = kliping.build([], tmp_path / "index", timeout=0.3, on_problem=told.append)
    assert (summary.updated, summary.failed, summary.articles) == (6, 1, 9)
    assert len(told) == 1
    assert "001.jsonl: cannot be read: gave nothing for 0.3 s" in str(told[0])
    told.clear()
    again = kliping.build([], tmp_path / "index", timeout=0.3, on_problem=told.append)
    assert (again.unchanged, again.failed, again.articles) == (6, 1, 9)
    assert again.seconds < 0.3
    assert [str(each).partition(": ")[2] for each in told] == [
        "gave nothing for 0.3 s: left out; try: --timeout 3, or change it "
        "(last time; not tried again)"
    ]
    again = kliping.build([], tmp_path / "index")
    assert (again.updated, again.unchanged, again.failed) == (3, 6, 0)


_UNGUARDED = """
import sys, kliping
from kliping.indexing import readers
readers._LARGE_BYTES = 1
kliping.build(sys.argv[1], sys.argv[2], jobs=2, wait=0)
"""


def test_a_program_that_cannot_start_processes_is_told_so(tmp_path: Path) -> None:
    _write(tmp_path / "in", 3)
    script = tmp_path / "made.py"
    script.write_text(_UNGUARDED, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "in"), str(tmp_path / "index")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "or use jobs=1" in done.stderr.splitlines()[-1]
    assert kliping.build(tmp_path / "in", tmp_path / "index").articles == 9
