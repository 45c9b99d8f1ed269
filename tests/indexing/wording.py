"""Invented prose, and edits of it as editors make them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from kliping.analysis.shingles import resemblance, shingles
from kliping.article import Article

_SYLLABLES = "ba ca da ga ha ja ka la ma na pa ra sa ta wa".split()


def prose(seed: object, length: int = 120) -> list[str]:
    """Return words at random, one in six of them as common as real text has them."""
    chance = random.Random(str(seed))
    common = "yang di dan ini dengan untuk".split()
    return [
        chance.choice(common)
        if chance.random() < 1 / 6
        else "".join(chance.choices(_SYLLABLES, k=4))
        for _ in range(length)
    ]


def edited(words: list[str], *places: int) -> list[str]:
    """Return the words, those at ``places`` replaced."""
    letters = "abcdefghij"  # a number would be a word of its own
    return [
        "sunting" + "".join(letters[int(digit)] for digit in str(at)) if at in places else word
        for at, word in enumerate(words)
    ]


def article(name: str, words: list[str], day: int | None = 1, title: str = "Kabar") -> Article:
    published = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day) if day is not None else None
    return Article(name, title, " ".join(words), published=published)


def alike(one: list[str], other: list[str]) -> float:
    return resemblance(*(shingles(" ".join(words).encode()) for words in (one, other)))
