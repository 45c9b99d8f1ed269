"""What changed since last time, and what becomes of it."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import kliping
from kliping.article import Article
from kliping.corpus import Problem
from kliping.errors import (
    IndexDamaged,
    IndexMismatch,
    IndexNotFound,
    NotAnIndex,
    SourceNotFound,
)
from kliping.indexing.summary import Summary

Write = Callable[..., Path]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "arsip"
    made.mkdir()
    return made


@pytest.fixture
def write(folder: Path, write_lines: Callable[..., Path]) -> Write:
    """Return what writes a file of records below ``folder``: ``write("a", id="body", …)``."""

    def write(name: str, **bodies: str) -> Path:
        rows = [
            Article(key, f"Judul {key}", f"Isi {text} untuk {key}.") for key, text in bodies.items()
        ]
        path = folder / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        return write_lines(path, rows)

    return write


def counts(summary: Summary) -> tuple[int, int, int, int]:
    """Return added, updated, removed, unchanged."""
    return summary.added, summary.updated, summary.removed, summary.unchanged


def held(index: Path) -> dict[str, str]:
    """Return every article's id and body, checked against the count."""
    with kliping.open(index) as opened:
        hits = opened.search("isi", limit=1000).hits
        assert len(opened) == len(hits)
        return {hit.article.id: hit.article.body.split()[1] for hit in hits}


def snapshot(index: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(index)): (
            hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns,
        )
        for path in sorted(index.rglob("*")) if path.is_file()
    }  # fmt: skip


class TestChanges:
    def test_new_changed_removed_and_unchanged_articles_are_told_apart(
        self, engine_name, index, folder, write
    ):
        write("tetap", a="satu", b="satu")
        write("ubah", c="satu", d="satu")
        gone = write("hilang", e="satu")
        assert counts(kliping.build(folder, index, engine=engine_name)) == (5, 0, 0, 0)
        write("ubah", c="dua", f="dua")
        gone.unlink()
        summary = kliping.build(folder, index)
        assert counts(summary) == (1, 1, 2, 2)
        assert summary.articles == 4
        assert held(index) == {"a": "satu", "b": "satu", "c": "dua", "f": "dua"}

    def test_running_again_changes_nothing_on_disk(self, engine_name, index, folder, write):
        write("a", a="satu")
        write("b", b="satu", a="ganda")
        (folder / "rusak.jsonl").write_text("{\n")
        kliping.build(folder, index, engine=engine_name)
        kliping.build(folder, index)
        before = snapshot(index)
        summary = kliping.build(folder, index)
        assert counts(summary) == (0, 0, 0, 2)
        assert snapshot(index) == before

    def test_a_touch_is_no_change(self, index, folder, write):
        path = write("a", a="satu")
        kliping.build(folder, index)
        os.utime(path, ns=(1, 1))
        assert counts(kliping.build(folder, index)) == (0, 0, 0, 1)
        assert counts(kliping.build(folder, index)) == (0, 0, 0, 1)

    def test_the_same_size_with_another_time_is_compared_by_content(self, index, folder, write):
        path = write("a", a="satu")
        kliping.build(folder, index)
        write("a", a="enam")
        os.utime(path, ns=(1, 1))
        assert counts(kliping.build(folder, index)) == (0, 1, 0, 0)
        assert held(index) == {"a": "enam"}

    def test_a_renamed_file_keeps_its_articles(self, engine_name, index, folder, write):
        path = write("lama", a="satu", b="satu")
        kliping.build(folder, index, engine=engine_name)
        path.rename(folder / "baru.jsonl")
        kliping.build(folder, index)
        assert held(index) == {"a": "satu", "b": "satu"}
        assert counts(kliping.build(folder, index)) == (0, 0, 0, 2)

    @pytest.mark.parametrize(("old", "new"), [("p", "q"), ("q", "p")])
    def test_a_record_moved_to_another_file_is_kept_once(self, index, folder, write, old, new):
        write(old, a="satu", b="satu")
        write(new, c="satu")
        kliping.build(folder, index)
        write(old, a="satu")
        write(new, c="satu", b="dua")
        kliping.build(folder, index)
        assert held(index) == {"a": "satu", "b": "dua", "c": "satu"}
        assert counts(kliping.build(folder, index)) == (0, 0, 0, 3)

    def test_two_files_that_swap_a_record_keep_both(self, index, folder, write):
        write("p", a="satu", b="satu")
        write("q", c="satu", d="satu")
        kliping.build(folder, index)
        write("p", a="satu", d="dua")
        write("q", c="satu", b="dua")
        kliping.build(folder, index)
        kliping.build(folder, index)
        assert held(index) == {"a": "satu", "b": "dua", "c": "satu", "d": "dua"}


