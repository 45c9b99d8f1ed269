"""The engine in pure Python: Whoosh, for places where no compiled wheel can go.

Whoosh's own analysers, highlighter and parser stay unused: it is given ready-made terms and asked
the same clauses as every other engine, scored by the same BM25. Only the interface of 2.7.4 is
used, so that its successors under the same name serve too. Opening an index of Whoosh unpickles
its schema: never open one from a stranger.
"""

from __future__ import annotations

import heapq
import math
import os
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from threading import RLock
from typing import Any, ClassVar, Self

from kliping.article import Article
from kliping.engines.base import Found, Sort, Weigh, stamp
from kliping.engines.documents import Document, load_article, plain
from kliping.engines.packing import Packing
from kliping.errors import KlipingError
from kliping.errors.cures import damaged, refused
from kliping.query.clauses import Clause
from kliping.query.fields import KEPT

with warnings.catch_warnings():
    # Written for Python 2 and 3 alike, its regular expressions warn when they are first compiled.
    warnings.simplefilter("ignore")
    from whoosh import fields, index, scoring
    from whoosh.analysis import SpaceSeparatedTokenizer

    from kliping.engines.whoosh_files import opening
    from kliping.engines.whoosh_matching import GAP, Scores, scores

_LONGEST_TERM = 255  # bytes, as in every engine
_MEMORY_MB = 128
_packing = Packing()  # nothing is learnt: all that lies in the folder is the library's


class WhooshEngine:
    """An index of Whoosh in one folder."""

    name: ClassVar[str] = "whoosh"

    def __init__(self, storage: Any, folder: Path) -> None:
        self._index = storage
        self._folder = folder
        self._searcher = storage.searcher(weighting=_Bm25())
        self._writer: Any = None
        self._lock = RLock()

    @classmethod
    def create(cls, folder: Path, /) -> WhooshEngine:
        """Make an empty index in ``folder``."""
        with _errors(folder):
            return cls(index.create_in(str(folder), _schema()), folder)

    @classmethod
    def open(cls, folder: Path, /) -> WhooshEngine:
        """Open the index in ``folder``."""
        with _errors(folder), opening(folder) as found:
            return cls(found, folder)

    def add(self, documents: Iterable[Document], /) -> None:
        """Add documents; their ids are new."""
        with self._alone():
            writer = self._writing()
            for each in documents:
                writer.add_document(**_native(each))

    def delete(self, ids: Iterable[str], /) -> None:
        """Delete the articles with these ids."""
        with self._alone():
            writer = self._writing()
            for article_id in ids:
                writer.delete_by_term("id", article_id)

    def commit(self) -> None:
        """Commit, and have the disk confirm it, which the library leaves undone."""
        with self._alone():
            if self._writer:
                writer, self._writer = self._writer, None
                writer.commit()
                _sync(self._folder)
            self.refresh()

    def rollback(self) -> None:
        """Forget what was not committed."""
        with self._alone():
            if self._writer:
                writer, self._writer = self._writer, None
                writer.cancel()

    def refresh(self) -> None:
        """See the newest commit."""
        with self._alone():
            if not self._searcher.up_to_date():
                self._searcher = self._index.searcher(weighting=_Bm25())

    def pinned(self) -> Self:
        """Return what keeps to this commit."""
        return copy(self)

    def stamp(self) -> object:
        """Return what identifies the folder's list of names, which every commit changes."""
        return stamp(self._folder)

    def close(self) -> None:
        """Let go of the files."""
        self.rollback()
        self._searcher.close()
        self._index.close()

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
        with self._alone():
            found = self._scores(clause)
            if sort == "relevance" and weigh:
                pairs = self._weighed(found, weigh, limit + offset)[offset:]
            elif sort == "relevance":
                pairs = _best(found, limit + offset)[offset:]
            else:
                numbers = self._by_date(found, newest=sort == "newest")
                pairs = [(0.0, number) for number in numbers[offset : offset + limit]]
            hits = tuple((score, self._article(number)) for score, number in pairs)
            return Found(len(found), hits)

    def count(self, clause: Clause, /) -> int:
        """Return the number of matches."""
        with self._alone():
            return len(self._scores(clause))

    def rank(self, clause: Clause, /, *, limit: int) -> list[tuple[float, str]]:
        """Return scores and ids."""
        with self._alone():
            best = _best(self._scores(clause), limit)
            return [(score, self._searcher.stored_fields(number)["id"]) for score, number in best]

    def fetch(self, article_id: str, /) -> Article | None:
        """Return one article."""
        with self._alone():
            number = self._searcher.document_number(id=plain(article_id))
            return None if number is None else self._article(number)

    def every(self) -> Iterator[Article]:
        """Yield all articles."""
        searcher = self._searcher
        with self._alone():
            numbers = list(searcher.reader().all_doc_ids())
        for number in numbers:
            with self._alone():
                article = self._article(number, searcher)
            yield article

    @property
    def version(self) -> str:
        """The number of the library's list of segments."""
        with self._alone():
            return str(self._index.latest_generation())

    def facets(self, clause: Clause, names: Iterable[str], /) -> Mapping[str, Mapping[str, int]]:
        """Count whole values, article by article."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        with self._alone():
            for number in self._scores(clause):
                stored = self._searcher.stored_fields(number)["facets"]
                for name, counter in counts.items():
                    counter.update(stored.get(name, ()))
        return {name: dict(counter.most_common()) for name, counter in counts.items()}

    def terms(self, field: str, prefix: str, /, *, limit: int) -> list[tuple[str, int]]:
        """Return the commonest terms that begin so."""
        with self._alone():
            reader = self._searcher.reader()
            names = [t.decode("utf-8") for t in reader.expand_prefix(field, prefix)]
            found = [
                (name, int(reader.doc_frequency(field, name))) for name in names if name != GAP
            ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def frequency(self, field: str, term: str, /) -> int:
        """Return a term's article count."""
        with self._alone():
            return int(self._searcher.doc_frequency(field, term))

    def frequencies(self, field: str, terms: Sequence[str], /) -> list[int]:
        """Return the article counts of several terms."""
        return [self.frequency(field, term) for term in terms]

    @property
    def articles(self) -> int:
        """The number of articles."""
        return int(self._searcher.doc_count())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one thread in at a time: the library's readers share a place in their files."""
        with self._lock, _errors(self._folder):
            yield

    def _writing(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(limitmb=_MEMORY_MB)
        return self._writer

    def _article(self, number: int, searcher: Any = None) -> Article:
        stored = (searcher or self._searcher).stored_fields(number)["article"]
        return load_article(_packing.unpack(stored))

    def _scores(self, clause: Clause) -> Scores:
        """Return the numbers of all matches with their scores."""
        found: Scores = {}
        for segment, first in self._searcher.leaf_searchers():
            matches = scores(segment, clause)
            found.update((first + number, score) for number, score in matches.items())
        return found

    def _published(self, number: int) -> int | None:
        published: int | None = self._searcher.stored_fields(number).get("published")
        return published

    def _weighed(self, found: Scores, weigh: Weigh, wanted: int) -> list[tuple[float, int]]:
        from kliping.engines.weighing import weighed

        best = _best(found, len(found))
        matches = ((score, number, self._published(number)) for score, number in best)
        return weighed(matches, weigh, wanted=wanted)

    def _by_date(self, found: Scores, *, newest: bool) -> list[int]:
        """Return matching numbers by date; articles without a date come last either way."""

        def key(number: int) -> tuple[bool, int]:
            published = self._published(number)
            return published is None, (-published if newest else published) if published else 0

        return sorted(sorted(found), key=key)


def _best(found: Scores, limit: int) -> list[tuple[float, int]]:
    best = heapq.nsmallest(limit, ((-score, number) for number, score in found.items()))
    return [(-score, number) for score, number in best]


class _Bm25(scoring.BM25F):  # type: ignore[misc]
    """BM25 with the inverse document frequency of Robertson & Spärck Jones, as Lucene has it.

    ``log(1 + (N − n + 0.5) / (n + 0.5))`` of N articles, n with the term: the library's own,
    ``log(N / (n + 1)) + 1``, ranks otherwise than the other engines do.
    """

    def idf(self, searcher: Any, fieldname: str, text: str) -> float:
        """Return the weight of a term."""
        parent = searcher.get_parent()
        articles, with_term = parent.doc_count_all(), parent.doc_frequency(fieldname, text)
        return math.log(1 + (articles - with_term + 0.5) / (with_term + 0.5))


def _schema() -> Any:
    def text(*, phrase: bool = True) -> Any:
        return fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=phrase)

    schema = fields.Schema(
        id=fields.ID(unique=True, stored=True),
        published=fields.NUMERIC(int, bits=64, signed=True, stored=True),
        facets=fields.STORED,
        article=fields.STORED,
    )
    for name, kept in KEPT.items():
        scored = text(phrase=kept == "places")
        schema.add(name, fields.KEYWORD(scorable=True) if kept == "presence" else scored)
    return schema


