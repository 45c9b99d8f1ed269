"""The contract suite: every engine keeps and finds the same articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.engines import Engine, create, open_engine
from kliping.engines.documents import FACETS, Document, document, dump_article, load_article
from kliping.errors import EngineUnavailable, IndexDamaged
from kliping.query.clauses import (
    Bool,
    Clause,
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


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture
def engine(engine_name: str, tmp_path: Path) -> Iterator[Engine]:
    """An empty index."""
    made = create(engine_name, tmp_path)
    yield made
    made.close()


@pytest.fixture
def filled(engine: Engine, articles: tuple[Article, ...], analyser: Analyser) -> Engine:
    """An index of the shared articles, in two commits."""
    for part in (articles[:3], articles[3:]):
        engine.add([document(article, analyser) for article in part])
        engine.commit()
    return engine


def kept(article_id: str, *, published: int | None = None, **terms: str) -> Document:
    """Return a document with ready-made terms."""
    if published is not None:
        terms = {"has": "published", **terms}
    return Document(article_id, terms, {}, published, dump_article(Article(article_id, None, "")))


def ids(engine: Engine, clause: Clause, **options: object) -> list[str]:
    found = engine.search(clause, **{"limit": 100, **options})  # type: ignore[arg-type]
    return [article.id for _, article in found.hits]


def matches(engine: Engine, clause: Clause) -> set[str]:
    """Return the ids that match, checked against the count and the ranking."""
    found = ids(engine, clause)
    assert len(found) == len(set(found)) == engine.count(clause)
    assert {article_id for _, article_id in engine.rank(clause, limit=100)} == set(found)
    return set(found)


class TestWriting:
    def test_an_article_comes_back_as_it_went_in(self, filled, articles):
        assert [filled.fetch(article.id) for article in articles] == list(articles)
        assert filled.articles == len(articles)

    def test_an_unknown_id_gives_nothing(self, filled):
        assert filled.fetch("tidak-ada") is None
        assert filled.fetch("") is None

    def test_changes_are_seen_only_after_a_commit(self, engine):
        engine.add([kept("a", body_words="gempa")])
        assert matches(engine, Everything()) == set()
        engine.commit()
        assert matches(engine, Everything()) == {"a"}

    def test_an_update_is_a_delete_and_an_add(self, filled):
        filled.delete(["banjir"])
        filled.add([kept("banjir", body_words="kemarau")])
        filled.commit()
        assert matches(filled, Term("body_words", "kemarau")) == {"banjir"}
        assert matches(filled, Term("body_words", "lumpur")) == set()
        assert filled.articles == 6

    def test_deleting_an_unknown_id_changes_nothing(self, filled):
        filled.delete(["tidak-ada"])
        filled.commit()
        assert filled.articles == 6

    def test_rollback_forgets_what_was_not_committed(self, filled):
        filled.delete(["banjir"])
        filled.add([kept("baru", body_words="gempa")])
        filled.rollback()
        filled.commit()
        assert filled.articles == 6
        assert filled.fetch("banjir") is not None
        assert filled.fetch("baru") is None

    def test_writing_goes_on_after_a_rollback(self, engine):
        engine.add([kept("a", body_words="gempa")])
        engine.rollback()
        engine.add([kept("b", body_words="gempa")])
        engine.commit()
        assert matches(engine, Term("body_words", "gempa")) == {"b"}

    def test_closing_forgets_what_was_not_committed(self, engine_name, tmp_path):
        engine = create(engine_name, tmp_path)
        engine.add([kept("a", body_words="gempa")])
        engine.commit()
        engine.add([kept("b", body_words="gempa")])
        engine.close()
        reopened = open_engine(engine_name, tmp_path)
        assert matches(reopened, Everything()) == {"a"}
        reopened.close()

    def test_an_open_index_sees_another_s_commits_after_a_refresh(
        self, engine, engine_name, tmp_path
    ):
        engine.add([kept("a", body_words="gempa")])
        engine.commit()
        reader = open_engine(engine_name, tmp_path)
        engine.add([kept("b", body_words="gempa")])
        engine.delete(["a"])
        engine.commit()
        assert matches(reader, Everything()) == {"a"}
        reader.refresh()
        assert matches(reader, Everything()) == {"b"}
        reader.close()

    def test_an_empty_commit_is_harmless(self, engine):
        engine.commit()
        engine.commit()
        assert engine.articles == 0
        assert matches(engine, Everything()) == set()

    def test_the_article_comes_back_whole(self, engine, analyser):
        moment = datetime(2024, 3, 12, 7, 15, tzinfo=timezone(timedelta(hours=7)))
        whole = Article(
            "a", "Gempa", "Isi.\n\n\"Isi\".", ("Rina",), moment, "Kabar", "Daerah", ("gempa",),
            "https://a.example/a", "a.html", moment + timedelta(hours=2), "id",
            "https://a.example/7.jpg", "Warga di tenda",
        )  # fmt: skip
        engine.add([document(whole, analyser)])
        engine.commit()
        assert engine.fetch("a") == whole

    def test_lone_surrogates_never_reach_an_engine(self, engine, analyser):
        odd = Article("a\ud800", "ju\ud800dul", "isi \ud800", ("An\ud800i",), tags=("t\ud800",))
        engine.add([document(odd, analyser)])
        engine.commit()
        assert matches(engine, Term("body_words", "isi")) == {"a?"}


class TestSearching:
    @pytest.mark.parametrize(
        ("clause", "expected"),
        [
            (Term("body_words", "gempa"), {"gempa-1", "gempa-2"}),
            (Term("text", "tewas"), {"banjir"}),
            (Term("title_words", "東京"), {"pantun"}),
            (Term("source", "wening"), {"gempa-1", "gempa-2", "banjir", "pantun"}),
            (Term("body_words", "tidakada"), set()),
            (Term("body_words", ""), set()),
            (Phrase("body_words", ("lembah", "wening")), {"gempa-1", "gempa-2"}),
            (Phrase("body_words", ("wening", "lembah")), set()),
            (Phrase("body_words", ("korban",)), {"gempa-2"}),
            (Phrase("body_words", ("di", "lembah", "wening")), {"gempa-2"}),
            (Phrase("body_words", ("anak", "anak")), {"gempa-2", "bola"}),
            (Phrase("body_words", ("anak", "anak", "anak")), set()),
            (Phrase("body_words", ("gempa", "gempa")), set()),
            (Phrase("source", ("harian", "wening")), {"gempa-1", "gempa-2"}),
            (Near("body_words", ("wening", "x"), ("y", "lembah"), 0), {"gempa-1", "gempa-2"}),
            (Near("source", ("wening",), ("harian",), 0), {"gempa-1", "gempa-2"}),
            (Near("body_words", ("lembah",), (), 9), set()),
            (Prefix("body_words", "meng"), {"gempa-1"}),
            (Prefix("title_words", "東"), {"pantun"}),
            (Prefix("body_words", "zzz"), set()),
            (Wildcard("body_words", "me*an"), {"banjir"}),
            (Wildcard("body_words", "g?mpa"), {"gempa-1", "gempa-2"}),
            (Wildcard("body_words", "*ubur"), set()),
            (Wildcard("body_words", "*" + "a" * 300), set()),
            (Prefix("body_words", "a" * 9999), set()),
            (Wildcard("body_words", "b??as"), {"tanpa-judul"}),
            (Fuzzy("body_words", "gmpa", 0), set()),
            (Fuzzy("body_words", "gmpa", 1), {"gempa-1", "gempa-2"}),
            (Fuzzy("body_words", "lempur", 1), {"banjir"}),
            (Fuzzy("body_words", "lumpru", 1), set()),
            (Fuzzy("body_words", "lumpru", 2), {"banjir"}),
            (Exists("title"), {"gempa-1", "gempa-2", "banjir", "bola", "pantun"}),
            (Exists("tags"), {"gempa-1", "gempa-2", "bola"}),
            (Exists("published"), {"gempa-1", "gempa-2", "banjir", "bola", "pantun"}),
            (Nothing(), set()),
        ],
    )
    def test_a_clause_finds(self, filled, clause, expected):
        assert matches(filled, clause) == expected

    @pytest.mark.parametrize(
        ("slop", "text", "found"),
        [
            (0, "gempa x bumi", False),
            (1, "gempa x bumi", True),
            (1, "gempa x x bumi", False),
            (2, "gempa x x bumi", True),
            (2, "bumi gempa", True),
            (1, "bumi gempa", False),
            (50, "bumi x x x x gempa", True),
            (9_999_999_999, "gempa x x x bumi", True),
        ],
    )
    def test_a_phrase_of_two_words_reaches_as_many_moves_as_its_slop(
        self, engine, slop, text, found
    ):
        engine.add([kept("a", body_words=text)])
        engine.commit()
        assert (matches(engine, Phrase("body_words", ("gempa", "bumi"), slop)) == {"a"}) is found

    @pytest.mark.parametrize(
        ("slop", "text", "found"),
        [
            (0, "anak anak", True),
            (3, "anak", False),
            (1, "anak x anak", True),
            (1, "anak x x anak", False),
            (5, "x anak x", False),
            (9_999_999_999, "anak x x anak", True),
        ],
    )
    def test_one_word_never_stands_for_two_in_a_phrase(self, engine, slop, text, found):
        engine.add([kept("a", body_words=text)])
        engine.commit()
        assert (matches(engine, Phrase("body_words", ("anak", "anak"), slop)) == {"a"}) is found

    @pytest.mark.parametrize(
        ("some", "others", "between", "text", "found"),
        [
            ("naik", "harga", 0, "harga naik", True),
            ("naik", "harga", 1, "harga x x naik", False),
            ("naik", "harga", 2, "harga x x naik", True),
            ("harga", "naik", 2, "harga x x naik", True),
            ("naik", "harga", 0, "naik harga", True),
            ("naik turun", "harga harganya", 1, "turun x harganya", True),
            ("naik turun", "harga harganya", 1, "turun x naik", False),
            ("anak", "anak", 9, "x anak x", False),
            ("anak", "anak", 1, "anak x anak", True),
            ("anak", "anak", 0, "anak x anak", False),
            ("anak ibu", "anak ayah", 1, "x anak x x ayah", False),
            ("anak ibu", "anak ayah", 1, "x ayah x anak", True),
            ("harga", "naik", 9_999_999_999, "naik x x x x x harga", True),
        ],
    )
    def test_near_counts_the_words_between_in_either_order(
        self, engine, some, others, between, text, found
    ):
        engine.add([kept("a", body_words=text)])
        engine.commit()
        near = Near("body_words", tuple(some.split()), tuple(others.split()), between, 2.5)
        assert [(s, i) for s, i in engine.rank(near, limit=9)] == [(2.5, "a")] * found

    @pytest.mark.parametrize(
        ("since", "until", "expected"),
        [
            (None, None, {"dulu", "nol", "satu", "dua"}),
            (None, 0, {"dulu"}),
            (0, None, {"nol", "satu", "dua"}),
            (0, 1, {"nol"}),
            (1, 2, {"satu"}),
            (-5, 2, {"dulu", "nol", "satu"}),
            (3, None, set()),
            (2, 1, set()),
            (1, 1, set()),
        ],
    )
    def test_a_range_of_dates_holds_its_first_moment_and_not_its_last(
        self, engine, since, until, expected
    ):
        moments = {"dulu": -5, "nol": 0, "satu": 1, "dua": 2, "kapan": None}
        engine.add([kept(name, published=moment) for name, moment in moments.items()])
        engine.commit()
        assert matches(engine, DateRange(since, until)) == expected

    @pytest.mark.parametrize(
        ("clause", "expected"),
        [
            (Bool(), "abcd"),
            (Bool(must=(Term("body_words", "x"),)), "abc"),
            (Bool(must=(Term("body_words", "x"), Term("body_words", "y"))), "ab"),
            (Bool(must=(Term("body_words", "x"), Nothing())), ""),
            (Bool(should=(Term("body_words", "y"), Term("body_words", "w"))), "abd"),
            (Bool(should=(Nothing(),)), ""),
            (Bool(must=(Term("body_words", "x"),), should=(Term("body_words", "w"),)), "abc"),
            (Bool(filter=(Term("body_words", "x"),), should=(Term("body_words", "w"),)), "abc"),
            (Bool(filter=(Term("body_words", "y"),)), "ab"),
            (Bool(filter=(Everything(), Term("body_words", "y"))), "ab"),
            (Bool(must_not=(Term("body_words", "x"),)), "d"),
            (Bool(must_not=(Term("body_words", "x"), Term("body_words", "w"))), ""),
            (Bool(must_not=(Nothing(),)), "abcd"),
            (Bool(must=(Term("body_words", "x"),), must_not=(Term("body_words", "z"),)), "bc"),
            (Bool(should=(Term("body_words", "y"),), must_not=(Term("body_words", "z"),)), "b"),
            (Bool(filter=(Term("body_words", "x"),), must_not=(Term("body_words", "y"),)), "c"),
            (Bool(must=(Bool(must_not=(Term("body_words", "y"),)),)), "cd"),
            (
                Bool(
                    should=(
                        Bool(must=(Term("body_words", "w"),)),
                        Bool(filter=(Term("body_words", "z"),)),
                    )
                ),
                "ad",
            ),
            (
                Bool(must=(Everything(),), must_not=(Bool(should=(Term("body_words", "z"),)),)),
                "bcd",
            ),
        ],
    )
    def test_every_shape_of_bool(self, engine, clause, expected):
        texts = {"a": "x y z", "b": "x y", "c": "x", "d": "w"}
        engine.add([kept(name, body_words=text) for name, text in texts.items()])
        engine.commit()
        assert matches(engine, clause) == set(expected)

    def test_a_word_too_long_to_be_one_keeps_its_place_and_cannot_be_found(self, engine):
        longest, longer = "é" * 127, "é" * 128
        engine.add([kept("a", body_words=f"awal {longest} {longer} akhir")])
        engine.commit()
        assert matches(engine, Term("body_words", longest)) == {"a"}
        assert matches(engine, Term("body_words", longer)) == set()
        assert matches(engine, Phrase("body_words", (longest, "akhir"))) == set()
        assert matches(engine, Phrase("body_words", (longest, "akhir"), 1)) == {"a"}
        assert matches(engine, Wildcard("body_words", "?")) == set()
        assert engine.terms("body_words", "", limit=9) == [("akhir", 1), ("awal", 1), (longest, 1)]

    def test_an_article_without_any_text_is_found_by_everything(self, engine, analyser):
        engine.add([document(Article("kosong", None, ""), analyser)])
        engine.commit()
        assert matches(engine, Everything()) == {"kosong"}
        assert matches(engine, Bool(must_not=(Exists("body"),))) == {"kosong"}


@pytest.mark.parametrize("weigh", [None, lambda published: 1.0], ids=["scores", "weighed"])
def test_a_search_that_meets_a_refresh_ends_as_it_began(tmp_path, monkeypatch, weigh):
    """Whoosh lets no other thread in meanwhile."""
    engine = create("tantivy", tmp_path)
    engine.add([kept(f"d{n}", body_words="gempa") for n in range(5)])
    engine.commit()

    def load(stored: bytes) -> Article:
        engine.delete([f"d{n}" for n in range(5)])
        engine.commit()
        return load_article(stored)

    monkeypatch.setattr("kliping.engines.tantivy_engine.load_article", load)
    found = engine.search(Term("body_words", "gempa"), limit=9, weigh=weigh)
    assert {article.id for _, article in found.hits} == {f"d{n}" for n in range(5)}
    assert engine.articles == 0
    engine.close()


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


class TestOpening:
    def test_an_unknown_engine_is_named_with_those_there_are(self, tmp_path):
        with pytest.raises(EngineUnavailable, match="no engine 'lucene'; engines: tantivy, whoosh"):
            create("lucene", tmp_path)

    def test_an_empty_folder_is_damaged(self, engine_name, tmp_path):
        with pytest.raises(IndexDamaged, match="--rebuild"):
            open_engine(engine_name, tmp_path)

    def test_a_missing_folder_is_damaged(self, engine_name, tmp_path):
        with pytest.raises(IndexDamaged, match="--rebuild"):
            open_engine(engine_name, tmp_path / "tidak-ada")
