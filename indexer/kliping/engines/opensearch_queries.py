"""Clauses as queries of OpenSearch: the same matches and scores as of every other engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kliping.engines.opensearch_mapping import GAP, LONGEST_TERM
from kliping.query import clauses
from kliping.query.clauses import Clause

Query = dict[str, Any]
NOTHING: Query = {"match_none": {}}
_MOST_EXPANDED = 50_000  # terms that one may be taken for: all that fit, as in other engines
_WIDEST_SLOP = 1_000
# Up to this slop a word and itself are sought at each distance, and the commonest counts.
_COUNTED_SLOP = 12
_STARS = re.compile(r"\*+")
_SPECIAL = frozenset('.?+*|{}[]()"\\#@&<>~^$-')


def query(clause: Clause, /) -> Query:
    """Return what finds the articles of ``clause``, and scores them."""
    return _QUERIES[type(clause)](clause)


def unscored(clause: Clause, /) -> Query:
    """Return what finds the articles of ``clause``, every score 0."""
    return constant(_filter(clause), 0.0)


def constant(found: Query, score: float, /) -> Query:
    """Return what finds the same, each with this score."""
    return {"constant_score": {"filter": found, "boost": score}}


def _filter(clause: Clause) -> Query:
    """Return what need not score; many words of one field are looked up in one go."""
    match clause:
        case clauses.Bool(must=(), must_not=(), filter=()) if len(clause.should) > 1:
            terms = [each for each in clause.should if isinstance(each, clauses.Term)]
            fields = {each.field for each in terms}
            if len(terms) == len(clause.should) and len(fields) == 1:
                return {"terms": {fields.pop(): [each.text for each in terms]}}
        case clauses.Bool(must=(only,), should=(), must_not=(), filter=()):
            return _filter(only)
        case clauses.Everything():
            return {"match_all": {}}
        case clauses.Constant(inner, _):
            return _filter(inner)
    if isinstance(clause, clauses.Bool) and (clause.must or clause.should or clause.filter):
        demanded = bool(clause.must or clause.filter)
        parts: Query = {"filter": [_filter(each) for each in (*clause.must, *clause.filter)]}
        if not demanded:  # else what is optional decides nothing
            parts = {"should": [_filter(each) for each in clause.should]}
        if clause.must_not:
            parts["must_not"] = [_filter(each) for each in clause.must_not]
        return {"bool": parts}
    return query(clause)


def _term(clause: clauses.Term) -> Query:
    return {"term": {clause.field: {"value": clause.text, "boost": clause.boost}}}


def _phrase(clause: clauses.Phrase) -> Query:
    field, texts, boost = clause.field, clause.texts, clause.boost
    if len(texts) == 1:
        return _term(clauses.Term(field, texts[0], boost))
    slop = min(clause.slop, _WIDEST_SLOP) if len(texts) == 2 else 0
    if slop and texts[0] != texts[1]:
        return {"span_within": {**_counted(field, *texts, slop=slop), "boost": boost}}
    if 0 < slop <= _COUNTED_SLOP:
        ways = [_row(field, *texts, between=between) for between in range(slop + 1)]
        return {"dis_max": {"queries": ways, "boost": boost}}
    return {"match_phrase": {field: {"query": " ".join(texts), "slop": slop, "boost": boost}}}


def _counted(field: str, one: str, other: str, *, slop: int) -> Query:
    """Return what finds two words in either order, and counts how often.

    The library's own slop counts a pair for less the farther apart, as no other engine does. What
    lies within something counts as one, however wide that is: so the second words are counted that
    lie in a stretch between both, and of stretches the other way round those that share no word
    with one of these.
    """
    there = _row(field, one, other, slop=slop)
    back = {"span_not": {"include": _row(field, other, one, slop=slop - 2), "exclude": there}}
    either = {"span_or": {"clauses": [there, back]}} if slop >= 2 else there
    return {"little": {"span_term": {field: other}}, "big": either}


def _row(field: str, one: str, other: str, *, between: int = 0, slop: int = 0) -> Query:
    """Return what finds two words in order, with so many between them, or up to ``slop``."""
    row: list[Query] = [{"span_term": {field: one}}, {"span_term": {field: other}}]
    if between:
        row.insert(1, {"span_gap": {field: between}})
    return _in_order(row, slop)


def _near(clause: clauses.Near) -> Query:
    if not (clause.some and clause.others):
        return NOTHING
    sides = [_any_word(clause.field, each) for each in (clause.some, clause.others)]
    ways = [_in_order(way, clause.between) for way in (sides, sides[::-1])]
    return constant({"bool": {"should": ways}}, clause.boost)


def _any_word(field: str, words: tuple[str, ...]) -> Query:
    return {"span_or": {"clauses": [{"span_term": {field: word}} for word in words]}}


def _in_order(row: list[Query], between: int) -> Query:
    return {"span_near": {"clauses": row, "slop": min(between, _WIDEST_SLOP), "in_order": True}}


def _pattern(clause: clauses.Prefix | clauses.Wildcard) -> Query:
    text = clause.text + "*" if isinstance(clause, clauses.Prefix) else clause.pattern
    if len(text.replace("*", "").encode()) > LONGEST_TERM:
        return NOTHING
    if isinstance(clause, clauses.Prefix) and clause.text:
        found = {"prefix": {clause.field: {"value": clause.text}}}
    else:
        found = {"regexp": {clause.field: {"value": _expression(text), "flags": "NONE"}}}
    return constant(found, clause.boost)


def _expression(pattern: str) -> str:
    """Return a pattern as the server's regular expression, which never fits a gap."""
    some = f"[^\\{GAP[0]}]"
    parts = {"*": f"{some}*", "?": some}
    return "".join(parts.get(c) or escaped(c) for c in _STARS.sub("*", pattern))


