"""Sources that are listed, moved and forgotten; articles that are taken out and stay out."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main
from kliping.errors import SourceNotFound
from kliping.indexing import upkeep

TEXT = " ".join(f"kata{n}" for n in range(60))


def write(path, **bodies):
    path.parent.mkdir(exist_ok=True)
    rows = [{"id": key, "judul": f"Judul {key}", "isi": text} for key, text in bodies.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def held(index):
    with kliping.open(index) as opened:
        found = opened.search("-xyzzy", limit=100, collapse=False).hits
        assert len(opened) == len(found)
        return sorted(hit.article.id for hit in found)


def kli(index, *arguments):
    return CliRunner().invoke(main, ["--index", str(index), *map(str, arguments)])


@pytest.fixture
def made(tmp_path, engine_name):
    """An index of two folders, one within the other, and of a file."""
    write(tmp_path / "arsip" / "a.jsonl", a1="satu", a2="satu dua")
    write(tmp_path / "arsip" / "dalam" / "b.jsonl", b1="tiga")
    lone = write(tmp_path / "c.jsonl", c1="empat", c2="lima")
    sources = [tmp_path / "arsip", tmp_path / "arsip" / "dalam", lone]
    kliping.build(sources, tmp_path / "index", engine=engine_name)
    return tmp_path / "index"


def test_sources_tell_what_each_gave_and_whether_it_is_there(made, tmp_path):
    (tmp_path / "c.jsonl").unlink()
    told = {each.path.rpartition("/")[2]: each for each in upkeep.sources(made)}
    assert {name: (e.files, e.articles, e.is_there) for name, e in told.items()} == {
        "arsip": (1, 2, True), "dalam": (1, 1, True), "c.jsonl": (1, 2, False),
    }  # fmt: skip
    assert len(told["c.jsonl"].seen) == 10
    lines = kli(made, "sources").output.splitlines()
    assert lines[0].split()[0] == "2"
    assert "gone; last seen" in lines[2]
    assert json.loads(kli(made, "sources", "--json").output)[2]["is_there"] is False


def test_a_source_is_forgotten_but_for_what_another_holds(made, tmp_path):
    assert upkeep.forget(tmp_path / "arsip", made).removed == 2
    assert held(made) == ["b1", "c1", "c2"]
    assert len(upkeep.sources(made)) == 2
    assert kliping.build([], made).unchanged == 3


def test_a_source_that_is_gone_can_be_forgotten_as_the_note_says(made, tmp_path):
    (tmp_path / "c.jsonl").unlink()
    problems = []
    kliping.build([], made, on_problem=problems.append)
    cure = problems[0].reason.rpartition("kliping ")[2].split()
    assert kli(made, *cure).exit_code == 0
    assert held(made) == ["a1", "a2", "b1"]
    assert kliping.build([], made, on_problem=problems.append).unchanged == 3
    assert len(problems) == 1


def test_what_was_left_out_for_a_forgotten_source_comes_in(tmp_path, engine_name):
    one = write(tmp_path / "a.jsonl", sama=TEXT + " dan lagi", a="satu")
    other = write(tmp_path / "b.jsonl", sama=TEXT)
    kliping.build([one, other], tmp_path / "index", engine=engine_name)
    upkeep.forget(one, tmp_path / "index")
    assert held(tmp_path / "index") == []
    kliping.build([], tmp_path / "index")
    assert held(tmp_path / "index") == ["sama"]


def test_a_source_that_moved_is_not_read_again(made, tmp_path, monkeypatch):
    shutil.move(tmp_path / "c.jsonl", tmp_path / "arsip" / "d.jsonl")
    shutil.move(tmp_path / "arsip", tmp_path / "berita")
    assert upkeep.move(tmp_path / "arsip", tmp_path / "berita", made) == 2
    result = kli(made, "sources", "--move", tmp_path / "c.jsonl", tmp_path / "berita" / "d.jsonl")
    assert result.exit_code == 0
    assert [each.articles for each in upkeep.sources(made)] == [2, 1, 2]
    assert all(each.is_there for each in upkeep.sources(made))
    monkeypatch.setattr("kliping.indexing.reading.read_file", None)
    summary = kliping.build([], made)
    assert (summary.unchanged, summary.added, summary.removed) == (5, 0, 0)
    assert len(held(made)) == 5


@pytest.mark.parametrize("arguments", [["--forget", "lain"], ["--move", "lain", "."]])
def test_a_source_that_is_none_is_told_with_the_cure(made, arguments):
    result = kli(made, "sources", *arguments)
    assert result.exit_code == 2
    assert "kliping sources --index" in result.output


def test_a_source_cannot_move_to_where_nothing_is(made, tmp_path):
    with pytest.raises(SourceNotFound, match="check its name"):
        upkeep.move(tmp_path / "c.jsonl", tmp_path / "tidak-ada", made)


def test_what_was_removed_stays_out_whatever_gives_it(made, tmp_path):
    assert kli(made, "remove", "a1", "c2").output == "2 articles removed\n"
    assert held(made) == ["a2", "b1", "c1"]
    assert kliping.build([], made).unchanged == 3
    write(tmp_path / "arsip" / "a.jsonl", a1="satu", a2="satu", a3="satu")
    write(tmp_path / "d.jsonl", a1="satu", d="satu")
    summary = kliping.build([tmp_path / "arsip", tmp_path / "d.jsonl"], made)
    assert (summary.added, summary.updated, summary.skipped) == (2, 1, 0)
    assert held(made) == ["a2", "a3", "b1", "c1", "d"]
    kliping.build([], made, rebuild=True)
    assert held(made) == ["a1", "a2", "a3", "b1", "c1", "c2", "d"]


def test_what_was_removed_leaves_its_group(tmp_path, engine_name):
    write(tmp_path / "a.jsonl", a=TEXT, b=TEXT, c=TEXT)
    kliping.build(tmp_path / "a.jsonl", tmp_path / "index", engine=engine_name)
    upkeep.remove(["a"], tmp_path / "index")
    with kliping.open(tmp_path / "index") as opened:
        (hit,) = opened.search("kata7")
        assert (hit.article.id, hit.similar) == ("b", ("c",))


def test_removing_what_is_not_there_is_an_error(made):
    result = kli(made, "remove", "tidak-ada")
    assert result.exit_code == 2
    assert "tidak-ada" in result.output
