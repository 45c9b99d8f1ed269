"""SQLite FTS5 as its documentation shows: unicode61, ORDER BY rank (its BM25), snippet()."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from peers.base import Found, words
from peers.corpus import Corpus

_TABLE = """
    CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, title, body, tokenize = 'unicode61')
"""
# ``rank`` is bm25(articles); sorted by it, the snippets of the best alone are made.
_SEARCH = """
    SELECT id, -rank, snippet(articles, 2, '[', ']', '…', 40)
    FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?
"""
_RANK = "SELECT -rank, id FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?"


class Fts5Peer:
    """One table in one database file."""

    def __init__(self, folder: Path, /) -> None:
        self._database = sqlite3.connect(folder / "articles.sqlite")
        self._database.execute(_TABLE)

    @property
    def label(self) -> str:
        return f"SQLite FTS5 {sqlite3.sqlite_version}"

    def index(self, corpus: Corpus, /) -> int:
        rows = ((each.id, each.title, each.body) for each in corpus)
        with self._database:
            self._database.executemany("INSERT INTO articles VALUES (?, ?, ?)", rows)
        (count,) = self._database.execute("SELECT count(*) FROM articles").fetchone()
        return int(count)

    def search(self, query: str, /, *, limit: int) -> list[Found]:
        return [Found(*row) for row in self._rows(_SEARCH, query, limit)]

    def rank(self, query: str, /, *, limit: int) -> list[tuple[float, str]]:
        return list(self._rows(_RANK, query, limit))

    def close(self) -> None:
        self._database.close()

    def _rows(self, statement: str, query: str, limit: int) -> Iterable[Any]:
        any_word = " OR ".join(f'"{word}"' for word in words(query))
        # An empty query is a syntax error.
        return self._database.execute(statement, (any_word, limit)) if any_word else ()