def _native(document: Document) -> dict[str, Any]:
    terms = {name: _short(text) for name, text in document.terms.items() if text.strip()}
    native: dict[str, Any] = {
        **terms,
        "id": document.id,
        "facets": document.facets,
        "article": _packing.pack(document.stored),
    }
    if document.published is not None:
        native["published"] = document.published
    return native


def _short(terms: str) -> str:
    if all(len(term) <= _LONGEST_TERM // 4 for term in terms.split()):
        return terms
    # A gap would move the words behind it in phrases, so a placeholder keeps its position.
    return " ".join(t if len(t.encode()) <= _LONGEST_TERM else GAP for t in terms.split())


def _sync(folder: Path) -> None:
    for path in (*folder.iterdir(), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _errors(folder: Path) -> Iterator[None]:
    """Translate what the library raises where a file is missing, broken or may not be used.

    It trusts what it reads, so a broken file may raise anything, from within the library.
    """
    try:
        yield
    except KlipingError:
        raise
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise damaged(folder, error, folder.parent.parent) from error
    except OSError as error:
        raise refused(folder, error) from error
    except Exception as error:
        if not (isinstance(error, ValueError) or _is_from_a_library(error)):
            raise
        reason = f"{type(error).__name__}: {error}"
        raise damaged(folder, reason, folder.parent.parent) from error


def _is_from_a_library(error: Exception) -> bool:
    """Say whether code that is not ours raised it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    name = str(trace.tb_frame.f_globals.get("__name__")) if trace else ""
    return not name.startswith("kliping.")
