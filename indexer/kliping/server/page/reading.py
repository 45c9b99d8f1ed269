"""An article as the page shows it: paragraphs of sentences, each with a place to jump to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kliping.article import Article
from kliping.index import Index
from kliping.searching.results.hits import Spans
from kliping.searching.results.sentences import sentences
from kliping.server.page.hits import Line, line, on_the_web
from kliping.server.page.pieces import Pieces, pieces
from kliping.server.page.question import Question

# Longer than any article, though not than a file that only looks like one.
LONGEST = 200_000
# How many lit sentences are listed to jump to.
MOST_JUMPS = 24
_SIMILAR = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its number in the article, from 1; ``on_a_line`` if it begins one."""

    number: int
    pieces: Pieces
    lit: bool
    on_a_line: bool


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article to be read, its words lit.

    ``tags`` are pairs of a tag and the address of a search for it. ``left_out`` counts the
    characters of a very long text that are not shown.
    """

    article: Article
    title: Pieces
    paragraphs: tuple[Paragraph, ...]
    left_out: int
    at_source: str | None
    tags: tuple[tuple[str, str], ...]
    similar: tuple[Line, ...]
    published: datetime | None
    modified: datetime | None

    @property
    def lit(self) -> tuple[int, ...]:
        """The numbers of the sentences that are lit."""
        return tuple(s.number for paragraph in self.paragraphs for s in paragraph if s.lit)


def reading(index: Index, key: str, question: Question, /) -> Reading:
    """Return an article with the words of the question lit, and others like it.

    Raises:
        ArticleNotFound: no article has this id, address or path.
        SeveralArticles: more than one has.
        QueryError: the question has a date that cannot be meant.
    """
    article = index.get(key)
    lit = index.highlight(article, question.q)
    similar = index.similar(article.id, limit=_SIMILAR)
    elsewhere = Question(lang=question.lang)
    return Reading(
        article=article,
        title=pieces(article.title or "", lit.title),
        paragraphs=tuple(_paragraphs(article.body[:LONGEST], lit.body)),
        left_out=max(0, len(article.body) - LONGEST),
        at_source=on_the_web(article.url),
        tags=tuple((tag, elsewhere.changed(tag=(tag,)).address()) for tag in article.tags),
        similar=tuple(line(hit.article, question) for hit in similar),
        published=article.published,
        modified=article.modified,
    )


def _paragraphs(body: str, spans: Spans) -> Iterator[Paragraph]:
    number, start = 0, 0
    for text in body.split("\n\n"):
        paragraph: list[Sentence] = []
        end = 0
        for first, last in sentences(text):
            number += 1
            shown = pieces(body, spans, start + first, start + last)
            lit = any(piece.lit for piece in shown)
            paragraph.append(Sentence(number, shown, lit, "\n" in text[end:first]))
            end = last
        if paragraph:
            yield tuple(paragraph)
        start += len(text) + 2
