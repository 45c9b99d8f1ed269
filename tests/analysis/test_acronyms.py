"""Acronyms: the words in capitals of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.analysis.acronyms import capitals

_WRITTEN = st.lists(
    st.sampled_from(["KPK", "K", "Ko", "PEMBERANTASAN", "é", "É", "_", "-", " ", ".", "9", "’"])
).map("".join)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KPK, DPR/MPR (KPK) dan Polri", "DPR KPK MPR"),
        ("KPKé dan éKPK, F16, ABC2, _ABC", "ABC"),
        ("PEMBERANTASAN korupsi di Indonesia", ""),
        ("BANJIR DI WENING", ""),
    ],
)
def test_capitals(text: str, found: str) -> None:
    assert capitals(text) == found


@given(_WRITTEN)
def test_capitals_are_whole_words(text: str) -> None:
    text = f"{text} {'kata ' * 20}"
    words = re.findall(r"(?<![^\W_])[A-Z]{2,8}(?![^\W_])", text)
    shouts = sum(map(len, set(words))) * 2 > len(text)
    assert capitals(text).split() == ([] if shouts else sorted(set(words)))
