"""What can be done to an article without knowing the others, in whatever process that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from kliping.analysis import Analyser, UserLexicon
from kliping.analysis.shingles import Sketch, sketch
from kliping.article import Article
from kliping.corpus import Problem
from kliping.engines.documents import Document, document


class Prepared(NamedTuple):
    """An article, what the engine is given for it, and what it is compared by."""

    article: Article
    document: Document
    sketch: Sketch

    def __reduce__(self) -> tuple[Callable[..., Prepared], tuple[object, ...]]:
        """Return what it is sent as: a document by its parts, which takes half of the time."""
        return _received, (self.article, *self.document, self.sketch)


def _received(article: Article, *parts: Any) -> Prepared:
    *made, sketched = parts
    return Prepared(article, Document(*made), sketched)


Item = Article | Problem | Prepared
Prepare = Callable[[Article | Problem], Item]


def prepare(article: Article, analyser: Analyser, /) -> Prepared:
    """Return all that can be made of an article by itself."""
    made = document(article, analyser)
    return Prepared(article, made, sketch(made.terms["body_words"].encode()))


def article_of(item: Item, /) -> Article | None:
    """Return the article of an item, if it has one."""
    if isinstance(item, Prepared):
        return item.article
    return None if isinstance(item, Problem) else item


def preparing(analyser: Analyser, /) -> Callable[[], Prepare]:
    """Return what makes, in another process, a function that prepares as ``analyser`` would."""
    lexicon = analyser.lexicon
    if lexicon:  # a view of a mapping cannot be sent
        lexicon = replace(lexicon, exceptions=dict(lexicon.exceptions))
    return partial(_preparer, lexicon)


def unprepared() -> Prepare:
    """Return a function that leaves items as they are."""
    return _as_it_is


def _as_it_is(item: Article | Problem) -> Item:
    return item


def _preparer(lexicon: UserLexicon | None) -> Prepare:
    analyser = Analyser(lexicon)

    def prepared(item: Article | Problem) -> Item:
        return prepare(item, analyser) if isinstance(item, Article) else item

    return prepared
