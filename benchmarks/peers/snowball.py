"""The base: BM25 over Snowball's Indonesian stems of title and body, stop words left out."""

from __future__ import annotations

from pathlib import Path

import tantivy

from kliping.analysis.tokens import words_of
from kliping.analysis.wordlists import question_words, stop_words
from peers.corpus import Corpus


class SnowballRanker:
    """One index of tantivy in memory, of one field."""

    label = "BM25, Snowball, stop words"

    def __init__(self, folder: Path, /) -> None:
        import Stemmer

        stem = Stemmer.Stemmer("indonesian").stemWord
        self._memo: dict[str, str] = {}
        self._stem = stem
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)

    def index(self, corpus: Corpus, /) -> int:
        writer = self._index.writer()
        for each in corpus:
            document = tantivy.Document()
            document.add_text("id", each.id)
            document.add_text("text", " ".join(self._stems(f"{each.title} {each.body}")))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def rank(self, query: str, /, *, limit: int) -> list[tuple[float, str]]:
        dull = stop_words() | question_words()
        words = [word for word in words_of(query) if word not in dull] or list(words_of(query))
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", stem, "freq"))
            for stem in self._stems(" ".join(words))
        ]
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.boolean_query(terms), limit, count=False)
        return [(score, str(searcher.doc(at).get_first("id"))) for score, at in found.hits]

    def close(self) -> None:
        """There is nothing to let go of."""

    def _stems(self, text: str) -> list[str]:
        memo, stem = self._memo, self._stem
        return [memo.get(word) or memo.setdefault(word, stem(word)) for word in words_of(text)]
