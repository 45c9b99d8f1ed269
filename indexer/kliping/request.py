"""What a search is asked: all options that shape the list of its hits, but not what is shown."""

from __future__ import annotations

from kliping.engines import Sort, Weigh
from kliping.errors import QueryError
from kliping.query import Match
from kliping.query.clauses import Clause
from kliping.query.filters import Moment, named, published
from kliping.values import Value


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
