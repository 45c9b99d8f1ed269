"""Tokens: their offsets never move, and their words are the words of the whole text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.analysis import Analyser, analyser, tokens
from kliping.analysis.tokens import words_of

AWKWARD = "aBcé9-‐'’ʼ .,:/@&?=%+~#_\n\xad\u0301\u200b\ufeffİßΣ½ﬁ東\u064b🙂\u037a\uff9e"
PIECES = ("Jum'at", "anak-anak", "-", "--", "1.234", "kompas.com", "http://", "@", "S.H.", " ")
texts = st.one_of(
    st.text(max_size=80),
    st.text(st.sampled_from(AWKWARD), max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


def surfaces(text: str) -> list[str]:
    return [token.surface for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anak-anak", ["Anak-anak"]),
        ("buah-buahan", ["buah-buahan"]),
        ("ke-2", ["ke-2"]),
        ("se-Indonesia", ["se-Indonesia"]),
        ("Covid-19", ["Covid-19"]),
        ("e-mail", ["e-mail"]),
        ("Jum'at", ["Jum'at"]),
        ("Al-Qur’an", ["Al-Qur’an"]),
        ("1.234.567 orang", ["1.234.567", "orang"]),
        ("M 1,5.", ["M", "1,5"]),
        ("Rp15.000,50", ["Rp15.000,50"]),
        ("5% saja", ["5", "saja"]),
        ("(12/3/2024)", ["12/3/2024"]),
        ("pukul 05.42 WIB", ["pukul", "05.42", "WIB"]),
        ("Budi, S.H.", ["Budi", "S.H"]),
        ("P.T. Maju", ["P.T", "Maju"]),
        ("JAKARTA, KOMPAS.com - Hujan", ["JAKARTA", "KOMPAS.com", "Hujan"]),
        ("https://a.example/x?y=1&z=2.", ["https://a.example/x?y=1&z=2"]),
        ("tulis ke a.b@c.example!", ["tulis", "ke", "a.b@c.example"]),
        ("kesempatan ini.Senior itu", ["kesempatan", "ini", "Senior", "itu"]),
        ("Kalinya,Rupanya", ["Kalinya", "Rupanya"]),
        ("detikSport iPhone", ["detikSport", "iPhone"]),
        ("kata\xadkerja", ["kata\xadkerja"]),
        ("a--b - c", ["a--b", "c"]),
        ("", []),
        (" … — !", []),
    ],
)
def test_surfaces(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("surface", "words"),
    [
        ("Covid-19", ("covid", "19")),
        ("Anak-anak", ("anak", "anak")),
        ("Jum'at", ("jumat",)),
        ("1.234.567", ("1", "234", "567")),
        ("KOMPAS.com", ("kompas", "com")),
        ("S.H.", ("s", "h")),
        ("ʼ", ()),
    ],
)
def test_words(surface: str, words: tuple[str, ...]) -> None:
    assert words_of(surface) == words


@given(texts)
def test_offsets_never_move(text: str) -> None:
    stop = 0
    for token in tokens(text):
        assert text[token.start : token.stop] == token.surface
        assert stop <= token.start < token.stop
        assert token.words == words_of(token.surface)
        stop = token.stop


@given(texts)
def test_the_words_of_the_tokens_are_the_words_of_the_text(text: str) -> None:
    parts = [word for token in tokens(text) for word in token.words]
    assert parts == list(words_of(text)) == Analyser().terms(text).words.split()


@given(texts)
def test_the_stems_of_the_tokens_are_the_stems_of_the_text(text: str) -> None:
    parts = [stem for token in tokens(text) for stem in analyser().stems(token.surface)]
    assert parts == analyser().terms(text).stems.split()


@given(texts)
def test_every_letter_is_in_a_token(text: str) -> None:
    inside = {at for token in tokens(text) for at in range(token.start, token.stop)}
    assert all(at in inside for at, character in enumerate(text) if character.isalnum())


UNITS = (
    "a",
    "-",
    ".",
    "@",
    "\u0301",
    "a.",
    "a-",
    "a@",
    "a\u0301",
    "ʼ",
    "a-.",
    "1.",
    "http:/",
    "a'-",
)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("tail", ["", "a", "!"])
def test_tokens_take_linear_time(unit: str, tail: str) -> None:
    text = "a" + unit * (100_000 // len(unit)) + tail
    started = time.process_time()
    found = list(tokens(text))
    analyser().terms(text)
    assert time.process_time() - started < 5
    assert all(text[token.start : token.stop] == token.surface for token in found)