class TestDuplicates:
    def test_the_first_file_keeps_an_id_and_the_second_is_told(self, index, folder, write):
        write("p", a="pertama")
        second = write("q", a="kedua", b="kedua")
        problems: list[Problem] = []
        summary = kliping.build(folder, index, on_problem=problems.append)
        assert held(index) == {"a": "pertama", "b": "kedua"}
        assert summary.skipped == 1
        assert [p.path for p in problems] == [str(second)]
        assert "id 'a' is already taken by" in problems[0].reason
        assert "p.jsonl" in problems[0].reason

    def test_within_a_file_the_first_record_keeps_an_id(self, index, folder, write_lines):
        rows = [Article("a", "Judul", "Isi satu."), Article("a", "Judul", "Isi dua.")]
        write_lines(folder / "p.jsonl", rows)
        problems: list[Problem] = []
        assert kliping.build(folder, index, on_problem=problems.append).skipped == 1
        assert "this file" in problems[0].reason
        with kliping.open(index) as opened:
            assert len(opened) == 1
            assert opened.get("a").body == "Isi satu."

    def test_a_record_that_moved_is_not_reported_as_a_duplicate(self, index, folder, write):
        write("p", a="satu", b="satu")
        write("q", c="satu")
        kliping.build(folder, index)
        write("p", a="satu")
        write("q", c="satu", b="satu")
        problems: list[Problem] = []
        assert kliping.build(folder, index, on_problem=problems.append).skipped == 0
        assert problems == []

    def test_an_id_that_is_freed_goes_to_the_file_that_waits_for_it(
        self, engine_name, index, folder, write
    ):
        first = write("p", a="pertama")
        write("q", a="kedua", b="kedua")
        kliping.build(folder, index, engine=engine_name)
        first.unlink()
        summary = kliping.build(folder, index)
        assert held(index) == {"a": "kedua", "b": "kedua"}
        assert summary.articles == 2
        assert counts(kliping.build(folder, index)) == (0, 0, 0, 2)


