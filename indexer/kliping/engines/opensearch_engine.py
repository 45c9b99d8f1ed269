"""The engine for more than one machine: OpenSearch, which keeps an index on as many as need be.

It is given ready-made terms, as every engine is, and asked in its own language for the same
clauses. Nothing is sent before a commit: see :mod:`kliping.engines.opensearch_writing`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from typing import Any, ClassVar, Self

from opensearchpy import OpenSearch

from kliping.article import Article
from kliping.engines import opensearch_reading as reading
from kliping.engines.base import COUNTED, Found, Sort, Weigh
from kliping.engines.documents import Document, plain
from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_client import connect
from kliping.engines.opensearch_errors import Errors
from kliping.engines.opensearch_mapping import VERSION, article, body
from kliping.engines.opensearch_points import Point
from kliping.engines.opensearch_queries import Query, query, unscored
from kliping.engines.opensearch_retrying import READING, WRITING, patiently
from kliping.engines.opensearch_writing import Changes, send
from kliping.errors import IndexMismatch, StorageError
from kliping.errors.cures import command, damaged
from kliping.query.clauses import Clause, Everything, Term

_PAGE = 1_000  # matches whose dates are asked for at once


class OpensearchEngine:
    """An index of OpenSearch: ``address`` names the very index, not an alias of it."""

    name: ClassVar[str] = "opensearch"

    def __init__(self, client: OpenSearch, address: Address) -> None:
        self._client, self._address = client, address
        self._changes = Changes()
        state = self._state()
        self._open_point = partial(Point, client, address, shards=state["shards"])
        self._point = self._open_point()

    @classmethod
    def create(cls, address: Address, /) -> OpensearchEngine:
        """Make an empty index at ``address``, where there is none."""
        with Errors(address):
            client = connect(address)
            version = patiently(client.info, READING)["version"]
            # BM25 as other engines have it got this name when another took its old one.
            is_new = int(version["number"].partition(".")[0]) >= 3
            whole = body(dict(address.settings), "LegacyBM25" if is_new else "BM25")
            whole["mappings"]["_meta"] = _meta()
            client.indices.create(index=address.name, body=whole)
            return cls(client, address)

    @classmethod
    def open(cls, address: Address, /) -> OpensearchEngine:
        """Open the index at ``address``."""
        with Errors(address):
            return cls(connect(address), address)

    def add(self, documents: Iterable[Document], /) -> None:
        """Add documents, each in place of any with its id."""
        self._changes.add(documents)

    def delete(self, ids: Iterable[str], /) -> None:
        """Delete the articles with these ids."""
        self._changes.delete(ids)

    def commit(self) -> None:
        """Send what waits, let searches see it, and only then say that it was committed.

        Where this ends halfway, articles may be seen of a commit that is not noted: it is sent
        again, and whatever arrives twice is what it was.
        """
        with Errors(self._address):
            if self._changes:
                self._state()  # what is sent to an index that is gone would make another one
                send(self._client, self._address, self._changes.batches())
                self._ask("POST", "_refresh")
                self._ask("PUT", "_mapping", {"_meta": _meta()})
                self._changes.forget()
            self.refresh()

    def rollback(self) -> None:
        """Forget what was not committed: nobody else has heard of it."""
        self._changes.forget()

    def refresh(self) -> None:
        """See the newest commit."""
        with Errors(self._address):
            self._point = self._open_point()

    def pinned(self) -> Self:
        """Return what keeps to this commit."""
        return copy(self)

    def stamp(self) -> object:
        """Return the word of the last commit."""
        return self.version

    def close(self) -> None:
        """Let go of the moment that the server keeps, and of the connections."""
        self._changes.forget()
        self._point.close()
        self._client.close()

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
        with Errors(self._address):
            if sort == "relevance" and weigh:
                return self._weighed(clause, weigh, limit, offset)
            asked = query(clause) if sort == "relevance" else unscored(clause)
            total, pages = reading.hits(
                self._point, asked, start=offset, stop=offset + limit, sort=sort, count=COUNTED
            )
            scored = sort == "relevance"
            found = [
                (hit["sort"][0] if scored else 0.0, self._article(hit)) for p in pages for hit in p
            ]
            return Found(total["value"], tuple(found), total["relation"] == "gte")

    def count(self, clause: Clause, /) -> int:
        """Return the number of matches."""
        with Errors(self._address):
            return reading.count(self._point, unscored(clause))

    def rank(self, clause: Clause, /, *, limit: int) -> list[tuple[float, str]]:
        """Return scores and ids."""
        with Errors(self._address):
            _, pages = reading.hits(self._point, query(clause), start=0, stop=limit, fields=())
            return [(score, i) for page in pages for score, i in (hit["sort"] for hit in page)]

    def fetch(self, article_id: str, /) -> Article | None:
        """Return one article."""
        found = self.search(Term("id", plain(article_id)), limit=1).hits
        return found[0][1] if found else None

    def every(self) -> Iterator[Article]:
        """Yield all articles, in the order of their ids."""
        point, version = self._point, self.version
        with Errors(self._address):
            _, pages = reading.hits(point, query(Everything()), start=0, stop=reading.ALL)
            for page in pages:
                if point.losses and self.version != version:
                    raise StorageError(
                        f"{self._address} was changed while all of it was read; begin again",
                        path=str(self._address),
                    )
                yield from map(self._article, page)

    @property
    def version(self) -> str:
        """The word of the last commit."""
        with Errors(self._address):
            return str(self._state()["commit"])

    def facets(self, clause: Clause, names: Iterable[str], /) -> Mapping[str, Mapping[str, int]]:
        """Count whole values."""
        with Errors(self._address):
            return reading.facets(self._point, unscored(clause), list(names))

    def terms(self, field: str, prefix: str, /, *, limit: int) -> list[tuple[str, int]]:
        """Return the commonest terms that begin so."""
        with Errors(self._address):
            return reading.terms(self._point, field, prefix, limit=limit)

    def frequency(self, field: str, term: str, /) -> int:
        """Return a term's article count."""
        return self.count(Term(field, term))

    def frequencies(self, field: str, terms: Sequence[str], /) -> list[int]:
        """Return the article counts of several terms, for one question's time."""
        with Errors(self._address):
            return reading.frequencies(self._point, field, terms)

    @property
    def articles(self) -> int:
        """The number of articles."""
        point = self._point
        if point.articles is None:
            point.articles = self.count(Everything())
        return point.articles

    def _weighed(self, clause: Clause, weigh: Weigh, limit: int, offset: int) -> Found:
        from kliping.engines.weighing import weighed

        total, pages = reading.hits(
            self._point, query(clause), start=0, stop=reading.ALL, fields=("published",),
            count=COUNTED,
        )  # fmt: skip
        matches: Iterator[tuple[float, str, int | None]] = (
            (*hit["sort"], hit.get("fields", {}).get("published", (None,))[0])
            for page in pages
            for hit in page
        )
        best = weighed(matches, weigh, wanted=offset + limit)[offset:]
        articles = self._articles([article_id for _, article_id in best])
        hits = tuple((score, articles[article_id]) for score, article_id in best)
        return Found(total["value"], hits, total["relation"] == "gte")

    def _articles(self, ids: list[str]) -> dict[str, Article]:
        asked: Query = {"terms": {"id": ids}}
        _, pages = reading.hits(self._point, asked, start=0, stop=len(ids))
        return {found.id: found for page in pages for found in map(self._article, page)}

    def _article(self, hit: Any) -> Article:
        try:
            return article(hit["_source"])
        except (ValueError, LookupError, TypeError) as error:
            raise damaged(self._address.name, error, str(self._address)) from error

    def _state(self) -> dict[str, Any]:
        """Return what the index says of itself: its last commit, and how many shards it has.

        Raises:
            IndexDamaged: nothing; IndexMismatch: that another version made it.
        """
        wanted = "*.mappings._meta,*.settings.index.number_of_shards"
        answer = self._ask("GET", "", params={"filter_path": wanted})
        told = answer.get(self._address.name, {})
        meta, shards = told.get("mappings", {}).get("_meta", {}), told["settings"]["index"]
        if "commit" not in meta:
            raise damaged(self._address.name, "it does not say what it is", str(self._address))
        if meta["version"] != VERSION:
            cure = command("index --rebuild", str(self._address))
            raise IndexMismatch(
                f"{self._address} has mapping {meta['version']}, this kliping uses {VERSION}; "
                f"try: {cure}",
                path=str(self._address),
            )
        return {"commit": meta["commit"], "shards": int(shards["number_of_shards"])}

    def _ask(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        where = f"/{self._address.name}/{path}".rstrip("/")
        asked = partial(self._client.transport.perform_request, method, where, body=body, **options)
        return patiently(asked, READING if method == "GET" else WRITING)


def _meta() -> dict[str, Any]:
    """Return what an index says of itself from this commit on."""
    return {"version": VERSION, "commit": secrets.token_hex(8)}
