"""What a search is asked: what shapes the list of its hits, and what of it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import get_args

from kliping.engines import Sort, Weigh
from kliping.errors import Contradiction, QueryError
from kliping.query import Asked
from kliping.query.clauses import Clause
from kliping.query.filters import Moment, any_of, named, published
from kliping.values import Value

MAX_LIMIT = 10_000
# What a search may be narrowed to by name: text, or several texts of which any will do.
Names = str | Iterable[str] | None
_NAMED = {"source": "source", "section": "section", "author": "authors", "tag": "tags"}
_CHOICES = {"match": get_args(Asked), "sort": get_args(Sort)}
_MOMENT = (str, date), "a date, or text such as 2024-03"
_TEXTS = (str,), "text, or several texts"
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "since": _MOMENT,
    "until": _MOMENT,
    "query": ((str,), "text"),
    **dict.fromkeys(_NAMED, _TEXTS),
    "boost_recent": ((str,), "text such as 30d or 6m"),
}


def names(given: Names, /) -> tuple[str, ...]:
    """Return the texts that were given as a row; what is none is refused later, by its name."""
    if given is None or isinstance(given, str):
        return () if given is None else (given,)
    return tuple(given) if isinstance(given, Iterable) else (given,)


def check_options(**options: object) -> None:
    """Refuse an option of a search that is not what it takes; others are passed over.

    Raises:
        QueryError: the message names the option and what it takes.
    """
    for name, value in options.items():
        if name in _CHOICES and value not in _CHOICES[name]:
            raise QueryError(f"{name} takes {' or '.join(_CHOICES[name])}, not {value!r}")
        if name not in _KINDS or (value is None and name != "query"):
            continue
        kinds, wanted = _KINDS[name]
        for each in value if name in _NAMED and isinstance(value, tuple) else (value,):
            if not isinstance(each, kinds):
                raise QueryError(f"{name} takes {wanted}, not {each!r}")


def check_page(limit: int, offset: int = 0, *, most: int = MAX_LIMIT) -> None:
    """Refuse a page that cannot be meant.

    Raises:
        QueryError: the message names the range.
    """
    for name, value in (("limit", limit), ("offset", offset)):
        if not isinstance(value, int):
            raise QueryError(f"{name} takes a whole number, not {value!r}")
    if not 1 <= limit <= most:
        raise QueryError(f"a limit of {limit} is not possible; choose 1 to {most:,}")
    if offset < 0:
        raise QueryError(f"an offset of {offset} is not possible; choose 0 or more")


class View(Value):
    """What of the list is shown, and what is told beside it: see :meth:`kliping.Index.search`."""

    limit: int
    offset: int = 0
    after: str | None = None
    facets: bool = False
    explain: bool = False
    suggest: bool = True

    def check(self) -> None:
        """Refuse a page that cannot be meant, as :func:`check_page` does."""
        check_page(self.limit, self.offset)


def browses(query: str, /) -> bool:
    """Say whether a query asks for no word at all: all is meant.

    >>> browses(" * "), browses(""), browses("-")
    (True, True, False)
    """
    return not query.strip().strip("*:")


class Request(Value):
    """The query, and the options of :meth:`kliping.Index.search` that shape the list of hits."""

    query: str
    match: Asked
    sort: Sort
    since: Moment | None
    until: Moment | None
    source: tuple[str, ...]
    section: tuple[str, ...]
    author: tuple[str, ...]
    tag: tuple[str, ...]
    boost_recent: str | None
    expand: bool
    collapse: bool

    def check(self) -> None:
        """Refuse options that are not what they take, as :func:`check_options` does."""
        check_options(**dict(zip(self.__match_args__, self, strict=True)))

    def filters(self) -> list[Clause]:
        """Return what narrows the search.

        Raises:
            QueryError: a date that cannot be meant.
        """
        asked = (tuple(map(_one_name, self.source)), self.section, self.author, self.tag)
        filters = [
            any_of(tuple(named(field, text) for text in texts))
            for field, texts in zip(_NAMED.values(), asked, strict=True)
            if texts
        ]
        if dates := published(self.since, self.until):
            filters.append(dates)
        return filters

    def weigh(self) -> Weigh | None:
        """Return what recent articles count more by, if they shall.

        Raises:
            QueryError: no half-life, or an order by date, which has no scores.
        """
        if self.boost_recent is None:
            return None
        if self.sort != "relevance":
            raise Contradiction(
                f"recent articles can rank higher only by relevance, not sorted by {self.sort}; "
                "leave out one of them"
            )
        from kliping.query.recency import decay

        return decay(self.boost_recent)


def _one_name(source: str) -> str:
    """Return the name by which the index knows a publisher, whatever the user calls it."""
    from kliping.corpus.sources import known  # only a search that names a source reads the table

    return known(source) or source
