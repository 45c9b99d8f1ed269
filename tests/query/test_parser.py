"""The query language: what each construct means, and that any string means something."""

from __future__ import annotations

import copy
import pickle
import time
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kliping.errors import QueryError
from kliping.query import parse
from kliping.query.lexer import lexemes
from kliping.query.parser import MAX_CHARACTERS, MAX_DEPTH, MAX_LEXEMES, _Parser
from kliping.query.periods import WIB
from kliping.query.tree import (
    All,
    Any,
    Boost,
    Dates,
    Fuzzy,
    Has,
    In,
    Must,
    Node,
    Not,
    Pattern,
    Phrase,
    Query,
    Word,
    Words,
)

NOW = datetime(2024, 3, 14, 15, 30, tzinfo=WIB)
A, B, C = Word("a"), Word("b"), Word("c")
IN_2021 = Dates(datetime(2021, 1, 1, tzinfo=WIB), datetime(2022, 1, 1, tzinfo=WIB))


def row(*nodes: Node) -> Words:
    return Words(nodes)


MEANINGS: list[tuple[str, Node]] = [
    ("a" + "*b" * 12, row(Pattern("a" + "*b" * 12))),
    ("", row()),
    ("   ", row()),
    ("gempa", row(Word("gempa"))),
    ("(a b)-c", row(row(A, B), Not(C))),
    ('"a b"+c', row(Phrase("a b"), Must(C))),
    ("gempa cianjur", row(Word("gempa"), Word("cianjur"))),
    ("anak-anak", row(Word("anak-anak"))),
    ("Covid-19", row(Word("Covid-19"))),
    ("e-mail, S.H.", row(Word("e-mail,"), Word("S.H."))),
    ('"gempa susulan"', row(Phrase("gempa susulan"))),
    ("“gempa susulan”", row(Phrase("gempa susulan"))),
    ('"harga beras"~3', row(Phrase("harga beras", 3))),
    ('"harga beras"^2', row(Boost(Phrase("harga beras"), 2.0))),
    ('"harga beras"~3^2.5', row(Boost(Phrase("harga beras", 3), 2.5))),
    ("=menewaskan", row(Word("menewaskan", exact=True))),
    ("korup*", row(Pattern("korup*"))),
    ("pe*an", row(Pattern("pe*an"))),
    ("k?rupsi", row(Pattern("k?rupsi"))),
    ("?empa", row(Pattern("?empa"))),
    ("??mpa^2", row(Boost(Pattern("??mpa"), 2.0))),
    ("judul:?empa -?empa", row(In("title", Pattern("?empa")), Not(Pattern("?empa")))),
    ("siapa?", row(Word("siapa?"))),
    ("apa? ?", row(Word("apa?"))),
    ("a.example/?b", row(Word("a.example/?b"))),
    ('"harga beras"~999', row(Phrase("harga beras", 999))),
    ("prabwo~", row(Fuzzy("prabwo"))),
    ("prabwo~1", row(Fuzzy("prabwo", 1))),
    ("prabwo~2", row(Fuzzy("prabwo", 2))),
    ("gempa^3", row(Boost(Word("gempa"), 3.0))),
    ("prabwo~2^3", row(Boost(Fuzzy("prabwo", 2), 3.0))),
    ("gempa^0", row(Boost(Word("gempa"), 0.01))),
    (f"gempa^{'9' * 400}", row(Boost(Word("gempa"), 1000.0))),
    ("a -b", row(A, Not(B))),
    ("-b", row(Not(B))),
    ("- b", row(B)),
    ("a - b", row(A, B)),
    ("--b", row(Word("--b"))),
    ("+a b", row(Must(A), B)),
    ("+a", row(Must(A))),
    ('-"b c"', row(Not(Phrase("b c")))),
    ("-(b c)", row(Not(row(B, C)))),
    ("a NOT b", row(A, Not(B))),
    ("a BUKAN b", row(A, Not(B))),
    ("NOT NOT b", row(B)),
    ("NOT -b", row(B)),
    ("a AND b", All((A, B))),
    ("a DAN b", All((A, B))),
    ("a OR b", Any((A, B))),
    ("a ATAU b", Any((A, B))),
    ("a dan b", row(A, Word("dan"), B)),
    ("a AND b OR c", Any((All((A, B)), C))),
    ("a b OR c", Any((row(A, B), C))),
    ("a AND NOT b", All((A, Not(B)))),
    ("a (b OR c)", row(A, Any((B, C)))),
    ("(a OR b)^2 c", row(Boost(Any((A, B)), 2.0), C)),
    ("judul:a", row(In("title", A))),
    ("TITLE:a", row(In("title", A))),
    ("isi:a body:b", row(In("body", A), In("body", B))),
    ("penulis:a author:a", row(In("authors", A), In("authors", A))),
    ("sumber:a source:a", row(In("source", A), In("source", A))),
    ("rubrik:a section:a", row(In("section", A), In("section", A))),
    ("tag:a url:a", row(In("tags", A), In("url", A))),
    ("judul:(a OR b)", row(In("title", Any((A, B))))),
    ('penulis:"rina wening"', row(In("authors", Phrase("rina wening")))),
    ("-judul:a", row(Not(In("title", A)))),
    ("judul:-a", row(Not(In("title", A)))),
    ("judul:a^2", row(In("title", Boost(A, 2.0)))),
    ("judul:=a", row(In("title", Word("a", exact=True)))),
    ("tanggal:2021", row(IN_2021)),
    ("date:2021 published:2021", row(IN_2021, IN_2021)),
    ("-tanggal:2021", row(Not(IN_2021))),
    ('tanggal:"2021"', row(IN_2021)),
    ("tanggal:>=2021", row(Dates(IN_2021.since, None))),
    ("tanggal:>= 2021 a", row(Dates(IN_2021.since, None), A)),
    ("tanggal:2021 a b", row(IN_2021, A, B)),
    ("tanggal:<2021", row(Dates(None, IN_2021.since))),
    ("ada:penulis", row(Has("authors"))),
    ("has:date", row(Has("published"))),
    ("-ada:url", row(Not(Has("url")))),
    ("judul:* a", row(Has("title"), A)),
    ("(date:**)", row(Has("published"))),
    ("-author:*", row(Not(Has("authors")))),
    # What is text after all.
    ("12:30", row(Word("12:30"))),
    ("https://a.example/b", row(Word("https://a.example/b"))),
    ("catatan:a", row(Word("catatan:a"))),
    ("judul: a", row(Word("judul:"), A)),
    ("naik ~2 persen", row(Word("naik"), Word("~2"), Word("persen"))),
    ("… & !", row()),
    ('""', row()),
    ("()", row()),
]


