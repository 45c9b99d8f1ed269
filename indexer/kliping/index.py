"""Index: the door of reading. It joins the parts of :mod:`kliping.searching`, and does little."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from kliping.article import Article
from kliping.engines import Sort
from kliping.errors import IndexClosed, IndexDamaged, IndexNotFound
from kliping.query import Asked
from kliping.query.filters import Moment
from kliping.searching.request import Names, Request, View, check_options, check_page, names
from kliping.searching.snapshot import Snapshot
from kliping.store.folder import IndexFolder
from kliping.store.places import Place, is_address, located

if TYPE_CHECKING:
    from kliping.searching.completing import Suggestion
    from kliping.searching.information import Info
    from kliping.searching.results import Results
    from kliping.searching.results.highlighting import Lit

_MAX_SUGGESTED = 300
Places = Place | Iterable[Place]


class Index:
    """An index that is open for searching, or several that are searched as one.

    Made by :func:`kliping.open`; closing it, or leaving its ``with`` block, lets go of its files.
    Safe to search from several threads, and to refresh meanwhile: a search ends on the commit that
    it began on.
    """

    def __init__(self, path: Places, /, *, follow: bool = False, local: bool = True) -> None:
        named = [path] if isinstance(path, str | os.PathLike) else list(path)
        if not named:
            raise IndexNotFound("no index was named; name one, or several")
        folders = {_key(each): located(each) for each in named}
        self._folder, *others = folders.values()
        self._follow, self._local = follow, local
        self._renewing = Lock()
        self._snapshot: Snapshot | None = _seen(self._folder, *others)

    @property
    def _now(self) -> Snapshot:
        """What a search stands on from its beginning to its end."""
        if self._follow and not self._open().is_current():
            self._renew(unless_current=True)
        return self._open()

    def _open(self) -> Snapshot:
        snapshot = self._snapshot
        if snapshot is None:
            raise IndexClosed(
                f"{self.path} was closed; open it again: kliping.open({str(self.path)!r})",
                path=self.path,
            )
        return snapshot

    @property
    def path(self) -> Path | str:
        """Where the index is; of several, the first."""
        return self._folder.place

    @property
    def engine(self) -> str:
        """The name of the engine that keeps it; of several, the first's."""
        return self._now.generation.manifest.engine

    @property
    def version(self) -> str:
        """A word that changes whenever anything is committed or rebuilt: for caches to compare."""
        return self._now.version

    def __len__(self) -> int:
        """Return the number of articles."""
        return self._now.engine.articles

    def __iter__(self) -> Iterator[Article]:
        """Yield all articles of this moment, in no order that means anything."""
        snapshot = self._now  # kept, and open, until the last of them
        yield from snapshot.engine.every()

    def __contains__(self, key: object) -> bool:
        """Say whether an article has this id, address or path."""
        return isinstance(key, str) and bool(self.find(key, limit=1))

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index's files when the searches under way have ended; no other begins."""
        self._snapshot = None

    def refresh(self) -> None:
        """See what has been committed, or rebuilt, since the index was opened.

        Searches under way in other threads end as they began.

        Raises:
            IndexingError: there is no index any more, or none that this version can open; what
                was open stays so.
        """
        self._renew()

    def _renew(self, *, unless_current: bool = False) -> None:
        with self._renewing:
            snapshot = self._open()
            if not (unless_current and snapshot.is_current()):
                self._snapshot = snapshot.renewed()

    def search(
        self,
        query: str,
        /,
        *,
        limit: int = 10,
        offset: int = 0,
        after: str | None = None,
        match: Asked = "auto",
        sort: Sort = "relevance",
        since: Moment | None = None,
        until: Moment | None = None,
        source: Names = None,
        section: Names = None,
        author: Names = None,
        tag: Names = None,
        boost_recent: str | None = None,
        facets: bool = False,
        explain: bool = False,
        expand: bool = True,
        collapse: bool = True,
        suggest: bool = True,
    ) -> Results:
        """Find articles, best first, with the passages that show why; docs/search.md says more.

        Args:
            query: what to look for, in the query language; any string has a meaning. What asks
                for no word, such as ``""`` or ``"*"``, finds all, the newest first.
            limit: how many hits to return, 1 to 10,000; ``offset``: how many to pass over first.
            after: ``next`` of the page before: what that and those before it have not shown.
            match: whether an article must have all words or any; ``auto`` lets those with most
                words follow where fewer than ``limit`` have all.
            sort: by relevance, or by date.
            since: only articles published from then on; ``until``: up to and including then.
            source: only articles whose source has these words, or those of any of several; so
                ``section``, ``author`` and ``tag``.
            boost_recent: a half-life, such as *30d* or *2-minggu*: old articles score less.
            facets: whether to count years, sources, authors, tags and more of all matches.
            explain: whether each hit says what its score is the sum of (``hit.explanation``).
            expand: whether to find acronyms and synonyms of the words too.
            collapse: whether one of several articles that say the same stands for all of them.
            suggest: whether to look for other spellings where little is found.

        Raises:
            QueryError: an option that is not what it takes; a token that is broken or of
                another search; a pattern that the engine cannot look for.

        >>> with kliping.open("index/") as index:  # doctest: +SKIP
        ...     index.search("gempa cianjur", limit=3)[0].article.title
        """
        from kliping.searching.answering import answer

        who = names(source), names(section), names(author), names(tag)
        request = Request(query, match, sort, since, until, *who, boost_recent, expand, collapse)
        return answer(self._now, request, View(limit, offset, after, facets, explain, suggest))

    def similar(self, key: str, /, *, limit: int = 10) -> Results:
        """Find other stories like an article, the likest first; its most telling words are lit.

        The article and those that say the same as it are left out: who has read one of them wants
        other stories. Other groups are shown as in a search. ``total`` counts all articles that
        have any of those words.

        Args:
            key: the article to start from, as :meth:`get` takes it.
            limit: how many hits to return, 1 to 10,000.

        Raises:
            ArticleNotFound: no article has this id, address or path.
            SeveralArticles: more than one has.
            QueryError: a limit that cannot be meant.
        """
        from kliping.searching.answering import answer_similar
        from kliping.searching.keys import only

        snapshot = self._now
        return answer_similar(
            snapshot, only(snapshot.engine, key, self._folder, local=self._local), View(limit)
        )

    def explain(self, query: str, /, *, match: Asked = "auto", expand: bool = True) -> str:
        """Return how a query is read and what the engine is asked, as lines of text.

        Raises:
            QueryError: a date or a ``match`` that cannot be meant.
        """
        from kliping.query.explaining import outline

        check_options(match=match)
        snapshot = self._now
        parsed = snapshot.parse(query, expand=expand)
        return outline(parsed, snapshot.plan(parsed, "any" if match == "any" else "all"))

    def highlight(self, article: Article, query: str, /, *, expand: bool = True) -> Lit:
        """Return where an article's title and body have what a query asks for, as spans.

        >>> with kliping.open("index/") as index:  # doctest: +SKIP
        ...     index.highlight(index.get("gempa-1"), "gempa").title
        ((0, 5),)
        """
        from kliping.searching.results import Highlighter

        snapshot = self._now
        light = Highlighter(snapshot.parse(query, expand=expand), snapshot.analyser)
        return light.lit(article.title or "", article.body)

    def suggest(self, prefix: str, /, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Return what ``prefix`` could become: words, names and headlines of the articles.

        Args:
            prefix: the beginning of a query, up to 20 words; its last word is completed.
            limit: how many to return at most, 1 to 300.

        Raises:
            QueryError: a limit that is not possible.
        """
        from kliping.searching.completing import complete

        check_page(limit, most=_MAX_SUGGESTED)
        return complete(self._now.engine, prefix, limit)

    def rank(
        self, query: str, /, *, limit: int = 100, match: Asked = "any", expand: bool = True
    ) -> list[tuple[float, str]]:
        """Return scores and ids of the best articles, without passages: for evaluation.

        Raises:
            QueryError: as for :meth:`search`.
        """
        from kliping.searching.ranking import rank

        check_page(limit)
        check_options(match=match)
        snapshot = self._now
        return rank(snapshot, snapshot.parse(query, expand=expand), match, limit=limit)

    def get(self, key: str, /) -> Article:
        """Return one article, by what a search prints of it: its id, address or path.

        Raises:
            ArticleNotFound: no article has this id, address or path.
            SeveralArticles: more than one has; :meth:`find` returns them.
        """
        from kliping.searching.keys import only

        return only(self._now.engine, key, self._folder, local=self._local)

    def find(self, key: str, /, *, limit: int = 10) -> tuple[Article, ...]:
        """Return the first articles that have this id, address or path; none may have it.

        Raises:
            QueryError: a limit that cannot be meant.
        """
        from kliping.searching.keys import find

        check_page(limit)
        return find(self._now.engine, key, limit=limit, local=self._local)

    def info(self) -> Info:
        """Say what is in the index; of several, in all."""
        from kliping.searching.information import information

        snapshot = self._now
        try:
            return information(snapshot.each)
        except IndexDamaged:
            if snapshot.is_current():
                raise
        # Another process has made the index anew, and swept away what was open here.
        self._renew(unless_current=True)
        return self.info()


def _key(place: Place) -> str:
    return os.fspath(place) if is_address(place) else os.path.realpath(place)


def _seen(*folders: IndexFolder) -> Snapshot:
    shares = [share for folder in folders for share in folder.shares()]
    if len(shares) == 1:
        return Snapshot.of(shares[0])
    from kliping.searching.together import seen_together

    return seen_together(shares)


def open_index(path: Places, /, *, follow: bool = False, local: bool = True) -> Index:
    """Open the index at ``path`` for searching; the same as :func:`kliping.open`.

    Args:
        path: the index's folder, or those of several, to be searched as one.
        follow: whether each search first sees what other processes have committed or rebuilt; it
            costs a few microseconds where that is nothing. Else :meth:`Index.refresh` does so.
        local: whether a key may be a path as it is from here, for which the disk is looked at. Say
            no where keys come from another machine.

    Raises:
        IndexNotFound: there is none; the message says how to make one.
        IndexMismatch: it was made by another format or analyser version, or one of several with
            another lexicon.
        IndexDamaged: a file of it is missing or broken.
    """
    return Index(path, follow=follow, local=local)
