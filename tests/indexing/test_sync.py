"""A run takes up what is new, different or gone, and each article once."""

from __future__ import annotations

import json
import os

import pytest

import kliping
from kliping.article import Article
from kliping.corpus import Problem
from tests.indexing.syncing import counts, held, snapshot


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


def test_an_article_without_text_is_found_by_its_id(index, folder):
    row = {"id": "a", "judul": "Judul saja", "isi": ""}
    (folder / "a.jsonl").write_text(json.dumps(row) + "\n")
    kliping.build(folder, index)
    with kliping.open(index) as opened:
        assert len(opened) <= 1