class TestSources:
    def test_a_source_is_a_file_or_a_folder_and_others_stay(self, index, folder, write, tmp_path):
        write("dalam", a="satu")
        other = write("../luar", b="satu")
        kliping.build(folder, index)
        assert counts(kliping.build(other, index)) == (1, 0, 0, 0)
        assert counts(kliping.build(folder, index)) == (0, 0, 0, 1)
        assert held(index) == {"a": "satu", "b": "satu"}

    def test_several_sources_and_one_within_another_are_read_once(self, index, folder, write):
        path = write("sub/a", a="satu")
        summary = kliping.build([folder, path, folder / "sub"], index)
        assert counts(summary) == (1, 0, 0, 0)
        assert summary.skipped == 0

    def test_no_source_means_those_of_before(self, index, folder, write):
        write("p", a="satu")
        kliping.build(folder, index)
        write("q", b="satu")
        assert counts(kliping.build([], index)) == (1, 0, 0, 1)

    def test_no_source_and_no_index_says_what_to_do(self, index):
        with pytest.raises(IndexNotFound, match="kliping index FOLDER"):
            kliping.build([], index)

    def test_a_missing_source_leaves_the_index_unmade(self, index, tmp_path):
        with pytest.raises(SourceNotFound, match="tidak-ada"):
            kliping.build(tmp_path / "tidak-ada", index)
        assert not index.exists()

    def test_a_subfolder_that_vanished_takes_its_articles_along(self, index, folder, write):
        write("tetap", a="satu")
        path = write("sub/hilang", b="satu")
        kliping.build(folder, index)
        path.unlink()
        path.parent.rmdir()
        assert counts(kliping.build(folder, index)) == (0, 0, 1, 1)

    def test_a_folder_that_cannot_be_read_keeps_its_articles(
        self, index, folder, write, monkeypatch
    ):
        write("tetap", a="satu")
        path = write("sub/terkunci", b="satu")
        kliping.build(folder, index)
        listing = Path.iterdir

        def refuse(self: Path):
            if self == path.parent:
                raise PermissionError(13, "Permission denied")
            return listing(self)

        monkeypatch.setattr(Path, "iterdir", refuse)
        problems: list[Problem] = []
        summary = kliping.build(folder, index, on_problem=problems.append)
        monkeypatch.undo()
        assert summary.removed == 0
        assert "Permission denied" in problems[0].reason
        assert held(index) == {"a": "satu", "b": "satu"}

    def test_a_changed_file_that_cannot_be_read_keeps_its_articles(
        self, index, folder, write, monkeypatch
    ):
        path = write("a", a="satu")
        kliping.build(folder, index)
        write("a", a="dua", b="dua")
        opening = Path.open

        def refuse(self: Path, *args: object, **options: object):
            if self == path:
                raise PermissionError(13, "Permission denied")
            return opening(self, *args, **options)

        monkeypatch.setattr(Path, "open", refuse)
        summary = kliping.build(folder, index)
        monkeypatch.undo()
        assert summary.failed == 1
        assert held(index) == {"a": "satu"}
        assert counts(kliping.build(folder, index)) == (1, 1, 0, 0)

    def test_a_name_that_is_not_utf_8_is_no_obstacle(self, index, folder, write):
        path = write("a", a="satu")
        odd = Path(os.fsdecode(os.fsencode(folder) + b"/na\xefve.jsonl"))
        path.rename(odd)
        assert counts(kliping.build(folder, index)) == (1, 0, 0, 0)
        assert counts(kliping.build(folder, index)) == (0, 0, 0, 1)
        assert held(index) == {"a": "satu"}

    def test_an_id_with_a_lone_surrogate_is_no_obstacle(self, engine_name, index, folder):
        row = {"id": "a\ud800b", "judul": "Ju\ud800dul", "isi": "Isi satu \ud800."}
        (folder / "a.jsonl").write_text(json.dumps(row) + "\n")
        assert kliping.build(folder, index, engine=engine_name).articles == 1
        assert counts(kliping.build(folder, index)) == (0, 0, 0, 1)
        with kliping.open(index) as opened:
            found = opened.search("isi")[0].article.id
            assert opened.get(found).id == found

    def test_processes_read_what_one_process_reads(self, index, folder, tmp_path, write):
        for n in range(210):
            write(f"f{n}", **{f"id{n}": "satu"})
        summary = kliping.build(folder, index, jobs=2)
        assert counts(summary) == (210, 0, 0, 0)
        assert len(held(index)) == 210

    def test_progress_never_goes_back_and_ends_at_the_whole(self, index, folder, write):
        write("a", **{f"x{n}": "satu" for n in range(600)})
        write("b", b="satu")
        seen: list[tuple[int, int]] = []
        kliping.build(folder, index, on_progress=lambda done, total: seen.append((done, total)))
        assert seen == sorted(seen)
        assert seen[-1][0] == seen[-1][1] == sum(p.stat().st_size for p in folder.iterdir())


