"""When an index must be made anew, and that the old one serves until then."""

from __future__ import annotations

import json
import shlex
from contextlib import suppress
from pathlib import Path

import pytest

import kliping
from kliping.errors import IndexDamaged, IndexMismatch, NotAnIndex
from tests.indexing.syncing import counts, held


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


def _replace(path: Path, content: bytes) -> None:
    """Write a new file in place of one that the library may still have mapped into memory."""
    new = path.with_name("new")
    new.write_bytes(content)
    new.replace(path)
