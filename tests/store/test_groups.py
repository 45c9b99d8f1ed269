"""The groups that searches read, whatever their file has become."""

from __future__ import annotations

from contextlib import suppress

import pytest

from kliping.errors import IndexDamaged
from kliping.store.groups import read_groups, write_groups


def test_what_is_written_is_read(tmp_path):
    write_groups(tmp_path, [("a", "b"), ("c", "d")])
    groups = read_groups(tmp_path)
    assert groups == {"a": ("a", "b"), "b": ("a", "b"), "c": ("c", "d"), "d": ("c", "d")}


def test_an_index_without_duplicates_has_a_file_too(tmp_path):
    with pytest.raises(IndexDamaged, match="missing"):
        read_groups(tmp_path)
    write_groups(tmp_path, [])
    assert read_groups(tmp_path) == {}


def test_each_byte_is_missed_or_told(tmp_path):
    write_groups(tmp_path, [("a", "b"), ("c", "d")])
    path, groups = tmp_path / "groups.json", read_groups(tmp_path)
    whole = path.read_bytes()
    for at in range(len(whole)):
        for changed in (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole[:at]):
            path.write_bytes(changed)
            with suppress(IndexDamaged):
                assert read_groups(tmp_path) == groups, changed  # but for a last line break


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b'[["a", "b\xff"]]', b"{", b"{}", b"7", b"null", b'["ab"]', b"[[1, 2]]",
     b'[["a", null]]', b"[" * 100_000],
)  # fmt: skip
def test_a_file_that_cannot_be_understood_is_damage(tmp_path, content):
    (tmp_path / "groups.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        read_groups(tmp_path)


def test_a_folder_in_place_of_the_file_is_damage(tmp_path):
    (tmp_path / "groups.json").mkdir()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        read_groups(tmp_path)
