"""The default engine: tantivy, a Lucene-like library in Rust, fed with ready-made terms.

Every analysed field goes in as one space-joined string and tantivy only splits at white space:
positions are ours, and a string crosses the language boundary far faster than token objects.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Self, cast

import tantivy
from tantivy import Order, Query

from kliping.article import Article
from kliping.engines.base import COUNTED, Found, Sort, Weigh, stamp
from kliping.engines.documents import Document, load_article, plain
from kliping.engines.packing import Packing
from kliping.engines.tantivy_documents import native, schema
from kliping.engines.tantivy_facets import counting, counts
from kliping.engines.tantivy_files import LIST, Errors, deleted, opened, prepared, reloaded, shared
from kliping.engines.tantivy_queries import Index, everything, matching
from kliping.query import clauses
from kliping.query.clauses import Clause
from kliping.values import Deferred

_HEAP_BYTES = 128_000_000
# One thread takes some 5,000 articles a second, more than a writing process has for it. A second
# makes twice as many segments: a sixth more processor time, mostly to merge them, a larger index.
_THREADS = 1
_BATCH = 5_000  # of articles that are all read
_WINDOW = 1_000  # how many of the best matches are weighed by date at first


class TantivyEngine:
    """An index of tantivy in one folder."""

    name: ClassVar[str] = "tantivy"

    def __init__(self, index: tantivy.Index, folder: Path) -> None:
        self._index = index
        self._folder = folder
        self._schema = index.schema
        self._searcher = index.searcher()
        self._deleted = deleted(folder)
        self._packing = Packing(folder)
        self._writer: tantivy.IndexWriter | None = None
        self._is_waiting = False  # whether anything does for the next commit

    @classmethod
    def create(cls, folder: Path, /) -> TantivyEngine:
        """Make an empty index in ``folder``."""
        with Errors(folder):
            return cls(prepared(tantivy.Index(schema(), path=str(folder))), folder)

    @classmethod
    def open(cls, folder: Path, /) -> TantivyEngine:
        """Open the index in ``folder``."""
        with Errors(folder):
            return cls(opened(folder), folder)

    def add(self, documents: Iterable[Document], /) -> None:
        """Add documents; their ids are new."""
        with Errors(self._folder):
            writer = self._writing()
            for each in documents:
                writer.add_document(native(each, self._packing.pack(each.stored)))

    def delete(self, ids: Iterable[str], /) -> None:
        """Delete the articles with these ids."""
        with Errors(self._folder):
            writer = self._writing()
            for article_id in ids:
                writer.delete_documents_by_term("id", article_id)

    def commit(self) -> None:
        """Commit, and remove the files that no commit needs any more."""
        with Errors(self._folder):
            if self._writer:
                self._writer.commit()
                self._is_waiting = False
                self._writer.garbage_collect_files()
                shared(self._folder)
            self.refresh()

    def rollback(self) -> None:
        """Forget what was not committed."""
        with Errors(self._folder):
            if self._writer:
                self._writer.rollback()
                self._is_waiting = False

    def refresh(self) -> None:
        """See the newest commit."""
        self._index = reloaded(self._index, self._folder)
        self._searcher = self._index.searcher()
        self._deleted = deleted(self._folder)

    def pinned(self) -> Self:
        """Return what keeps to this commit."""
        return copy(self)

    def stamp(self) -> object:
        """Return what identifies the list of files, which every commit replaces."""
        return stamp(self._folder / LIST)

    def close(self) -> None:
        """Wait for merges that are under way, and let go."""
        if self._writer:
            writer, self._writer = self._writer, None
            with Errors(self._folder):
                if self._is_waiting:  # what this forgets includes the merges under way
                    writer.rollback()
                writer.wait_merging_threads()
                shared(self._folder)

    def search(
        self,
        clause: Clause,
        /,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        weigh: Weigh | None = None,
    ) -> Found:
        """Return the best matches."""
        options: dict[str, Any] = {}
        if sort != "relevance":
            order = Order.Desc if sort == "newest" else Order.Asc
            options = {"order_by_field": "published", "order": order}
        # The library sets memory aside for every rank up to the last one, matched or not.
        limit, offset = min(limit, self.articles or 1), min(offset, self.articles)
        with Errors(self._folder):
            # Addresses hold for one searcher, and another thread may refresh.
            searcher = self._searcher
            if weigh and not options:
                return self._weighed(searcher, clause, weigh, limit, offset)
            many = self.articles > COUNTED and self._surely(clause) > COUNTED
            found = searcher.search(
                self._query(clause), limit, count=not many, offset=offset, **options
            )
            hits = tuple(
                (0.0 if options else score, self._article(searcher, address))
                for score, address in found.hits
            )
            return Found(COUNTED if many else _count(found), hits, many)

    def count(self, clause: Clause, /) -> int:
        """Return the number of matches."""
        with Errors(self._folder):
            if isinstance(clause, clauses.Term) and not self._deleted:
                return self.frequency(clause.field, clause.text)
            # Scores would cost half of it.
            query = Query.const_score_query(self._query(clause), 0.0)
            return _count(self._searcher.search(query, 1))

    def rank(self, clause: Clause, /, *, limit: int) -> list[tuple[float, str]]:
        """Return scores and ids."""
        limit = min(limit, self.articles or 1)
        with Errors(self._folder):
            searcher = self._searcher
            found = searcher.search(self._query(clause), limit, count=False)
            document = searcher.doc
            return [(s, str(document(address).get_first("id"))) for s, address in found.hits]

    def fetch(self, article_id: str, /) -> Article | None:
        """Return one article."""
        with Errors(self._folder):
            query, searcher = self._query(clauses.Term("id", plain(article_id))), self._searcher
            hits = searcher.search(query, 1, count=False).hits
            return self._article(searcher, hits[0][1]) if hits else None

    def every(self) -> Iterator[Article]:
        """Yield all articles."""
        searcher, query = self._searcher, everything()
        for start in range(0, searcher.num_docs, _BATCH):
            with Errors(self._folder):
                found = searcher.search(query, _BATCH, count=False, offset=start)
                articles = [self._article(searcher, address) for _, address in found.hits]
            yield from articles

    @property
    def version(self) -> str:
        """The library's own number of the commit."""
        with Errors(self._folder):
            return str(json.loads((self._folder / "meta.json").read_bytes())["opstamp"])

    def facets(self, clause: Clause, names: Iterable[str], /) -> Mapping[str, Mapping[str, int]]:
        """Count whole values; days, of which there are thousands, when they are asked for."""
        with Errors(self._folder):
            query = self._query(clause)
        count = partial(self._counted, self._searcher, query)
        wanted = list(names)
        now = count([name for name in wanted if name != "day"])
        return Deferred({name: now.get(name, lambda: count(["day"])["day"]) for name in wanted})

    def _counted(
        self, searcher: tantivy.Searcher, query: Query, names: list[str]
    ) -> dict[str, dict[str, int]]:
        with Errors(self._folder):
            found = searcher.aggregate(query, {name: counting(name) for name in names})
            return {name: counts(name, found[name]["buckets"]) for name in names}

    def terms(self, field: str, prefix: str, /, *, limit: int) -> list[tuple[str, int]]:
        """Return the commonest terms that begin so."""
        with Errors(self._folder):
            return self._searcher.terms_with_prefix(field, prefix, limit=limit)

    def frequency(self, field: str, term: str, /) -> int:
        """Return a term's article count."""
        with Errors(self._folder):
            return int(self._searcher.doc_freq(field, term))

    def frequencies(self, field: str, terms: Sequence[str], /) -> list[int]:
        """Return the article counts of several terms."""
        return [self.frequency(field, term) for term in terms]

    @property
    def articles(self) -> int:
        """The number of articles."""
        return int(self._searcher.num_docs)

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(_HEAP_BYTES, _THREADS)
        self._is_waiting = True
        return self._writer

    def _weighed(
        self, searcher: tantivy.Searcher, clause: Clause, weigh: Weigh, limit: int, offset: int
    ) -> Found:
        from kliping.engines.weighing import weighed

        query, wanted, window = self._query(clause), offset + limit, _WINDOW
        while True:
            window = min(max(window, wanted), searcher.num_docs or 1)
            found = searcher.search(query, window)
            scores, places = [score for score, _ in found.hits], [at for _, at in found.hits]
            dates = cast("list[int | None]", searcher.fast_field_values("published", places))
            best = weighed(zip(scores, places, dates, strict=True), weigh, wanted=wanted)
            if window >= _count(found) or best[-1][0] >= scores[-1]:
                hits = ((score, self._article(searcher, at)) for score, at in best[offset:])
                return Found(_count(found), tuple(hits))
            window *= 4

    def _surely(self, clause: Clause) -> int:
        """Return how many articles match at least, as far as that is known without a search.

        Only what needs no count lets the library skip what cannot come in among the best.
        """
        match clause:
            case clauses.Term(field, text):
                return self.frequency(field, text) - self._deleted
            case clauses.Bool(must=(), must_not=(), filter=()):
                return max(map(self._surely, clause.should), default=0)
            case clauses.Bool(must=(only,), must_not=(), filter=()):
                return self._surely(only)
            case clauses.Bool(must=(), must_not=(), filter=(only,)):
                return self._surely(only)
            case _:
                return 0

    def _query(self, clause: Clause) -> Query:
        return matching(Index(self._schema, self._searcher), clause)

    def _article(self, searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Article:
        stored = searcher.doc(address).get_first("article")
        return load_article(self._packing.unpack(stored if isinstance(stored, bytes) else b""))


def _count(found: Any) -> int:
    """Return the number of matches, which the library's type stubs leave out."""
    return int(found.count)
