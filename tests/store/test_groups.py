"""The groups that searches read, whatever is written meanwhile and whatever became of the files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping.errors import IndexDamaged
from kliping.store import groups
from kliping.store.groups import copy_groups, listed, read_groups, start_groups, write_groups

Write = Callable[..., None]


@pytest.fixture
def write(tmp_path) -> Write:
    start_groups(tmp_path)
    return lambda **changes: write_groups(
        tmp_path, [(int(name[1:]), ids.split()) for name, ids in changes.items()]
    )


def test_what_is_written_is_read(tmp_path, write):
    write(g1="a b", g2="c d e")
    kept = read_groups(tmp_path)
    assert dict(kept) == {
        **dict.fromkeys("ab", ("a", "b")), **dict.fromkeys("cde", ("c", "d", "e")),
    }  # fmt: skip
    assert (len(kept), bool(kept), kept.get("x"), "a" in kept) == (5, True, None, True)
    assert sorted(kept.every()) == [(1, ("a", "b")), (2, ("c", "d", "e"))]


def test_ids_may_be_any_text(tmp_path, write):
    write_groups(tmp_path, [(1, ["ü", "\u2028", '"', ""])])
    assert read_groups(tmp_path)["\u2028"] == ("ü", "\u2028", '"', "")


def test_without_groups_there_is_a_list_too(tmp_path):
    with pytest.raises(IndexDamaged, match="missing"):
        read_groups(tmp_path)
    start_groups(tmp_path)
    kept = read_groups(tmp_path)
    assert (dict(kept), bool(kept)) == ({}, False)


def test_one_article_is_no_group(tmp_path, write):
    write(g1="a", g2="")
    assert not read_groups(tmp_path)


def test_what_leaves_one_group_for_another_is_in_that_one(tmp_path, write):
    write(g1="a b c", g2="d e")
    write(g1="a b", g2="d e c")
    assert read_groups(tmp_path)["c"] == ("d", "e", "c")
    write(g2="")
    assert set(read_groups(tmp_path)) == {"a", "b"}


def test_what_is_as_it_was_is_not_written(tmp_path, write):
    write(g1="a b")
    before = listed(tmp_path)
    write(g1="a b", g7="x")
    assert listed(tmp_path) == before


def test_a_reader_keeps_what_it_opened(tmp_path, write):
    write(g1="a b")
    old = read_groups(tmp_path)
    write(g1="a b c")
    write(g1="", g2="a c")
    assert old["a"] == ("a", "b")
    assert read_groups(tmp_path)["a"] == ("a", "c")


def test_a_reader_that_comes_late_for_a_file_takes_the_next_list(tmp_path, write, monkeypatch):
    write(g1="a b")
    stale = listed(tmp_path)
    write(g1="a b c")
    lists = iter([stale])
    monkeypatch.setattr(groups, "listed", lambda place: next(lists, listed(place)))
    assert read_groups(tmp_path)["c"] == ("a", "b", "c")


def test_small_files_are_merged_and_large_ones_left(tmp_path, write, monkeypatch):
    monkeypatch.setattr(groups, "_SMALL", 0)
    write_groups(tmp_path, ((n, [f"{n}-a", f"{n}-b"]) for n in range(1, 500)))
    (large,) = listed(tmp_path)
    for n in range(1, 20):
        write_groups(tmp_path, [(n, [f"{n}-a", f"{n}-c"])])
    assert listed(tmp_path)[0] == large
    assert len(listed(tmp_path)) < 7
    assert sorted(path.name for path in tmp_path.glob("*.bin")) == sorted(listed(tmp_path))
    kept = read_groups(tmp_path)
    assert kept["7-c"] == ("7-a", "7-c")
    assert "7-b" not in kept
    assert kept["300-b"] == ("300-a", "300-b")


def test_of_what_is_gone_nothing_is_left_when_all_is_merged(tmp_path, write):
    write(g1="a b", g2="c d")
    write(g1="", g2="")
    assert read_groups(tmp_path).sizes() == [0]


def test_what_is_gone_stays_gone_when_what_lies_above_a_large_file_is_merged(
    tmp_path, write, monkeypatch
):
    monkeypatch.setattr(groups, "_SMALL", 0)
    write_groups(tmp_path, ((n, [f"{n}-a", f"{n}-b"]) for n in range(1, 500)))
    write(g7="")
    write(g8="8-a 8-c")
    assert len(listed(tmp_path)) == 2
    kept = read_groups(tmp_path)
    assert "7-a" not in kept
    assert kept.members(7) == ()
    assert 7 not in dict(kept.every())


@settings(max_examples=40)
@given(
    st.lists(st.dictionaries(st.integers(0, 30), st.integers(0, 9), max_size=12), max_size=9),
    st.sampled_from([0, 8, 2000]),
)
def test_whatever_is_written_the_newest_is_read(tmp_path_factory, commits, small):
    """Each commit moves some articles to some groups; group 0 is none."""
    place, other = tmp_path_factory.mktemp("groups"), tmp_path_factory.mktemp("copy")
    start_groups(place)
    where: dict[int, int] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(groups, "_SMALL", small)
        for moves in commits:
            touched = {number for each in moves for number in (moves[each], where.get(each, 0))}
            where |= moves
            now = {n: [f"a{each}" for each in sorted(where) if where[each] == n] for n in touched}
            write_groups(place, [(n, ids) for n, ids in now.items() if n])
        expected = {}
        for number in range(1, 10):
            ids = tuple(f"a{each}" for each in sorted(where) if where[each] == number)
            expected |= dict.fromkeys(ids, ids) if len(ids) > 1 else {}
        kept = read_groups(place)
        assert dict(kept) == expected
        assert {f"a{n}": kept.get(f"a{n}") for n in range(31)} == {
            f"a{n}": expected.get(f"a{n}") for n in range(31)
        }
        copy_groups(place, other)
        assert dict(read_groups(other)) == expected
        assert len(listed(other)) == 1


def test_each_byte_is_missed_or_told(tmp_path, write):
    write(g1="a b", g2="c d")
    expected = dict(read_groups(tmp_path))
    for path in (tmp_path / "groups.json", *tmp_path.glob("*.bin")):
        whole = path.read_bytes()
        for at in range(len(whole)):
            for changed in (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole[:at]):
                path.write_bytes(changed)
                with suppress(IndexDamaged):
                    assert dict(read_groups(tmp_path)) == expected, (path.name, at)
        path.write_bytes(whole)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b'["groups-1.bin"]', b"{", b"{}", b"7", b"null", b'["ab"]', b"[[1, 2]]",
     b'[["a", null]]', b"[" * 100_000],
)  # fmt: skip
@pytest.mark.parametrize("name", ["groups.json", "groups-1.bin"])
def test_a_file_that_cannot_be_understood_is_damage(tmp_path, write, name, content):
    write(g1="a b")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(IndexDamaged, match=f"{name}.*--rebuild"):
        read_groups(tmp_path)


@pytest.mark.parametrize("name", ["groups.json", "groups-1.bin"])
@pytest.mark.parametrize("as_folder", [False, True])
def test_a_file_that_is_gone_is_damage(tmp_path, write, name, as_folder):
    write(g1="a b")
    (tmp_path / name).unlink()
    if as_folder:
        (tmp_path / name).mkdir()
    with pytest.raises(IndexDamaged, match=f"{name}.*--rebuild"):
        read_groups(tmp_path)


def test_opening_reads_as_much_of_many_groups_as_of_few(tmp_path, write, monkeypatch):
    """Pages and records are read when they are asked for, and of them the one that is."""
    write_groups(tmp_path, ((n, [f"{n}-a", f"{n}-b"]) for n in range(1, 5000)))
    read: list[int] = []
    page = groups.Segment._page
    monkeypatch.setattr(groups.Segment, "_page", lambda self, n: read.append(n) or page(self, n))
    kept = read_groups(tmp_path)
    assert read == []
    assert kept["4711-b"] == ("4711-a", "4711-b")
    assert len(read) <= 4
    assert kept._segments[0]._pages > 100
