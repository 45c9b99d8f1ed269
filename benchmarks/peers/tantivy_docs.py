"""tantivy-py as its tutorials show: default tokenizer, parse_query, SnippetGenerator."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import tantivy
from tantivy import SnippetGenerator

from peers.base import Found, words
from peers.corpus import Corpus


class TantivyPeer:
    """One index of tantivy, and the searcher on its newest commit."""

    def __init__(self, folder: Path, /) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", stored=True)
        builder.add_text_field("body", stored=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._searcher = self._index.searcher()

    @property
    def label(self) -> str:
        return f"tantivy-py {version('tantivy')}"

    def index(self, corpus: Corpus, /) -> int:
        writer = self._index.writer()
        for each in corpus:
            writer.add_document(tantivy.Document(id=each.id, title=each.title, body=each.body))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        return int(self._searcher.num_docs)

    def search(self, query: str, /, *, limit: int) -> list[Found]:
        parsed = self._parsed(query)
        snippets = SnippetGenerator.create(self._searcher, parsed, self._schema, "body")
        found = []
        for score, address in self._searcher.search(parsed, limit).hits:
            document = self._searcher.doc(address)
            snippet = snippets.snippet_from_doc(document)
            found.append(Found(document["id"][0], score, snippet.to_html()))
        return found

    def rank(self, query: str, /, *, limit: int) -> list[tuple[float, str]]:
        return [
            (score, self._searcher.doc(address)["id"][0])
            for score, address in self._searcher.search(self._parsed(query), limit).hits
        ]

    def bare(self, query: str, /, *, limit: int) -> int:
        """Only find the best: no article is fetched, not even for its id."""
        return len(self._searcher.search(self._parsed(query), limit).hits)

    def close(self) -> None:
        """There is nothing to let go of: the writer is gone since ``wait_merging_threads``."""

    def _parsed(self, query: str) -> tantivy.Query:
        quoted = " OR ".join(f'"{word}"' for word in words(query))
        return self._index.parse_query(quoted, ["title", "body"])
