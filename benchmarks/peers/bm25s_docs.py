"""bm25s as its README shows, with the stemmer that it recommends, in Indonesian."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import bm25s
import Stemmer

from peers.corpus import Corpus


class Bm25sRanker:
    """One matrix of scores, saved to a folder. It has no fields and shows no passages."""

    def __init__(self, folder: Path, /) -> None:
        self._folder = folder
        self._stemmer = Stemmer.Stemmer("indonesian")
        self._retriever = bm25s.BM25()
        self._ids: list[str] = []

    @property
    def label(self) -> str:
        return f"bm25s {version('bm25s')}"

    def index(self, corpus: Corpus, /) -> int:
        texts = []
        for each in corpus:
            self._ids.append(each.id)
            texts.append(f"{each.title}\n{each.body}")
        self._retriever.index(self._tokens(texts), show_progress=False)
        self._retriever.save(self._folder)
        return len(self._ids)

    def rank(self, query: str, /, *, limit: int) -> list[tuple[float, str]]:
        tokens, best = self._tokens([query]), min(limit, len(self._ids))
        found, scores = self._retriever.retrieve(tokens, k=best, show_progress=False)
        pairs = zip(scores[0], found[0], strict=True)
        return [(float(score), self._ids[at]) for score, at in pairs if score > 0]

    def close(self) -> None:
        """There is nothing to let go of: all is in memory."""

    def _tokens(self, texts: list[str]) -> bm25s.tokenization.Tokenized:
        # It has stop words for many languages, and none for Indonesian.
        return bm25s.tokenize(texts, stopwords=None, stemmer=self._stemmer, show_progress=False)
