"""The index's folder: what is in it, who may write, what is refused and why."""

from __future__ import annotations

import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import kliping
from kliping.errors import (
    IndexDamaged,
    IndexingError,
    IndexLocked,
    IndexMismatch,
    IndexNotFound,
    NotAnIndex,
    StorageError,
)
from kliping.store.folder import FORMAT_VERSION, IndexFolder, storage_errors, write_atomically


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    """A folder with a published first generation."""
    made = IndexFolder(tmp_path / "index")
    made.start(1)
    made.publish("tantivy", "1/abc", 1)
    return made


def test_a_published_manifest_is_read_back(folder):
    manifest = folder.manifest()
    assert (manifest.engine, manifest.analyser, manifest.generation) == ("tantivy", "1/abc", 1)
    assert manifest.format == FORMAT_VERSION


def test_a_missing_or_empty_folder_has_no_index(tmp_path):
    for path in (tmp_path / "tidak-ada", tmp_path):
        with pytest.raises(IndexNotFound, match="kliping index FOLDER"):
            IndexFolder(path).manifest()


def test_a_readme_and_hidden_files_are_no_obstacle(tmp_path):
    for name in ("README.md", "readme", ".gitignore"):
        (tmp_path / name).touch()
    assert IndexFolder(tmp_path).is_free()
    with pytest.raises(IndexNotFound):
        IndexFolder(tmp_path).manifest()


@pytest.mark.parametrize("name", ["skripsi.docx", "generation-x", "manifest.json.bak"])
def test_a_folder_of_something_else_is_not_an_index(tmp_path, name):
    (tmp_path / name).touch()
    with pytest.raises(NotAnIndex, match="--index"):
        IndexFolder(tmp_path).manifest()
    with pytest.raises(NotAnIndex), IndexFolder(tmp_path).writing(wait=0):
        pass
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208


def test_a_file_is_not_an_index(tmp_path):
    path = tmp_path / "berkas"
    path.write_text("isi")
    with pytest.raises(NotAnIndex):
        IndexFolder(path).manifest()
    with pytest.raises(NotAnIndex), IndexFolder(path).writing(wait=0):
        pass


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"{}", b'{"engine": "tantivy"}', b"\xff\xfe",
     b'{"engine": 1, "format": 1, "analyser": "x", "generation": "../..", "created": ""}',
     b'{"engine": "x", "format": 2, "analyser": "x", "generation": 1e400, "created": ""}',
     b'{"engine": "x", "format": 2, "analyser": "x", "generation": true, "created": ""}',
     b'{"engine": "x", "format": 2, "analyser": "x", "generation": 1.5, "created": ""}',
     b'{"engine": ["x"], "format": 2, "analyser": {}, "generation": 1, "created": null}',
     b"[" * 100_000],
)  # fmt: skip
def test_a_manifest_that_cannot_be_understood_is_damage(folder, content):
    (folder.path / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        folder.manifest()


def test_a_manifest_that_is_a_folder_is_damage(folder):
    (folder.path / "manifest.json").unlink()
    (folder.path / "manifest.json").mkdir()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        folder.manifest()


@pytest.mark.parametrize(
    ("number", "cure"),
    [(28, "free some space"), (13, "ask its owner"), (30, "ask its owner"), (24, "ulimit")],
)
def test_a_refusal_has_the_cure_that_fits(tmp_path, number, cure):
    with pytest.raises(StorageError) as caught, storage_errors(tmp_path):
        raise OSError(number, os.strerror(number))
    assert cure in str(caught.value)
    assert ("space" in str(caught.value)) == (number == 28)


def test_another_format_is_refused_with_both_versions_and_the_cure(folder):
    path = folder.path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(IndexMismatch, match=rf"format 99.* {FORMAT_VERSION}.*--rebuild"):
        folder.manifest()


def test_a_later_format_with_fields_of_its_own_is_a_mismatch_not_damage(folder):
    path = folder.path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99, "shards": 4}))
    with pytest.raises(IndexMismatch, match="format 99"):
        folder.manifest()


