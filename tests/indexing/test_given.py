"""What a program wrote, beside files: runs, rebuilds, damage and crashes leave it as it is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.article import Article
from kliping.cli import main
from kliping.errors import IndexDamaged, IndexMismatch, SourceNotFound
from kliping.indexing import upkeep
from tests.corpus.test_pages import SECOND, URL, page
from tests.test_writing import held, kli, made


def folder_of(path: Path, **bodies: str) -> Path:
    path.mkdir(exist_ok=True)
    rows = [{"id": key, "judul": f"Judul {key}", "isi": text} for key, text in bodies.items()]
    (path / "berkas.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_runs_over_folders_leave_it_alone_and_rebuilds_keep_it(
    index: Path, engine_name: str, tmp_path: Path
) -> None:
    source = folder_of(tmp_path / "arsip", f1="dari berkas", f2="dari berkas")
    kliping.build(source, index, engine=engine_name)
    made(index, engine_name, p1="dari program")
    kli(index, "index", "-", stdin='{"id": "s1", "isi": "dari pipa"}\n')
    everything = held(index)
    assert sorted(everything) == ["f1", "f2", "p1", "s1"]
    for again in ({}, {"rebuild": True}, {"rebuild": True}):
        for named in ([], source):
            kliping.build(named, index, **again)
            assert held(index) == everything
    folder_of(tmp_path / "arsip", f2="dari berkas")
    kliping.build([], index)
    upkeep.compact(index)
    assert sorted(held(index)) == ["f2", "p1", "s1"]


def test_a_rebuild_may_change_the_engine(index: Path) -> None:
    made(index, "tantivy", a="satu", b="dua")
    kliping.build([], index, rebuild=True, engine="whoosh")
    assert held(index) == {"a": "satu", "b": "dua"}


@pytest.mark.parametrize("order", ["file first", "program first"])
def test_what_a_program_gave_stands_before_what_a_file_gives(
    index: Path, engine_name: str, tmp_path: Path, order: str
) -> None:
    source = tmp_path / "arsip"
    folder_of(source, x="dari berkas yang jauh lebih panjang", y="dari berkas")
    if order == "file first":
        kliping.build(source, index, engine=engine_name)
        made(index, engine_name, x="dari program")
    else:
        made(index, engine_name, x="dari program")
        kliping.build(source, index)
    wanted = {"x": "dari program", "y": "dari berkas"}
    assert held(index) == wanted
    folder_of(source, x="dari berkas, diubah dan dipanjangkan", y="dari berkas")
    kliping.build([], index)
    assert held(index) == wanted
    kliping.build([], index, rebuild=True)
    assert held(index) == wanted
    upkeep.forget("-", index)
    kliping.build([], index)
    assert held(index) == {"x": "dari berkas, diubah dan dipanjangkan", "y": "dari berkas"}


def test_a_program_takes_over_an_article_of_several_pages(
    index: Path, engine_name: str, tmp_path: Path
) -> None:
    source = tmp_path / "arsip"
    source.mkdir()
    (source / "1.html").write_text(page(og=f"{URL}?page=1"))
    (source / "2.html").write_text(page(SECOND, og=f"{URL}?page=2"))
    kliping.build(source, index, engine=engine_name)
    (key,) = held(index)
    made(index, engine_name, **{key: "dari program"})
    for path in source.iterdir():
        os.utime(path, (1, 1))
    (source / "3.html").write_text(page(SECOND[:3], og=f"{URL}?page=3"))
    for again in ({}, {"rebuild": True}):
        kliping.build([], index, **again)
        assert held(index) == {key: "dari program"}


def test_what_is_deleted_stays_out_until_it_is_added(
    index: Path, engine_name: str, tmp_path: Path
) -> None:
    source = folder_of(tmp_path / "arsip", x="satu", y="satu")
    kliping.build(source, index, engine=engine_name)
    with kliping.writer(index) as writer:
        assert writer.delete("x") == 1
    (source / "lain.jsonl").write_text('{"id": "x", "isi": "dua"}\n')
    kliping.build([], index)
    assert sorted(held(index)) == ["y"]
    made(index, engine_name, x="tiga")
    assert held(index)["x"] == "tiga"


def test_sources_list_it_and_forget_it(index: Path, tmp_path: Path) -> None:
    kliping.build(folder_of(tmp_path / "arsip", f="berkas"), index)
    assert "-" not in [each.path for each in upkeep.sources(index)]
    made(index, "tantivy", p="program", q="program")
    listed = upkeep.sources(index)[1]
    assert (listed.path, listed.articles, listed.files, listed.is_there) == ("-", 2, 0, True)
    assert "2  - (from programs and standard input)" in kli(index, "sources").output
    with pytest.raises(SourceNotFound, match="moves nowhere"):
        upkeep.move("-", tmp_path, index)
    assert kli(index, "sources", "--forget", "-").exit_code == 0
    assert list(held(index)) == ["f"]
    kliping.build([], index, rebuild=True)
    assert list(held(index)) == ["f"]


def test_an_index_of_no_files_has_nothing_to_do(index: Path) -> None:
    made(index, "tantivy", a="satu")
    assert kli(index, "index").stdout.startswith("nothing to do")
    assert kli(index, "index", "--dry-run").exit_code == 0
    assert kli(index, "index", "--rebuild").exit_code == 0
    assert held(index) == {"a": "satu"}


def test_lost_notes_lose_nothing(index: Path, engine_name: str, tmp_path: Path) -> None:
    source = folder_of(tmp_path / "arsip", f="berkas")
    kliping.build(source, index, engine=engine_name)
    with kliping.writer(index) as writer:
        writer.add(Article("p", "t", "program", path="dari/tempat/lain.html"))
        writer.add(Article("q", "t", "program"))
    (notes,) = index.glob("generation-*/state.sqlite")
    notes.unlink()
    kliping.build([], index)
    assert {each.path: each.articles for each in upkeep.sources(index)}["-"] == 2
    next(index.glob("generation-*/state.sqlite")).unlink()
    kliping.build([], index, rebuild=True)
    assert sorted(held(index)) == ["f", "p", "q"]


def test_a_rebuild_of_another_version_keeps_it(index: Path, engine_name: str) -> None:
    made(index, engine_name, a="satu", b="dua")
    manifest = json.loads((index / "manifest.json").read_text())
    (index / "manifest.json").write_text(json.dumps({**manifest, "format": 1}))
    with pytest.raises(IndexMismatch):
        kliping.open(index)
    kliping.build([], index, rebuild=True)
    assert held(index) == {"a": "satu", "b": "dua"}


def test_a_rebuild_that_would_lose_it_is_refused_until_it_may(
    index: Path, engine_name: str, tmp_path: Path
) -> None:
    source = folder_of(tmp_path / "arsip", f="berkas")
    kliping.build(source, index, engine=engine_name)
    made(index, engine_name, a="satu")
    for path in index.glob("generation-*/engine/*"):
        path.write_bytes(b"rusak")
    with pytest.raises(
        IndexDamaged, match="lie in no file, and a rebuild would lose them"
    ) as caught:
        kliping.build([], index, rebuild=True)
    cure = str(caught.value).rpartition("try: kliping ")[2].split()
    assert CliRunner().invoke(main, cure).exit_code == 0
    kliping.build([], index, rebuild=True)
    assert held(index) == {"f": "berkas"}


_WRITE = """
import sys, kliping
from kliping.indexing import transaction
transaction.BATCH = 7
print("begun", flush=True)
with kliping.writer(sys.argv[1], engine=sys.argv[2]) as writer:
    for n in range(int(sys.argv[3]), 400):
        writer.add({"id": f"a{n % 90}", "judul": f"Judul {n}", "isi": f"isi gempa {n}"})
        if n % 5 == 4:
            writer.delete(f"a{(n * 7) % 90}")
        if n % 10 == 9:
            writer.commit()
            print(n, flush=True)
