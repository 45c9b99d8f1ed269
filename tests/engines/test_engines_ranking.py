"""The contract suite: every engine scores, pages and counts alike."""

from __future__ import annotations

from datetime import datetime

import pytest

from kliping.article import Article
from kliping.engines import Engine
from kliping.engines.documents import FACETS, document
from kliping.query.clauses import (
    Bool,
    Constant,
    DateRange,
    Everything,
    Exists,
    Fuzzy,
    Nothing,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)
from tests.engines.contract import ids, kept


class TestScoring:
    @pytest.mark.parametrize(
        "clause",
        [
            Everything(),
            Exists("published"),
            DateRange(0, None),
            DateRange(None, None),
            Bool(filter=(Term("body_words", "gempa"),)),
            Bool(must_not=(Term("body_words", "gempa"),)),
            Bool(),
        ],
    )
    def test_what_is_no_word_does_not_score(self, filled, clause):
        assert {score for score, _ in filled.rank(clause, limit=100)} == {0.0}

    @pytest.mark.parametrize(
        "clause", [Prefix("title_words", "gemp", 2.5), Wildcard("title_words", "g*a", 2.5),
                   Fuzzy("title_words", "gemba", 1, 2.5)],
    )  # fmt: skip
    def test_a_pattern_scores_its_boost(self, filled, clause):
        assert [score for score, _ in filled.rank(clause, limit=9)] == [2.5, 2.5]

    def test_a_constant_scores_alike_whatever_it_finds(self, filled):
        either = Bool(should=(Term("body_words", "gempa"), Phrase("body_words", ("banjir", "rob"))))
        found = {i for _, i in filled.rank(either, limit=9)}
        told = filled.rank(Constant(either, 4.0), limit=9)
        assert {i for _, i in told} == found
        assert {score for score, _ in told} == {4.0}
        beside = Bool(should=(Constant(either, 2.0),), filter=(Everything(),))
        assert {i for score, i in filled.rank(beside, limit=99) if score == 2.0} == found

    def test_scores_add_up_and_should_adds_to_must(self, filled):
        gempa, korban = Term("body_words", "gempa"), Term("body_words", "korban", 2.0)
        alone = {i: s for s, i in filled.rank(gempa, limit=9)}
        extra = {i: s for s, i in filled.rank(korban, limit=9)}
        both = {i: s for s, i in filled.rank(Bool(must=(gempa,), should=(korban,)), limit=9)}
        assert both == pytest.approx({i: s + extra.get(i, 0.0) for i, s in alone.items()})

    def test_a_boost_multiplies(self, filled):
        once = filled.rank(Phrase("body_words", ("lembah", "wening")), limit=9)
        thrice = filled.rank(Phrase("body_words", ("lembah", "wening"), 0, 3.0), limit=9)
        assert [s for s, _ in thrice] == pytest.approx([3 * s for s, _ in once], rel=1e-5)

    def test_a_phrase_scores_by_how_often_it_stands_there_not_its_words(self, engine):
        engine.add(
            [
                kept("frasa", body_words="a b x a b x x x"),
                kept("kata", body_words="a b x a x b x x"),
            ]
        )
        engine.commit()
        best = engine.rank(Phrase("body_words", ("a", "b")), limit=9)
        assert [article_id for _, article_id in best] == ["frasa", "kata"]
        assert best[0][0] > 1.2 * best[1][0]


