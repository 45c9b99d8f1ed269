"""A checksum of every file of a commit: what has changed is named."""

from __future__ import annotations

import json

import pytest

import kliping
from kliping.errors import IndexDamaged
from kliping.indexing.checking import check
from kliping.indexing.upkeep import remove
from kliping.store.digests import changed_files


@pytest.fixture
def index(tmp_path, engine_name):
    """An index of which an article was taken out, so that it has a list of what is deleted."""
    rows = [{"id": f"a{n}", "judul": f"Panen {n}", "isi": f"Kopi {n}."} for n in range(9)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    kliping.build(tmp_path / "a.jsonl", tmp_path / "index", engine=engine_name)
    remove(["a3"], tmp_path / "index")
    return tmp_path / "index"


def test_a_byte_that_changed_in_any_file_of_a_commit_is_named(index, engine_name):
    (generation,) = index.glob("generation-*")
    noted = json.loads((generation / "digests.json").read_text())
    assert engine_name != "tantivy" or any(name.endswith(".del") for name in noted)
    assert noted
    for name in noted:
        path = generation / "engine" / name
        whole = bytearray(path.read_bytes())
        whole[len(whole) // 2] ^= 1
        path.write_bytes(whole)
        assert list(changed_files(generation)) == [name]
        whole[len(whole) // 2] ^= 1
        path.write_bytes(whole)
    assert list(changed_files(generation)) == []
    assert check(index).problems == ()


@pytest.mark.parametrize("engine_name", ["whoosh"])
@pytest.mark.parametrize("kind", ["toc", "seg"])
def test_what_whoosh_would_read_is_refused_when_any_byte_of_it_has_changed(index, kind):
    path, *_ = index.glob(f"generation-*/engine/*.{kind}")
    whole = path.read_bytes()
    for at in range(0, len(whole), 1 + len(whole) // 20):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        with pytest.raises(IndexDamaged, match="not as it was written"):
            kliping.open(index)
        with pytest.raises(IndexDamaged, match="not as it was written"):
            kliping.build([], index)
    path.write_bytes(whole)
    assert kliping.build([], index).unchanged == 8
