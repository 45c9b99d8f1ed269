"""kliping, with each of its engines, through the Python interface that its users have."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

import kliping
from peers.base import Found
from peers.corpus import Corpus


class KlipingTantivy:
    """kliping as it comes."""

    engine: ClassVar[str] = "tantivy"

    def __init__(self, folder: Path, /) -> None:
        self._folder = folder
        self._index: kliping.Index | None = None

    @property
    def label(self) -> str:
        return f"kliping ({self.engine})"

    def index(self, corpus: Corpus, /) -> int:
        kliping.build(corpus.folder, self._folder, engine=self.engine, jobs=os.cpu_count() or 1)
        self._index = kliping.open(self._folder)
        return len(self._index)

    def search(self, query: str, /, *, limit: int) -> list[Found]:
        return [
            Found(hit.article.id, hit.score, " … ".join(p.text for p in hit.passages))
            for hit in self._opened.search(query, limit=limit, match="any")
        ]

    def rank(self, query: str, /, *, limit: int) -> list[tuple[float, str]]:
        return self._opened.rank(query, limit=limit, match="any")

    def total(self, query: str, /) -> int:
        """Return how many articles match, for comparing our engines with one another."""
        return self._opened.search(query, limit=1, match="any").total

    def close(self) -> None:
        if self._index is not None:
            self._index.close()

    @property
    def _opened(self) -> kliping.Index:
        assert self._index is not None, "index first"
        return self._index


class KlipingWhoosh(KlipingTantivy):
    """kliping with the engine that needs nothing but Python."""

    engine: ClassVar[str] = "whoosh"
