"""What every engine is: a place that keeps documents and says which of them match.

The contract is data: each engine keeps the same terms for the same article, so the same clause
matches the same articles everywhere (``tests/test_engines.py`` runs one suite over all).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple, Protocol, Self

from kliping.article import Article
from kliping.engines.documents import Document
from kliping.engines.opensearch_address import Address
from kliping.query.clauses import Clause

Sort = Literal["relevance", "newest", "oldest"]
# Up to so many matches are counted; an engine that knows of more need not walk all to count them.
COUNTED = 10_000
# Where an index is: a folder, or an address for an engine whose servers keep it.
Place = Path | Address
# What an article's score is multiplied by, from 0 to 1, given its date in seconds since 1970.
Weigh = Callable[[int | None], float]


def stamp(path: Path, /) -> object:
    """Return what differs once what is at ``path`` was replaced, or was there and is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


class Found(NamedTuple):
    """The best matches and how many there are: ``hits`` pairs a score with an article.

    Where there are more than :data:`COUNTED`, ``total`` may be that, and ``at_least`` says so.
    Sorted by date, articles without one come last, and every score is 0.0.
    """

    total: int
    hits: tuple[tuple[float, Article], ...]
    at_least: bool = False


class Engine(Protocol):
    """Keeps documents in one place and finds them.

    Changes are seen by searches only after :meth:`commit`. One process writes at a time: the
    caller holds the index's lock. Every method raises :class:`kliping.errors.StorageError` when
    the disk or the server says no, and :class:`kliping.errors.IndexDamaged` when a part is missing
    or broken.
    """

    name: ClassVar[str]

    @classmethod
    def create(cls, place: Place, /) -> Engine:
        """Make an empty index: in a folder that exists and is empty, at an address without one."""
        ...

    @classmethod
    def open(cls, place: Place, /) -> Engine:
        """Open the index at ``place`` as it was last committed."""
        ...

    def add(self, documents: Iterable[Document], /) -> None:
        """Add documents; the caller has deleted any that have the same ids."""
        ...

    def delete(self, ids: Iterable[str], /) -> None:
        """Delete the committed articles with these ids; unknown ids are passed over."""
        ...

    def commit(self) -> None:
        """Make all changes since the last commit durable, and visible here."""
        ...

    def rollback(self) -> None:
        """Forget all changes since the last commit."""
        ...

    def refresh(self) -> None:
        """See what other processes have committed since."""
        ...

    def pinned(self) -> Self:
        """Return what answers as this does now, whatever is committed and refreshed later."""
        ...

    def stamp(self) -> object:
        """Return what differs once another process has committed; asked often, so cheap."""
        ...

    def close(self) -> None:
        """Let go of files and threads; uncommitted changes are forgotten."""
        ...

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
        """Return ``limit`` (≥ 1) matches from ``offset`` on, and the number of all, or of many.

        By relevance, ``weigh`` multiplies each score by what it gives for the article's date.
        Like everything that takes a clause, raises :class:`kliping.errors.QueryError` where the
        engine cannot look for a pattern.
        """
        ...

    def count(self, clause: Clause, /) -> int:
        """Return the number of matches."""
        ...

    def rank(self, clause: Clause, /, *, limit: int) -> list[tuple[float, str]]:
        """Return scores and ids of the best matches, without fetching the articles."""
        ...

    def fetch(self, article_id: str, /) -> Article | None:
        """Return the article with this id, if there is one."""
        ...

    def every(self) -> Iterator[Article]:
        """Yield all articles, in the engine's own order, all of one commit."""
        ...

    @property
    def version(self) -> str:
        """What was committed last, as a word that no other commit has."""
        ...

    def facets(self, clause: Clause, names: Iterable[str], /) -> Mapping[str, Mapping[str, int]]:
        """Return, for each facet (see :data:`kliping.engines.documents.FACETS`), its counts."""
        ...

    def terms(self, field: str, prefix: str, /, *, limit: int) -> list[tuple[str, int]]:
        """Return the commonest terms of ``field`` that begin so, with their :meth:`frequency`."""
        ...

    def frequency(self, field: str, term: str, /) -> int:
        """Return in how many articles ``field`` has ``term``.

        Or a few more, until deleted ones are merged away.
        """
        ...

    def frequencies(self, field: str, terms: Sequence[str], /) -> list[int]:
        """Return the :meth:`frequency` of each term, asked for at once."""
        ...

    @property
    def articles(self) -> int:
        """The number of articles that searches see."""
        ...
