"""Files that are written once and read by key."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping.store import segments
from kliping.store.segments import Segment, key_of, write_segment


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.binary(min_size=8, max_size=8).filter(any),
        st.one_of(st.integers(0, 2**63 - 1), st.binary(max_size=40)),
    ),
    st.integers(0, 500),
)
def test_what_is_written_is_read(tmp_path_factory, rows, more):
    path = tmp_path_factory.mktemp("segment") / "a.bin"
    write_segment(path, sorted(rows.items()), room=len(rows) + more)
    segment = Segment(path)
    assert segment.rows == len(rows)
    assert {key: segment.content(value) for key, value in segment} == rows
    assert all(segment.get(key) == content for key, content in rows.items())
    assert segment.get(key_of(b"x")) == rows.get(key_of(b"x"))


def test_keys_that_crowd_one_page_go_on_in_the_next(tmp_path):
    """A thousand keys whose page is the same, of which it holds a hundred."""
    rows = [(b"\x80" + n.to_bytes(7, "big"), n) for n in range(1000)]
    write_segment(tmp_path / "a.bin", rows, room=5000)
    segment = Segment(tmp_path / "a.bin")
    assert all(segment.get(key) == n for key, n in rows)
    assert segment.get(b"\x80" + (1000).to_bytes(7, "big")) is None
    assert segment.get(b"\xff" * 8) is None


def test_a_key_is_not_found_across_two_rows(tmp_path):
    """The bytes of a key may stand in a page where no row begins."""
    inner = b"\x00\x00\x00\x01\x00\x00\x00\x00"
    rows = [
        (b"\x00\x00\x00\x00\x00\x00\x00\x01", 1 << 32),
        (b"\x00\x00\x00\x00\x00\x00\x01\x00", 7),
    ]
    write_segment(tmp_path / "a.bin", rows, room=2)
    assert Segment(tmp_path / "a.bin").get(inner) is None


def test_a_page_in_anothers_place_is_damage(tmp_path):
    rows = [(n.to_bytes(8, "big"), n) for n in range(1 << 55, 1 << 63, 1 << 55)]
    path = tmp_path / "a.bin"
    write_segment(path, rows, room=len(rows))
    whole, size = path.read_bytes(), segments._PAGE
    first, second = whole[-2 * size : -size], whole[-size:]
    assert first != second
    path.write_bytes(whole[: -2 * size] + second + first)
    with pytest.raises(segments.Damaged):
        list(Segment(path))
