"""Index: the door of reading. It joins the parts of :mod:`kliping.searching`, and does little."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kliping.analysis import Analyser
from kliping.analysis.synonyms import with_lexicon
from kliping.article import Article
from kliping.engines import Engine, Sort, open_engine
from kliping.errors import ArticleNotFound
from kliping.query import Match
from kliping.query.filters import Moment
from kliping.searching.answering import answer
from kliping.searching.request import Request, View, check_options, check_page
from kliping.searching.results import Results
from kliping.searching.snapshot import Snapshot
from kliping.store.folder import IndexFolder

if TYPE_CHECKING:
    from kliping.searching.completing import Suggestion
    from kliping.searching.information import Info

_MAX_SUGGESTED = 300


class Index:
    """An index that is open for searching.

    Made by :func:`kliping.open`; closing it, or leaving its ``with`` block, lets go of its files.
    Safe to search from several threads, and to refresh meanwhile: each step of a search sees one
    commit, a later step of the same search perhaps the next.
    """

    def __init__(self, path: Path | str, /) -> None:
        self._folder = IndexFolder(path)
        self._manifest = self._folder.manifest()
        lexicon = self._folder.lexicon()
        self._analyser = Analyser(lexicon)
        self._synonyms = with_lexicon(lexicon)
        self._folder.check_analyser(self._manifest, self._analyser.version)
        self._generation = self._folder.generation(self._manifest.generation)
        self._engine: Engine = open_engine(self._manifest.engine, self._generation / "engine")
        self._snapshot = self._seen_now()

    def _seen_now(self) -> Snapshot:
        return Snapshot(self._engine, self._generation, self._analyser, self._synonyms)

    @property
    def path(self) -> Path:
        """Where the index is."""
        return self._folder.path

    @property
    def engine(self) -> str:
        """The name of the engine that keeps it."""
        return self._manifest.engine

    def __len__(self) -> int:
        """Return the number of articles."""
        return self._engine.articles

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
        """Let go of the index's files; it cannot be searched any more."""
        self._engine.close()

    def refresh(self) -> None:
        """See what has been committed since the index was opened."""
        self._engine.refresh()
        self._snapshot = self._seen_now()

    def search(
        self,
        query: str,
        /,
        *,
        limit: int = 10,
        offset: int = 0,
        after: str | None = None,
        match: Match = "all",
        sort: Sort = "relevance",
        since: Moment | None = None,
        until: Moment | None = None,
        source: str | None = None,
        section: str | None = None,
        author: str | None = None,
        boost_recent: str | None = None,
        facets: bool = False,
        explain: bool = False,
        expand: bool = True,
        collapse: bool = True,
        suggest: bool = True,
    ) -> Results:
        """Find articles, best first, with the passages that show why; docs/search.md says more.

        Args:
            query: what to look for, in the query language; any string has a meaning.
            limit: how many hits to return, 1 to 10,000; ``offset``: how many to pass over first.
            after: ``next`` of the page before: what that and those before it have not shown.
            match: whether an article must have all words or any, which is tried if none has all.
            sort: by relevance, or by date.
            since: only articles published from then on; ``until``: up to and including then.
            source: only articles whose source has these words; so ``section`` and ``author``.
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
        named = source, section, author
        request = Request(query, match, sort, since, until, *named, boost_recent, expand, collapse)
        return answer(self._snapshot, request, View(limit, offset, after, facets, explain, suggest))

    def similar(self, article_id: str, /, *, limit: int = 10) -> Results:
        """Find other stories like an article, the likest first; its most telling words are lit.

        The article and those that say the same as it are left out: who has read one of them wants
        other stories. Other groups are shown as in a search. ``total`` counts all articles that
        have any of those words.

        Args:
            article_id: the article to start from.
            limit: how many hits to return, 1 to 10,000.

        Raises:
            ArticleNotFound: no article has this id.
            QueryError: a limit that cannot be meant.
        """
        from kliping.searching.answering import answer_similar

        return answer_similar(self._snapshot, self.get(article_id), View(limit))

    def explain(self, query: str, /, *, match: Match = "all", expand: bool = True) -> str:
        """Return how a query is read and what the engine is asked, as lines of text.

        Raises:
            QueryError: a date or a ``match`` that cannot be meant.
        """
        from kliping.query.explaining import outline

        check_options(match=match)
        parsed = self._snapshot.parse(query, expand=expand)
        return outline(parsed, self._snapshot.plan(parsed, match))

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
        return complete(self._engine, prefix, limit)

    def rank(
        self, query: str, /, *, limit: int = 100, match: Match = "any", expand: bool = True
    ) -> list[tuple[float, str]]:
        """Return scores and ids of the best articles, without passages: for evaluation.

        Raises:
            QueryError: as for :meth:`search`.
        """
        check_page(limit)
        check_options(match=match)
        parsed = self._snapshot.parse(query, expand=expand)
        return self._engine.rank(self._snapshot.plan(parsed, match), limit=limit)

    def get(self, article_id: str, /) -> Article:
        """Return one article.

        Raises:
            ArticleNotFound: no article has this id.
        """
        article = self._engine.fetch(article_id)
        if article is None:
            raise ArticleNotFound(
                f"no article has the id '{article_id}'; ids are what search --ids prints",
                path=self.path,
            )
        return article

    def info(self) -> Info:
        """Say what is in the index."""
        from kliping.searching.information import information

        return information(self._folder, self._manifest, self._engine)


def open_index(path: Path | str, /) -> Index:
    """Open the index at ``path`` for searching; the same as :func:`kliping.open`.

    Raises:
        IndexNotFound: there is none; the message says how to make one.
        IndexMismatch: it was made by another format or analyser version.
        IndexDamaged: a file of it is missing or broken.
    """
    return Index(path)