"""


def test_a_killed_writer_leaves_what_it_committed(index: Path, engine_name: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for kill in range(4):
        line = [sys.executable, "-W", "ignore", "-c", _WRITE, str(index), engine_name, str(kill)]
        with subprocess.Popen(line, env=environment, text=True, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for printed in process.stdout:
                if printed.strip() == str(10 * kill + 19):
                    process.send_signal(signal.SIGKILL)
        bodies = held(index)
        assert all(body.startswith("isi gempa") for body in bodies.values())
        with kliping.writer(index) as writer:
            writer.add({"id": "sesudah", "isi": "isi gempa"})
        assert held(index) == {**bodies, "sesudah": "isi gempa"}
    kliping.build([], index, rebuild=True)
    assert held(index) == {**bodies, "sesudah": "isi gempa"}


def test_what_no_commit_names_is_no_damage(index: Path) -> None:
    made(index, "tantivy", a="satu")
    (left,) = index.glob("generation-*/engine/*.idx")
    left.with_name(f"{'0' * 32}.idx").write_bytes(b"sebuah penggabungan yang belum selesai")
    made(index, "tantivy", b="dua")
    left.with_name(f"{'0' * 32}.idx").write_bytes(b"sebuah penggabungan yang sudah selesai")
    assert sorted(held(index)) == ["a", "b"]
