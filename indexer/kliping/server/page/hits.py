"""A hit as the page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kliping.article import Article
from kliping.corpus.identity import split_url
from kliping.errors import ArticleNotFound
from kliping.index import Index
from kliping.searching.results import Hit
from kliping.searching.results.hits import Spans
from kliping.server.page.pieces import Pieces, joined, pieces
from kliping.server.page.question import Question

# Of the articles that a hit stands for, how many unfold below it.
_UNFOLDED = 10
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """An article on one line: its title, where it is shown, and who published it when."""

    title: Pieces
    address: str
    about: tuple[str, ...]
    published: datetime | None


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit: its line, the passages that show why, and the articles that it stands for.

    ``at_source`` is the article's own address, if it is one on the web; ``lacking`` says that it
    is the first of those that lack words of the query.
    """

    rank: int
    line: Line
    passage: Pieces
    similar: tuple[Line, ...]
    more_similar: int
    missing: tuple[str, ...]
    at_source: str | None
    lacking: bool

    @property
    def all_similar(self) -> int:
        """How many articles it stands for."""
        return len(self.similar) + self.more_similar


def shown(index: Index, found: tuple[Hit, ...], question: Question, /) -> Iterator[ShownHit]:
    """Yield the hits of a page."""
    complete = True
    for hit in found:
        similar = tuple(_similar(index, hit.similar[:_UNFOLDED], question))
        yield ShownHit(
            rank=hit.rank,
            line=line(hit.article, question, hit.title_spans),
            passage=joined(hit.passages),
            similar=similar,
            more_similar=len(hit.similar) - len(similar),
            missing=hit.missing,
            at_source=on_the_web(hit.article.url),
            lacking=complete and bool(hit.missing),
        )
        complete = complete and not hit.missing


def line(article: Article, question: Question, /, lit: Spans = ()) -> Line:
    """Return an article as a line, its title lit by these spans."""
    title = pieces((article.title or "")[:_LONGEST_TITLE], lit)
    about = tuple(each for each in (article.source, article.section) if each)
    return Line(title, question.article(article.id), about, article.published)


def on_the_web(url: str | None, /) -> str | None:
    """Return an address if a reader may follow it: one of the web, in full.

    What is typed ``javascript:`` or ``data:`` would act in the page, and white space within an
    address is passed over by browsers, though not by those who look for such a beginning.

    >>> on_the_web("https://wening.example/gempa"), on_the_web(" javascript:alert(1)")
    ('https://wening.example/gempa', None)
    """
    if url is None or any(character.isspace() or not character.isprintable() for character in url):
        return None
    parts = split_url(url)
    is_whole = parts is not None and parts.scheme in ("http", "https") and parts.netloc
    return url if is_whole else None


def _similar(index: Index, ids: tuple[str, ...], question: Question) -> Iterator[Line]:
    for article_id in ids:
        try:
            yield line(index.get(article_id), question)
        except ArticleNotFound:  # taken out since the search
            continue
