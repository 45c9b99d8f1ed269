"""An index is read by whoever may read it, wherever nothing can be written."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import kliping
from tests.unprivileged import allow_writing, forbid_writing, open_folder, run_unprivileged

COMMANDS = [
    (["search", "gempa", "--json"], '"total": 2'),
    (["info"], "6 articles from 1 file"),
    (["suggest", "gem"], "gempa"),
    (["show", "gempa-1"], "Lembah Wening"),
    (["similar", "gempa-1"], "Warga korban gempa"),
]


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def forbidden(request: pytest.FixtureRequest, articles, write_lines) -> Iterator[tuple[Path, Path]]:  # type: ignore[no-untyped-def]
    """An index of somebody else's in which nobody may write, and one to warm up with."""
    pytest.importorskip(request.param)
    with open_folder() as folder:
        source = write_lines(folder / "articles.jsonl", articles)
        kliping.build(source, folder / "index", engine=request.param)
        shutil.copytree(folder / "index", folder / "warm")
        forbid_writing(folder / "index")
        yield folder / "index", folder / "warm"
        allow_writing(folder / "index")


def test_a_read_only_index_of_somebody_else_is_read(forbidden):
    index, warm = forbidden
    before = sorted(index.rglob("*"))
    mirrors = set(Path(tempfile.gettempdir()).glob("kliping-*"))
    told = run_unprivileged(*(command for command, _ in COMMANDS), index=index, warm=warm)
    for (status, out, err), (command, expected) in zip(told, COMMANDS, strict=True):
        assert (status, err) == (0, ""), command
        assert expected in out, command
    assert sorted(index.rglob("*")) == before
    assert set(Path(tempfile.gettempdir()).glob("kliping-*")) <= mirrors


@pytest.mark.parametrize("name", ["", "generation-1", "generation-1/engine", "manifest.json"])
def test_an_index_that_may_not_be_read_is_one_line_that_blames_no_disk(forbidden, name):
    index, warm = forbidden
    mode = (index / name).stat().st_mode
    (index / name).chmod(0o700)
    try:
        told = run_unprivileged(*(command for command, _ in COMMANDS), index=index, warm=warm)
    finally:
        (index / name).chmod(mode)
    for status, out, err in told:
        assert (status, out, len(err.splitlines())) == (2, "", 1)
        assert "ask its owner" in err
        assert "space" not in err


def test_a_lock_that_cannot_be_taken_stops_no_reader(source, tmp_path):
    kliping.build(source, tmp_path / "index", engine="tantivy")
    lock = tmp_path / "index" / "generation-1" / "engine" / ".tantivy-meta.lock"
    lock.unlink()
    lock.mkdir()
    with kliping.open(tmp_path / "index") as index:
        assert index.search("gempa").total == 2
        index.refresh()
        assert index.search("gempa").total == 2


def test_a_reader_without_a_lock_sees_what_a_writer_commits(
    source, articles, write_lines, tmp_path
):
    kliping.build(source, tmp_path / "index", engine="tantivy")
    engine = tmp_path / "index" / "generation-1" / "engine"
    shutil.move(engine / ".tantivy-meta.lock", tmp_path / "lock")
    (engine / ".tantivy-meta.lock").mkdir()
    with kliping.open(tmp_path / "index") as index:
        (engine / ".tantivy-meta.lock").rmdir()
        write_lines(source, articles[1:])
        kliping.build(source.parent, tmp_path / "index")
        (engine / ".tantivy-meta.lock").unlink()
        (engine / ".tantivy-meta.lock").mkdir()
        assert index.search("gempa").total == 2
        index.refresh()
        assert index.search("gempa").total == 1


def test_positions_that_are_missing_are_missed(source, tmp_path):
    """The library opens without them, finds no phrase, and says nothing."""
    kliping.build(source, tmp_path / "index", engine="tantivy")
    engine = tmp_path / "index" / "generation-1" / "engine"
    next(engine.glob("*.pos")).unlink()
    with pytest.raises(kliping.errors.IndexDamaged, match=r"\.pos is missing.*index --rebuild"):
        kliping.open(tmp_path / "index")


def test_the_list_of_files_may_be_read_by_whoever_may_read_the_files(source, tmp_path):
    kliping.build(source, tmp_path / "index", engine="tantivy")
    engine = tmp_path / "index" / "generation-1" / "engine"
    segment = next(engine.glob("*.store"))
    assert (engine / "meta.json").stat().st_mode == segment.stat().st_mode
    assert json.loads((engine / "meta.json").read_text())["segments"]
