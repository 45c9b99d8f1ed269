"""Each row of the boilerplate table takes its own example, and nothing that is news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.text.boilerplate import Rule, rules
from kliping.corpus.text.cleaning import clean

BEFORE = "Hujan deras mengguyur Kota Wening sejak Senin pagi, kata Rina Sari."
AFTER = "Warga Kampung Hulu mulai membersihkan rumah mereka pada Selasa sore."


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_rule_takes_its_example(rule: Rule) -> None:
    cleaned = clean([BEFORE, rule.example])
    assert rule.name in {name for name, _ in cleaned.dropped}
    match rule.action:
        case "inside" | "ending":
            assert cleaned.paragraphs == (BEFORE, *filter(None, (rule.left,)))
        case "author" | "signed":
            assert (cleaned.paragraphs[0], cleaned.authors) == (BEFORE, (rule.left,))
        case "tags":
            assert (cleaned.paragraphs, cleaned.tags) == ((BEFORE,), tuple(rule.left.split(", ")))
        case "caption":
            assert (cleaned.paragraphs, cleaned.captions) == ((BEFORE,), (rule.example,))
        case _:
            assert cleaned.paragraphs == (BEFORE,)


NEWS = [
    "Ia gemar membaca juga menulis puisi sejak kecil.",
    "Jangan lupa baca juga aturan pakai yang tertera pada kemasan obat itu.",
    "Warga diminta menyimak juga pengumuman dari kelurahan.",
    "Simak video pengawas itu, polisi menemukan pelat nomor pelaku.",
    "Editor itu meninggal dunia pada usia 71 tahun.",
    "Penulis novel Laut Wening itu lahir di Arunika.",
    "Reporter kami menunggu di halaman balai desa hingga malam.",
    "Foto itu diambil warga dari atas jembatan.",
    "Ilustrasi sampul buku itu dikerjakan selama dua bulan.",
    "Halaman rumah Rina penuh lumpur setelah banjir surut.",
    "Halaman 2 berkas itu memuat tanda tangan bupati.",
    "Artikel ini membahas cara menanam padi di lahan rawa.",
    "Berita ini menyebar cepat lewat Telegram, kata kapolsek.",
    "Komentar warganet beragam, dari marah sampai prihatin.",
    "Iklan rokok dilarang di dekat sekolah.",
    "Hak cipta lagu itu milik seorang guru di Wening.",
    "Copyright trolling kini menjadi masalah bagi pembuat lagu.",
    "Bagikan sembako kepada warga, itulah kegiatan mereka tiap Jumat.",
    "Dapatkan potongan harga dengan menunjukkan kartu warga, kata lurah.",
    "Tag harga di pasar itu diganti setiap pagi oleh pedagang.",
    "Sumber api diduga dari kompor yang lupa dimatikan.",
    "Oleh karena itu, warga diminta menjauhi sungai.",
    "Ia menunjukkan surat (baca: ancaman) dari rentenir itu.",
    "Perusahaan itu bergerak di Hutan Tanaman Industri (HTI).",
    "Ikuti saran dokter, minum obat sampai habis.",
    "Video: itulah bukti yang paling kuat, kata jaksa kepada hakim.",
    "Selanjutnya, tim akan memeriksa tiga saksi.",
    "Nomor 1 sampai 3 diberikan kepada anak-anak.",
    "Situs web sekolah menggunakan cookie untuk menyimpan nilai ujian siswa selama setahun.",
    "Pilihan editor jatuh pada cerpen tentang banjir.",
    "Ia berlangganan newsletter ekonomi dan membacanya setiap pagi.",
]


@pytest.mark.parametrize("sentence", NEWS)
def test_news_stays(sentence: str) -> None:
    cleaned = clean([BEFORE, sentence, AFTER])
    assert cleaned.paragraphs == (BEFORE, sentence, AFTER), cleaned.dropped


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("BACA JUGA: Banjir Surut, Warga Pulang", None),
        ("Baca Juga : Banjir Surut, Warga Pulang", None),
        ("baca juga: banjir surut, warga pulang", None),
        ("**Baca juga:** Banjir Surut, Warga Pulang", None),
        ("[ Baca Juga : Banjir Surut , Warga Pulang ]", None),
        ("(Baca: Banjir Surut, Warga Pulang ke Rumah)", None),
        ("- Baca juga: Apa Itu Gempa Vs. Likuefaksi? Ini Kata dr. Rina", None),
        ("Simak juga: 5 Cara Menghemat Air", None),
        ("Lihat juga Video 'Banjir Wening Surut':", None),
        ("Saksikan juga 'Banjir Wening Surut':", None),
        ("[Gambas:Video 20detik]", None),
        ("[ Gambas : Youtube ]", None),
        ("ADVERTISEMENT", None),
        ("- Advertisement -", None),
        ("SCROLL TO RESUME CONTENT", None),
        ("Gulir untuk lanjut membaca", None),
        ("Halaman: 1 2 3", None),
        ("Halaman 1 2 Selanjutnya", None),
        ("Simak selengkapnya di halaman selanjutnya.", None),
        ("Klik halaman berikutnya >>>", None),
        ("1 dari 3 halaman", None),
        ("Editor: Rina Sari", None),
        ("(Penulis: Rina Sari)", None),
        ("Penulis: Tim Redaksi", None),
        ("© 2024 Kabar Wening", None),
        ("Hak Cipta © 2024 Kabar Wening", None),
        ("Ikuti berita Kabar Wening di Google News", None),
        ("Gabung di saluran WhatsApp Kabar Wening, klik di sini", None),
        ("Dapatkan update berita pilihan setiap hari dari Kabarwening.com.", None),
        ("Artikel ini telah tayang di Kabarwening.com dengan judul Banjir Surut", None),
        ("Artikel ini telah naik di detikWening.", None),
        ("Jadilah yang pertama berkomentar", None),
        ("Salin tautan", None),
        ("Facebook Twitter WhatsApp", None),
        ("Topik: banjir, Wening", None),
        ("#banjir #wening #hujan", None),
        ("Warga mengungsi. (rsa/rsa)", "Warga mengungsi."),
        ("Warga mengungsi . ( rsa / rsa )", "Warga mengungsi ."),
        ("Warga mengungsi. [eko]", "Warga mengungsi."),
        ('"Kami mengungsi," katanya. (mdk/bal)', '"Kami mengungsi," katanya.'),
        ("Warga mengungsi. (Antara)", "Warga mengungsi."),
        ("(djm/djm)", None),
        ("Air naik. Baca juga: Banjir Surut, Warga Pulang", "Air naik."),
        ("Air naik (Baca juga: Banjir Surut, Warga Pulang).", "Air naik."),
        ("Air naik.ADVERTISEMENTSCROLL TO CONTINUE WITH CONTENT", "Air naik."),
    ],
)
def test_every_form_goes(line: str, left: str | None) -> None:
    cleaned = clean([BEFORE, AFTER, line])
    assert cleaned.paragraphs == ((BEFORE, AFTER, left) if left else (BEFORE, AFTER))


def test_related_headlines_go_with_their_heading() -> None:
    links = ["Banjir Surut, Warga Mulai Pulang ke Rumah", "Harga Beras di Pasar Wening Naik Lagi"]
    assert clean([BEFORE, "Baca juga:", *links, AFTER]).paragraphs == (BEFORE, AFTER)
    assert clean([BEFORE, AFTER, "Artikel Terkait", *links]).paragraphs == (BEFORE, AFTER)
    assert clean([BEFORE, "Pilihan Editor:", "- Kursi prioritas", AFTER]).paragraphs == (
        BEFORE,
        AFTER,
    )


def test_a_related_box_in_the_middle_does_not_take_the_rest() -> None:
    rest = [f"{AFTER} Kalimat nomor {number} menyusul di sini." for number in range(4)]
    assert clean([BEFORE, "Artikel Terkait", *rest]).paragraphs == (BEFORE, *rest)


def test_a_picture_story_keeps_its_captions() -> None:
    story = [f"Warga membersihkan rumah nomor {n}. Foto: Rina Sari" for n in range(5)]
    assert clean(story).paragraphs == tuple(story)


@pytest.mark.parametrize(
    ("dateline", "source", "place"),
    [
        ("JAKARTA, KOMPAS.com - ", "KOMPAS.com", "Jakarta"),
        ("**KOMPAS.com** -- ", "KOMPAS.com", None),
        ("**JAKARTA, KOMPAS.com** – ", "KOMPAS.com", "Jakarta"),
        ("Intisari-online.com - ", "Intisari-online.com", None),
        ("Jakarta, CNN Indonesia -- ", "CNN Indonesia", "Jakarta"),
        ("Jakarta , CNN Indonesia - - ", "CNN Indonesia", "Jakarta"),
        ("Liputan6.com, Jakarta ", "Liputan6.com", "Jakarta"),
        ("Liputan6.com, Jakarta - ", "Liputan6.com", "Jakarta"),
        ("TEMPO.CO, Jakarta - ", "TEMPO.CO", "Jakarta"),
        ("TEMPO.CO, Jakarta- ", "TEMPO.CO", "Jakarta"),
        ("REPUBLIKA.CO.ID, JAKARTA -- ", "REPUBLIKA.CO.ID", "Jakarta"),
        ("Makassar (ANTARA) - ", "ANTARA", "Makassar"),
        ("Makassar ( ANTARA News ) - ", "ANTARA News", "Makassar"),
        ("Jakarta, 10/9 (ANTARA) - ", "ANTARA", "Jakarta"),
        ("TRIBUNNEWS.COM, JAKARTA - ", "TRIBUNNEWS.COM", "Jakarta"),
        ("SURYA.co.id | SURABAYA - ", "SURYA.co.id", "Surabaya"),
        ("KONTAN.CO.ID - JAKARTA. ", "KONTAN.CO.ID", "Jakarta"),
        ("Bisnis.com, JAKARTA — ", "Bisnis.com", "Jakarta"),
        ("Suara.com - ", "Suara.com", None),
        ("VIVA – ", "VIVA", None),
        ("Semeru Baru, Warta Arunika -- ", "Warta Arunika", "Semeru Baru"),
        ("SOLO, KOMPAS.com — ", "KOMPAS.com", "Solo"),
        ("Jakarta - ", None, "Jakarta"),
        ("SURABAYA – ", None, "Surabaya"),
        ("LEMBAH WENING - ", None, "Lembah Wening"),
        (" - ", None, None),
        (", , - ", None, None),
        ("", None, None),
    ],
)
def test_datelines(dateline: str, source: str | None, place: str | None) -> None:
    cleaned = clean([dateline + BEFORE, AFTER])
    assert (cleaned.paragraphs, cleaned.source, cleaned.place) == ((BEFORE, AFTER), source, place)


@pytest.mark.parametrize(
    "sentence",
    [
        "Anak-anak bermain di tepi Sungai Wening - sungai terpanjang di sana.",
        "Timnas U-19 menang 3-1 atas lawannya, Senin malam.",
        "Menteri Keuangan, Rina Sari - yang baru dilantik - menolak berkomentar.",
        "Bukalapak, Tokopedia, dan yang lain - semuanya tutup hari itu.",
        '"Kami takut," kata Rina - warga Wening.',
        "iPhone baru itu dijual mulai Jumat.",
    ],
)
def test_first_sentences_without_a_dateline_stay(sentence: str) -> None:
    assert clean([sentence, AFTER]).paragraphs == (sentence, AFTER)


def test_the_source_that_is_known_is_recognised() -> None:
    cleaned = clean(["HARIAN WENING - " + BEFORE], source="Harian Wening")
    assert cleaned.paragraphs == (BEFORE,)


def test_the_article_tells_where_an_unknown_place_ends() -> None:
    first = "Lentera5.com, Semeru Baru Banjir melanda tiga desa di Kota Semeru Baru."
    cleaned = clean([first])
    assert cleaned.paragraphs == ("Banjir melanda tiga desa di Kota Semeru Baru.",)
    assert (cleaned.source, cleaned.place) == ("Lentera5.com", "Semeru Baru")


def test_a_repeated_title_goes() -> None:
    assert clean(["Banjir Wening Surut", BEFORE], title="Banjir Wening Surut").paragraphs == (
        BEFORE,
    )


WORDS = st.sampled_from("banjir melanda kota Wening sejak Senin pagi dan warga mengungsi".split())
SENTENCES = st.lists(WORDS, min_size=5, max_size=15).map(lambda words: " ".join(words) + ".")


@given(st.lists(SENTENCES, max_size=12))
def test_plain_sentences_are_never_lost(sentences: list[str]) -> None:
    assert clean(sentences).paragraphs == tuple(sentences)


@given(st.lists(st.text(max_size=300), max_size=8))
def test_any_text_can_be_cleaned(paragraphs: list[str]) -> None:
    cleaned = clean(paragraphs, title="x")
    assert all(cleaned.paragraphs)


def test_page_numbers_at_the_top_take_nothing_with_them() -> None:
    rows = ["1. Neymar - Puma - 23 juta pounds", "Harga Cabai Turun di Pasar Klewang Lagi"]
    numbers = "Halaman: 1 2 3 Lihat Semua"
    assert clean([numbers, *rows, BEFORE]).paragraphs == (*rows, BEFORE)
    assert clean([numbers, "Warga pulang.", BEFORE]).paragraphs == ("Warga pulang.", BEFORE)
    assert clean([numbers, *rows]).paragraphs == tuple(rows)


def test_page_numbers_below_the_text_take_the_links_that_follow() -> None:
    links = ["Harga Cabai Turun di Pasar Klewang", "Festival Layang-layang Digelar di Lirih"]
    assert clean([BEFORE, "Halaman: 1 2 3 Lihat Semua", *links]).paragraphs == (BEFORE,)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Banjir besar melanda tiga desa.", "Warga takut Banjir itu datang lagi."),
        ('Banjir "rob" merendam tiga desa.', "Warga mengungsi ke balai desa."),
    ],
)
def test_a_word_that_nothing_but_its_own_place_names_is_no_place(first: str, second: str) -> None:
    cleaned = clean([f"Lentera5.com, {first}", second])
    assert (cleaned.place, cleaned.paragraphs[0]) == (None, first)


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Banjir Besar Landa Tiga Desa", None),
        ("Warga Semeru Baru Mengungsi", None),
        ("Tiga Desa di Banjir Kanal Terendam", None),
    ],
)
def test_a_word_that_the_title_repeats_is_no_place(title: str, place: str | None) -> None:
    first = "Lentera5.com, Banjir Besar Melanda tiga desa sejak Senin malam."
    cleaned = clean([first, "Warga mengungsi ke balai desa."], title=title)
    assert cleaned.place == place
    assert cleaned.paragraphs[0] == "Banjir Besar Melanda tiga desa sejak Senin malam."