class TestRebuilding:
    def test_a_rebuild_makes_the_same_index_anew(self, engine_name, index, folder, write):
        write("a", a="satu", b="satu")
        kliping.build(folder, index, engine=engine_name)
        summary = kliping.build(folder, index, rebuild=True)
        assert counts(summary) == (2, 0, 0, 0)
        with kliping.open(index) as opened:
            assert opened.engine == engine_name
        assert [p.name for p in index.glob("generation-*")] == ["generation-2"]

    def test_a_rebuild_without_sources_takes_all_that_were_named(self, index, folder, write):
        write("a", a="satu")
        other = write("../luar", b="satu")
        kliping.build(folder, index)
        kliping.build(other, index)
        assert counts(kliping.build([], index, rebuild=True)) == (2, 0, 0, 0)

    def test_another_engine_needs_a_rebuild(self, index, folder, write):
        write("a", a="satu")
        kliping.build(folder, index, engine="tantivy")
        with pytest.raises(IndexMismatch, match="--rebuild --engine whoosh"):
            kliping.build(folder, index, engine="whoosh")
        kliping.build(folder, index, engine="whoosh", rebuild=True)
        with kliping.open(index) as opened:
            assert opened.engine == "whoosh"
        assert held(index) == {"a": "satu"}

    def test_a_lexicon_needs_a_rebuild_that_names_it(self, index, folder, write, tmp_path):
        write("a", a="satu")
        kliping.build(folder, index)
        lexicon = tmp_path / "kata saya.txt"
        lexicon.write_text("!satu", encoding="utf-8")
        with pytest.raises(IndexMismatch) as refused:
            kliping.build(folder, index, lexicon=lexicon)
        assert f"index --rebuild --lexicon {shlex.quote(str(lexicon))} --index" in str(
            refused.value
        )
        kliping.build(folder, index, lexicon=lexicon, rebuild=True)
        assert counts(kliping.build(folder, index, lexicon=lexicon)) == (0, 0, 0, 1)

    @pytest.mark.parametrize(("field", "version"), [("analyser", "99"), ("format", 99)])
    def test_another_version_is_refused_and_a_rebuild_mends_it(
        self, index, folder, write, field, version
    ):
        write("a", a="satu")
        kliping.build(folder, index)
        path = index / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), field: version}))
        for attempt in (lambda: kliping.open(index), lambda: kliping.build(folder, index)):
            with pytest.raises(IndexMismatch, match=r"99.*--rebuild"):
                attempt()
        kliping.build([], index, rebuild=True)
        assert held(index) == {"a": "satu"}

    def test_a_damaged_manifest_is_refused_and_a_rebuild_mends_it(self, index, folder, write):
        write("a", a="satu")
        kliping.build(folder, index)
        (index / "manifest.json").write_text("{")
        for attempt in (lambda: kliping.open(index), lambda: kliping.build(folder, index)):
            with pytest.raises(IndexDamaged, match="--rebuild"):
                attempt()
        kliping.build([], index, rebuild=True)
        assert held(index) == {"a": "satu"}

    def test_damaged_notes_are_refused_and_a_rebuild_mends_them(self, index, folder, write):
        write("a", a="satu")
        kliping.build(folder, index)
        (index / "generation-1" / "state.sqlite").write_bytes(b"bukan basis data" * 99)
        with pytest.raises(IndexDamaged, match="--rebuild"):
            kliping.build(folder, index)
        kliping.build(folder, index, rebuild=True)
        assert held(index) == {"a": "satu"}

    # Whoosh leaves a file open when it cannot read it.
    @pytest.mark.parametrize("size", [0, 1, 0.5, -1], ids=["empty", "1-byte", "half", "less-1"])
    def test_a_truncated_engine_file_is_damage_or_harmless_never_a_crash(
        self, engine_name, index, folder, write, size
    ):
        write("a", **{f"x{n}": "satu" for n in range(40)})
        kliping.build(folder, index, engine=engine_name)
        for path in sorted((index / "generation-1" / "engine").iterdir()):
            whole = path.read_bytes()
            cut = {0: 0, 1: 1, 0.5: len(whole) // 2, -1: max(len(whole) - 1, 0)}[size]
            _replace(path, whole[:cut])
            with suppress(IndexDamaged), kliping.open(index) as opened:
                opened.search("isi satu", facets=True)
                opened.search("judul:judul AND x1*", sort="newest")
                opened.info()
            _replace(path, whole)
        assert len(held(index)) == 40

    def test_a_missing_generation_is_damage(self, engine_name, index, folder, write):
        write("a", a="satu")
        kliping.build(folder, index, engine=engine_name)
        (index / "generation-1").rename(index.parent / "pindah")
        with pytest.raises(IndexDamaged, match="--rebuild"):
            kliping.open(index)

    def test_a_folder_of_something_else_is_left_alone(self, folder, write, tmp_path):
        write("a", a="satu")
        with pytest.raises(NotAnIndex):
            kliping.build(folder, folder)
        assert [p.name for p in folder.iterdir()] == ["a.jsonl"]

    def test_a_folder_with_a_readme_may_become_an_index(self, index, folder, write):
        write("a", a="satu")
        index.mkdir()
        (index / "README.md").write_text("Di sini indeksnya.")
        kliping.build(folder, index)
        assert held(index) == {"a": "satu"}
        assert (index / "README.md").exists()

    def test_updates_leave_no_files_behind(self, engine_name, index, folder, write):
        """An index must not grow by updates: unreferenced segments once filled a disk."""
        write("tetap", **{f"t{n}": "satu" for n in range(50)})
        kliping.build(folder, index, engine=engine_name)
        first = sum(p.stat().st_size for p in index.rglob("*") if p.is_file())
        for n in range(20):
            write("ubah", a=f"kata{n}")
            kliping.build(folder, index, rebuild=n % 5 == 4)
        last = sum(p.stat().st_size for p in index.rglob("*") if p.is_file())
        assert last < 3 * first
        assert len(list(index.glob("generation-*"))) == 1
        assert held(index)["a"] == "kata19"


def test_an_article_without_text_is_found_by_its_id(index, folder):
    row = {"id": "a", "judul": "Judul saja", "isi": ""}
    (folder / "a.jsonl").write_text(json.dumps(row) + "\n")
    kliping.build(folder, index)
    with kliping.open(index) as opened:
        assert len(opened) <= 1


def _replace(path: Path, content: bytes) -> None:
    """Write a new file in place of one that the library may still have mapped into memory."""
    new = path.with_name("new")
    new.write_bytes(content)
    new.replace(path)
