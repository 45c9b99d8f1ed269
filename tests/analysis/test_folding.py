"""Folding: one character at a time, whatever stands beside it."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.analysis.folding import HYPHENS, INSIDE, MARKS, UNWRITTEN, fold, in_word
from kliping.analysis.tokens import words_of

# Text that has in it what folding treats apart, as often as ordinary letters.
AWKWARD = "aBé9-‐'’ʼ .,:/@_\n\xad\u0301\u200b\ufeffİßΣ½²ﬁ東ـ\u064b🙂\u037a"
texts = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("text", "chunks"),
    [
        ("Menewaskan", ["menewaskan"]),
        ("Anak-anak", ["anak-anak"]),
        ("se‑Indonesia", ["se-indonesia"]),
        ("Jum'at Jum’at Jumʼat", ["jumat"] * 3),
        ("Al-Qur'an", ["al-quran"]),
        ("café cafe\u0301", ["cafe", "cafe"]),
        ("kata\xadkerja kata\u200bkerja", ["katakerja", "katakerja"]),
        ("ban\u200ejir \u200fdanau\u2060 \ufeffdesa\u200c", ["banjir", "danau", "desa"]),
        ("M5,1 Rp15.000 5%", ["m", "5", "1", "rp", "15", "000", "5"]),
        ("a_b", ["a", "b"]),
        ("İstanbul", ["istanbul"]),
        ("m² ½", ["m", "2", "12"]),
        ("東京", ["東京"]),
        ("\ud800lepas", ["lepas"]),
        ("", []),
    ],
)
def test_folds(text: str, chunks: list[str]) -> None:
    assert fold(text).decode().split() == chunks


@given(texts, texts)
def test_folding_looks_at_one_character_at_a_time(left: str, right: str) -> None:
    """Whatever stands beside it, but for the space between a letter and a digit."""
    before, after = fold(left), fold(right)
    edge = before[-1:] + after[:1]
    parted = re.fullmatch(rb"[0-9][^0-9 -]|[^0-9 -][0-9]", edge)
    assert fold(left + right) == before + (b" " if parted else b"") + after


@pytest.mark.parametrize(
    ("joined", "parted"),
    [
        ("F16", "F 16"),
        ("F-16", "F 16"),
        ("Rp15.750", "Rp 15.750"),
        ("M5,6", "M 5,6"),
        ("US$5", "US 5"),
        ("USD5", "USD 5"),
        ("10km2", "10 km 2"),
        ("covid19", "Covid-19"),
    ],
)
def test_a_number_is_the_same_however_it_was_joined(joined: str, parted: str) -> None:
    assert words_of(joined) == words_of(parted)


@given(texts)
def test_what_is_folded_is_folded_for_good(text: str) -> None:
    folded = fold(text).decode()
    assert fold(folded).decode() == folded


@given(texts)
def test_chunks_are_letters_digits_and_hyphens(text: str) -> None:
    for chunk in fold(text).decode().split():
        assert all(c.isalnum() or c == "-" for c in chunk)


def test_the_classes_for_regular_expressions_say_what_the_sets_say() -> None:
    import re

    inside, unwritten = re.compile(f"[{INSIDE}]"), re.compile(f"[{UNWRITTEN}]")
    every = [chr(code) for code in range(0x3000)] + ["\ufeff"]
    for character in every:
        assert bool(inside.match(character)) == (
            character in HYPHENS or bool(unwritten.match(character))
        )
        if character in MARKS:
            assert in_word(character)
            assert unwritten.match(character)


@pytest.mark.parametrize("unit", ["a", "-", ".", "@", "\u0301", "é", "🙂", "\ud800"])
def test_folding_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    fold(unit * 100_000)
    assert time.process_time() - started < 5
