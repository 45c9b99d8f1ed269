"""A saved page, alone or out of a container, made into its article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kliping.article import Article
from kliping.corpus.accounts import Account, tell
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.identity import article_id
from kliping.corpus.pages import WHOLE, as_page
from kliping.corpus.text.decoding import decode
from kliping.errors import CorpusError


def read_page(
    file: SourceFile,
    data: bytes,
    /,
    *,
    url: str | None = None,
    charset: str | None = None,
    record: int | None = None,
) -> Iterator[Article | Problem]:
    """Yield the article of a page, or why there is none.

    ``url`` and ``charset`` are what stood beside the page; ``record`` counts the pages of a file
    that holds several.
    """
    from kliping.corpus.html import explain

    path = file.path.as_posix()
    markup = decode(data, declared=charset).text if _is_needed(charset) else data
    try:
        found = explain(markup, url=url, path=path, now=file.now)
    except CorpusError as error:
        where = "" if record is None else f"record {record} ({url}): "
        yield Problem(path, where + error.reason)
        return
    key = article_id(url=found.article.url, key=file.key, number=record)
    article = replace(found.article, id=key, path=path)
    tell(Account(key, path, found.rules, found.dropped, found.notes))
    is_page = found.page is not None and article.url  # without an address, none can be joined
    yield as_page(article, found.page or WHOLE) if is_page else article


def _is_needed(charset: str | None) -> bool:
    """Say whether the charset tells what the bytes themselves do not."""
    return charset is not None and charset.lower().replace("-", "") not in {"", "utf8"}
