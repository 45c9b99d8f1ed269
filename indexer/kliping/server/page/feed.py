"""A search as an Atom feed (RFC 4287): the newest of what it finds, for a reader of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from kliping.article import Article
from kliping.index import Index
from kliping.searching.request import browses
from kliping.searching.results import Hit
from kliping.server.page.hits import on_the_web
from kliping.server.page.question import Question
from kliping.server.page.words import Words

_ENTRIES = 30
# Every entry must say when it was updated: what has no date counts as older than all that has.
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as an entry; its times are as RFC 3339 writes them, its addresses in full."""

    id: str
    title: str
    updated: str
    published: str | None
    authors: tuple[str, ...]
    page: str
    at_source: str | None
    categories: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, and that of the page that shows the same search."""

    address: str
    page: str
    title: str
    updated: str
    entries: tuple[Entry, ...]


def feed_of(index: Index, question: Question, words: Words, base: str, /) -> Feed:
    """Return the newest articles that a search finds; ``base`` is the server's own address.

    Raises:
        QueryError: the question says what cannot be meant.
    """
    asked = question.changed(sort="newest", page=1)
    options = asked.options() | {"limit": _ENTRIES, "suggest": False}
    found = index.search(asked.q, **options)
    title = "feed_name_all" if browses(asked.q) else "feed_name"
    updated = max((_updated(hit.article) for hit in found), default=_UNKNOWN)
    return Feed(
        address=base + asked.address("/feed.atom"),
        page=base + asked.address(),
        title=words(title, query=asked.q),
        updated=updated.isoformat(),
        entries=tuple(_entries(found.hits, asked, base)),
    )


def _entries(hits: tuple[Hit, ...], question: Question, base: str) -> Iterator[Entry]:
    within = Question(q=question.q, lang=question.lang)
    for hit in hits:
        article = hit.article
        at_source = on_the_web(article.url)
        # Of one article whatever the search, and of one address wherever it is archived.
        name = at_source or base + Question().article(article.id)
        names = (article.section, *article.tags)
        yield Entry(
            id=uuid5(NAMESPACE_URL, name).urn,
            title=article.title or "",
            updated=_updated(article).isoformat(),
            published=article.published.isoformat() if article.published else None,
            authors=article.authors or tuple(filter(None, [article.source])),
            page=base + within.article(article.id),
            at_source=at_source,
            categories=tuple(dict.fromkeys(filter(None, names))),
            summary=" … ".join(passage.text for passage in hit.passages),
        )


def _updated(article: Article) -> datetime:
    return article.modified or article.published or _UNKNOWN
