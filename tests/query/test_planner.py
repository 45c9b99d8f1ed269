"""What an engine is asked for each thing that can be typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.analysis import analyser
from kliping.errors import QueryError
from kliping.query import Match, Planner, parse
from kliping.query.clauses import (
    Bool,
    Clause,
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
from kliping.query.explaining import outline
from kliping.query.planner import fold_pattern, usual_distance
from kliping.query.weights import Weights
from tests.query.planned import (
    GEMPA,
    TEWAS,
    WEIGHTS,
    both,
    in_a_body,
    in_body,
    inside,
    ored,
    plan,
    word,
)


def test_a_word_is_its_stem_in_the_text_and_its_form_beside_it() -> None:
    assert plan("menewaskan") == TEWAS


def test_signals_without_weight_are_left_out() -> None:
    assert plan("gempa", weights=Weights(exact=0)) == Term("text", "gempa")


def test_a_row_means_all_or_any() -> None:
    assert plan("gempa menewaskan") == both("gempa", "menewaskan")
    assert plan("gempa menewaskan", "any") == ored(*GEMPA.should, *TEWAS.should)


def test_demanded_excluded_and_filtering() -> None:
    hoaks = ored(*word("hoaks"))
    dates = DateRange(1704042000, 1735664400)
    stem, *form = GEMPA.should
    assert plan("+gempa menewaskan", "any") == Bool((stem,), (*TEWAS.should, *form))
    assert plan("gempa -hoaks") == Bool((stem,), tuple(form), (hoaks,))
    assert plan("gempa -hoaks", "any") == Bool(must=(GEMPA,), must_not=(hoaks,))
    assert plan("-hoaks") == Bool(must=(Everything(),), must_not=(hoaks,))
    assert plan("gempa tanggal:2024") == Bool((stem,), tuple(form), filter=(dates,))
    assert plan("gempa ada:penulis", "any") == Bool(must=(GEMPA,), filter=(Exists("authors"),))
    assert plan("-tanggal:2024") == Bool(must=(Everything(),), must_not=(dates,))


def test_dates_alone_find_everything_in_them() -> None:
    clause = plan("tanggal:2024")
    assert isinstance(clause, Bool)
    assert clause.filter == (DateRange(1704042000, 1735664400),)
    assert not clause.must_not
    assert not clause.should


def test_operators() -> None:
    every = both("gempa", "menewaskan")
    assert plan("gempa AND menewaskan", "any") == every
    either = (GEMPA.should[0], TEWAS.should[0]), (*GEMPA.should[1:], *TEWAS.should[1:])
    assert plan("gempa OR menewaskan") == ored(*either[0], *either[1])
    banjir, *form = word("banjir")
    assert plan("(gempa menewaskan) OR banjir") == ored(every, banjir, *form)
    row = plan("banjir (gempa OR menewaskan)")
    assert row == Bool((banjir, ored(*either[0])), (*form, *either[1]))


def test_stop_words_need_not_match_beside_other_words() -> None:
    assert plan("gempa yang di") == plan("gempa")
    assert plan("siapa gempa") == plan("gempa")
    assert plan("yang AND gempa") == plan("gempa")
    assert plan("yang") == ored(*word("yang"))
    assert plan("yang di") == both("yang", "di")
    demanded = plan("+yang gempa", "any")
    assert isinstance(demanded, Bool)
    assert demanded.must == (Term("text", "yang"),)
    exact = plan("=yang gempa")
    assert isinstance(exact, Bool)
    assert len(exact.must) == 2
    assert plan("tidak gempa") == both("tidak", "gempa")


def test_exact_forms_are_sought_among_the_words() -> None:
    assert plan("=menewaskan") == ored(
        Term("title_words", "menewaskan"), Term("body_words", "menewaskan")
    )
    assert plan("judul:=menewaskan") == Term("title_words", "menewaskan")


def test_phrases_are_exact_and_in_order() -> None:
    texts = ("gempa", "susulan")
    assert plan('"gempa susulan"') == ored(
        Phrase("title_words", texts, 0, 1.0), Phrase("body_words", texts, 0, 1.0)
    )
    assert plan('isi:"gempa"') == Term("body_words", "gempa")
    assert plan('penulis:"Rina Wening"') == Phrase("authors", ("rina", "wening"))


def test_a_word_of_several_parts_is_their_phrase() -> None:
    assert plan("isi:Covid-19") == Phrase("body_words", ("covid", "19"))
    assert plan("isi:1.234") == Phrase("body_words", ("1", "234"))
    twice = Phrase("body_words", ("anak", "anak"), 0, 2.5)
    assert plan("isi:anak-anak") == in_body("anak", in_a_body(twice))
    assert plan("isi:Jum'at") == plan("isi:jumat")


def test_two_tokens_without_a_space_must_both_match() -> None:
    clause = plan("isi:ini.Senior", "any")
    assert isinstance(clause, Bool)
    assert len(clause.must) == 2


def test_nearness_goes_pair_by_pair_in_any_form() -> None:
    known = {"harga": ("harga", "seharga"), "beras": ("beras",), "mahal": ("mahal", "termahal")}

    def pair(one: str, other: str) -> Near:
        return Near("body_words", known[one], known[other], 3)

    def stems(*row: str) -> tuple[Clause, ...]:
        return tuple(Term("text", stem) for stem in row)

    forms = known.__getitem__
    assert plan('isi:"harga beras"~3', forms=forms) == Bool(
        (pair("harga", "beras"),), stems("harga", "beras")
    )
    assert plan('isi:"harganya beras termahal"~3', forms=forms) == Bool(
        (pair("harga", "beras"), pair("beras", "mahal")), stems("harga", "beras", "mahal")
    )
    assert plan('isi:"beras"~3') == plan("isi:beras")


def test_nearness_in_a_name_is_of_words_not_stems() -> None:
    clause = plan('penulis:"menulis berita"~1')
    assert clause == Bool(must=(Near("authors", ("menulis",), ("berita",), 1),))


def test_patterns_fit_words() -> None:
    assert plan("isi:Korup*") == Prefix("body_words", "korup")
    assert plan("isi:pe*an") == Wildcard("body_words", "pe*an")
    assert plan("isi:k?ta") == Wildcard("body_words", "k?ta")
    assert plan("sumber:kab*") == Prefix("source", "kab")
    assert plan("isi:kompas.c*") == Bool(
        must=(Wildcard("body_words", "kompas"), Prefix("body_words", "c"))
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("KORUP*", ["korup*"]),
        ("covid-1*", ["covid", "1*"]),
        ("Jum'a*", ["juma*"]),
        ("é?*", ["e?*"]),
        ("a.b*", ["a", "b*"]),
        ("ʼ*", []),
        ("**", []),
    ],
)
def test_patterns_are_folded(text: str, parts: list[str]) -> None:
    assert fold_pattern(text) == parts


def test_fuzzy_words() -> None:
    assert plan("isi:prabwo~") == Fuzzy("body_words", "prabwo", 2)
    assert plan("isi:prabwo~1") == Fuzzy("body_words", "prabwo", 1)
    assert plan("isi:beri~") == Fuzzy("body_words", "beri", 1)
    assert plan("isi:covid-19~1") == Bool(
        must=(Fuzzy("body_words", "covid", 1), Fuzzy("body_words", "19", 1))
    )
    assert [usual_distance("a" * n) for n in range(8)] == [0, 0, 0, 1, 1, 1, 2, 2]


def test_fields() -> None:
    assert plan("judul:gempa") == ored(*inside("title", "gempa"))
    assert plan("isi:gempa") == in_body("gempa", *inside("body", "gempa")[1:])
    assert plan("penulis:Rina") == Term("authors", "rina")
    one, other = inside("title", "gempa"), inside("title", "tewas", "menewaskan")
    assert plan("judul:(gempa OR menewaskan)") == ored(one[0], other[0], one[1], other[1])
    stem, form = inside("title", "gempa")
    assert plan("penulis:(rina judul:gempa)") == Bool((Term("authors", "rina"), stem), (form,))
    assert plan("gempa", fields=("body",)) == plan("isi:gempa")


def test_boosts_multiply() -> None:
    assert plan("gempa^3") == ored(*word("gempa", boost=3.0))
    assert plan("(gempa^3)^2") == ored(*word("gempa", boost=6.0))
    assert plan('isi:"gempa susulan"^2') == Phrase("body_words", ("gempa", "susulan"), 0, 2.0)


@pytest.mark.parametrize(
    "text", ["", "…", "ʼ", "ʼ;ʼ", '"ʼ"', "ʼ*", "ʼ~", "=ʼ", '"ʼ ʼ"~2', "ʼ -a", "judul:ʼ"]
)
def test_without_a_word_nothing_is_found(text: str) -> None:
    assert plan(text) == plan(text, "any") == Nothing()


def leaves(clause: Clause) -> Iterator[Clause]:
    if isinstance(clause, Bool):
        for part in (*clause.must, *clause.should, *clause.must_not, *clause.filter):
            yield from leaves(part)
    else:
        yield clause


SYNTAX = (
    '"',
    " (",
    ")",
    "-",
    "+",
    "~",
    "*",
    "?",
    " OR ",
    " NOT ",
    "judul:",
    "gempa",
    "ʼ",
    "Covid-19",
)


@given(st.lists(st.sampled_from(SYNTAX), max_size=25).map("".join), st.sampled_from(["all", "any"]))
def test_any_query_is_planned_soundly(text: str, match: Match) -> None:
    clause = plan(text, match)
    for leaf in leaves(clause):
        assert not (isinstance(leaf, Term | Prefix | Fuzzy) and not leaf.text)
        assert not (isinstance(leaf, Phrase) and len(leaf.texts) < 2)
        assert not (isinstance(leaf, Wildcard) and not leaf.pattern.strip("*?"))
        assert leaf == Nothing() or clause != Nothing()
    assert clause != Bool()


@given(st.text(max_size=40))
def test_any_text_is_planned_and_explained(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    clause = Planner(analyser()).plan(query)
    assert outline(query, clause)


def test_outline_reads_as_lines() -> None:
    query = parse('(isi:"gempa bumi"~2 judul:banj* -prabwo~1 tanggal:2024 ada:url')
    text = outline(query, Planner(analyser(), weights=WEIGHTS).plan(query))
    assert text.splitlines() == [
        "mended: a '(' was not closed; it is taken to close at the end",
        "all of:",
        "  all of:",
        "    body_words:(gempa)~2(bumi)",
        "  any of, adding to the score:",
        "    text:gempa",
        "    text:bumi",
        "  title_words:banj*",
        "none of:",
        "  any of, adding to the score:",
        "    title_words:prabwo~1",
        "    body_words:prabwo~1",
        "only those with:",
        "  published from 1704042000 to before 1735664400, in seconds since 1970",
        "  a url",
    ]
    assert outline(parse(""), Nothing()) == "nothing"
    assert outline(parse(""), Everything()) == "every article"
    assert outline(parse(""), Wildcard("body", "a*b", 2.0)) == "body:a*b × 2"
