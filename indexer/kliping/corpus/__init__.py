"""The corpus: "Here is a folder: give me its articles.".

``find_files`` finds what may hold articles, ``read_file`` reads it, ``extract`` takes the
article out of a page. Nothing here raises for what is in a file: what is wrong is a Problem.

Useful for turning files into articles. Not useful for searching them: see kliping.index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.corpus.files import Problem, SourceFile, find_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kliping.article import Article
    from kliping.corpus.limits import Limits
    from kliping.corpus.shares import Share

__all__ = ["Problem", "SourceFile", "extract", "find_files", "read_file"]


def read_file(
    file: SourceFile, /, *, limits: Limits | None = None, share: Share | None = None
) -> Iterator[Article | Problem]:
    """Yield the articles of a file, and what is wrong with it; never raise for what is in it.

    ``share`` is the part that is asked for, where others read the rest.
    """
    from kliping.corpus.limits import Limits
    from kliping.corpus.reading import read_file

    return read_file(file, limits=limits or Limits(), share=share)


def extract(
    markup: str | bytes,
    /,
    *,
    url: str | None = None,
    path: str | None = None,
    now: datetime | None = None,
) -> Article:
    """Return the article of a page; raise NotAnArticle if it holds none.

    Args:
        markup: the page, as bytes or text.
        url: where it was found.
        path: the file that it came from.
        now: what a date such as *2 jam yang lalu* is counted from; without it, it says nothing.
    """
    from kliping.corpus.html import extract

    return extract(markup, url=url, path=path, now=now)
