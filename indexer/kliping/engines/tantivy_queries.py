"""Clauses as queries of tantivy's, which have a few holes to be walked around."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import tantivy
from tantivy import FieldType, Occur, Query

from kliping.engines.tantivy_files import LONGEST_TERM
from kliping.errors import QueryError
from kliping.query import clauses
from kliping.query.clauses import Clause
from kliping.query.fields import UNSCORED_FIELDS

_WIDEST_SLOP = 1_000
_LONGEST_SHOWN = 40
# What begins with so many letters is mostly few words, and up to so many are looked up one by one:
# an automaton costs some 300 µs to make.
_LONG_PREFIX, _FEW_WORDS = 5, 50


class Index(NamedTuple):
    """What queries are made for: the fields, and the terms that they have."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher


def matching(index: Index, clause: Clause, /) -> Query:
    """Return what finds the articles that ``clause`` asks for, with its scores."""
    make: Callable[[Any, Any], Query] = _QUERIES[type(clause)]
    return make(index, clause)


def _term(index: Index, clause: clauses.Term) -> Query:
    uncounted = clause.field in ("id", *UNSCORED_FIELDS)
    option = "basic" if uncounted else "freq"
    query = Query.term_query(index.schema, clause.field, clause.text, option)
    return query if clause.boost == 1.0 else Query.boost_query(query, clause.boost)


def _phrase(index: Index, clause: clauses.Phrase) -> Query:
    # The library panics, past any except clause, on a phrase of one word.
    if len(clause.texts) == 1:
        return _term(index, clauses.Term(clause.field, clause.texts[0], clause.boost))
    words: list[str | tuple[int, str]] = list(clause.texts)
    slop = min(clause.slop, _WIDEST_SLOP) if len(words) == 2 else 0
    if slop and words[0] == words[1]:
        query = _repeated(index, clause.field, clause.texts[0], slop)
    else:
        query = Query.phrase_query(index.schema, clause.field, words, slop)
    return Query.boost_query(query, clause.boost)


def _repeated(index: Index, field: str, text: str, slop: int) -> Query:
    """A word twice within ``slop``: the library would take one occurrence for both."""
    return Query.disjunction_max_query(
        [
            Query.phrase_query(index.schema, field, [(0, text), (distance, text)])
            for distance in range(1, slop + 2)
        ]
    )


def _near(index: Index, clause: clauses.Near) -> Query:
    if not (clause.some and clause.others):
        return Query.empty_query()
    ways = (clause.some, clause.others), (clause.others, clause.some)
    sides = [tuple("|".join(map(re.escape, side)) for side in way) for way in ways]
    field, between = clause.field, min(clause.between, _WIDEST_SLOP)
    if set(clause.some).isdisjoint(clause.others):
        found = [Query.regex_phrase_query(index.schema, field, list(way), between) for way in sides]
    else:  # the library would take one occurrence for both
        found = [
            Query.regex_phrase_query(index.schema, field, [(0, first), (distance, second)])
            for first, second in dict.fromkeys(sides)
            for distance in range(1, between + 2)
        ]
    return Query.const_score_query(Query.disjunction_max_query(found), clause.boost)


def _pattern(index: Index, clause: clauses.Prefix | clauses.Wildcard) -> Query:
    text = clause.text + "*" if isinstance(clause, clauses.Prefix) else clause.pattern
    if len(text.replace("*", "").encode()) > LONGEST_TERM:
        return Query.empty_query()
    pattern = "".join({"*": ".*", "?": "."}.get(c) or re.escape(c) for c in text)
    try:
        query = Query.regex_query(index.schema, clause.field, pattern)
    except ValueError as error:  # each ? behind a * doubles the states of its automaton
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        raise QueryError(f"the pattern '{shown}' is too intricate; write fewer * and ?") from error
    return Query.const_score_query(query, clause.boost)


def _prefix(index: Index, clause: clauses.Prefix) -> Query:
    if len(clause.text) < _LONG_PREFIX:
        return _pattern(index, clause)
    found = index.searcher.terms_with_prefix(clause.field, clause.text, limit=_FEW_WORDS + 1)
    if len(found) > _FEW_WORDS:
        return _pattern(index, clause)
    terms = [_term(index, clauses.Term(clause.field, term)) for term, _ in found]
    any_of = Query.boolean_query([(Occur.Should, term) for term in terms])
    return Query.const_score_query(any_of, clause.boost)


def _fuzzy(index: Index, clause: clauses.Fuzzy) -> Query:
    query = Query.fuzzy_term_query(
        index.schema, clause.field, clause.text, clause.distance, transposition_cost_one=False
    )
    return Query.const_score_query(query, clause.boost)


def _dates(index: Index, clause: clauses.DateRange) -> Query:
    since, until = clause.since, clause.until
    if since is None and until is None:
        return _exists(index, clauses.Exists("published"))
    # The library takes an open end only when it is called inclusive.
    query = Query.range_query(
        index.schema, "published", FieldType.Integer, since, until, include_upper=until is None
    )
    return Query.const_score_query(query, 0.0)


def _exists(index: Index, clause: clauses.Exists) -> Query:
    return Query.const_score_query(_term(index, clauses.Term("has", clause.field)), 0.0)


def _constant(index: Index, clause: clauses.Constant) -> Query:
    inner = matching(index, clause.clause)
    return Query.const_score_query(inner, clause.score)


def everything() -> Query:
    """Return what all articles match, with a score of 0."""
    return Query.const_score_query(Query.all_query(), 0.0)


def _bool(index: Index, clause: clauses.Bool) -> Query:
    parts = [(Occur.Must, matching(index, each)) for each in clause.must]
    parts += [
        (Occur.Must, Query.const_score_query(matching(index, each), 0.0)) for each in clause.filter
    ]
    parts += [(Occur.Should, matching(index, each)) for each in clause.should]
    parts += [(Occur.MustNot, matching(index, each)) for each in clause.must_not]
    if not (clause.must or clause.should or clause.filter):
        parts.append((Occur.Must, everything()))
    return Query.boolean_query(parts)


_QUERIES: dict[type, Callable[[Index, Any], Query]] = {
    clauses.Term: _term,
    clauses.Phrase: _phrase,
    clauses.Near: _near,
    clauses.Prefix: _prefix,
    clauses.Wildcard: _pattern,
    clauses.Fuzzy: _fuzzy,
    clauses.DateRange: _dates,
    clauses.Exists: _exists,
    clauses.Everything: lambda _, __: everything(),
    clauses.Nothing: lambda _, __: Query.empty_query(),
    clauses.Constant: _constant,
    clauses.Bool: _bool,
}