def escaped(text: str, /) -> str:
    """Return a regular expression that only ``text`` fits."""
    return "".join(f"\\{c}" if c in _SPECIAL else c for c in text)


def _fuzzy(clause: clauses.Fuzzy) -> Query:
    near = {
        "value": clause.text,
        "fuzziness": clause.distance,
        "transpositions": False,
        "max_expansions": _MOST_EXPANDED,
        "rewrite": "constant_score",
    }
    return constant({"fuzzy": {clause.field: near}}, clause.boost)


def _dates(clause: clauses.DateRange) -> Query:
    since, until = clause.since, clause.until
    if since is None and until is None:
        return _exists(clauses.Exists("published"))
    ends = {name: end for name, end in (("gte", since), ("lt", until)) if end is not None}
    return constant({"range": {"published": ends}}, 0.0)


def _exists(clause: clauses.Exists) -> Query:
    return constant({"term": {"has": {"value": clause.field}}}, 0.0)


def _bool(clause: clauses.Bool) -> Query:
    parts = {
        "must": [query(each) for each in clause.must],
        "should": [query(each) for each in clause.should],
        "must_not": [_filter(each) for each in clause.must_not],
        "filter": [_filter(each) for each in clause.filter],
    }
    if not (clause.must or clause.should or clause.filter):
        parts["must"] = [_everything(clause)]
    return {"bool": {name: found for name, found in parts.items() if found}}


def _everything(_: Clause) -> Query:
    return constant({"match_all": {}}, 0.0)


_QUERIES: dict[type, Callable[[Any], Query]] = {
    clauses.Term: _term,
    clauses.Phrase: _phrase,
    clauses.Near: _near,
    clauses.Prefix: _pattern,
    clauses.Wildcard: _pattern,
    clauses.Fuzzy: _fuzzy,
    clauses.DateRange: _dates,
    clauses.Exists: _exists,
    clauses.Everything: _everything,
    clauses.Nothing: lambda _: NOTHING,
    clauses.Constant: lambda clause: constant(_filter(clause.clause), clause.score),
    clauses.Bool: _bool,
}
