"""The default engine: tantivy, a Lucene-like library in Rust, fed with ready-made terms.

Every analysed field goes in as one space-joined string and tantivy only splits at white space:
positions are ours, and a string crosses the language boundary far faster than token objects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from pathlib import Path
from typing import Any, ClassVar, Self, cast

import tantivy
from tantivy import FieldType, Occur, Order, Query

from kliping.article import Article
from kliping.engines.base import COUNTED, Found, Sort, Weigh, stamp
from kliping.engines.documents import FACETS, Document, load_article, plain
from kliping.engines.tantivy_files import LIST, Errors, deleted, opened, prepared, reloaded, shared
from kliping.errors import QueryError
from kliping.query import clauses
from kliping.query.clauses import Clause
from kliping.query.fields import ANALYSED_FIELDS, NAME_FIELDS, TEXT, UNSCORED_FIELDS

_HEAP_BYTES = 128_000_000
_THREADS = 2  # the best of 1, 2 and 4 beside an analysing Python thread
_LONGEST_TERM = 255  # bytes; longer runs without a space are data, not words
_WIDEST_SLOP = 1_000
_LONGEST_SHOWN = 40
_TOP_FACETS = 20_000
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
        self._writer: tantivy.IndexWriter | None = None
        self._is_waiting = False  # whether anything does for the next commit

    @classmethod
    def create(cls, folder: Path, /) -> TantivyEngine:
        """Make an empty index in ``folder``."""
        with Errors(folder):
            return cls(prepared(tantivy.Index(_schema(), path=str(folder))), folder)

    @classmethod
    def open(cls, folder: Path, /) -> TantivyEngine:
        """Open the index in ``folder``."""
        return cls(opened(folder), folder)

    def add(self, documents: Iterable[Document], /) -> None:
        """Add documents; their ids are new."""
        with Errors(self._folder):
            writer = self._writing()
            for each in documents:
                writer.add_document(_native(each))

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
                (0.0 if options else score, _article(searcher, address))
                for score, address in found.hits
            )
            return Found(COUNTED if many else _count(found), hits, many)

    def count(self, clause: Clause, /) -> int:
        """Return the number of matches."""
        with Errors(self._folder):
            query = Query.const_score_query(
                self._query(clause), 0.0
            )  # scores would cost half of it
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
            return _article(searcher, hits[0][1]) if hits else None

    def every(self) -> Iterator[Article]:
        """Yield all articles."""
        searcher, query = self._searcher, _everything()
        for start in range(0, searcher.num_docs, _BATCH):
            with Errors(self._folder):
                found = searcher.search(query, _BATCH, count=False, offset=start)
                articles = [_article(searcher, address) for _, address in found.hits]
            yield from articles

    @property
    def version(self) -> str:
        """The library's own number of the commit."""
        with Errors(self._folder):
            return str(json.loads((self._folder / "meta.json").read_bytes())["opstamp"])

    def facets(self, clause: Clause, names: Iterable[str], /) -> Mapping[str, Mapping[str, int]]:
        """Count whole values."""
        wanted = {
            name: {"terms": {"field": f"{name}_facet", "size": _TOP_FACETS}} for name in names
        }
        with Errors(self._folder):
            counted = self._searcher.aggregate(self._query(clause), wanted)
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["buckets"]}
            for name in wanted
        }

    def terms(self, field: str, prefix: str, /, *, limit: int) -> list[tuple[str, int]]:
        """Return the commonest terms that begin so."""
        with Errors(self._folder):
            return self._searcher.terms_with_prefix(field, prefix, limit=limit)

    def frequency(self, field: str, term: str, /) -> int:
        """Return a term's article count."""
        with Errors(self._folder):
            return int(self._searcher.doc_freq(field, term))

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
                hits = ((score, _article(searcher, address)) for score, address in best[offset:])
                return Found(_count(found), tuple(hits))
            window *= 4

    def _surely(self, clause: Clause) -> int:
        """Return how many articles match at least, as far as that is known without a search.

        Only what needs no count lets the library skip what cannot come in among the best.
        """
        match clause:
            case clauses.Term(field, text):
                found = int(self._searcher.doc_freq(field, text))
                return found - deleted(self._folder) if found > COUNTED else found
            case clauses.Bool(must=(), must_not=(), filter=()):
                return max(map(self._surely, clause.should), default=0)
            case clauses.Bool(must=(only,), must_not=(), filter=()):
                return self._surely(only)
            case clauses.Bool(must=(), must_not=(), filter=(only,)):
                return self._surely(only)
            case _:
                return 0

    def _query(self, clause: Clause) -> Query:
        make: Callable[[Any, Any], Query] = _QUERIES[type(clause)]
        return make(self._schema, clause)


def _article(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Article:
    stored = searcher.doc(address).get_first("article")
    return load_article(stored if isinstance(stored, bytes) else b"")


def _count(found: Any) -> int:
    """Return the number of matches, which the library's type stubs leave out."""
    return int(found.count)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*ANALYSED_FIELDS, *NAME_FIELDS):
        option = "freq" if name == TEXT else "position"
        builder.add_text_field(name, tokenizer_name="terms", index_option=option)
    for name in UNSCORED_FIELDS:
        builder.add_text_field(name, tokenizer_name="terms", index_option="basic")
    for name in FACETS:
        builder.add_text_field(
            f"{name}_facet", tokenizer_name="raw", index_option="basic", fast=True
        )
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_bytes_field("article", stored=True)
    return builder.build()


