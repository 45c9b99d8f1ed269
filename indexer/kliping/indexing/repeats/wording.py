"""Whether a text speaks of itself and to its reader, as footers do, or tells what happened.

Reports of one event may all end in the same true sentence, and what most articles of a source
share is then news. So a text is taken for furniture only if a sentence of it addresses the reader
or names the page it stands on, outside of quotations, and none of it tells news. That is: a verb
and a name where the reader is addressed, and elsewhere a verb of what happens, or a name. (The
source's own name is none, nor is that of a place where it is read.)
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise, takewhile

from kliping.analysis import stem

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_FEWEST = 5  # letters by which a name is known for the source's own
_WORD = re.compile(r"\w[\w.’'-]*\w|\w")
_READER = frozenset("anda kamu kalian sobat yuk ayo mari silakan silahkan follow".split())
# What a footer begins with. (Verbs without prefix: a report would not begin so.)
_ASKING = frozenset(
    """baca bacalah simak simaklah ikuti ikutilah dapatkan unduh download klik gabung bergabung
    bergabunglah langganan berlangganan subscribe hubungi kirim kirimkan tonton saksikan bagikan
    share temukan jelajahi nikmati cek lihat kunjungi dukung jangan nantikan pantau dengarkan
    daftar""".split()
)
# What a page calls itself, with "ini" behind it, before any verb; and who makes it.
_ITSELF = frozenset("artikel berita tulisan naskah halaman laman situs konten rubrik kanal".split())
_MAKERS = frozenset(
    "redaksi copyright editor reporter pewarta penyunting penerbitnya penerbit pembaca".split()
)
_SAYING = frozenset("kata ujar tutur ucap ungkap papar imbuh tegas sebut jelas katanya".split())
_PLACES = frozenset(
    """google news telegram whatsapp instagram facebook twitter youtube tiktok threads linkedin
    spotify android ios apple app store play channel grup group link id com x
    indonesia""".split()
)
_PREFIXED = re.compile(r"(?:me[mnlrwy]|meng|meny|di|ter|ber)\w{3,}")
# What is done with a page, and what only looks like a verb.
_HARMLESS = frozenset(
    """mengikuti membaca menyimak mendapatkan mengunduh mengklik bergabung berlangganan menghubungi
    mengirim mengirimkan menonton menyaksikan membagikan menikmati mengunjungi mendukung
    mendengarkan menjadi merupakan mengutip menyalin memperbanyak dilarang diterbitkan ditulis
    dimuat ditayangkan disunting diolah diterjemahkan diperbarui dimutakhirkan dilindungi tersedia
    terkait terbaru terkini terlengkap terpopuler terpercaya tercepat terdekat terbit berikut
    berikutnya bersama berbagai bernama""".split()
)
# Verbs without prefix that tell what happened.
_BARE = frozenset(
    """tewas rusak runtuh jatuh tiba menang kalah tutup naik turun lolos luka hilang roboh gugur
    wafat mundur ambruk bebas tumbang terbakar gagal lahir pulang pergi datang batal mulai
    selesai""".split()
)


def is_furniture(text: str, source: str, /) -> bool:
    """Say whether a text that a source repeats is none of its news.

    >>> is_furniture("Ikuti Kabar Wening di Telegram.", "kabar wening")
    True
    >>> is_furniture("Gempa itu menewaskan puluhan orang di Lembah Wening.", "kabar wening")
    False
    """
    speaks_so = False
    for sentence in _SENTENCE.split(_QUOTED.sub(" ", text)):
        words = _WORD.findall(sentence)
        low = [word.lower() for word in words]
        to_reader = not _READER.isdisjoint(low) or not _ASKING.isdisjoint(low[:1])
        verbs = [word for word in words if _is_verb(word)]
        happens = not _HARMLESS.issuperset(verbs)
        named = _has_name(words, source)
        if not _SAYING.isdisjoint(low) or (verbs and named):
            return False
        if not to_reader and (happens or named):
            return False
        speaks_so |= to_reader or _is_of_itself(low)
    return speaks_so


def _is_of_itself(words: list[str]) -> bool:
    if not _MAKERS.isdisjoint(words) or "hak cipta" in " ".join(words):
        return True
    return any(one in _ITSELF and two == "ini" for one, two in pairwise(words))


def _is_verb(word: str) -> bool:
    return word in _BARE or bool(_PREFIXED.fullmatch(word) and stem(word) != word)


def _has_name(words: list[str], source: str) -> bool:
    """Say whether a name stands in a sentence that is neither the source's nor of where it is."""
    own = _letters(source.rpartition("/")[2].removeprefix("www."))
    known = _READER | _PLACES | _ITSELF | _MAKERS
    if len(words) > 1 and not words[1][0].isupper():
        words = words[1:]  # a sentence begins with a capital, name or not
    for is_name, group in groupby(words, key=lambda word: word[0].isupper()):
        name = [word for word in group if word.lower() not in known]
        if is_name and name and not _is_own(_letters("".join(name)), own):
            return True
    return False


def _is_own(name: str, own: str) -> bool:
    """Say whether one begins like the other: *detikFinance* is of *detik.com*."""
    letters = zip(name, own, strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
    return alike == len(name) or alike >= max(_FEWEST, len(own) - len("com"))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
