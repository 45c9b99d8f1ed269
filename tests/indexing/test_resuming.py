"""A rebuild that was ended goes on: less is read, and the index is that of a run in peace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kliping
from kliping.errors import IndexDamaged
from kliping.indexing.checking import check
from kliping.indexing.transaction import Transaction
from tests.changing import ARTICLES, RECORDS, write

_REBUILD = """
import os, sys, kliping
from kliping.indexing import transaction
transaction.BATCH = 10
source, index, commits = sys.argv[1:]
left = int(commits)
commit = transaction.Transaction.commit
def dying(self):
    global left
    commit(self)
    left -= 1
    if not left:
        os._exit(9)
transaction.Transaction.commit = dying
kliping.build(source, index, rebuild=True, commit_seconds=0)
"""


# What decides whether a rebuild goes on is no engine's business.
_one_engine = pytest.mark.parametrize("engine_name", ["tantivy"])


@pytest.fixture
def source(tmp_path):
    write(tmp_path / "in")
    return tmp_path / "in"


@pytest.fixture
def index(tmp_path, source, engine_name):
    kliping.build(source, tmp_path / "index", engine=engine_name)
    return tmp_path / "index"


def _kill(source: Path, index: Path, *, commits: int = 8) -> None:
    """End a rebuild as a kill does, after so many commits."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _REBUILD, str(source), str(index), str(commits)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False,
    )  # fmt: skip
    assert done.returncode == 9


def _rebuild(source: Path, index: Path, **options: Any) -> float:
    """Rebuild, and return the part of the articles that were made for it."""
    summary = kliping.build(source, index, rebuild=True, **options)
    return summary.added / summary.articles


def _seen(index: Path) -> object:
    with kliping.open(index) as opened:
        found = opened.search("kopi", limit=1000, collapse=False)
        groups = [(hit.article.id, hit.similar) for hit in opened.search("kabar3", limit=99)]
        return {hit.article.id: hit.article for hit in found}, groups, len(opened)


@pytest.mark.parametrize("commits", [2, 9, 25])
def test_a_rebuild_that_was_killed_goes_on(index, source, tmp_path, engine_name, commits):
    write(source, 1)
    _kill(source, index, commits=commits)
    assert _rebuild(source, index) <= 1 - (commits - 2) * 8 / ARTICLES
    kliping.build(source, tmp_path / "fresh", engine=engine_name)
    assert _seen(index) == _seen(tmp_path / "fresh")
    assert check(index).problems == ()
    assert sorted(path.name for path in index.glob("generation-*/*.json")) == [
        "digests.json",
        "groups.json",
    ]


@_one_engine
def test_one_that_was_stopped_goes_on_and_says_so(index, source):
    commits: list[int] = []
    stop = lambda: len(commits) > 3  # noqa: E731
    assert kliping.build(
        source, index, rebuild=True, stop=stop, on_progress=lambda done, _: commits.append(done)
    ).interrupted
    told: list[kliping.Problem] = []
    assert _rebuild(source, index, on_problem=told.append) < 0.9
    assert [problem.kind for problem in told if "goes on" in problem.reason] == ["note"]


def test_what_changed_meanwhile_is_read_anew(index, source, tmp_path, engine_name):
    _kill(source, index)
    (source / "f0.jsonl").unlink()
    text = (source / "f1.jsonl").read_text("utf-8")
    (source / "f1.jsonl").write_text(text.replace("musim 0", "musim 7"), "utf-8")
    assert 0 < _rebuild(source, index) < 1
    kliping.build(source, tmp_path / "fresh", engine=engine_name)
    assert _seen(index) == _seen(tmp_path / "fresh")


@_one_engine
@pytest.mark.parametrize("options", [{"keep_repeats": True}, {"columns": "judul=isi,isi=judul"}])
def test_another_rebuild_begins_anew(index, source, options):
    _kill(source, index)
    assert _rebuild(source, index, **options) == 1


@_one_engine
def test_so_does_one_of_other_sources(index, source, tmp_path):
    _kill(source, index)
    write(tmp_path / "lain")
    (tmp_path / "lain" / "f3.jsonl").unlink()
    assert _rebuild(tmp_path / "lain", index) == 1
    assert _seen(index)[2] == ARTICLES - RECORDS - 1


@_one_engine
def test_so_does_one_after_the_index_was_written_to(index, source):
    _kill(source, index)
    kliping.build([], index)
    assert _rebuild(source, index) == 1


@_one_engine
@pytest.mark.parametrize("name", ["state.sqlite", "engine", "begun.json"])
def test_so_does_one_whose_half_is_damaged(index, source, name):
    _kill(source, index)
    (half,) = (place.parent for place in index.glob("generation-*/begun.json"))
    for path in sorted((half / name).iterdir()) if name == "engine" else [half / name]:
        path.write_bytes(b"rusak")
    assert _rebuild(source, index) == 1
    assert check(index).problems == ()


@_one_engine
def test_one_that_meets_damage_does_not_meet_it_for_ever(index, source, monkeypatch):
    _kill(source, index)

    def damaged(*_):
        raise IndexDamaged("rusak", path=index)

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "put", damaged)
        with pytest.raises(IndexDamaged):
            _rebuild(source, index)
    assert _rebuild(source, index) == 1


def test_what_lies_in_no_file_comes_through_once(index, source):
    with kliping.writer(index) as writer:
        writer.add({"id": "tamu", "judul": "Tamu", "isi": "Kopi tamu."})
    _kill(source, index, commits=12)
    assert _rebuild(source, index) < 1
    with kliping.open(index) as opened:
        assert [hit.article.id for hit in opened.search("tamu")] == ["tamu"]
