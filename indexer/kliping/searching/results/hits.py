"""What a search gives back: plain values that know nothing of engines, terminals or HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, overload

from kliping.article import Article, moment_json

if TYPE_CHECKING:
    import pandas

    from kliping.json_forms import HitJSON, PassageJSON, ResultsJSON

Spans = tuple[tuple[int, int], ...]
# Whether a number is exact or the least it can be, as OpenSearch says it.
Relation = Literal["eq", "gte"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Text with highlighted spans: each [start, stop) in characters, ascending, disjoint."""

    text: str
    spans: Spans = ()

    def to_dict(self) -> PassageJSON:
        """Return it as a JSON object."""
        return {"text": self.text, "spans": spans_json(self.spans)}


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matched, why (``passages``, ``title_spans``), and how well.

    ``rank`` counts from 1 over all pages; ``score`` compares hits of one search only, and is 0.0
    where hits are sorted by date. ``similar`` are the ids of the articles that say the same and
    that this one stands for, whether they match or not, the earliest published first.
    ``explanation``, if it was asked for, is the score as a sum: pairs of a part of the query and
    what it brought, for the best match of those that the hit stands for. ``missing`` names the
    words and phrases of the query that it lacks, where others have all of them or none has.
    """

    rank: int
    score: float
    article: Article
    title_spans: Spans = ()
    passages: tuple[Passage, ...] = ()
    similar: tuple[str, ...] = ()
    explanation: tuple[tuple[str, float], ...] = ()
    missing: tuple[str, ...] = ()

    def to_dict(self) -> HitJSON:
        """Return it as the JSON object that the command line prints, and the server sends."""
        article = self.article
        whole: HitJSON = {
            "rank": self.rank,
            "score": round(self.score, 6),
            "id": article.id,
            "title": article.title,
            "title_spans": spans_json(self.title_spans),
            "source": article.source,
            "section": article.section,
            "author": ", ".join(article.authors) or None,
            "published": moment_json(article.published),
            "url": article.url,
            "path": article.path,
            "passages": [passage.to_dict() for passage in self.passages],
            "similar": [*self.similar],
            "missing": [*self.missing],
        }
        if self.explanation:
            parts = ((part, round(score, 6)) for part, score in self.explanation)
            whole["explain"] = [{"clause": part, "score": score} for part, score in parts]
        return whole

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """Return the JSON Schema of what :meth:`to_dict` gives."""
        from kliping.json_forms import HitJSON, schema

        return schema(HitJSON)


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and what can be said of all that matched.

    ``total`` counts every match but those, up to this page, that a hit stands for; where there may
    be more, ``total_relation`` is "gte", else "eq" (up to 10,000 it always is). ``match`` says
    how a row of words was taken in the end: ``relaxed`` is true where those that have all of them
    were so few that those with most follow. ``with_all`` counts the former, where all words were
    asked for first. ``notes`` says what of the query was mended. ``facets`` maps a facet to the
    counts of its values, commonest first.

    Where fewer than three articles had all words, ``suggestions`` are queries that find more, the
    best first. Where none had, ``word_counts`` maps each word and quotation of the query, as
    typed, to the number of articles that it alone would find, copies included.
    """

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...] = ()
    match: Literal["all", "any"] = "all"
    relaxed: bool = False
    with_all: int | None = None
    notes: tuple[str, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    word_counts: Mapping[str, int] = field(default_factory=dict)
    total_relation: Relation = "eq"
    # What makes the token: only who asks for it pays.
    _next: Callable[[], str] | None = field(default=None, repr=False, compare=False)

    @property
    def next(self) -> str | None:
        """The token of the next page, for ``after``; ``None`` where no match is left.

        A page that began at an ``offset`` has none.
        """
        return self._next() if self._next else None

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, at: int) -> Hit: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, at: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[at]

    def to_dict(self) -> ResultsJSON:
        """Return it as the JSON object that the command line prints, and the server sends."""
        whole: ResultsJSON = {
            "query": self.query,
            "total": self.total,
            "total_relation": self.total_relation,
            "took_ms": round(self.took_ms, 3),
            "match": self.match,
            "relaxed": self.relaxed,
            "with_all": self.with_all,
            "notes": [*self.notes],
            "suggestions": [*self.suggestions],
            "word_counts": {**self.word_counts},
            "next": self.next,
            "hits": [hit.to_dict() for hit in self.hits],
        }
        if self.facets:
            whole["facets"] = {name: {**counts} for name, counts in self.facets.items()}
        return whole

    def to_pandas(self) -> pandas.DataFrame:
        """Return a table with a row a hit, its columns those of ``--csv``.

        Raises:
            LibraryMissing: pandas is not installed.
        """
        from kliping.searching.results.frames import frame

        return frame(self)

    def _repr_html_(self) -> str:
        from kliping.searching.results.notebooks import shown

        return shown(self)

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """Return the JSON Schema of what :meth:`to_dict` gives."""
        from kliping.json_forms import ResultsJSON, schema

        return schema(ResultsJSON)


def spans_json(spans: Spans, /) -> list[list[int]]:
    """Return spans as JSON has them."""
    return [[*span] for span in spans]
