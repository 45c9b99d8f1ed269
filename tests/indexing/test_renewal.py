"""Notes that were lost, emptied or are another index's: nothing is ever doubled."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

import kliping
from kliping.article import Article
from kliping.errors import IndexDamaged


def held(index):
    with kliping.open(index) as opened:
        hits = opened.search("isi", limit=1000, collapse=False).hits
        assert len(opened) == len(hits)
        return sorted(hit.article.id for hit in hits)


@pytest.fixture
def folder(tmp_path, write_lines, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "arsip"
    made.mkdir()
    for name in "pq":
        rows = [Article(f"{name}{n}", f"Judul {name}{n}", f"Isi {name}{n}.") for n in range(5)]
        write_lines(made / f"{name}.jsonl", rows)
    return made


def _lose(notes, other):
    notes.unlink()


def _empty(notes, other):
    notes.write_bytes(b"")


def _clear(notes, other):
    with closing(sqlite3.connect(notes)) as opened:
        opened.execute("DELETE FROM articles")
        opened.execute("DELETE FROM files")
        opened.commit()


def _swap(notes, other):
    shutil.copy(other, notes)


@pytest.mark.parametrize("damage", [_lose, _empty, _clear, _swap])
@pytest.mark.parametrize("named", [True, False])
def test_lost_notes_are_made_anew_and_nothing_is_doubled(
    engine_name, folder, tmp_path, write_lines, damage, named
):
    index, other = tmp_path / "index", tmp_path / "lain"
    kliping.build(folder, other, engine=engine_name)
    write_lines(folder / "r.jsonl", [Article("r", "Judul r", "Isi r.")])
    kliping.build("arsip", index, engine=engine_name)
    before = held(index)
    damage(index / "generation-1" / "state.sqlite", other / "generation-1" / "state.sqlite")
    problems = []
    kliping.build(folder if named else [], index, on_problem=problems.append)
    assert [problem.kind for problem in problems] == ["note"]
    assert held(index) == before
    summary = kliping.build([], index, on_problem=problems.append)
    assert (summary.added, summary.updated, summary.unchanged) == (0, 0, len(before))
    assert len(problems) == 1


def test_older_notes_are_noticed(engine_name, folder, tmp_path, write_lines):
    index = tmp_path / "index"
    kliping.build(folder, index, engine=engine_name)
    notes = index / "generation-1" / "state.sqlite"
    older = notes.read_bytes()
    write_lines(folder / "p.jsonl", [Article("p0", "Judul", "Isi baru.")])
    kliping.build(folder, index)
    (folder / "q.jsonl").unlink()
    kliping.build(folder, index)
    notes.write_bytes(older)
    write_lines(folder / "q.jsonl", [Article("q7", "Judul", "Isi tujuh.")])
    kliping.build(folder, index)
    assert held(index) == ["p0", "q7"]


def test_an_article_of_a_file_that_is_gone_outlives_the_notes(folder, tmp_path):
    index = tmp_path / "index"
    kliping.build("arsip", index)
    (index / "generation-1" / "state.sqlite").unlink()
    (folder / "q.jsonl").rename(tmp_path / "q.jsonl")
    kliping.build(tmp_path / "q.jsonl", index)
    assert len(held(index)) == 10


def test_groups_outlive_the_notes(engine_name, tmp_path, write_lines):
    index, text = tmp_path / "index", "isi " + " ".join(f"kata{n}" for n in range(60))
    rows = [Article(f"a{n}", f"Judul {n}", text) for n in range(3)]
    write_lines(tmp_path / "a.jsonl", rows)
    write_lines(tmp_path / "b.jsonl", [Article("b", "Judul b", text)])
    kliping.build([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], index, engine=engine_name)
    (index / "generation-1" / "state.sqlite").unlink()
    kliping.build(tmp_path / "b.jsonl", index)
    with kliping.open(index) as opened:
        assert opened.search("kata7").hits[0].similar == ("a1", "a2", "b")


def test_notes_that_are_no_notes_are_told_and_the_cure_needs_no_source(folder, tmp_path):
    index = tmp_path / "index"
    kliping.build(folder, index)
    (index / "generation-1" / "state.sqlite").write_bytes(b"bukan basis data" * 99)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        kliping.build([], index)
    kliping.build([], index, rebuild=True)
    assert len(held(index)) == 10
