"""What an article is to an engine."""

from __future__ import annotations

import pytest

from kliping.engines.documents import lead
from kliping.query.fields import LEAD_CHARACTERS


@pytest.mark.parametrize("word", ["banjir", "di", "mempertanggungjawabkan"])
def test_the_lead_is_whole_words(word: str) -> None:
    body = f"{word} " * LEAD_CHARACTERS
    assert lead(body).split() == [word] * (LEAD_CHARACTERS // (len(word) + 1))
    assert lead(body[:LEAD_CHARACTERS]) == body[:LEAD_CHARACTERS]


def test_a_word_longer_than_a_lead_is_cut() -> None:
    assert lead("a" * 999) == "a" * LEAD_CHARACTERS
