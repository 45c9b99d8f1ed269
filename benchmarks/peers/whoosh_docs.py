"""Whoosh as its quick start shows: TEXT fields, their default analyser, Hit.highlights."""

from __future__ import annotations

import re
import warnings
from importlib.metadata import version
from pathlib import Path

from peers.base import Found, words
from peers.corpus import Corpus

with warnings.catch_warnings():
    # Written for Python 2 and 3 alike, its regular expressions warn when they are first compiled.
    warnings.simplefilter("ignore")
    from whoosh import fields, index
    from whoosh.qparser import MultifieldParser, OrGroup
    from whoosh.searching import Results

# What its default analyser takes for a word: "kompas.com" and "1.500" are one.
_WORD = re.compile(r"\w+(?:\.?\w+)*")


class WhooshPeer:
    """One index of Whoosh, and the searcher that stays open on it."""

    def __init__(self, folder: Path, /) -> None:
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.TEXT(stored=True),
            body=fields.TEXT(stored=True),
        )
        self._index = index.create_in(str(folder), schema)
        self._parser = MultifieldParser(["title", "body"], schema, group=OrGroup)
        self._searcher = self._index.searcher()

    @property
    def label(self) -> str:
        return f"Whoosh {version('Whoosh')}"

    def index(self, corpus: Corpus, /) -> int:
        writer = self._index.writer()
        for each in corpus:
            writer.add_document(id=each.id, title=each.title, body=each.body)
        writer.commit()
        self._searcher = self._searcher.refresh()
        return int(self._searcher.doc_count())

    def search(self, query: str, /, *, limit: int) -> list[Found]:
        return [Found(h["id"], h.score, h.highlights("body")) for h in self._hits(query, limit)]

    def rank(self, query: str, /, *, limit: int) -> list[tuple[float, str]]:
        return [(hit.score, hit["id"]) for hit in self._hits(query, limit)]

    def close(self) -> None:
        self._searcher.close()
        self._index.close()

    def _hits(self, query: str, limit: int) -> Results:
        parsed = self._parser.parse(" ".join(words(query, _WORD)))
        return self._searcher.search(parsed, limit=limit)
