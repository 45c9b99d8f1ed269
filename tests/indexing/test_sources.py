"""Where an index is made from: one source, several, one that cannot be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import kliping
from kliping.corpus import Problem
from kliping.errors import IndexNotFound, SourceNotFound
from tests.indexing.syncing import counts, held


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
