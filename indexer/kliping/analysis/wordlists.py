"""Word lists: text files with a header and ``#`` comments, read once."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_INDEXED = ("normalisation.txt", "openers.txt", "leaders.txt")


def lines(name: str, /) -> list[str]:
    """Return the entries of ``data/<name>``, comments and blank lines left out."""
    text = (_DATA / name).read_text(encoding="utf-8")
    entries = (line.partition("#")[0].strip() for line in text.splitlines())
    return [entry for entry in entries if entry]


@cache
def stop_words() -> frozenset[str]:
    """Return the words that need not match when other words do: no negations among them."""
    return frozenset(lines("stopwords.txt"))


@cache
def question_words() -> frozenset[str]:
    """Return the words that make a query a question (*siapa*, *berapa*) and name no subject."""
    return frozenset(lines("questionwords.txt"))


@cache
def normalisation() -> dict[str, str]:
    """Return variant spellings and their standard ones (*aktifitas* → *aktivitas*)."""
    pairs = (line.partition("=") for line in lines("normalisation.txt"))
    return {variant.strip(): standard.strip() for variant, _, standard in pairs}


@cache
def normalisation_digest() -> str:
    """Return eight hexadecimal digits that change with the lists that change what is indexed."""
    data = b"".join((_DATA / name).read_bytes() for name in _INDEXED)
    return f"{zlib.crc32(data):08x}"
