"""What an article is to an engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.engines.documents import document, lead
from kliping.query.fields import LEAD_CHARACTERS, TEXT, TITLE_TIMES


@pytest.mark.parametrize("word", ["banjir", "di", "mempertanggungjawabkan"])
def test_the_lead_is_whole_words(word: str) -> None:
    body = f"{word} " * LEAD_CHARACTERS
    assert lead(body).split() == [word] * (LEAD_CHARACTERS // (len(word) + 1))
    assert lead(body[:LEAD_CHARACTERS]) == body[:LEAD_CHARACTERS]


def test_a_word_longer_than_a_lead_is_cut() -> None:
    assert lead("a" * 999) == "a" * LEAD_CHARACTERS


_WORDS = st.sampled_from(
    ["air ", "Jum'at ", "detikSport ", "KabarBanjir", "F16, ", "-", ".\n\n", " "]
)


@given(st.lists(_WORDS, max_size=200).map("".join), st.integers(0, LEAD_CHARACTERS))
def test_an_opening_and_the_rest_have_the_terms_of_the_whole(text: str, before: int) -> None:
    body = "a" * before + text
    terms = document(Article("1", "Judul", body), Analyser()).terms
    whole, opening = Analyser().terms(body), Analyser().terms(lead(body))
    assert terms["body_words"].split() == whole.words.split()
    title = ["judul"]
    assert terms[TEXT].split() == title * TITLE_TIMES + opening.stems.split() + whole.stems.split()
