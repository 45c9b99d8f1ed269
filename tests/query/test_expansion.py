"""Acronyms, synonyms, glued words: what a query finds beside the words that were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.analysis import UserLexicon, tokens
from kliping.analysis.acronyms import capitals, definitions
from kliping.analysis.gluing import seams, unglued
from kliping.analysis.synonyms import LONGEST, synonyms, with_lexicon
from kliping.analysis.tokens import words_of
from kliping.analysis.wordlists import lines


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("KPK", "Komisi Pemberantasan Korupsi"),
        ("kpk", "Komisi Pemberantasan Korupsi"),
        ("AS", "Amerika Serikat"),
        ("Amerika Serikat", "AS"),
        ("Tiongkok", "Cina"),
        ("jabar", "Jawa Barat"),
    ],
)
def test_an_acronym_and_what_it_stands_for_are_the_same(typed, meant):
    assert meant in [entry.text for entry in synonyms().of(typed, words_of(typed))]


def test_an_acronym_that_is_a_word_counts_only_in_capitals():
    assert synonyms().of("as", ("as",)) == ()
    entry = next(e for e in synonyms().of("Amerika Serikat", ("amerika", "serikat")) if e.capitals)
    assert entry.text == "AS"


def test_no_entry_of_our_list_is_longer_than_the_longest_run_looked_up():
    for line in lines("synonyms.txt"):
        for entry in line.partition("#")[0].replace("=", "~").replace("|", "~").split("~"):
            assert len(words_of(entry)) <= LONGEST, entry


def test_every_entry_finds_the_rest_of_its_group():
    for line in lines("synonyms.txt"):
        parts = line.partition("#")[0].replace("=", "~").replace("|", "~").split("~")
        first, *rest = (part.strip().lstrip("^") for part in parts)
        found = {entry.words for entry in synonyms().of(first, words_of(first))}
        assert {words_of(each) for each in rest} - {words_of(first)} <= found, line


def test_a_users_synonyms_stand_beside_ours():
    own = with_lexicon(UserLexicon.parse("wening raya ~ lembah wening"))
    assert [e.text for e in own.of("wening raya", ("wening", "raya"))] == ["lembah wening"]
    assert own.of("KPK", ("kpk",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Badan Meteorologi, Klimatologi, dan Geofisika (BMKG)", ["BMKG"]),
        ("Ketua Komisi Pemberantasan Korupsi (KPK) hadir", ["KPK"]),
        ("Hujan turun (BMKG) semalam", []),
        ("Kepala Dinas (Kadis) datang", []),
    ],
)
def test_an_acronym_is_learnt_only_where_the_initials_agree(text, found):
    assert [acronym for acronym, _ in definitions(text)] == found


def test_the_expansion_begins_where_the_initials_do():
    (learnt,) = definitions("kata petugas Badan Penanggulangan Bencana Daerah (BPBD) Arunika")
    assert learnt == ("BPBD", ("badan", "penanggulangan", "bencana", "daerah"))


def test_a_headline_in_capitals_abbreviates_nothing():
    assert capitals("HARGA BERAS NAIK") == ""
    assert capitals("KPK dan DPR bertemu, AS menunggu") == "AS DPR KPK"


@given(st.text())
def test_learning_from_any_text_raises_nothing(text):
    assert list(definitions(text + " (ABC) " + text)) is not None
    assert isinstance(capitals(text), str)


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("AmerikaAkhirnya", "Amerika Akhirnya"),
        ("melaluiChatbot", "melalui Chatbot"),
        ("detikSport", "detikSport"),
        ("iPhone", "iPhone"),
        ("JawaPos", "JawaPos"),
        ("KitaBisa", "KitaBisa"),
        ("BeritaSatu", "BeritaSatu"),
        ("YouTube", "YouTube"),
    ],
)
def test_glued_words_are_parted_only_on_evidence(glued, parted):
    assert unglued(glued) == parted


@given(st.text(alphabet="aAkKnN -'é", max_size=60))
def test_parting_inserts_spaces_and_nothing_else(text):
    assert unglued(text).replace(" ", "") == text.replace(" ", "")
    assert seams(text) == sorted(set(seams(text)))


def test_tokens_of_glued_words_keep_their_offsets():
    text = "di AmerikaAkhirnya"
    assert [(t.surface, text[t.start : t.stop]) for t in tokens(text)] == [
        ("di", "di"), ("Amerika", "Amerika"), ("Akhirnya", "Akhirnya"),
    ]  # fmt: skip


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def index(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("expansion")
    articles = {
        "usa": "Utusan AS tiba di bandara kemarin.",
        "roda": "Mekanik mengganti as roda truk itu.",
        "panjang": "Duta besar Amerika Serikat berpidato.",
        "hns1": "Himpunan Nelayan Saroja (HNS) menolak aturan itu.",
        "hns2": "Himpunan Nelayan Saroja (HNS) berunding lagi.",
        "hns3": "Ketua HNS terpilih kembali.",
        "resiko": "Resikonya besar bagi warga.",
    }
    for name, body in articles.items():
        (folder / f"{name}.txt").write_text(f"Berita {name}\n\n{body}\n", encoding="utf-8")
    kliping.build(folder, folder / "index", engine=request.param)
    with kliping.open(folder / "index") as opened:
        yield opened


def _titles(results):
    return {hit.article.title.removeprefix("Berita ") for hit in results}


def test_capitals_find_the_country_and_never_the_axle(index):
    assert _titles(index.search("Amerika Serikat")) == {"panjang", "usa"}
    assert "panjang" in _titles(index.search("AS"))
    assert _titles(index.search("as roda", match="all")) == {"roda"}


def test_what_the_articles_define_is_learnt(index):
    assert _titles(index.search("himpunan nelayan saroja")) == {"hns1", "hns2", "hns3"}
    assert _titles(index.search("HNS")) == {"hns1", "hns2", "hns3"}


def test_expansion_can_be_turned_off(index):
    assert _titles(index.search("Amerika Serikat", expand=False)) == {"panjang"}
    assert _titles(index.search("himpunan nelayan saroja", expand=False)) == {"hns1", "hns2"}


def test_what_was_found_by_another_word_is_lit(index):
    hit = next(h for h in index.search("Amerika Serikat") if "usa" in h.article.title)
    passage = hit.passages[0]
    assert [passage.text[a:b] for a, b in passage.spans] == ["AS"]


def test_a_variant_beneath_an_affix_is_found_and_lit(index):
    (hit,) = index.search("risiko")
    assert [hit.passages[0].text[a:b] for a, b in hit.passages[0].spans] == ["Resikonya"]


def test_explain_shows_the_other_words(index):
    assert "komisi pemberantasan korupsi" in index.explain("KPK")
    assert "komisi pemberantasan korupsi" not in index.explain("KPK", expand=False)
