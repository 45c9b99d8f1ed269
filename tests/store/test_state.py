"""The notes of what an index was made from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kliping.errors import IndexDamaged, StorageError
from kliping.store.state import State


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    opened = State(tmp_path / "state.sqlite")
    yield opened
    opened.close()


def test_a_noted_file_is_not_done_until_it_is_said_to_be(state):
    number = state.note("/a", 10, 20, "abc")
    assert not state.file("/a").done
    state.done(number)
    known = state.file("/a")
    assert (known.size, known.mtime_ns, known.digest) == (10, 20, "abc")
    assert known.done


def test_noting_a_file_again_keeps_its_number_and_its_articles(state):
    number = state.note("/a", 1, 1, "x")
    state.claim("id-1", number)
    state.done(number)
    assert state.note("/a", 2, 2, "y") == number
    assert state.ids(number) == ["id-1"]
    assert not state.file("/a").done


def test_the_first_file_to_give_an_id_owns_it(state):
    first, second = state.note("/a", 1, 1, "x"), state.note("/b", 1, 1, "y")
    assert state.claim("id-1", first) == first
    assert state.claim("id-1", second) == first
    assert state.path_of(first) == "/a"
    assert state.count_of(second) == 0


def test_forgetting_a_file_frees_its_ids(state):
    number = state.note("/a", 1, 1, "x")
    state.claim("id-1", number)
    state.forget(number)
    assert state.file("/a") is None
    other = state.note("/b", 1, 1, "y")
    assert state.claim("id-1", other) == other


def test_files_come_by_path(state):
    for path in ("/c", "/a", "/b"):
        state.done(state.note(path, 1, 1, path))
    assert [known.path for known in state.files()] == ["/a", "/b", "/c"]


def test_what_was_taken_of_a_file_is_noted_until_it_is_done_or_undone(state):
    number = state.note("/a", 1, 1, "x", taken=3)
    assert state.file("/a").taken == 3
    state.took(number, 5)
    assert state.file("/a").taken == 5
    state.undo(number)
    assert state.file("/a").taken == 0


def test_only_what_was_committed_is_there_after_reopening(tmp_path):
    path = tmp_path / "state.sqlite"
    state = State(path)
    state.note("/a", 1, 1, "x")
    state.commit()
    state.note("/b", 1, 1, "y")
    state.close()
    again = State(path)
    assert [known.path for known in again.files()] == ["/a"]
    again.close()


def test_ids_and_paths_may_hold_any_character(state):
    number = state.note("/böse/'東京\".txt", 1, 1, "x")
    state.claim("id'; DROP TABLE files; --", number)
    assert state.ids(number) == ["id'; DROP TABLE files; --"]
    assert state.file("/böse/'東京\".txt") is not None


def test_a_path_that_is_not_utf_8_is_noted_and_found(state):
    path = b"/arsip/na\xefve.txt".decode("utf-8", "surrogateescape")
    number = state.note(path, 1, 1, "x")
    assert state.file(path).path == path
    assert state.path_of(number) == path
    assert [known.path for known in state.files()] == [path]


def test_a_damaged_file_says_how_to_mend_it(tmp_path):
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"bukan basis data" * 100)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        State(path)


def test_a_place_that_cannot_be_written_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError):
        State(tmp_path / "tidak-ada" / "state.sqlite")
