"""What a run may take: fewer processes where they do not fit, told; a commit where much waits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kliping
from kliping.corpus import Problem
from kliping.indexing import memory, transaction
from kliping.indexing.memory import articles_within, jobs_within
from kliping.indexing.transaction import Transaction


@pytest.mark.parametrize("jobs", [1, 2, 16])
def test_more_memory_never_gives_fewer_jobs(jobs: int) -> None:
    found = [jobs_within(megabytes, jobs) for megabytes in range(memory.LEAST, 4096, 32)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (1, jobs)


def _source(folder: Path, count: int) -> Path:
    folder.mkdir()
    rows = (
        json.dumps({"id": f"a{n}", "judul": "Panen", "isi": f"Kopi {n}."}) for n in range(count)
    )
    (folder / "a.jsonl").write_text("\n".join(rows), "utf-8")
    return folder


def test_fewer_jobs_are_told_with_what_would_let_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kliping.indexing.readers._LARGE_BYTES", 1)
    source = _source(tmp_path / "in", 3)
    told: list[Problem] = []
    kliping.build(source, tmp_path / "index", jobs=9, memory=256, on_problem=told.append)
    (said,) = told
    assert "1 of 9 processes fit into 256 MB" in str(said)
    enough = int(str(said).rpartition(" ")[2])
    kliping.build(
        source, tmp_path / "index", jobs=9, memory=enough, rebuild=True, on_problem=told.append
    )
    assert told == [said]


def test_a_commit_is_due_once_much_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_ARTICLES_A_MEGABYTE", 0.1)
    monkeypatch.setattr(transaction, "BATCH", 10)
    waiting: list[int] = []
    commit = Transaction.commit

    def counted(self: Transaction) -> None:
        waiting.append(self._waiting)
        commit(self)

    monkeypatch.setattr(Transaction, "commit", counted)
    kliping.build(_source(tmp_path / "in", 200), tmp_path / "index", memory=512)
    assert articles_within(512) <= max(waiting) <= articles_within(512) + 10
    assert sum(waiting) == 200