class TestPages:
    @pytest.fixture
    def dated(self, engine: Engine) -> Engine:
        moments = [5, None, 3, 3, None, -7, 0, 9, 3]
        documents = [kept(f"d{n}", published=m, body_words="gempa") for n, m in enumerate(moments)]
        for start in range(0, 9, 4):
            engine.add(documents[start : start + 4])
            engine.commit()
        return engine

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [("newest", [9, 5, 3, 3, 3, 0, -7]), ("oldest", [-7, 0, 3, 3, 3, 5, 9])],
    )
    def test_sorted_by_date_what_has_none_comes_last(self, dated, sort, expected):
        moments = {f"d{n}": m for n, m in enumerate([5, None, 3, 3, None, -7, 0, 9, 3])}
        found = dated.search(Term("body_words", "gempa"), limit=100, sort=sort)
        assert [moments[article.id] for _, article in found.hits] == [*expected, None, None]
        assert {score for score, _ in found.hits} == {0.0}

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_pages_join_without_gap_or_repeat(self, dated, sort):
        clause = Term("body_words", "gempa")
        pages = [ids(dated, clause, limit=2, offset=n, sort=sort) for n in range(0, 12, 2)]
        assert [i for page in pages for i in page] == ids(dated, clause, sort=sort)
        assert [len(page) for page in pages] == [2, 2, 2, 2, 1, 0]

    @pytest.mark.parametrize("sort", ["relevance", "newest"])
    def test_the_total_does_not_depend_on_the_page(self, dated, sort):
        for limit, offset in ((1, 0), (3, 7), (2, 9), (1, 10**15), (10**9, 0)):
            found = dated.search(Term("body_words", "gempa"), limit=limit, offset=offset, sort=sort)
            assert found.total == 9


class TestCounting:
    def test_facets_count_whole_values_of_the_matches(self, filled):
        counts = filled.facets(Term("body_words", "gempa"), FACETS)
        assert counts == {
            "source": {"Harian Wening": 2},
            "section": {"Daerah": 2},
            "authors": {"Sari Puspa": 2, "Dimas Arga": 1},
            "tags": {"gempa": 2, "bencana": 1},
            "month": {"2024-03": 2},
            "day": {"2024-03-12": 1, "2024-03-14": 1},
        }

    def test_days_and_months_begin_at_midnight_in_jakarta(self, engine, analyser):
        moments = [
            "2024-02-29T23:59:59.999999+07:00", "2024-02-29T17:00:00+00:00",
            "2024-03-01T00:00:00+09:00", "1969-12-31T23:59:59.5+07:00", "1970-01-01T00:00:00+07:00",
            "0001-01-02T00:00:00+00:00", "9999-12-30T23:59:59+00:00",
        ]  # fmt: skip
        articles = [
            Article(f"a-{n}", None, "Kosong.", published=datetime.fromisoformat(each))
            for n, each in enumerate(moments)
        ]
        undated = Article("undated", None, "Kosong.")
        engine.add(document(each, analyser) for each in [*articles, undated])
        engine.commit()
        counts = engine.facets(Everything(), ("day", "month"))
        assert counts["day"] == {
            "2024-02-29": 2, "2024-03-01": 1, "1969-12-31": 1, "1970-01-01": 1,
            "0001-01-02": 1, "9999-12-31": 1,
        }  # fmt: skip
        assert counts["month"] == {
            "2024-02": 2, "2024-03": 1, "1969-12": 1, "1970-01": 1, "0001-01": 1, "9999-12": 1
        }  # fmt: skip

    def test_facets_of_nothing_are_empty(self, filled):
        assert filled.facets(Nothing(), ("source", "day")) == {"source": {}, "day": {}}

    def test_facets_forget_deleted_articles(self, filled):
        filled.delete(["gempa-1"])
        filled.commit()
        assert filled.facets(Everything(), ("tags",)) == {"tags": {"gempa": 1, "sepak bola": 1}}

    def test_terms_come_commonest_first_then_by_name(self, filled):
        assert filled.terms("title_words", "g", limit=9) == [("gempa", 2), ("guncang", 1)]
        assert filled.terms("body_words", "me", limit=2) == [("membaca", 1), ("membersihkan", 1)]
        assert filled.terms("body_words", "zz", limit=9) == []

    def test_frequency_counts_articles(self, filled):
        assert filled.frequency("body_words", "anak") == 2
        assert filled.frequency("body_words", "tidakada") == 0
        assert filled.frequencies("body_words", ["anak", "tidakada", "", "gempa"]) == [2, 0, 0, 2]
        assert filled.frequencies("body_words", []) == []
