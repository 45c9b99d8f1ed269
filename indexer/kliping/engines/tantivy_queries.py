"""Clauses as queries of tantivy's, which have a few holes to be walked around."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from kliping.engines.tantivy_files import LONGEST_TERM
from kliping.errors import QueryError
from kliping.query import clauses
from kliping.query.clauses import Clause
from kliping.query.fields import UNSCORED_FIELDS

_WIDEST_SLOP = 1_000
_LONGEST_SHOWN = 40


def matching(schema: tantivy.Schema, clause: Clause, /) -> Query:
    """Return what finds the articles that ``clause`` asks for, with its scores."""
    make: Callable[[Any, Any], Query] = _QUERIES[type(clause)]
    return make(schema, clause)


def _term(schema: tantivy.Schema, clause: clauses.Term) -> Query:
    uncounted = clause.field in ("id", *UNSCORED_FIELDS)
    option = "basic" if uncounted else "freq"
    query = Query.term_query(schema, clause.field, clause.text, option)
    return query if clause.boost == 1.0 else Query.boost_query(query, clause.boost)


def _phrase(schema: tantivy.Schema, clause: clauses.Phrase) -> Query:
    # The library panics, past any except clause, on a phrase of one word.
    if len(clause.texts) == 1:
        return _term(schema, clauses.Term(clause.field, clause.texts[0], clause.boost))
    words: list[str | tuple[int, str]] = list(clause.texts)
    slop = min(clause.slop, _WIDEST_SLOP) if len(words) == 2 else 0
    if slop and words[0] == words[1]:
        query = _repeated(schema, clause.field, clause.texts[0], slop)
    else:
        query = Query.phrase_query(schema, clause.field, words, slop)
    return Query.boost_query(query, clause.boost)


def _repeated(schema: tantivy.Schema, field: str, text: str, slop: int) -> Query:
    """A word twice within ``slop``: the library would take one occurrence for both."""
    return Query.disjunction_max_query(
        [
            Query.phrase_query(schema, field, [(0, text), (distance, text)])
            for distance in range(1, slop + 2)
        ]
    )


def _near(schema: tantivy.Schema, clause: clauses.Near) -> Query:
    if not (clause.some and clause.others):
        return Query.empty_query()
    ways = (clause.some, clause.others), (clause.others, clause.some)
    sides = [tuple("|".join(map(re.escape, side)) for side in way) for way in ways]
    field, between = clause.field, min(clause.between, _WIDEST_SLOP)
    if set(clause.some).isdisjoint(clause.others):
        found = [Query.regex_phrase_query(schema, field, list(way), between) for way in sides]
    else:  # the library would take one occurrence for both
        found = [
            Query.regex_phrase_query(schema, field, [(0, first), (distance, second)])
            for first, second in dict.fromkeys(sides)
            for distance in range(1, between + 2)
        ]
    return Query.const_score_query(Query.disjunction_max_query(found), clause.boost)


def _pattern(schema: tantivy.Schema, clause: clauses.Prefix | clauses.Wildcard) -> Query:
    text = clause.text + "*" if isinstance(clause, clauses.Prefix) else clause.pattern
    if len(text.replace("*", "").encode()) > LONGEST_TERM:
        return Query.empty_query()
    pattern = "".join({"*": ".*", "?": "."}.get(c) or re.escape(c) for c in text)
    try:
        query = Query.regex_query(schema, clause.field, pattern)
    except ValueError as error:  # each ? behind a * doubles the states of its automaton
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        raise QueryError(f"the pattern '{shown}' is too intricate; write fewer * and ?") from error
    return Query.const_score_query(query, clause.boost)


def _fuzzy(schema: tantivy.Schema, clause: clauses.Fuzzy) -> Query:
    query = Query.fuzzy_term_query(
        schema, clause.field, clause.text, clause.distance, transposition_cost_one=False
    )
    return Query.const_score_query(query, clause.boost)


def _dates(schema: tantivy.Schema, clause: clauses.DateRange) -> Query:
    since, until = clause.since, clause.until
    if since is None and until is None:
        return _exists(schema, clauses.Exists("published"))
    # The library takes an open end only when it is called inclusive.
    query = Query.range_query(
        schema, "published", FieldType.Integer, since, until, include_upper=until is None
    )
    return Query.const_score_query(query, 0.0)


def _exists(schema: tantivy.Schema, clause: clauses.Exists) -> Query:
    return Query.const_score_query(_term(schema, clauses.Term("has", clause.field)), 0.0)


def _constant(schema: tantivy.Schema, clause: clauses.Constant) -> Query:
    inner = matching(schema, clause.clause)
    return Query.const_score_query(inner, clause.score)


def everything() -> Query:
    """Return what all articles match, with a score of 0."""
    return Query.const_score_query(Query.all_query(), 0.0)


def _bool(schema: tantivy.Schema, clause: clauses.Bool) -> Query:
    parts = [(Occur.Must, matching(schema, each)) for each in clause.must]
    parts += [
        (Occur.Must, Query.const_score_query(matching(schema, each), 0.0)) for each in clause.filter
    ]
    parts += [(Occur.Should, matching(schema, each)) for each in clause.should]
    parts += [(Occur.MustNot, matching(schema, each)) for each in clause.must_not]
    if not (clause.must or clause.should or clause.filter):
        parts.append((Occur.Must, everything()))
    return Query.boolean_query(parts)


_QUERIES: dict[type, Callable[[tantivy.Schema, Any], Query]] = {
    clauses.Term: _term,
    clauses.Phrase: _phrase,
    clauses.Near: _near,
    clauses.Prefix: _pattern,
    clauses.Wildcard: _pattern,
    clauses.Fuzzy: _fuzzy,
    clauses.DateRange: _dates,
    clauses.Exists: _exists,
    clauses.Everything: lambda _, __: everything(),
    clauses.Nothing: lambda _, __: Query.empty_query(),
    clauses.Constant: _constant,
    clauses.Bool: _bool,
}