def _native(document: Document) -> tantivy.Document:
    native = tantivy.Document()
    native.add_text("id", document.id)
    for field, terms in document.terms.items():
        native.add_text(field, terms)
    for name, values in document.facets.items():
        for value in values:
            native.add_text(f"{name}_facet", value)
    if document.published is not None:
        native.add_integer("published", document.published)
    native.add_bytes("article", document.stored)
    return native


def _term(schema: tantivy.Schema, clause: clauses.Term) -> Query:
    uncounted = clause.field in ("id", *UNSCORED_FIELDS)
    option = "basic" if uncounted else "freq"
    query = Query.term_query(schema, clause.field, clause.text, option)
    return query if clause.boost == 1.0 else Query.boost_query(query, clause.boost)


def _phrase(schema: tantivy.Schema, clause: clauses.Phrase) -> Query:
    # The library panics, past any except clause, on a phrase of one word.
    if len(clause.texts) == 1:
        return _term(schema, clauses.Term(clause.field, clause.texts[0], clause.boost))
    words: list[str | tuple[int, str]] = list(clause.texts)
    slop = min(clause.slop, _WIDEST_SLOP) if len(words) == 2 else 0
    if slop and words[0] == words[1]:
        query = _repeated(schema, clause.field, clause.texts[0], slop)
    else:
        query = Query.phrase_query(schema, clause.field, words, slop)
    return Query.boost_query(query, clause.boost)


def _repeated(schema: tantivy.Schema, field: str, text: str, slop: int) -> Query:
    """A word twice within ``slop``: the library would take one occurrence for both."""
    return Query.disjunction_max_query(
        [
            Query.phrase_query(schema, field, [(0, text), (distance, text)])
            for distance in range(1, slop + 2)
        ]
    )


def _pattern(schema: tantivy.Schema, clause: clauses.Prefix | clauses.Wildcard) -> Query:
    text = clause.text + "*" if isinstance(clause, clauses.Prefix) else clause.pattern
    if len(text.replace("*", "").encode()) > _LONGEST_TERM:
        return Query.empty_query()
    pattern = "".join({"*": ".*", "?": "."}.get(c) or re.escape(c) for c in text)
    try:
        query = Query.regex_query(schema, clause.field, pattern)
    except ValueError as error:  # each ? behind a * doubles the states of its automaton
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        raise QueryError(f"the pattern '{shown}' is too intricate; write fewer * and ?") from error
    return Query.const_score_query(query, clause.boost)


def _fuzzy(schema: tantivy.Schema, clause: clauses.Fuzzy) -> Query:
    query = Query.fuzzy_term_query(
        schema, clause.field, clause.text, clause.distance, transposition_cost_one=False
    )
    return Query.const_score_query(query, clause.boost)


def _dates(schema: tantivy.Schema, clause: clauses.DateRange) -> Query:
    since, until = clause.since, clause.until
    if since is None and until is None:
        return _exists(schema, clauses.Exists("published"))
    # The library takes an open end only when it is called inclusive.
    query = Query.range_query(
        schema, "published", FieldType.Integer, since, until, include_upper=until is None
    )
    return Query.const_score_query(query, 0.0)


def _exists(schema: tantivy.Schema, clause: clauses.Exists) -> Query:
    return Query.const_score_query(_term(schema, clauses.Term("has", clause.field)), 0.0)


def _constant(schema: tantivy.Schema, clause: clauses.Constant) -> Query:
    inner = _QUERIES[type(clause.clause)](schema, clause.clause)
    return Query.const_score_query(inner, clause.score)


def _everything() -> Query:
    return Query.const_score_query(Query.all_query(), 0.0)


def _bool(schema: tantivy.Schema, clause: clauses.Bool) -> Query:
    parts = [(Occur.Must, _QUERIES[type(each)](schema, each)) for each in clause.must]
    parts += [
        (Occur.Must, Query.const_score_query(_QUERIES[type(each)](schema, each), 0.0))
        for each in clause.filter
    ]
    parts += [(Occur.Should, _QUERIES[type(each)](schema, each)) for each in clause.should]
    parts += [(Occur.MustNot, _QUERIES[type(each)](schema, each)) for each in clause.must_not]
    if not (clause.must or clause.should or clause.filter):
        parts.append((Occur.Must, _everything()))
    return Query.boolean_query(parts)


_QUERIES: dict[type, Callable[[tantivy.Schema, Any], Query]] = {
    clauses.Term: _term,
    clauses.Phrase: _phrase,
    clauses.Prefix: _pattern,
    clauses.Wildcard: _pattern,
    clauses.Fuzzy: _fuzzy,
    clauses.DateRange: _dates,
    clauses.Exists: _exists,
    clauses.Everything: lambda _, __: _everything(),
    clauses.Nothing: lambda _, __: Query.empty_query(),
    clauses.Constant: _constant,
    clauses.Bool: _bool,
}
