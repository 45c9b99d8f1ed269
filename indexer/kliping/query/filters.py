"""Narrowing a search without scoring it: by date, source, section, author."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from kliping.analysis.tokens import words_of
from kliping.errors import Contradiction, QueryError
from kliping.query.clauses import Bool, Clause, DateRange, Everything, Nothing, Phrase, Term
from kliping.query.periods import WIB, Period, parse_period

Moment = str | date | datetime


def named(field: str, text: str, /) -> Clause:
    """Return what finds the articles whose ``field`` has the words of ``text`` in a row."""
    words = words_of(text)
    if not words:
        return Nothing()
    return Term(field, words[0]) if len(words) == 1 else Phrase(field, words)


def any_of(parts: tuple[Clause, ...], /) -> Clause:
    """Return what finds what any of ``parts`` does."""
    return parts[0] if len(parts) == 1 else Bool(should=parts)


def published(since: Moment | None, until: Moment | None, /) -> Clause | None:
    """Return what finds the articles of a period, both ends included; ``None`` for no bounds.

    Text is a date as in queries, and stands for all of its period; a moment without a zone is WIB.

    Raises:
        QueryError: text that is no date, or is a range without that end.
    """
    if since is None and until is None:
        return None
    first, last = _end("since", since, 0), _end("until", until, 1)
    # A period ends where the next begins; of a moment, both ends are the same.
    if first is not None and last is not None and first >= last and since != until:
        raise Contradiction(f"since {since} is after until {until}; change them round")
    return DateRange(first, last)


def narrowed(clause: Clause, filters: list[Clause], /) -> Clause:
    """Return ``clause`` within all of ``filters``; without words, all that the filters leave."""
    if not filters:
        return clause
    if isinstance(clause, Nothing):
        return Bool(must=(Everything(),), filter=tuple(filters))
    return Bool(must=(clause,), filter=tuple(filters))


def _end(name: str, moment: Moment | None, end: Literal[0, 1]) -> int | None:
    """Return the first or last second of what ``moment`` stands for."""
    if moment is None:
        return None
    found = _period(moment)[end]
    if found is None:
        raise QueryError(
            f"{name} takes a date or a range that has {('a beginning', 'an end')[end]}, "
            f"not '{moment}'; write 2024, 2024-03 or 7-hari"
        )
    return int(found.timestamp())


def _period(moment: Moment) -> Period:
    if isinstance(moment, str):
        return parse_period(moment)
    if isinstance(moment, datetime):
        exact = moment if moment.tzinfo else moment.replace(tzinfo=WIB)
        return exact, exact
    return parse_period(datetime.combine(moment, time(), WIB).date().isoformat())
