"""Narrowing a search without scoring it: by date, source, section, author."""

from __future__ import annotations

from datetime import date, datetime, time

from kliping.analysis.tokens import words_of
from kliping.query.clauses import Bool, Clause, DateRange, Everything, Nothing, Phrase, Term
from kliping.query.periods import WIB, Period, parse_period

Moment = str | date | datetime


def named(field: str, text: str, /) -> Clause:
    """Return what finds the articles whose ``field`` has the words of ``text`` in a row."""
    words = words_of(text)
    if not words:
        return Nothing()
    return Term(field, words[0]) if len(words) == 1 else Phrase(field, words)


def published(since: Moment | None, until: Moment | None, /) -> Clause | None:
    """Return what finds the articles of a period, both ends included; ``None`` for no bounds.

    Text is a date as in queries, and stands for all of its period; a moment without a zone is WIB.

    Raises:
        QueryError: text that is no date.
    """
    if since is None and until is None:
        return None
    first = _period(since)[0] if since is not None else None
    last = _period(until)[1] if until is not None else None
    return DateRange(
        int(first.timestamp()) if first else None, int(last.timestamp()) if last else None
    )


def narrowed(clause: Clause, filters: list[Clause], /) -> Clause:
    """Return ``clause`` within all of ``filters``; without words, all that the filters leave."""
    if not filters:
        return clause
    if isinstance(clause, Nothing):
        return Bool(must=(Everything(),), filter=tuple(filters))
    return Bool(must=(clause,), filter=tuple(filters))


def _period(moment: Moment) -> Period:
    if isinstance(moment, str):
        return parse_period(moment)
    if isinstance(moment, datetime):
        exact = moment if moment.tzinfo else moment.replace(tzinfo=WIB)
        return exact, exact
    return parse_period(datetime.combine(moment, time(), WIB).date().isoformat())
