"""One word in several spellings: solid or parted, with points or without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.analysis.spellings import respelled
from kliping.analysis.tokens import words_of


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("sub-sektor", ["subsektor"]),
        ("sub sektor", ["subsektor"]),
        ("subsektor", ["sub sektor"]),
        ("prorakyat", ["pro rakyat"]),
        ("kontraterorisme", ["kontra terorisme"]),
        ("on-line", ["online"]),
        ("e tilang", ["etilang"]),
        ("1500", ["1.500"]),
        ("1.250.000", ["1250000"]),
        # One word, two words, a year, a clock, a reduplication, names, a number that is too long.
        ("program", []),
        ("harga beras", []),
        ("2024", []),
        ("19.30", []),
        ("anak-anak", []),
        ("pra bowo", []),
        ("transjakarta", []),
        ("007", []),
        ("9" * 5000, []),
    ],
)
def test_other_spellings(typed: str, others: list[str]) -> None:
    assert list(respelled(typed, words_of(typed))) == others


@given(st.text(max_size=30))
def test_no_text_is_its_own_other_spelling(text: str) -> None:
    words = words_of(text)
    assert words not in map(words_of, respelled(text, words))


@pytest.mark.parametrize(
    ("typed", "lit"),
    [
        ("subsektor", "sub-sektor"),
        ("pascatambang", "pasca tambang"),
        ("pasca tambang", "pascatambang"),
        ("tik-tok", "tiktok"),
        ("2500", "2.500"),
    ],
)
def test_another_spelling_is_found_and_lit(tmp_path, typed: str, lit: str) -> None:
    with kliping.writer(tmp_path / "index") as writer:
        writer.add({"id": "satu", "body": f"Laporan {lit} dari Sungai Kelir dibacakan kemarin."})
    with kliping.open(tmp_path / "index") as index:
        passage = index.search(typed, match="all")[0].passages[0]
    assert [passage.text[start:stop] for start, stop in passage.spans] == [lit]