@pytest.mark.parametrize(("text", "meaning"), MEANINGS, ids=[text[:40] for text, _ in MEANINGS])
def test_what_it_means(text: str, meaning: Node) -> None:
    query = parse(text, now=NOW)
    assert query == Query(text, query.root, ())
    assert query.root == meaning


MENDED: list[tuple[str, Node, str]] = [
    ('"a b', row(Phrase("a b")), "quotation mark was not closed"),
    ("(a b", row(A, B), "'(' was not closed"),
    ("a) b", row(A, B), "')' that closes nothing"),
    ("AND a", row(A), "'AND' joins nothing"),
    ("a DAN", row(A), "'DAN' joins nothing here and was left out"),
    ("tahun:baru", row(Phrase("tahun baru")), "'baru' is not a date, so 'tahun:' is text"),
    ("AND", row(Word("AND")), "'AND' joins nothing here, so it counts as a word"),
    ("a OR", Any((A, Word("OR"))), "'OR' joins nothing"),
    ("a ATAU ATAU b", Any((A, Word("ATAU"), B)), "'ATAU' joins nothing"),
    ("a AND OR b", Any((A, B)), "'AND' joins nothing"),
    ("a NOT", row(A, Word("NOT")), "'NOT' excludes nothing"),
    ("BUKAN", row(Word("BUKAN")), "'BUKAN' excludes nothing"),
    ("NOT OR a", Any((Word("NOT"), A)), "'NOT' excludes nothing"),
    ("ada:apa", row(Phrase("ada apa")), "no field 'apa'"),
    ("tanggal:(a b)", row(Word("tanggal"), row(A, B)), "'tanggal:' has no value"),
    ("prabwo~10", row(Fuzzy("prabwo", 2)), "'~10' is taken as ~2"),
    ("prabwo~99^3", row(Boost(Fuzzy("prabwo", 2), 3.0)), "'~99' is taken as ~2"),
    ('"harga beras"~9999 c', row(Phrase("harga beras", 999), C), "'~9999' is taken as ~999"),
    (" ".join(["?a"] * 6), row(*[Pattern("?a")] * 3), "only the first 12 wildcards"),
    ("prabwo~7", row(Fuzzy("prabwo", 2)), "'~7' is taken as ~2"),
    (" ".join(["a"] * (MAX_LEXEMES + 1)), row(*[A] * MAX_LEXEMES), "only the first 400 words"),
    ("(" * (MAX_DEPTH + 3) + "a" + ")" * (MAX_DEPTH + 3), row(A), "deeper than 40"),
    (" ".join(["a*"] * 21), row(*[Pattern("a*")] * 12), "only the first 12 wildcards"),
    (" ".join(["*a"] * 4), row(*[Pattern("*a")] * 3), "begins a word counts as 4"),
    (" ".join(["a~"] * 22), row(*[Fuzzy("a")] * 12), "only the first 12 wildcards"),
    ("x.*a.?b " * 2, row(Pattern("x.*a.?b")), "only the first 12 wildcards"),
    ("*a " * 3 + "b* judul:c* -d* (e*)", row(*[Pattern("*a")] * 3), "only the first 12"),
    ("a" + ".b" * 20 + "~ c", row(Word("c")), "only the first 12 wildcards"),
    ("a*" + ".b" * 20 + " c", row(Word("c")), "only the first 12 wildcards"),
    ("a" + "*b" * 21 + " c", row(Word("c")), "only the first 12 wildcards"),
    ("a" * MAX_CHARACTERS + "b", row(Word("a" * MAX_CHARACTERS)), "the first 4,000 characters"),
    ('"' + "a " * MAX_CHARACTERS, row(Phrase("a " * 399 + "a")), "only the first 400 words"),
    ("a." * 401 + " b", row(Word("a." * 400)), "only the first 400 words"),
    ("a-" * 401 + "a", row(Word("a-" * 400)), "only the first 400 words"),
]


