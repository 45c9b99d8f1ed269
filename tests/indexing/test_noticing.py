"""Bugs that once would have passed: each of these tests fails with one of them put in."""

from __future__ import annotations

import importlib
import os
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.article import Article
from kliping.cli import main
from kliping.engines import ENGINES
from kliping.indexing import transaction
from kliping.indexing.upkeep import compact
from kliping.store import folder as folders
from kliping.store.folder import IndexFolder
from kliping.store.groups import read_groups
from kliping.store.state import State
from tests.corpus.test_pages import URL, page
from tests.indexing.wording import alike, article, edited, prose


class Crash(BaseException):
    """As if the process had been killed."""


def crash(*arguments: object) -> None:
    raise Crash


def held(index):
    with kliping.open(index) as opened:
        return {each.id: each.body for each in opened}


def test_old_generations_stay_until_the_manifest_names_the_new(tmp_path, monkeypatch):
    folder = IndexFolder(tmp_path / "index")
    folder.start(1)
    folder.publish("tantivy", "1/abc", 1)
    folder.start(2)
    monkeypatch.setattr(folders, "write_atomically", crash)
    with pytest.raises(Crash):
        folder.publish("tantivy", "1/abc", 2)
    assert folder.generation(folder.manifest().generation).exists()


def test_a_file_that_is_back_after_a_crash_in_its_removal_is_read(
    engine_name, tmp_path, write_lines, monkeypatch
):
    source, index = tmp_path / "arsip", tmp_path / "index"
    source.mkdir()
    write_lines(source / "a.jsonl", [Article("tetap", "Judul", "Isi satu.")])
    path = write_lines(source / "b.jsonl", [Article("hilang", "Judul", "Isi dua.")])
    kliping.build(source, index, engine=engine_name)
    before, content = path.stat(), path.read_bytes()
    path.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(State, "forget", crash)
        with pytest.raises(Crash):
            kliping.build(source, index)
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    kliping.build(source, index)
    assert set(held(index)) == {"tetap", "hilang"}


def test_a_changed_article_has_left_its_group_when_the_engine_commits(
    engine_name, tmp_path, write_lines, monkeypatch
):
    index, words = tmp_path / "index", prose("sama")
    path = write_lines(tmp_path / "a.jsonl", [article("k1", words), article("k2", words)])
    kliping.build(path, index, engine=engine_name)
    generation = index / "generation-1"
    assert set(read_groups(generation)) == {"k1", "k2"}
    write_lines(path, [article("k1", words), article("k2", prose("lain"))])
    module, name, _ = ENGINES[engine_name]
    with monkeypatch.context() as patched:
        patched.setattr(f"{module}.{name}.commit", crash)
        with pytest.raises(Crash):
            kliping.build(path, index)
    assert read_groups(generation) == {}


@pytest.mark.parametrize("removing", [False, True])
def test_what_is_noted_is_never_ahead_of_the_engine_nor_behind(
    engine_name, tmp_path, write_lines, monkeypatch, removing
):
    """At each commit of the engine: what is durably noted of a file, beside what is held."""
    monkeypatch.setattr(transaction, "BATCH", 5)
    index = tmp_path / "index"
    rows = [Article(f"k{n:02}", "Judul", f"Isi nomor {n}.") for n in range(20)]
    path = write_lines(tmp_path / "a.jsonl", rows)
    if removing:
        kliping.build(path, index, engine=engine_name)
        write_lines(path, rows[:3])
    module, name, _ = ENGINES[engine_name]
    engine = getattr(importlib.import_module(module), name)
    committing = engine.commit
    seen = []

    def commit(self):
        if (index / "manifest.json").exists():
            with closing(State.reading(index / "generation-1" / "state.sqlite")) as notes:
                ids, taken = set(held(index)), [each.taken for each in notes.files()]
                assert ids <= notes.all_ids()
                assert all(count <= len(ids) for count in taken)
                seen.append(max(taken, default=0))
        committing(self)

    monkeypatch.setattr(engine, "commit", commit)
    kliping.build(path, index, engine=engine_name, commit_seconds=0)
    assert len(held(index)) == (3 if removing else 20)
    assert removing or {5, 10, 15} <= set(seen)


def test_a_compacted_index_has_its_groups(engine_name, tmp_path, write_lines):
    index, words = tmp_path / "index", prose("sama")
    path = write_lines(tmp_path / "a.jsonl", [article("k1", words), article("k2", words)])
    kliping.build(path, index, engine=engine_name)
    compact(index)
    assert set(read_groups(index / "generation-2")) == {"k1", "k2"}


def test_strict_minds_what_could_not_be_read(tmp_path, write_lines, monkeypatch):
    path = write_lines(tmp_path / "a.jsonl", [Article("k1", "Judul", "Isi satu.")])
    opening = Path.open

    def refuse(self: Path, *arguments: object, **options: object):
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opening(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    line = ["--index", str(tmp_path / "index"), "index", str(path), "--jobs", "1"]
    assert CliRunner().invoke(main, line).exit_code == 0
    assert CliRunner().invoke(main, [*line, "--strict"]).exit_code == 2


def test_when_dates_are_swapped_the_other_leads(engine_name, tmp_path, write_lines):
    index, words = tmp_path / "index", prose("sama")
    for days in ((1, 2), (2, 1), (1, 2)):
        rows = [article(f"k{n}", words, day) for n, day in enumerate(days)]
        kliping.build(write_lines(tmp_path / "a.jsonl", rows), index, engine=engine_name)
        first = f"k{days.index(1)}"
        assert {group[0] for group in read_groups(index / "generation-1").values()} == {first}
        with kliping.open(index) as opened:
            (hit,) = opened.search(" ".join(words[:3]))
        assert hit.article.id == first


def test_a_text_follows_the_earliest_that_it_resembles_not_the_likeliest(
    engine_name, tmp_path, write_lines
):
    words = prose("pemimpin", 200)
    early, late = edited(words, 30, 60), edited(words, 150, 170)
    text = edited(words, 150)
    assert alike(early, late) < 0.75 < alike(early, text) < alike(late, text)
    rows = [article("k1", early, 1), article("k2", late, 2), article("k3", text, 3)]
    index = tmp_path / "index"
    kliping.build(write_lines(tmp_path / "a.jsonl", rows), index, engine=engine_name)
    assert set(read_groups(index / "generation-1").values()) == {("k1", "k3")}


def test_a_page_that_comes_to_what_two_files_give_ends_as_a_fresh_start_does(engine_name, tmp_path):
    source, index = tmp_path / "arsip", tmp_path / "index"
    source.mkdir()
    first = ("Air sungai naik lagi sejak hujan semalam suntuk di hulu.",) * 3
    more = "Warga mengungsi ke balai desa bersama ternak mereka sejak subuh."
    second = ("Bantuan tiba dari kota dengan perahu menjelang siang hari.",) * 3
    for step in (
        lambda: (source / "b.html").write_text(page(first)),
        lambda: (source / "a.html").write_text(page((*first, more))),
        lambda: (source / "c.html").write_text(page(second, og=f"{URL}?page=2")),
    ):
        step()
        kliping.build(source, index, engine=engine_name)
    kliping.build(source, tmp_path / "baru", engine=engine_name)
    assert held(index) == held(tmp_path / "baru")
    (body,) = held(index).values()
    assert "Air sungai" in body
    assert "Bantuan tiba" in body
