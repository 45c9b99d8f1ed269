"""The places that an index is made from."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from kliping.errors import IndexDamaged
from kliping.store.folder import IndexFolder
from kliping.store.sources import Source, read_sources, write_sources


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index").mkdir()
    return IndexFolder(tmp_path / "index")


def test_sources_are_named_as_they_were_while_that_is_still_their_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "arsip").mkdir()
    source = Source(str(tmp_path / "arsip"), "arsip")
    assert source.path == "arsip"
    monkeypatch.chdir("/")
    assert source.path == str(tmp_path / "arsip")


def test_sources_are_read_back_in_their_order_whatever_their_names(folder):
    odd = os.fsdecode(b"/arsip/na\xefve\n")
    sources = [Source(odd, odd, "2024-01-02"), Source("/a", "a", "2024-01-02")]
    write_sources(folder, sources)
    assert list(read_sources(folder).values()) == sources


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"[{}]", b'[{"real": 1, "named": 2}]',
                                     b"\xff", b"null", b"[" * 9999])  # fmt: skip
def test_a_file_that_cannot_be_understood_is_damage(folder, content):
    (folder.path / "sources.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="kliping index"):
        read_sources(folder)


def test_an_index_of_an_older_format_tells_its_sources_from_its_notes(folder):
    folder.start(1)
    with closing(sqlite3.connect(folder.generation(1) / "state.sqlite")) as notes:
        notes.execute("CREATE TABLE sources (real BLOB, named BLOB)")
        notes.execute("INSERT INTO sources VALUES (?, ?)", (b"/arsip", b"arsip"))
        notes.commit()
    assert read_sources(folder) == {"/arsip": Source("/arsip", "arsip")}


def test_a_source_holds_what_lies_below_it_and_nothing_beside():
    source = Source("/arsip", "arsip")
    assert source.holds("/arsip/a/b.html")
    assert source.holds("/arsip")
    assert not source.holds("/arsip2/b.html")
    assert Source("/", "/").holds("/arsip")
