"""What every system under test can do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from peers.corpus import Corpus

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: its article's id, its score, and the text that a person is shown, words lit."""

    id: str
    score: float
    highlights: str


class Ranker(Protocol):
    """One system, its index in one folder; an article that has any word of a query matches."""

    def __init__(self, folder: Path, /) -> None:
        """Take an empty folder; what the system must import is imported by now."""
        ...

    @property
    def label(self) -> str:
        """What tables call it, with its version."""
        ...

    def index(self, corpus: Corpus, /) -> int:
        """Index the articles, durably, and open the index; return how many it holds."""
        ...

    def rank(self, query: str, /, *, limit: int) -> list[tuple[float, str]]:
        """Return scores and ids of the best hits, nothing highlighted."""
        ...

    def close(self) -> None:
        """Let go of files and threads."""
        ...


class Peer(Ranker, Protocol):
    """A system that also shows what it found."""

    def search(self, query: str, /, *, limit: int) -> list[Found]:
        """Return the best hits as a person would be shown them."""
        ...


def words(query: str, /, pattern: re.Pattern[str] = _WORD) -> list[str]:
    """Return the words of a query, in lower case: no peer's syntax is left in them.

    >>> words("Menag: 'Anak-anak' AND 3,5%")
    ['menag', 'anak', 'anak', 'and', '3', '5']
    """
    return pattern.findall(query.lower())


def size_of(folder: Path, /) -> int:
    """Return what all files below a folder take, in bytes."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
