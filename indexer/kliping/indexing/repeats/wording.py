"""Whether a text speaks of itself and to its reader, as footers do, or tells what happened.

Reports of one event may all end in the same true sentence, and what most articles of a source
share is then news. So a text is taken for furniture only if a sentence of it addresses the reader
or names the page it stands on, outside of quotations, and none of it tells news. A footer fits
below any article: it points at nothing in the report, has nobody act, and is made of few words
besides those that all footers are made of. News has others, whatever it begins with: *Kunjungi
pengungsi, menteri janjikan rumah* asks nothing of its reader. (The source's own name is none of
the others, nor is that of a place where it is read.)
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise, takewhile

from kliping.analysis import stem
from kliping.analysis.wordlists import question_words, stop_words

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
_CLAUSE = re.compile(r"[,;:–—]\s")
_ADDRESS = re.compile(r"(?<!\S)(?:\w+://|[\w.-]++@)\S++")
_QUOTES = frozenset('"“”')
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_FEWEST = 5  # letters by which a name is known for the source's own
_PREFIXED = re.compile(r"(?:me[mnlrwy]|meng|meny|di|ter|ber)\w{3,}")
_WORD = re.compile(r"\w[\w.’'-]*\w|\w")
# Whom a page speaks to, and itself: outside of quotations, reports have neither.
_YOU = frozenset("anda kamu kalian sobat".split())
_READER = _YOU | frozenset("yuk ayo mari silakan silahkan follow klik kami".split())
# What a footer, or a part of one, begins with. (Verbs without prefix: few reports begin so.)
_ASKING = frozenset(
    """baca bacalah simak simaklah ikuti ikutilah dapatkan unduh download klik gabung bergabung
    bergabunglah langganan berlangganan subscribe hubungi kirim kirimkan tonton saksikan bagikan
    share temukan jelajahi nikmati cek lihat kunjungi dukung jangan nantikan pantau dengarkan
    daftar simpan update""".split()
)
# What a page calls itself, with "ini" behind it; and who makes it.
_ITSELF = frozenset(
    "artikel berita tulisan naskah halaman laman situs konten rubrik kanal media portal".split()
)
_MAKERS = frozenset(
    "redaksi copyright editor reporter pewarta penyunting penerbitnya penerbit pembaca".split()
)
_PLACES = frozenset(
    """google news telegram whatsapp instagram facebook twitter youtube tiktok threads linkedin
    spotify android ios apple app store play channel grup group link id com x
    indonesia""".split()
)
# What says, what points back at the report, and who acts in one.
_OF_REPORTS = frozenset(
    """kata ujar tutur ucap ungkap papar imbuh tegas sebut jelas katanya itu tersebut tadi ia dia
    beliau mereka korban tersangka terdakwa terpidana pelaku saksi polisi hakim jaksa pemerintah
    presiden menteri gubernur bupati warga penduduk penumpang pengungsi petugas buruh petani
    pemain""".split()
)
_KNOWN = _READER | _ASKING | _ITSELF | _MAKERS | _PLACES
# What else footers are made of: the page and what is done with it, the ways to it, its terms.
_OF_FOOTERS = frozenset(
    """bisa ya sampai informasi kabar kisah ulasan liputan cerita topik judul isi teks foto gambar
    video siniar podcast iklan pengiklan pilihan terbaru terkini terlengkap terpopuler terpercaya
    tercepat terdekat lengkap menarik bermanfaat semoga setiap hari pagi malam pekan minggu
    langsung sekarang gratis khusus eksklusif premium edisi update notifikasi pemberitahuan
    aplikasi saluran ponsel gawai surat elektronik surel email buletin newsletter kotak masuk
    tautan bawah atas sini sosial akun komunitas teman setia anggota akses tayang terbit muat
    tulis sunting olah terjemah perbarui produksi publikasi sebar bagi tinggal komentar kritik
    saran koreksi salah lapor beri tahu tanggung jawab opini pendapat pandangan sikap penulis
    wartawan jurnalisme jurnalistik independen akurat berimbang verifikasi dewan pers izin
    tertulis tanpa dilarang kutip salin sumber gandakan perbanyak sebagian seluruh bentuk hak
    cipta undang lindung hukum milik umum harga biaya bulan paket layanan pelanggan data privasi
    kebijakan syarat ketentuan setuju mesin robot otomatis kerja sama mitra bagian jaringan
    ketinggalan lewat lupa lanjut selesai terima kasih adalah merupakan menjadi ingin mau tahu
    punya pertama terus mendukung membuat mengirim mengundang menghubungi menyajikan berusaha
    bantuan tim bahasa lainnya selengkapnya selanjutnya""".split()
)
_STEMS = frozenset(map(stem, _KNOWN | _OF_FOOTERS))


def is_furniture(text: str, source: str, /) -> bool:
    """Say whether a text that a source repeats is none of its news.

    >>> is_furniture("Ikuti Kabar Wening di Telegram.", "kabar wening")
    True
    >>> is_furniture("Gempa itu menewaskan puluhan orang di Lembah Wening.", "kabar wening")
    False
    """
    said = _QUOTED.sub(" ", _ADDRESS.sub(" ", text))
    if not _QUOTES.isdisjoint(said):  # a quotation was cut in two
        return False
    sentences = [each for each in _SENTENCE.split(said) if _WORD.search(each)]
    return any(map(_speaks, sentences)) and not any(_tells(each, source) for each in sentences)


def _speaks(sentence: str) -> bool:
    """Say whether a sentence addresses the reader, or names the page or who makes it."""
    words = _words(sentence)
    return _asks(sentence) or _is_of_page(words) or not (_READER | _MAKERS).isdisjoint(words)


def _asks(sentence: str) -> bool:
    parts = map(_words, _CLAUSE.split(sentence))
    return any(words and words[0] in _ASKING for words in parts)


def _is_of_page(words: list[str]) -> bool:
    pairs = list(pairwise(words))
    itself = any(one in _ITSELF and two == "ini" for one, two in pairs)
    return itself or ("hak", "cipta") in pairs or ("terima", "kasih") in pairs


def _tells(sentence: str, source: str) -> bool:
    """Say whether a sentence has too much in it that no footer says."""
    words = _words(sentence)
    if not _OF_REPORTS.isdisjoint(words):
        return True
    own = _own(_WORD.findall(sentence), source)
    telling = [
        (word, is_own)
        for word, is_own in zip(words, own, strict=True)
        if word not in stop_words() | question_words()
    ]
    strange = [word for word, is_own in telling if not is_own and stem(word) not in _STEMS]
    allowed = _allowed(sentence, words, is_named=any(own))
    return len(strange) > allowed * len(telling) or any(map(_is_verb, strange))


def _allowed(sentence: str, words: list[str], *, is_named: bool) -> float:
    """Return which part of a sentence's words may be none of a footer's."""
    if not _YOU.isdisjoint(words) or (is_named and not _ITSELF.isdisjoint(words)):
        return 1 / 2  # the page says "you", or what it is, and so perhaps what about
    asks = _asks(sentence) or _is_of_page(words) or not _READER.isdisjoint(words)
    return 0 if not asks and not _MAKERS.isdisjoint(words) else 1 / 3  # who makes it, acts too


def _is_verb(word: str) -> bool:
    return bool(_PREFIXED.fullmatch(word)) and stem(word) != word


def _words(sentence: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(sentence)]


def _own(words: list[str], source: str) -> list[bool]:
    """Say of each word whether it is of the source's own name."""
    name = _letters(source.rpartition("/")[2].removeprefix("www."))
    found: list[bool] = []
    for is_name, group in groupby(words, key=lambda word: word[0].isupper()):
        several = list(group)
        rest = _letters("".join(word for word in several if word.lower() not in _KNOWN))
        is_own = is_name and bool(rest) and _is_own(rest, name)
        found += [is_own] * len(several)
    return found


def _is_own(name: str, own: str) -> bool:
    """Say whether one begins like the other: *detikFinance* is of *detik.com*."""
    letters = zip(name, own, strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
    return alike == len(name) or alike >= max(_FEWEST, len(own) - len("com"))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
