"""Clauses as queries of OpenSearch, each beside what it becomes; needs no server."""

from __future__ import annotations

import pytest

from kliping.engines.opensearch_queries import query, unscored
from kliping.query.clauses import (
    Bool,
    Constant,
    DateRange,
    Everything,
    Exists,
    Fuzzy,
    Near,
    Nothing,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)

GEMPA, BANJIR = Term("body", "gempa"), Term("body", "banjir")
_ALL = {"constant_score": {"filter": {"match_all": {}}, "boost": 0.0}}


def _scored(text: str, boost: float = 1.0) -> dict[str, object]:
    return {"term": {"body": {"value": text, "boost": boost}}}


def _constant(found: object, score: float) -> dict[str, object]:
    return {"constant_score": {"filter": found, "boost": score}}


def _row(*clauses: object, slop: int = 0) -> dict[str, object]:
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": True}}


_A, _B = {"span_term": {"body": "a"}}, {"span_term": {"body": "b"}}
_EITHER = {"span_or": {"clauses": [_B, _A]}}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (Term("body", "gempa", 2.5), _scored("gempa", 2.5)),
        (Phrase("body", ("gempa",), 0, 2.0), _scored("gempa", 2.0)),
        (
            Phrase("body", ("a", "b", "c"), 3, 2.0),
            {"match_phrase": {"body": {"query": "a b c", "slop": 0, "boost": 2.0}}},
        ),
        (
            Near("body", ("a",), ("b", "a"), 2, 2.5),
            _constant(
                {
                    "bool": {
                        "should": [
                            _row({"span_or": {"clauses": [_A]}}, _EITHER, slop=2),
                            _row(_EITHER, {"span_or": {"clauses": [_A]}}, slop=2),
                        ]
                    }
                },
                2.5,
            ),
        ),
        (Near("body", ("a",), (), 2), {"match_none": {}}),
        (
            Phrase("body", ("a", "b"), 1, 2.0),
            {"span_within": {"little": _B, "big": _row(_A, _B, slop=1), "boost": 2.0}},
        ),
        (
            Phrase("body", ("a", "b"), 9_999_999_999),
            {
                "span_within": {
                    "little": _B,
                    "big": {
                        "span_or": {
                            "clauses": [
                                _row(_A, _B, slop=1_000),
                                {
                                    "span_not": {
                                        "include": _row(_B, _A, slop=998),
                                        "exclude": _row(_A, _B, slop=1_000),
                                    }
                                },
                            ]
                        }
                    },
                    "boost": 1.0,
                }
            },
        ),
        (
            Phrase("body", ("a", "a"), 1),
            {
                "dis_max": {
                    "queries": [_row(_A, _A), _row(_A, {"span_gap": {"body": 1}}, _A)],
                    "boost": 1.0,
                }
            },
        ),
        (
            Phrase("body", ("a", "a"), 9_999_999_999),
            {"match_phrase": {"body": {"query": "a a", "slop": 1_000, "boost": 1.0}}},
        ),
        (Prefix("body", "ge", 2.0), _constant({"prefix": {"body": {"value": "ge"}}}, 2.0)),
        (
            Wildcard("body", "g?m**p.a"),
            _constant({"regexp": {"body": {"value": r"g[^\|]m[^\|]*p\.a", "flags": "NONE"}}}, 1.0),
        ),
        (Wildcard("body", "*" + "a" * 300), {"match_none": {}}),
        (
            Fuzzy("body", "gmpa", 1, 2.0),
            _constant(
                {
                    "fuzzy": {
                        "body": {
                            "value": "gmpa",
                            "fuzziness": 1,
                            "transpositions": False,
                            "max_expansions": 50_000,
                            "rewrite": "constant_score",
                        }
                    }
                },
                2.0,
            ),
        ),
        (DateRange(0, None), _constant({"range": {"published": {"gte": 0}}}, 0.0)),
        (DateRange(None, 9), _constant({"range": {"published": {"lt": 9}}}, 0.0)),
        (DateRange(None, None), query(Exists("published"))),
        (Exists("title"), _constant({"term": {"has": {"value": "title"}}}, 0.0)),
        (Everything(), _ALL),
        (Nothing(), {"match_none": {}}),
        (Bool(), {"bool": {"must": [_ALL]}}),
        (
            Bool(must_not=(GEMPA,)),
            {"bool": {"must": [_ALL], "must_not": [_scored("gempa")]}},
        ),
        (
            Bool(must=(GEMPA,), should=(BANJIR,), filter=(Everything(),)),
            {
                "bool": {
                    "must": [_scored("gempa")],
                    "should": [_scored("banjir")],
                    "filter": [{"match_all": {}}],
                }
            },
        ),
        (
            Constant(Bool(should=(GEMPA, BANJIR)), 4.0),
            _constant({"terms": {"body": ["gempa", "banjir"]}}, 4.0),
        ),
    ],
)
def test_a_clause_becomes(clause, expected):
    assert query(clause) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (Constant(GEMPA, 4.0), _scored("gempa")),
        (Bool(must=(GEMPA,), should=(BANJIR,)), {"bool": {"filter": [_scored("gempa")]}}),
        (
            Bool(should=(GEMPA, Term("title", "banjir"))),
            {"bool": {"should": [_scored("gempa"), query(Term("title", "banjir"))]}},
        ),
        (
            Bool(filter=(Bool(should=(GEMPA, BANJIR)),), must_not=(Nothing(),)),
            {
                "bool": {
                    "filter": [{"terms": {"body": ["gempa", "banjir"]}}],
                    "must_not": [{"match_none": {}}],
                }
            },
        ),
    ],
)  # fmt: skip
def test_what_does_not_score_is_only_looked_up(clause, expected):
    assert unscored(clause) == _constant(expected, 0.0)
