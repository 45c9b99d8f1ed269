"""An index is copied whole: articles, notes, groups, lexicon; and goes on as the first would."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kliping
from kliping.article import Article
from kliping.engines.tantivy_engine import TantivyEngine
from kliping.errors import IndexDamaged, IndexMismatch, IndexNotFound
from kliping.indexing.checking import check
from kliping.indexing.copying import copy

BOTH = "tantivy", "whoosh"


def _ids(place: Path) -> list[str]:
    with kliping.open(place) as index:
        return sorted(article.id for article in index)


@pytest.fixture
def first(source: Path, tmp_path: Path, articles: tuple[Article, ...]) -> Path:
    """An index of files, with a lexicon, and with what a program gave and took out."""
    words = tmp_path / "kata.txt"
    words.write_text("[names]\nPersewening\n", "utf-8")
    place = tmp_path / "first"
    kliping.build(source, place, lexicon=words)
    with kliping.writer(place) as writer:
        writer.add({"id": "dari-program", "judul": "Tambahan", "isi": articles[2].body})
        writer.delete("bola")
    return place


@pytest.mark.parametrize("engine", BOTH)
def test_a_copy_is_the_same_and_goes_on(first: Path, source: Path, tmp_path: Path, engine) -> None:
    second = tmp_path / "second"
    done = copy(first, second, engine=engine)
    assert (done.articles, done.new) == (6, 6)
    assert check(second).problems == ()
    with kliping.open(first) as a, kliping.open(second) as b:
        assert {each.id: each for each in a} == {each.id: each for each in b}
        assert [h.similar for h in a.search("banjir")] == [h.similar for h in b.search("banjir")]
    assert copy(second, tmp_path / "third").digest == done.digest
    for place in (first, second):  # what is known of files, and of what was taken out, is kept
        summary = kliping.build([], place)
        assert (summary.added, summary.unchanged) == (0, 5)
    source.unlink()
    assert kliping.build([source.parent], second).removed == 5
    assert _ids(second) == ["dari-program"]


def test_one_that_is_ended_goes_on(first: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("kliping.indexing.copying.BATCH", 2)
    second, asked = tmp_path / "second", iter([False, True])
    ended = copy(first, second, stop=lambda: next(asked))
    assert (ended.interrupted, ended.new) == (True, 4)
    with pytest.raises(IndexNotFound):
        kliping.open(second)
    done = copy(first, second)
    assert (done.interrupted, done.articles, done.new) == (False, 6, 2)
    assert check(second).problems == ()


def test_one_of_what_has_changed_since_begins_anew(first: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("kliping.indexing.copying.BATCH", 2)
    second = tmp_path / "second"
    assert copy(first, second, stop=lambda: True).interrupted
    with kliping.writer(first) as writer:
        writer.delete("banjir")
    assert copy(first, second).new == 5
    assert _ids(second) == _ids(first)


def test_what_is_there_is_never_written_over(first: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    shutil.copytree(first, second)
    with pytest.raises(IndexMismatch, match="second holds an index already; name another place"):
        copy(first, second)
    with pytest.raises(IndexNotFound):
        copy(tmp_path / "none", tmp_path / "third")
    assert not (tmp_path / "third" / "manifest.json").exists()


def test_a_copy_that_is_not_the_same_is_not_published(first: Path, tmp_path: Path, monkeypatch):
    second, add = tmp_path / "second", TantivyEngine.add
    with monkeypatch.context() as broken:
        broken.setattr(TantivyEngine, "add", lambda self, rows: add(self, list(rows)[1:]))
        with pytest.raises(IndexDamaged, match=r"holds 5 articles, digest .* in place of 6, "):
            copy(first, second)
    with pytest.raises(IndexNotFound):
        kliping.open(second)
    assert copy(first, second).articles == 6
