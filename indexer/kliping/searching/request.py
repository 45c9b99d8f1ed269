"""What a search is asked: all options that shape the list of its hits, but not what is shown."""

from __future__ import annotations

from datetime import date
from typing import get_args

from kliping.engines import Sort, Weigh
from kliping.errors import QueryError
from kliping.query import Match
from kliping.query.clauses import Clause
from kliping.query.filters import Moment, named, published
from kliping.values import Value

_CHOICES = {"match": get_args(Match), "sort": get_args(Sort)}
_MOMENT = (str, date), "a date, or text such as 2024-03"
_TEXT = (str,), "text"
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "since": _MOMENT,
    "until": _MOMENT,
    "source": _TEXT,
    "section": _TEXT,
    "author": _TEXT,
    "boost_recent": ((str,), "text such as 30d or 6m"),
}


def check_options(**options: object) -> None:
    """Refuse an option of a search that is not what it takes; others are passed over.

    Raises:
        QueryError: the message names the option and what it takes.
    """
    for name, value in options.items():
        if name in _CHOICES and value not in _CHOICES[name]:
            raise QueryError(f"{name} takes {' or '.join(_CHOICES[name])}, not {value!r}")
        if value is not None and name in _KINDS and not isinstance(value, _KINDS[name][0]):
            raise QueryError(f"{name} takes {_KINDS[name][1]}, not {value!r}")


class Request(Value):
    """The query and options of :meth:`kliping.Index.search`."""

    query: str
    match: Match
    sort: Sort
    since: Moment | None
    until: Moment | None
    source: str | None
    section: str | None
    author: str | None
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
        names = {"source": self.source, "section": self.section, "authors": self.author}
        filters = [named(field, text) for field, text in names.items() if text is not None]
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
            raise QueryError(
                f"boost_recent changes scores, and sorted by {self.sort} there are none; "
                "leave out one of them"
            )
        from kliping.query.recency import decay

        return decay(self.boost_recent)