def test_another_analyser_is_refused_with_both_versions_and_the_cure(folder):
    with pytest.raises(IndexMismatch, match=r"1/abc.*2/def.*--rebuild"):
        folder.check_analyser(folder.manifest(), "2/def")


def test_publishing_a_generation_sweeps_up_the_others(folder):
    folder.start(2)
    folder.start(7)
    folder.publish("whoosh", "1/abc", 7)
    assert [path.name for path in folder.path.glob("generation-*")] == ["generation-7"]
    assert folder.newest() == 7


def test_starting_a_generation_empties_what_a_crash_left_there(folder):
    left = folder.start(2) / "engine" / "sisa"
    left.touch()
    folder.start(2)
    assert not left.exists()


def test_a_second_writer_is_told_who_holds_the_index(folder):
    with folder.writing(wait=0):
        with pytest.raises(IndexLocked) as caught, IndexFolder(folder.path).writing(wait=0.05):
            pass
        assert f"process {os.getpid()} on " in caught.value.holder
        assert caught.value.holder in str(caught.value)
        assert "\n" not in str(caught.value)


def test_the_lock_is_free_again_after_an_error(folder):
    with pytest.raises(ZeroDivisionError), folder.writing(wait=0):
        raise ZeroDivisionError
    with folder.writing(wait=0):
        pass
    assert not (folder.path / "writer.json").exists()


def test_a_holder_that_cannot_be_read_is_another_process(folder):
    with folder.writing(wait=0):
        (folder.path / "writer.json").write_text("[]")
        with pytest.raises(IndexLocked, match="another process"), folder.writing(wait=0):
            pass


def test_a_place_where_no_folder_can_be_is_a_storage_error(tmp_path):
    (tmp_path / "berkas").touch()
    folder = IndexFolder(tmp_path / "berkas" / "index")
    with pytest.raises(StorageError, match="--index"), folder.writing(wait=0):
        pass


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "catatan"
    write_atomically(path, "lama")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "baru \ud800")
    assert path.read_text() == "lama"


def test_the_system_s_refusals_become_one_line_with_the_cure(tmp_path):
    message = r"No space left.*free some space"
    with pytest.raises(StorageError, match=message), storage_errors(tmp_path):
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("opensearch+ssl://host/x", r"no address"),
        ("HTTP://host", r"names no index"),
        ("https://meja:rahasia@host/x", r"KLIPING_OPENSEARCH_PASSWORD"),
        ("http://host:9200/x?shard=9/8", r"'9/8' is no share; one is written 3/8"),
        ("http://host:9200/x?shard=", r"is no share"),
    ],
)
def test_an_address_that_is_none_is_no_folder_either(address, told, tmp_path, monkeypatch):
    pytest.importorskip("opensearchpy")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Judul sendiri\n\nIsi sendiri tentang irigasi di lembah.\n")
    for ask in (kliping.open, lambda place: kliping.build("a.txt", place)):
        with pytest.raises(IndexingError, match=told) as error:
            ask(address)
        assert "rahasia" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("wait", [float("nan"), float("inf"), -1, -0.5])
def test_a_wait_that_is_no_time_is_refused(folder, wait):
    with pytest.raises(IndexingError, match="wait takes seconds"), folder.writing(wait=wait):
        pass


def test_a_writer_waits_as_long_as_it_was_told(folder):
    """Not at all, and not for ever: the other lets go meanwhile, or does not."""
    with folder.writing(wait=0):
        for wait in (0, 0.4):
            started = time.monotonic()
            with pytest.raises(IndexLocked), IndexFolder(folder.path).writing(wait=wait):
                pass
            assert wait <= time.monotonic() - started < wait + 5
    entered, leave = threading.Event(), threading.Event()

    def hold():
        with folder.writing(wait=0):
            entered.set()
            leave.wait(30)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        entered.wait(30)
        threading.Timer(0.3, leave.set).start()
        with IndexFolder(folder.path).writing(wait=30):
            assert leave.is_set()
        held.result()
