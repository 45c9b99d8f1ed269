"""Which words are lit: those that the query matches, and no others."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.analysis import analyser, tokens
from kliping.analysis.tokens import words_of
from kliping.query import parse
from kliping.searching.results import Highlighter
from kliping.searching.results.highlighting import Match


def matches(query: str, text: str, field: str = "body") -> list[Match]:
    return Highlighter(parse(query), analyser()).matches(text, field=field)


def lit(query: str, text: str, field: str = "body") -> list[str]:
    return [text[m.start : m.stop] for m in matches(query, text, field)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        # inflections
        ("tewas", "Banjir menewaskan dua warga; yang tewas itu", ["menewaskan", "tewas"]),
        ("menewaskan", "dua orang tewas", ["tewas"]),
        ("anak", "Anak-anak, beranak, anaknya", ["Anak-anak", "beranak", "anaknya"]),
        ("kirim", "MENGIRIM pengiriman", ["MENGIRIM", "pengiriman"]),
        ("gempa tsunami", "Tsunami? Gempa!", ["Tsunami", "Gempa"]),
        ("wali", "perwalian dan kewaliyan xwali", ["perwalian"]),
        # one form only
        ("=tewas", "menewaskan, tewas, Tewas", ["tewas", "Tewas"]),
        ("=anak", "anak-anak", ["anak", "anak"]),
        # phrases, only as phrases
        ('"gempa bumi"', "gempa di bumi; Gempa Bumi", ["Gempa Bumi"]),
        ('"gempa bumi"', "gempa,\nbumi", ["gempa,\nbumi"]),
        ('"gempa bumi"', "pasca-gempa bumi-an", ["gempa bumi"]),
        ('"pandemi covid"', "pandemi Covid-19", ["pandemi Covid"]),
        ('"a a"', "a a a", ["a a"]),
        ('"gempa"', "gempa kegempaan", ["gempa"]),
        ('"gempa bumi" gempa', "gempa bumi, gempa", ["gempa bumi", "gempa"]),
        ('"harga beras"~3', "beras naik harganya", ["beras", "harganya"]),
        # patterns and near misses
        ("korup*", "Korupsi, koruptor, antikorupsi, korek", ["Korupsi", "koruptor"]),
        ("pe*an", "pelarian perang pertanian", ["pelarian", "pertanian"]),
        ("k?ta", "kita kota kata kiita", ["kita", "kota", "kata"]),
        ("covid-1*", "Covid-19 dan covid", ["Covid", "19", "covid"]),
        ("prabwo~", "Prabowo praktis", ["Prabowo"]),
        ("beri~1", "beli beri bersih", ["beli", "beri"]),
        # words of several parts
        ("covid", "Covid-19", ["Covid"]),
        ("covid-19", "Covid-19 dan covid lalu 19", ["Covid-19"]),
        ("19", "Covid-19", ["19"]),
        ("1.234", "1.234 dan 1,234 dan 234", ["1.234", "1,234"]),
        ("kpk", "KPK-nya", ["KPK-nya"]),
        # what folding changes
        ("jumat", "Jum'at Jum’at Jumʼat", ["Jum'at", "Jum’at", "Jumʼat"]),
        ("jumat", "Jum''at Jum\xadat umat", ["Jum''at", "Jum\xadat"]),
        ("jum'at", "hari Jumat", ["Jumat"]),
        ("cafe", "Café cafe\u0301s cafe\u0301!", ["Café", "cafe"]),
        ("istanbul", "İİ İstanbul", ["İstanbul"]),
        ("tewas", "me\xadnewas\u200bkan", ["me\xadnewas\u200bkan"]),
        ("東京", "di 東京.", ["東京"]),
        # what is not looked for
        ("gempa -banjir", "gempa banjir", ["gempa"]),
        ("gempa AND NOT banjir", "gempa banjir", ["gempa"]),
        ("gempa yang", "gempa yang", ["gempa"]),
        ("yang", "gempa yang", ["yang"]),
        ("yang AND gempa", "gempa yang", ["gempa"]),
        ("penulis:gempa tanggal:2024 ada:url", "gempa 2024 url", []),
        ("judul:gempa", "gempa", []),
        ("judul:(banjir isi:gempa)", "banjir gempa", ["gempa"]),
        ("gempa^3 +banjir", "gempa banjir", ["gempa", "banjir"]),
        ("gempa OR -banjir", "gempa banjir", ["gempa"]),
        ('"ʼ" ʼ* ʼ~ ʼ', "ʼ gempa", []),
        ("", "gempa", []),
        ("gempa", "", []),
    ],
)  # fmt: skip
def test_lit(query: str, text: str, expected: list[str]) -> None:
    assert lit(query, text) == expected


def test_a_title_is_lit_by_words_for_titles() -> None:
    assert lit("judul:gempa banjir", "Gempa dan banjir", "title") == ["Gempa", "banjir"]
    assert lit("isi:gempa", "Gempa", "title") == []


def test_query_words_are_told_apart() -> None:
    found = matches('gempa "dua warga" tewas', "menewaskan dua warga, gempa, tewas")
    assert [m.term for m in found] == [2, 1, 0, 2]


WORDS = (
    "tewas", "menewaskan", "anak", "anak-anak", "Covid-19", "Jum'at", "gempa", "bumi", "gem\xadpa",
    "pegempa", "1.234", "café", "東京", "yang", "xgempa", "a'a", "--", "’",
)  # fmt: skip
SPECIAL = ("=anak", '"gempa bumi"', "gem*", "p?gempa", "gempi~1", '"anak anak"', "-bumi")
prose = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text("aegmpw'-’ \u0301", max_size=6)), max_size=14
).map(" ".join)
queries = st.lists(
    st.one_of(
        st.sampled_from((*WORDS, *SPECIAL)),
        st.text("aegmpw'*~\"", max_size=5),
    ),
    max_size=4,
).map(" ".join)  # fmt: skip


@given(queries, prose)
def test_spans_are_ascending_disjoint_inside_and_whole_words(query: str, text: str) -> None:
    stop = 0
    for match in matches(query, text):
        assert stop <= match.start < match.stop <= len(text)
        stop = match.stop
        surface = text[match.start : match.stop]
        assert surface[0].isalnum()
        assert words_of(surface)
        assert not text[match.start - 1 : match.start].isalnum()
        assert not text[match.stop : match.stop + 1].isalnum()


@given(
    st.sampled_from(["tewas", "anak", "gempa", "jumat", "covid", "=anak", "gem*", "gempi~1"]), prose
)
def test_all_that_matches_is_lit_and_nothing_else(query: str, text: str) -> None:
    """Compare with the plain way: analyse every token of the text."""
    word = query.strip("=*~1")
    stem = analyser().stems(word)[0]

    def fits(surface: str) -> bool:
        folded = words_of(surface)
        if query == "=anak":
            return folded == ("anak",)
        if query == "gem*":
            return folded[0].startswith("gem")
        if query == "gempi~1":
            return folded[0] in ("gempa", "gempi")
        return analyser().stems(surface) == (stem,)

    expected = set()
    for token in tokens(text):
        if query[-1].isalpha() and query[0] != "=" and fits(token.surface):
            expected.add(token.surface)
            continue
        parts = token.surface.replace("‑", "-").split("-")
        expected |= {part.strip("'’ʼ\u0301\xad") for part in parts if words_of(part) and fits(part)}
    assert {each.strip("\u0301") for each in lit(query, text)} == expected


wild = st.text("aegmpw1*?", min_size=1, max_size=7)
slips = st.builds("{}~{}".format, st.text("aegmpw", min_size=1, max_size=7), st.integers(0, 2))


@given(st.one_of(wild, slips), st.lists(st.sampled_from(("e-KTP", "F16")) | prose).map(" ".join))
def test_what_fits_a_pattern_has_a_fragment_of_it(query: str, text: str) -> None:
    """Compare with looking at every word."""
    every = Highlighter(parse(query), analyser())
    for wanted in every._fields.values():
        wanted.fragments.add("")
    assert matches(query, text) == every.matches(text, field="body")


@pytest.mark.parametrize(
    "unit", ["a", "aa ", "é", "東", "a'", "a-", "' ", "a\u0301", "ʼ", "gempa", "“a” "]
)
@pytest.mark.parametrize("query", ["aa", "gempa", '"a a a"', "aa*", "a~", "=a"])
def test_highlighting_takes_linear_time(unit: str, query: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    matches(query, text)
    assert time.process_time() - started < 5


def test_a_pattern_takes_no_longer_than_the_word_is_long() -> None:
    started = time.process_time()
    assert lit("*a" * 12 + "*b", "a" * 5000) == []
    assert time.process_time() - started < 1


def test_an_article_is_lit_in_full_and_by_field(built_index: kliping.Index) -> None:
    article = built_index.get("gempa-1")
    found = built_index.highlight(article, "judul:wening mengguncang")
    assert [(article.title or "")[a:b] for a, b in found.title] == ["guncang", "Wening"]
    assert [article.body[a:b] for a, b in found.body] == ["mengguncang"]
    assert built_index.highlight(article, "") == ((), ())
    untitled = built_index.get("tanpa-judul")
    assert built_index.highlight(untitled, "beras").title == ()
