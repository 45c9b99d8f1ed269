"""Bytes to text, and mojibake undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.text.decoding import decode, repair

TEXT = "“Banjir” surut – kata Bupati. Air setinggi ½ meter, suhu 27°."


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-32", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_marks_and_utf8(encoding: str, mark: bytes) -> None:
    decoded = decode(mark + TEXT.encode(encoding))
    assert (decoded.text, decoded.repaired) == (TEXT, False)


@pytest.mark.parametrize(
    "declared", ["windows-1252", "iso-8859-1", "ISO-8859-1", "latin1", "ascii"]
)
def test_a_declared_latin1_is_windows_1252(declared: str) -> None:
    assert decode(TEXT.encode("cp1252"), declared=declared).text == TEXT


def test_the_page_declares_its_charset() -> None:
    page = f'<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1"><p>{TEXT}</p>'
    assert decode(page.encode("cp1252")).text == page
    arabic = '<?xml version="1.0" encoding="windows-1256"?><p>بسم الله</p>'
    assert decode(arabic.encode("cp1256")).text == arabic


def test_what_decodes_as_utf8_is_utf8_whatever_is_declared() -> None:
    assert decode(TEXT.encode(), declared="iso-8859-1").text == TEXT


@pytest.mark.parametrize("declared", [None, "", "tidak-ada", "base64", "rot13", "\x00"])
def test_a_nonsense_charset_falls_back(declared: str | None) -> None:
    decoded = decode((TEXT * 5).encode("cp1252"), declared=declared)
    assert decoded.text == TEXT * 5


def test_a_few_bad_bytes_do_not_change_the_encoding() -> None:
    decoded = decode(TEXT.encode() * 20 + b"\xff\xfe rusak")
    assert decoded.text.startswith(TEXT)
    assert (decoded.encoding, decoded.repaired) == ("utf-8", True)


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252"])
def test_mojibake_is_undone(encoding: str) -> None:
    text = "“Kami takut,” kata José. Warga – 40 orang – mengungsi ke kafé… Suhu 27\xa0°C"
    wrong = "".join(
        char if char < "\x80" else char.encode().decode(encoding, "ignore") for char in text
    )
    if encoding == "cp1252":  # five bytes have no character there: they pass as controls
        wrong = text.encode().decode("latin-1")
    assert wrong != text
    assert repair(wrong) == text


def test_mojibake_twice_over() -> None:
    once = "“Banjir”".encode().decode("mac_roman")
    assert repair(once.encode().decode("mac_roman")) == "“Banjir”"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Émile “Élan” Çelik naïve façade Ñandú",
        "Suhu 27° ± 2°, luas 40 m², harga € 5",
        "بسم الله الرحمن الرحيم",
        "日本語 한국어 русский ελληνικά",
        "Emoji 🏁 dan 🎉",
        "«kutipan» – “kutipan” — ‘kutipan’…",
        "kata “Émile” dan “Évian”",
    ],
)
def test_good_text_comes_back_as_the_very_same_object(text: str) -> None:
    assert repair(text) is text


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@given(st.text(max_size=200))
def test_utf8_survives(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    assert decode(b"\xef\xbb\xbf" + data).text == repair(data.decode())
