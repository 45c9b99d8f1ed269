"""The contract suite: every engine keeps and finds the same articles."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from kliping.article import Article
from kliping.engines import create, open_engine
from kliping.engines.documents import document, load_article
from kliping.errors import EngineUnavailable, IndexDamaged
from kliping.query.clauses import (
    Bool,
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
from tests.engines.contract import kept, matches


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
            (Prefix("body_words", "zzzzzz"), set()),
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

    @pytest.mark.parametrize("words", [2, 120])
    def test_a_word_that_begins_so_scores_once_however_many_words_do(self, engine, words):
        engine.add([kept(f"n{n}", body_words=f"gempar{n} gempar{n + 1}") for n in range(words)])
        engine.add([kept("other", body_words="gempi")])
        engine.commit()
        found = engine.rank(Prefix("body_words", "gempa", 2.0), limit=words + 1)
        assert {each for _, each in found} == {f"n{n}" for n in range(words)}
        assert {score for score, _ in found} == {2.0}

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
