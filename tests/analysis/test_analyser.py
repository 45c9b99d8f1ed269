"""The analyser: terms of a text, stems of a token, traces that no inflection loses."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.analysis import Analyser, Terms, UserLexicon, analyser, stem
from kliping.analysis.folding import fold
from kliping.analysis.wordlists import lines, normalisation, question_words, stop_words


@pytest.mark.parametrize(
    ("surface", "stems"),
    [
        ("menewaskan", ("tewas",)),
        ("MENEWASKAN", ("tewas",)),
        ("anak-anak", ("anak",)),
        ("buah-buahan", ("buah",)),
        ("Covid-19", ("covid", "19")),
        ("Jum'at", ("jumat",)),
        ("1.234", ("1", "234")),
        ("", ()),
        ("ʼ", ()),
        ("-", ()),
    ],
)
def test_stems_of_a_token(surface: str, stems: tuple[str, ...]) -> None:
    assert analyser().stems(surface) == stems


def test_terms_keep_every_word_in_its_place() -> None:
    terms = analyser().terms("Gempa yang menewaskan anak-anak di Jum'at.")
    assert terms.stems.split() == ["gempa", "yang", "tewas", "anak", "di", "jumat"]
    assert terms.words.split() == "gempa yang menewaskan anak anak di jumat".split()


def test_a_text_without_words_has_no_terms() -> None:
    assert Terms(analyser().terms("… — !").stems.strip(), "") == Terms("", "")


# Every prefix that swallows a letter, suffixes, reduplication, the irregular and the unknown.
FAMILIES = {
    "tewas": "tewas menewaskan ditewaskan tewasnya tewaskan",
    "tarik": "menarik penarikan tarik-menarik ditariknya tertarik",
    "sapu": "menyapu penyapu sapukan menyapu-nyapu",
    "pukul": "memukul pemukulan dipukuli pukul-memukul",
    "kirim": "mengirim pengiriman kiriman dikirimkannya",
    "beri": "memberi memberikan pemberian diberikan",
    "buah": "buah-buahan berbuah pembuahan",
    "anak": "anak-anak beranak anaknya",
    "tanggung": "menanggung pertanggungan tanggungan",
    "covid": "covid Covid COVID",
    "cari": "mencari nyari nyariin dicariin pencarian",
    "proses": "memproses memroses pemrosesan",
    "kritik": "mengkritik mengritik antikritik anti-kritik",
    "syair": "penyair bersyair",
    "ektp": "e-KTP eKTP e-KTP-nya",
    "phk": "di-PHK PHK-nya mem-PHK-kan",
}


@pytest.mark.parametrize(
    ("root", "form"), [(root, form) for root, row in FAMILIES.items() for form in row.split()]
)
def test_every_inflected_form_contains_a_trace_of_its_stem(root: str, form: str) -> None:
    found = analyser().stems(form)
    assert found == (root,)
    folded = fold(form).decode()
    assert any(trace in folded for trace in analyser().traces(root)), form


def test_listed_variants_contain_a_trace_of_their_stem() -> None:
    words = analyser()
    for form in normalisation():
        for root in words.stems(form):
            assert any(trace in form for trace in words.traces(root)), (form, root)


AFFIXES = (
    "",
    "me",
    "mem",
    "men",
    "meng",
    "meny",
    "di",
    "ber",
    "ter",
    "pe",
    "pem",
    "per",
    "ke",
    "se",
)
SUFFIXES = ("", "kan", "i", "an", "nya", "kannya")


@given(
    st.sampled_from(AFFIXES),
    st.sampled_from(sorted(FAMILIES)),
    st.integers(0, 1),
    st.sampled_from(SUFFIXES),
)
def test_no_affix_hides_a_trace(prefix: str, root: str, cut: int, suffix: str) -> None:
    form = prefix + root[cut:] + suffix
    for found in analyser().stems(form):
        assert any(trace in form for trace in analyser().traces(found)), (form, found)


@given(st.text("aeikmnprst-'", max_size=14))
def test_any_form_contains_a_trace_of_its_stems(form: str) -> None:
    folded = fold(form).decode()
    for found in analyser().stems(form):
        assert any(trace in folded for trace in analyser().traces(found)), (form, found)


def test_a_users_exceptions_have_traces_too() -> None:
    words = Analyser(UserLexicon.parse("kemenkes = sehat\n!menteng\n"))
    assert words.stems("kemenkes") == ("sehat",)
    assert words.stems("menteng") == ("menteng",)
    assert any(trace in "kemenkes" for trace in words.traces("sehat"))


def test_a_users_lexicon_changes_the_version() -> None:
    assert Analyser(UserLexicon.parse("!menteng")).version != Analyser().version
    assert Analyser(UserLexicon.parse("# nothing\n")).version == Analyser().version


def test_the_memo_changes_nothing() -> None:
    words, text = Analyser(), "Warga mengungsi; anak-anak diungsikan ke-2 kalinya."
    assert words.terms(text) == words.terms(text) == Analyser().terms(text)


def test_values_can_be_pickled() -> None:
    terms = analyser().terms("gempa")
    assert pickle.loads(pickle.dumps(terms)) == terms


def test_the_module_stems_one_word() -> None:
    assert stem("menewaskan") == "tewas"


def test_stop_words_hold_no_negation() -> None:
    assert not {"tidak", "bukan", "belum", "tanpa", "jangan", "tak"} & stop_words()
    assert {"yang", "di", "dan"} <= stop_words()
    assert {"apakah", "siapa", "berapa"} <= question_words()


@pytest.mark.parametrize("name", ["stopwords.txt", "questionwords.txt", "normalisation.txt"])
def test_lists_are_folded_and_free_of_comments(name: str) -> None:
    for line in lines(name):
        assert "#" not in line
        for word in line.split("="):
            assert " ".join(fold(word.strip()).decode().split()) == word.strip()
