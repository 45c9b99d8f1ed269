"""Which articles does a key name? It is what a search prints: an id, an address or a path."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePath

from kliping.analysis.tokens import words_of
from kliping.article import Article
from kliping.engines import Engine
from kliping.engines.documents import plain
from kliping.errors import ArticleNotFound, QueryError, SeveralArticles
from kliping.query.clauses import Bool, Clause, Term
from kliping.query.fields import PATH
from kliping.store.folder import IndexFolder

_NAMED = 3  # ids in the error that says there are several
_BATCH = 200
_MOST = 10_000  # matches that are looked through: a front page's address has all of its site


def find(engine: Engine, key: object, /, *, limit: int, local: bool = True) -> tuple[Article, ...]:
    """Return the first articles that ``key`` names: the one with that id, else by address or path.

    Addresses are compared as ids are made of them, so the many spellings of one are the same; paths
    as they were named when they were indexed, and as they are from here. The path of an archive
    names all that lies in it. Unless ``local``, paths are only those that were named, and the disk
    is not looked at.

    Raises:
        QueryError: the key is no text.
    """
    if not isinstance(key, str):
        raise QueryError(f"an article is named by an id, an address or a path, not {key!r}")
    if article := engine.fetch(key):
        return (article,)
    key = plain(key)
    return tuple(islice(_by_address(engine, key), limit)) or tuple(
        islice(_by_path(engine, key, local=local), limit)
    )


def only(engine: Engine, key: object, folder: IndexFolder, /, *, local: bool = True) -> Article:
    """Return the article that ``key`` names, as :func:`find` takes it.

    Raises:
        ArticleNotFound: there is none.
        SeveralArticles: a path or an address that several articles have.
        QueryError: the key is no text.
    """
    found = find(engine, key, limit=_NAMED + 1, local=local)
    if not found:
        raise ArticleNotFound(
            f"no article has the id, address or path '{key}'; these are what search prints",
            path=folder.place,
        )
    if len(found) > 1:
        ids = tuple(each.id for each in found)
        some = ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
        raise SeveralArticles(
            f"'{key}' has several articles; name one by its id: {some}", path=folder.place, ids=ids
        )
    return found[0]


def _by_address(engine: Engine, key: str) -> Iterator[Article]:
    from urllib.parse import parse_qsl, urlsplit

    from kliping.corpus.identity import canonical_url

    wanted = {canonical_url(key), canonical_url(f"https://{key}")}

    def is_there(article: Article) -> bool:
        return article.url is not None and canonical_url(article.url) in wanted

    try:
        parts = urlsplit(key if "//" in key else f"//{key}")
    except ValueError:
        return
    # Only the plainest of a query's values look the same, quoted or not; a port may be left out.
    values = [v for pair in parse_qsl(parts.query) for v in pair if v.isascii() and v.isalnum()]
    kept = [each for each in values if any(f"={each}" in address for address in wanted)]
    words = words_of(" ".join([parts.hostname or "", parts.path, *kept]))
    yield from _matching(engine, "url", words, is_there)


def _by_path(engine: Engine, key: str, *, local: bool) -> Iterator[Article]:
    def was_named(article: Article) -> bool:
        path = article.path or ""
        return key in (path, path.partition("!")[0])

    def is_there(article: Article) -> bool:
        return was_named(article) or _real(article.path or "") == _real(key)

    # As it was named when it was indexed; else as it is named from here.
    test = is_there if local else was_named
    found = _matching(engine, PATH, words_of(key), test)
    if first := next(found, None):
        yield first
        yield from found
    elif local:
        yield from _matching(engine, PATH, words_of(PurePath(key).name), test)


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # no path that a disk could have
        return path


def _matching(
    engine: Engine, field: str, words: tuple[str, ...], test: Callable[[Article], bool]
) -> Iterator[Article]:
    """Yield the articles whose ``field`` has all the words, and that pass the test."""
    if not words:
        return
    clause: Clause = Bool(filter=tuple(Term(field, word) for word in sorted(set(words))))
    for start in range(0, _MOST, _BATCH):
        found = engine.search(clause, limit=_BATCH, offset=start)
        yield from (article for _, article in found.hits if test(article))
        if start + _BATCH >= found.total:
            return