@pytest.mark.parametrize(("text", "meaning", "note"), MENDED, ids=[t[:40] for t, _, _ in MENDED])
def test_what_is_mended_is_said(text: str, meaning: Node, note: str) -> None:
    query = parse(text, now=NOW)
    assert query.root == meaning
    assert any(note in each for each in query.notes), query.notes
    assert len(set(query.notes)) == len(query.notes)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("tanggal:2021-13", 9),
        ("gempa tanggal:kapan-kapan", 15),
        ("a (b -date:31/2/2021)", 12),
        ('published:"30 Februari"', 11),
    ],
)
def test_only_a_nonsense_date_is_refused(text: str, column: int) -> None:
    with pytest.raises(QueryError, match=rf"column {column}: .* is not a date; write ") as caught:
        parse(text, now=NOW)
    assert caught.value.column == column


SYNTAX = (
    *'"“”()+-^~:=*?.',
    *" AND , OR , NOT , DAN , ATAU , BUKAN ,judul:,tanggal:,ada:,penulis:(,~2,^3,gempa,12,\n".split(
        ","
    ),
)
strings = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(SYNTAX), max_size=40).map("".join)
)


@given(strings)
@example("tanggal:\ud800")
@example("ʼ*ʼ~ʼ")
def test_any_string_parses(text: str) -> None:
    with suppress(QueryError):
        query = parse(text, now=NOW)
        assert isinstance(query.root, Words | All | Any)
        assert query.text == text


@given(strings)
def test_lexemes_stand_where_they_say(text: str) -> None:
    column = 0
    for lexeme in lexemes(text):
        assert column < lexeme.column <= len(text)
        column = lexeme.column


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        ")",
        '"',
        "-",
        "+",
        "judul:",
        "~",
        "NOT ",
        "OR ",
        "a",
        "a ",
        "^1",
        "*",
        "?",
        "\\",
        "=",
        "a:",
    ],
)
def test_long_strings_parse_soon(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    for each in (text, text + " a", '"' + text):
        parse(each, now=NOW)
    assert time.process_time() - started < 5


@given(
    st.lists(
        st.sampled_from(
            ["gempa", "anak-anak", "Covid-19", "AND", "a-", "-b", "é", "dan", "NOT", "_"]
        ),
        max_size=6,
    ).map(" ".join)
)
@example("a " * (MAX_LEXEMES + 1) + "b")
def test_plain_queries_mean_what_the_whole_parser_makes_of_them(text: str) -> None:
    assert parse(text, now=NOW) == _Parser(text, NOW).query()


def test_nodes_are_frozen_values() -> None:
    node = parse('a -"b c"~2 judul:d^2', now=NOW).root
    assert node == copy.deepcopy(node) == pickle.loads(pickle.dumps(node))
    assert hash(node) == hash(copy.deepcopy(node))
    assert node != All((A,))
    assert repr(A) == "Word(text='a', exact=False)"
    with pytest.raises(AttributeError):
        A.text = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del A.text
    with pytest.raises(TypeError, match="takes the fields text, exact"):
        Word()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="takes the fields"):
        Word("a", False, 1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="takes the fields"):
        Word("a", False, exact=True)  # type: ignore[misc]
    assert Words((A,)) != All((A,))
