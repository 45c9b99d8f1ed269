"""Sentences: parted where a reader would part them, and nothing of the text lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.searching.results.sentences import sentences


def parted(text: str) -> list[str]:
    return [text[start:stop] for start, stop in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("Satu saja", ["Satu saja"]),
        ("Air surut. Warga pulang.", ["Air surut.", "Warga pulang."]),
        ("Ada apa? “Banjir!” Semua lari…", ["Ada apa?", "“Banjir!”", "Semua lari…"]),
        ("Di Jl. Melati No. 5 aman. Pagi.", ["Di Jl. Melati No. 5 aman.", "Pagi."]),
        ("Rugi Rp. 5 juta. Selesai", ["Rugi Rp. 5 juta.", "Selesai"]),
        ("Kereta 7.15 dan 9.30 batal.", ["Kereta 7.15 dan 9.30 batal."]),
        ("Paragraf satu\n\nParagraf dua", ["Paragraf satu", "Paragraf dua"]),
        ("  Menjorok. Lagi.  ", ["Menjorok.", "Lagi."]),
    ],
)  # fmt: skip
def test_a_text_is_parted_at_its_sentences(text: str, expected: list[str]) -> None:
    assert parted(text) == expected


@given(st.text(alphabet='aB.!? \n"”Jl5', max_size=60))
def test_sentences_ascend_and_leave_out_white_space_alone(text: str) -> None:
    at = 0
    for start, stop in sentences(text):
        assert at <= start < stop
        assert not text[at:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        at = stop
    assert not text[at:].strip()
