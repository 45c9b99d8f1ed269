"""Word lists: text files with a header and ``#`` comments, read once."""

from __future__ import annotations

import re
import zlib
from functools import cache
from pathlib import Path

from kliping.analysis.roots import read_pairs

_ENTRY = re.compile(r"^[^\s#][^#\n]*", re.MULTILINE)
_DATA = Path(__file__).parent / "data"
_INDEXED = ("normalisation.txt", "openers.txt", "leaders.txt")


def lines(name: str, /) -> list[str]:
    """Return the entries of ``data/<name>``, comments and blank lines left out."""
    text = (_DATA / name).read_text(encoding="utf-8")
    return [line.rstrip() for line in _ENTRY.findall(text)]


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
    return read_pairs("normalisation.txt")


@cache
def normalisation_digest() -> str:
    """Return eight hexadecimal digits that change with the lists that change what is indexed."""
    data = b"".join((_DATA / name).read_bytes() for name in _INDEXED)
    return f"{zlib.crc32(data):08x}"
