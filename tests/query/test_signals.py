"""What adds to the score of an article that matches, and how much."""

from __future__ import annotations

import pytest

from kliping.analysis import analyser
from kliping.query import Match, Planner, Query
from kliping.query.clauses import Bool, Clause, Constant, Phrase, Prefix, Term
from kliping.query.tree import Alternatives, Word, Words
from kliping.query.weights import (
    FORM_ARTICLES,
    NEAR_ARTICLES,
    NEAR_SLOP,
    NEAR_WHOLE,
    NEAR_WORDS,
    Weights,
)
from tests.query.planned import (
    TOGETHER,
    WEIGHTS,
    forms,
    in_a_body,
    in_body,
    ored,
    plan,
    word,
)


def near(*pair: str) -> tuple[Clause, ...]:
    title, body = (Phrase(f, pair, NEAR_SLOP, 13.0) for f in ("title_words", "body_words"))
    return title, in_a_body(body)


GUNCANG, LOMBOK = Term("text", "guncang"), Term("text", "lombok")
BOTH_NEAR = near("guncang", "lombok")


@pytest.mark.parametrize(
    ("text", "match", "clause"),
    [
        ("guncang", "any", GUNCANG),
        ("guncang lombok", "all", Bool(must=(GUNCANG, LOMBOK), should=BOTH_NEAR)),
        ("guncang lombok", "any", ored(GUNCANG, LOMBOK, *BOTH_NEAR)),
        ("+guncang lombok", "any", Bool(must=(GUNCANG,), should=(LOMBOK, *BOTH_NEAR))),
        ("guncang di lombok", "all", Bool(must=(GUNCANG, LOMBOK), should=BOTH_NEAR)),
        ("guncang^2 lombok", "any", ored(Term("text", "guncang", 2.0), LOMBOK, *BOTH_NEAR)),
        ("guncang guncang", "any", GUNCANG),
        ("guncang mengguncang", "any", ored(GUNCANG, GUNCANG)),
        (
            "isi:(guncang guncang*)",
            "any",
            ored(in_body("guncang"), Prefix("body_words", "guncang")),
        ),
    ],
)
def test_words_count_together(text: str, match: Match, clause: Clause) -> None:
    assert plan(text, match, weights=TOGETHER) == clause


def test_nearness_is_looked_for_where_either_word_is_rare() -> None:
    text = "besar gempa susulan"
    pairs = [("besar", "gempa"), ("gempa", "susulan")]  # not besar susulan: both are common
    known = {"gempa": NEAR_ARTICLES, "besar": NEAR_ARTICLES + 1, "susul": NEAR_ARTICLES + 1}

    def found() -> list[tuple[str, ...]]:
        options: dict[str, object] = {"frequency": known.__getitem__, "fields": ("body",)}
        clause = plan(text, "any", weights=TOGETHER, **options)
        assert isinstance(clause, Bool)
        sought = [each.clause for each in clause.should if isinstance(each, Constant)]
        return [each.texts for each in sought if isinstance(each, Phrase)]

    assert found() == pairs
    known["gempa"] += 1
    assert found() == []


def test_words_are_looked_for_near_as_far_apart_as_they_reach() -> None:
    near_next, near_all = (
        plan("aaa bbb ccc", weights=Weights(exact=0.0, near=1.0, reach=reach), fields=("title",))
        for reach in (1, 2)
    )
    rows = [("aaa", "bbb"), ("aaa", "ccc"), ("bbb", "ccc")]
    assert isinstance(near_next, Bool)
    assert isinstance(near_all, Bool)
    assert near_all.should == tuple(Phrase("title_words", row, NEAR_SLOP) for row in rows)
    assert near_next.should == (near_all.should[0], near_all.should[2])


def test_the_form_of_a_common_word_is_looked_for_in_titles_alone() -> None:
    stem, title, body = word("gempa")
    common = {"gempa": FORM_ARTICLES}
    assert plan("gempa", frequency=common.__getitem__) == ored(stem, title, body)
    common["gempa"] += 1
    assert plan("gempa", frequency=common.__getitem__) == ored(stem, title)
    assert plan("isi:gempa", frequency=common.__getitem__) == in_body("gempa")


def test_what_stands_in_a_body_counts_once_by_how_rare_it_is() -> None:
    rarity = {"gempa": 2.0, "susulan": 3.0, "harga": 0.0}.__getitem__
    weights = Weights(exact=5.0, near=0.5)
    clause = plan("isi:(gempa susulan)", weights=weights, rarity=rarity)
    assert isinstance(clause, Bool)
    assert [each.score for each in clause.should if isinstance(each, Constant)] == [
        5.0 * 2.0,
        5.0 * 3.0,
        0.5 * (2.0 + 3.0),
    ]
    # What no body has is not looked for, neither alone nor near another word.
    assert plan("isi:harga", weights=weights, rarity=rarity) == in_body("harga")
    both = plan("isi:(harga gempa)", weights=weights, rarity=rarity)
    assert isinstance(both, Bool)
    assert both.should == (Constant(Term("body_words", "gempa"), 5.0 * 2.0),)


def test_nearness_counts_for_less_in_a_longer_row() -> None:
    def weight(length: int) -> float:
        row = " ".join(f"xq{chr(97 + n)}" for n in range(length))
        clause = plan(row, weights=TOGETHER, fields=("title",))
        assert isinstance(clause, Bool)
        (boost,) = {each.boost for each in clause.should if isinstance(each, Phrase)}
        return boost

    assert weight(2) == weight(NEAR_WHOLE) == TOGETHER.near
    assert weight(2 * NEAR_WHOLE) == TOGETHER.near / 2


def test_the_forms_of_what_means_the_same_are_not_looked_for() -> None:
    either = Alternatives(Word("gempa"), (Word("lindu"),))
    clause = Planner(analyser(), weights=WEIGHTS).plan(Query("", Words((either,))))
    assert clause == ored(Term("text", "gempa"), Term("text", "lindu", 0.1), *forms("gempa"))


def test_nearness_is_not_looked_for_in_long_rows() -> None:
    letters = [f"xq{chr(97 + n)}" for n in range(NEAR_WORDS + 1)]
    short, long = (plan(" ".join(row), weights=TOGETHER) for row in (letters[1:], letters))
    assert isinstance(short, Bool)
    assert len(short.should) == 2 * (2 * NEAR_WORDS - 3)
    assert long == Bool(must=tuple(Term("text", letter) for letter in letters))
