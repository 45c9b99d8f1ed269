"""Index: the one object that an embedder needs. It joins analysis, query, engine and results."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kliping.analysis import Analyser
from kliping.analysis.synonyms import Entry, with_lexicon
from kliping.article import Article
from kliping.engines import Engine, Sort, open_engine
from kliping.engines.documents import plain
from kliping.errors import ArticleNotFound, QueryError
from kliping.query import Match, Planner, Query, parse
from kliping.query.clauses import Bool, Clause, Everything, Term
from kliping.query.expansion import Expander
from kliping.query.fields import DEFINITIONS
from kliping.query.filters import Moment, narrowed
from kliping.searching.collapsing import Page, Shown, page
from kliping.searching.request import Request, check_options
from kliping.searching.results import Highlighter, Hit, Results, passages, title_spans
from kliping.store.folder import IndexFolder
from kliping.store.groups import Groups, read_groups

if TYPE_CHECKING:
    from kliping.searching.completing import Suggestion
    from kliping.searching.paging import Seen

MAX_LIMIT = 10_000
_MAX_SUGGESTED = 300
# Of what articles say an acronym means, the commonest few count, unless they are rare beside it.
_LEARNT = 3
_LEARNT_SHARE = 0.2
# A search that finds fewer articles than this may have meant other words.
_FEW = 3

Advice = tuple[tuple[str, ...], dict[str, int]]
_NO_ADVICE: Advice = ((), {})


@dataclass(frozen=True, slots=True)
class Info:
    """What is in an index. ``first`` and ``last`` are the days of its oldest and newest article.

    ``size`` is what the index takes on disk, in bytes; ``sources`` counts articles by source.
    """

    path: str
    engine: str
    format: int
    analyser: str
    created: str
    articles: int
    size: int
    files: int
    first: str | None
    last: str | None
    sources: dict[str, int]


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
        self._expander = Expander(self._synonyms, self._learnt)
        self._folder.check_analyser(self._manifest, self._analyser.version)
        self._generation = self._folder.generation(self._manifest.generation)
        self._engine: Engine = open_engine(self._manifest.engine, self._generation / "engine")
        self._groups: Groups = read_groups(self._generation)

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
        self._expander = Expander(self._synonyms, self._learnt)
        self._groups = read_groups(self._generation)

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
        """Find articles, best first, with the passages that show why.

        Args:
            query: what to look for, in the query language; any string has a meaning.
            limit: how many hits to return, 1 to 10,000.
            offset: how many hits to pass over first.
            after: ``next`` of the page before, with the same query and options: the best hits
                that it and those before it have not shown, whatever the index has become since.
            match: whether an article must have all words or any. Where nothing has all,
                any is tried, and the results say ``relaxed``.
            sort: by relevance or by date.
            since: only articles published from then on; dates as in queries, or a date.
            until: only articles published up to and including then.
            source: only articles whose source has these words; likewise ``section``, ``author``.
            boost_recent: a half-life, such as *30d*, *6m* or *2-minggu*: scores fall to half with
                an article's age, half of the way in each half-life; undated articles are old.
            expand: whether to find acronyms and synonyms of the words too.
            collapse: whether the earliest of several articles that say the same stands for all
                of them (``hit.similar``). ``total`` then counts the others no more, up to this
                page: it is exact where all matches have been walked.
            facets: whether to count years, months, days, sources, sections, authors and tags of
                all matches, those on other pages included; what ``total`` leaves out is left out.
            explain: whether each hit says what its score is the sum of (``hit.explanation``).
            suggest: whether to look for other spellings where fewer than three articles have
                all words (``suggestions``), and where none has, to count what each word alone
                would find (``word_counts``).

        Raises:
            QueryError: an option that is not what it takes; a date, a half-life or a limit that
                cannot be meant; a pattern that the engine cannot look for; a token that is broken
                or of another search.

        >>> with kliping.open("index/") as index:  # doctest: +SKIP
        ...     index.search("gempa cianjur", limit=3)[0].article.title
        """
        started = time.perf_counter()
        _check_page(limit, offset)
        request = Request(
            query,
            match,
            sort,
            since,
            until,
            source,
            section,
            author,
            boost_recent,
            expand,
            collapse,
        )
        request.check()
        seen = _seen(after, offset, request)
        parsed = self._parse(query, expand)
        found, clause, relaxed = self._find(request, parsed, seen, limit, offset)
        hits = self._hits(found, parsed, offset + len(seen or ()))
        if explain and sort == "relevance":
            hits = self._explained(hits, found, clause)
        more = partial(_token, request, seen, hits, relaxed) if found.more and not offset else None
        few = seen is None and (relaxed or found.total < _FEW)
        none = relaxed or not found.total
        advice = self._advice(request, none=none) if suggest and few else _NO_ADVICE
        return Results(
            query=query,
            total=found.total,
            took_ms=(time.perf_counter() - started) * 1000,
            hits=hits,
            match="any" if relaxed else match,
            relaxed=relaxed,
            notes=parsed.notes,
            facets=self._counted(clause, found) if facets else {},
            suggestions=advice[0],
            word_counts=advice[1],
            _next=more,
        )

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
        from kliping.searching.similar import more_like

        started = time.perf_counter()
        _check_page(limit, 0)
        article = self.get(article_id)
        words, wanted = more_like(article, self._engine, self._analyser)
        known = self._groups.get(article.id, (article.id,))
        clause = Bool(
            must=(wanted,),
            must_not=tuple(Term("id", plain(each)) for each in known),
        )
        found = page(self._engine, self._groups, clause, limit=limit)
        hits = self._hits(found, words, 0)
        took_ms = (time.perf_counter() - started) * 1000
        return Results(article.id, found.total, took_ms, hits, match="any")

    def explain(self, query: str, /, *, match: Match = "all", expand: bool = True) -> str:
        """Return how a query is read and what the engine is asked, as lines of text.

        Raises:
            QueryError: a date or a ``match`` that cannot be meant.
        """
        from kliping.query.explaining import outline

        check_options(match=match)
        parsed = self._parse(query, expand)
        return outline(parsed, self._plan(parsed, match, []))

    def suggest(self, prefix: str, /, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Return what ``prefix`` could become: words, names and headlines of the articles.

        Args:
            prefix: the beginning of a query, up to 20 words; its last word is completed.
            limit: how many to return at most, 1 to 300.

        Raises:
            QueryError: a limit that is not possible.
        """
        from kliping.searching.completing import complete

        _check_page(limit, 0, most=_MAX_SUGGESTED)
        return complete(self._engine, prefix, limit)

    def rank(
        self, query: str, /, *, limit: int = 100, match: Match = "any", expand: bool = True
    ) -> list[tuple[float, str]]:
        """Return scores and ids of the best articles, without passages: for evaluation.

        Raises:
            QueryError: as for :meth:`search`.
        """
        _check_page(limit, 0)
        check_options(match=match)
        clause = self._plan(self._parse(query, expand), match, [])
        return self._engine.rank(clause, limit=limit)

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
        from kliping.store.state import State

        counts = self._engine.facets(Everything(), ("source", "day"))
        days = sorted(counts["day"])
        with closing(State(self._generation / "state.sqlite")) as state:
            files = len(state.files())
        return Info(
            path=str(self.path),
            engine=self._manifest.engine,
            format=self._manifest.format,
            analyser=self._manifest.analyser,
            created=self._manifest.created,
            articles=len(self),
            size=sum(f.stat().st_size for f in self._generation.rglob("*") if f.is_file()),
            files=files,
            first=days[0] if days else None,
            last=days[-1] if days else None,
            sources=dict(counts["source"]),
        )

    def _parse(self, query: str, expanded: bool) -> Query:
        parsed = parse(query)
        return self._expander.expand(parsed) if expanded else parsed

    def _learnt(self, surface: str, words: tuple[str, ...]) -> tuple[Entry, ...]:
        """Return what the articles say an acronym means, or how they abbreviate words."""
        single = len(words) == 1
        if single and not (surface.isascii() and surface.isupper()):
            return ()
        prefix = (surface if single else "_".join(words)) + "="
        found = self._engine.terms(DEFINITIONS, prefix, limit=_LEARNT)
        least = max([2, *(count * _LEARNT_SHARE for _, count in found)])
        others = [term[len(prefix) :] for term, count in found if count >= least]
        if single:
            return tuple(Entry(o.replace("_", " "), tuple(o.split("_"))) for o in others)
        return tuple(Entry(o, (o.lower(),), capitals=o.isupper()) for o in others)

    def _plan(self, query: Query, match: Match, filters: list[Clause]) -> Clause:
        return narrowed(Planner(self._analyser, match=match).plan(query), filters)

    def _find(
        self, request: Request, parsed: Query, seen: Seen | None, limit: int, offset: int
    ) -> tuple[Page, Clause, bool]:
        """Return a page, the clause that found it, and whether any word was taken for all.

        Only a first page decides that: later ones follow it.
        """
        find = partial(
            page,
            self._engine,
            self._groups if request.collapse else {},
            limit=limit,
            offset=offset,
            sort=request.sort,
            weigh=request.weigh(),
            seen=seen or (),
        )
        filters = request.filters()
        relaxed = seen is not None and seen.relaxed
        clause = self._plan(parsed, "any" if relaxed else request.match, filters)
        found = find(clause)
        if seen is None and request.match == "all" and not found.total:
            wider = self._plan(parsed, "any", filters)
            if wider != clause and (found := find(wider)).total:
                return found, wider, True
        return found, clause, relaxed

    def _hits(self, found: Page, query: Query, before: int) -> tuple[Hit, ...]:
        light = Highlighter(query, self._analyser)
        return tuple(
            self._hit(rank, shown, light) for rank, shown in enumerate(found.hits, before + 1)
        )

    def _explained(self, hits: tuple[Hit, ...], found: Page, clause: Clause) -> tuple[Hit, ...]:
        from kliping.searching.scoring import sums

        scores = {shown.scored or shown.article.id: shown.score for shown in found.hits}
        parts = sums(self._engine, clause, scores)
        return tuple(replace(hit, explanation=part) for hit, part in zip(hits, parts, strict=True))

    def _counted(self, clause: Clause, found: Page) -> Mapping[str, Mapping[str, int]]:
        from kliping.searching.facets import counted

        return counted(self._engine, clause, found.copies)

    def _advice(self, request: Request, *, none: bool) -> Advice:
        """Return other spellings and, where nothing was found, what each word would find."""
        from kliping.searching.spelling import suggestions, word_counts

        filters = request.filters()

        def count(text: str, match: Match) -> int:
            parsed = self._parse(text, request.expand)
            return self._engine.count(self._plan(parsed, match, filters))

        query = request.query
        others = suggestions(query, request.match, self._engine, self._analyser, count)
        return others, word_counts(query, count) if none else {}

    def _hit(self, rank: int, shown: Shown, light: Highlighter) -> Hit:
        article = shown.article
        titles = light.matches(article.title, field="title") if article.title else []
        found = light.matches(article.body, field="body")
        lit = title_spans(titles), passages(article.body, found)
        return Hit(rank, shown.score, article, *lit, similar=shown.similar)


def _seen(after: str | None, offset: int, request: Request) -> Seen | None:
    if after is None:
        return None
    if offset:
        raise QueryError("a page is named by 'after' or by 'offset'; leave out one of them")
    from kliping.searching.paging import read_token

    return read_token(after, request)


def _token(request: Request, seen: Seen | None, hits: tuple[Hit, ...], relaxed: bool) -> str:
    from kliping.searching.paging import make_token

    return make_token(request, seen or (), [hit.article.id for hit in hits], relaxed=relaxed)


def _check_page(limit: int, offset: int, *, most: int = MAX_LIMIT) -> None:
    if not 1 <= limit <= most:
        raise QueryError(f"a limit of {limit} is not possible; choose 1 to {most:,}")
    if offset < 0:
        raise QueryError(f"an offset of {offset} is not possible; choose 0 or more")


def open_index(path: Path | str, /) -> Index:
    """Open the index at ``path`` for searching; the same as :func:`kliping.open`.

    Raises:
        IndexNotFound: there is none; the message says how to make one.
        IndexMismatch: it was made by another format or analyser version.
        IndexDamaged: a file of it is missing or broken.
    """
    return Index(path)
