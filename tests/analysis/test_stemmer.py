"""The stemmer: each case says what it shows. Gold is measured by benchmarks/stemming.py."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.analysis.lexicon import UserLexicon
from kliping.analysis.roots import vocabulary
from kliping.analysis.stemmer import Derivation, Stemmer


@pytest.fixture(scope="module")
def stemmer() -> Stemmer:
    return Stemmer()


AFFIXES = {
    "meN- swallows p, t, k, s": "memukul/pukul menulis/tulis mengirim/kirim menyapu/sapu",
    "meN- keeps the other letters": "membaca/baca mendapat/dapat mengganti/ganti melihat/lihat",
    "meN- before a loan keeps even those": "memproses/proses mengkritik/kritik",
    "menge- before one syllable": "mengebom/bom mengesahkan/sah pengecatan/cat mengecek/cek",
    "suffixes -kan, -i, -an": "menewaskan/tewas mengatakan/kata memasuki/masuk makanan/makan",
    "di-, ter-, se-": "ditangkap/tangkap terbakar/bakar sekota/kota",
    "ber- and its r": "berjalan/jalan berenang/renang bekerja/kerja belajar/ajar",
    "peN-, pe-, per-": "penulis/tulis petani/tani pekerja/kerja perjalanan/jalan",
    "memper-, diper-": "memperbaiki/baik diperkirakan/kira mempersembahkan/sembah",
    "ke-…-an": "kesalahan/salah kehidupan/hidup kebersihan/bersih",
    "two prefixes round a root": "keberhasilan/hasil kepemimpinan/pimpin pemberdayaan/daya "
    "berkepentingan/penting ketidakpastian/pasti kemanusiaan/manusia",
    "clitics": "bukunya/buku bukuku/buku bacalah/baca apakah/apa walaupun/walau kukatakan/kata "
    "kaulihat/lihat sebelumnya/sebelumnya rumahmulah/rumah terpaku/paku",
    "foreign affixes": "idealisme/ideal terorisme/teror antikorupsi/korupsi pascagempa/gempa "
    "nonanggota/anggota",
    "-isasi after a vowel": "pipanisasi/pipa pompanisasi/pompa",
    "established -isasi and -wan stay": "organisasi/organisasi wartawan/wartawan",
    "a slip for -kan": "menunjukan/tunjuk dimasukan/masuk",
    "k, p, t lost before l and r": "memroses/proses pemrograman/program mengritik/kritik "
    "penraktir/traktir memlester/plester",
    "spoken N- and -in": "ngantuk/kantuk ngurusin/urus nyiapin/siap ngevlog/vlog dimarahin/marah "
    "nungguin/tunggu",
    "the first consonant again with e": "wewangian/wangi dedaunan/daun",
    "two roots in prefix and suffix": "kesalahpahaman/salahpaham disalahartikan/salaharti",
    "what is there before what was swallowed": "memarahi/marah pemarah/marah",
    "listed forms beneath clitics": "mengawalnya/kawal karyawatinya/karyawan",
}

NAMED_FAILURES = {
    # PySastrawi, in brackets
    "pemilu": "pemilu",  # milu
    "berikan": "beri",  # ikan
    "memberikan": "beri",
    "penyelidikan": "selidik",  # lidi
    "gerakan": "gerak",  # gera
    "pergerakan": "gerak",
    "penarikan": "tarik",  # tari
    "berbasis": "basis",  # bas
    "perbankan": "bank",  # perban
    "menangis": "tangis",  # menang
    "relawan": "relawan",  # rawan
    "taliban": "taliban",  # talib
    "bekasi": "bekasi",  # bekas
    "bali": "bali",  # bal
    "susi": "susi",  # sus
    "penandatanganan": "tandatangan",  # unchanged, as the next three
    "mempertanggungjawabkan": "tanggungjawab",
    "pengambilalihan": "ambilalih",
    "memproklamirkan": "proklamasi",
    # Snowball and Lucene
    "menewaskan": "tewas",  # ewas
    "mengatakan": "kata",  # ata
    "dikatakan": "kata",
    "mengirim": "kirim",  # irim
    "meningkat": "tingkat",  # ingkat
    "berita": "berita",  # ita
    "masalah": "masalah",  # masa
    "taiwan": "taiwan",  # taiw
    "afghanistan": "afghanistan",  # afghanist
    "anak-anak": "anak",  # unchanged
    # the prototype
    "perolehan": "peroleh",  # oleh
    "penerapan": "terap",  # rap
}

WHOLE = {
    "closed class": "sedangkan terdiri sebanyak berbagai kedua setelah selama tersebut menurut",
    "lexicalised": "penduduk pasukan peserta pengacara peristiwa ilmuwan akhirnya pemerintah alami",
    "places": "maluku semarang denpasar makassar bekasi kediri iran teheran berlin",
    "people": "megawati setiawan prabowo hadi darmawan lukaku khamenei",
    "bodies": "persebaya gerindra taliban kejagung milan",
    "modern roots": "vaksin korupsi unduh daring gawai swafoto verifikasi",
    "unknown": "xyzzy covid19 brexit",
}

HYPHENS = {
    "full reduplication": "buku-buku/buku negara-negara/negara laki-laki/laki",
    "one half affixed": "buah-buahan/buah tarik-menarik/tarik berbalas-balasan/balas",
    "both halves affixed": "kemerah-merahan/merah sebaik-baiknya/baik sehari-hari/hari",
    "the nasal without its prefix": "meniru-nirukan/tiru menyepak-nyepak/sepak",
    "lexicalised": "kupu-kupu/kupu-kupu kupu-kupunya/kupu-kupu bolak-balik/bolak-balik",
    "another vowel or consonant": "sayur-mayur/sayur warna-warni/warna",
    "clitics and se- with a hyphen": "kpk-nya/kpk anak-anak-nya/anak se-indonesia/indonesia",
    "no reduplication": "besar-kecilnya/besar-kecil ke-2/ke-2 covid-19/covid-19",
    "one spelling with and without": "e-KTP/ektp e-KTP-nya/ektp anti-korupsi/korupsi "
    "non-blok/nonblok",
    "a 2 for the second half": "anak2/anak kira2/kira",
    "affixes with a hyphen": "di-PHK-kan/phk meng-update/update ke-Islam-an/islam pe-er/pe-er "
    "posting-an/posting 1990-an/1990-an",
    "uneven reduplication": "membolak-balikkan/bolak-balik diobrak-abrik/obrak-abrik",
    "a half that has a stem of its own": "kekuning-kuningan/kuning",
    "an infix, and ke- and -an around": "tali-temali/tali kesewenang-wenangan/wenang",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(form, stem, why) for why, row in table.items() for form, stem in split(row)]


def split(row: str) -> list[tuple[str, str]]:
    return [(form, stem) for form, _, stem in (item.partition("/") for item in row.split())]


@pytest.mark.parametrize(("form", "stem", "why"), pairs(AFFIXES))
def test_affixes(stemmer: Stemmer, form: str, stem: str, why: str) -> None:
    assert stemmer.stem(form) == stem, why


@pytest.mark.parametrize(("form", "stem"), NAMED_FAILURES.items())
def test_what_other_stemmers_get_wrong(stemmer: Stemmer, form: str, stem: str) -> None:
    assert stemmer.stem(form) == stem


@pytest.mark.parametrize("kind", WHOLE)
def test_words_that_stay_whole(stemmer: Stemmer, kind: str) -> None:
    words = WHOLE[kind].split()
    assert [stemmer.stem(word) for word in words] == words


@pytest.mark.parametrize(("form", "stem", "why"), pairs(HYPHENS))
def test_hyphens(stemmer: Stemmer, form: str, stem: str, why: str) -> None:
    assert stemmer.stem(form) == stem, why


@pytest.mark.parametrize("form", ["MENEWASKAN", "Menewaskan"])
def test_case_does_not_matter(stemmer: Stemmer, form: str) -> None:
    assert stemmer.stem(form) == "tewas"


@pytest.mark.parametrize("form", ["jokowinya", "albumnya", "webnya"])
def test_an_unknown_word_loses_only_its_clitic(stemmer: Stemmer, form: str) -> None:
    assert stemmer.stem(form) == form.removesuffix("nya")


@pytest.mark.parametrize(
    ("form", "steps"),
    [
        ("menewaskan", ("meN- + tewas", "-kan")),
        ("keberhasilannya", ("ke- + ber- + hasil", "-an", "-nya")),
        ("bukunya", ("buku", "-nya")),
        ("anak-anak", ("anak-anak > anak",)),
        ("membelajarkan", ("meN- + belajar", "-kan", "belajar = ajar")),
        ("xyzzy", ("no known root",)),
        ("bekasi", ()),
        ("tewas", ()),
    ],
)
def test_the_rule_path_is_readable(stemmer: Stemmer, form: str, steps: tuple[str, ...]) -> None:
    assert stemmer.explain(form) == Derivation(form, stemmer.stem(form), steps)


WORDS = st.one_of(
    st.text(max_size=40),
    st.text("aeiknmgsrtblpu-2'", max_size=24),
    st.builds(
        "".join,
        st.lists(st.sampled_from("me mem per ber ke ter se anak tulis an kan i nya -".split())),
    ),
    st.sampled_from(sorted(vocabulary().known)),
)


@given(WORDS)
def test_a_stem_is_its_own_stem(word: str) -> None:
    stemmer = Stemmer()
    stem = stemmer.stem(word)
    assert stemmer.stem(stem) == stem


@given(
    WORDS | st.from_regex(r"[0-9a-z]{1,4}(-(an|kan|nya|i|ke|ktp|[0-9]{1,3})){1,3}", fullmatch=True)
)
def test_no_word_stems_to_nothing(word: str) -> None:
    assert Stemmer().stem(word) or not word


@given(WORDS)
def test_explaining_gives_the_same_stem(word: str) -> None:
    stemmer = Stemmer()
    assert stemmer.explain(word).stem == stemmer.stem(word)


@given(WORDS, st.sampled_from(["anak", "tulis", "xyzzy", "ajar"]), st.sampled_from(["kan", "nya"]))
def test_a_lexicon_keeps_stems_stable(word: str, form: str, root: str) -> None:
    stemmer = Stemmer(UserLexicon.parse(f"{form} = {root}\n!menulis"))
    stem = stemmer.stem(word)
    assert stemmer.stem(stem) == stem


@pytest.mark.parametrize("unit", ["a", "-", "\u0301", "ke", "-nya", "anak-", "2"])
def test_time_is_linear_in_the_length(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    stemmer = Stemmer()
    start = time.process_time()
    stemmer.stem(text)
    stemmer.explain(text)
    assert time.process_time() - start < 0.1


def test_all_letters_of_a_stem_come_from_the_form_or_a_list(stemmer: Stemmer) -> None:
    accented = unicodedata.normalize("NFD", "café")
    assert stemmer.stem(accented) == accented


def test_every_known_word_has_a_stem_that_is_its_own(stemmer: Stemmer) -> None:
    known = vocabulary().known
    assert [word for word, stem in known.items() if stemmer.stem(stem) != stem] == []
