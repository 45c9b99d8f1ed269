"""Which language a text is in: ten short articles of each, of our own writing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.text import languages
from kliping.corpus.text.languages import language_code, language_of

TEXTS = [
    pytest.param(path.stem, text, id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parents[2] / "data" / "languages").glob("*.txt"))
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n\n"), start=1)
]
pytest.importorskip("pycld2", reason="the extra 'language' is not installed")


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_ten_texts_of_each(language: str, text: str) -> None:
    assert language_of(text) == language


def test_there_are_ten_texts_of_each() -> None:
    assert [row.values[0] for row in TEXTS] == [
        name for name in ("en", "id", "jv", "ms", "su") for _ in range(10)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12.345.678",
        "Ya.",
        "Les habitants du village ont construit un pont de bambou après les inondations de mars.",
        "Los vecinos del valle levantaron un puente de bambú después de las lluvias de marzo.",
        "バンブーの橋が完成した。住民は喜んでいる。",
    ],
)
def test_another_language_or_none(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize("language", ["en", "jv", "ms", "su"])
def test_no_other_language_is_surely_indonesian(language: str) -> None:
    texts = [str(row.values[1]) for row in TEXTS if row.values[0] == language]
    assert not any(map(languages._is_surely_indonesian, texts))
    assert not languages._is_surely_indonesian(" ".join(texts))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "id",
            "Kementerian Pertahanan Arab Saudi menunjukkan puing drone yang diklaim sebagai bukti "
            "bahwa pemberontak berada di balik serangan terhadap kilang minyak kerajaan. Serangan "
            "yang menghantam fasilitas kerajaan itu melumpuhkan kilang.",
        ),
        (
            "ms",
            "Presiden Indonesia berkata pemerintah di Jakarta akan menyiasat kes korupsi itu. "
            "Bupati Wening dan polis pula memaklumkan bahawa tiada kemalangan jiwa dilaporkan, "
            "manakala jabatan kebajikan telah menghantar bantuan makanan untuk penduduk kampung.",
        ),
    ],
)
def test_news_of_the_neighbours(language: str, text: str) -> None:
    assert language_of(text) == language


@given(st.text())
def test_any_text(text: str) -> None:
    assert language_of(text) in {None, "id", "ms", "jv", "su", "en"}


def test_the_beginning_decides() -> None:
    first = {row.values[0]: str(row.values[1]) for row in TEXTS}
    assert language_of(f"{first['id']} " * 4 + first["en"] * 20) == "id"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("id", "id"),
        ("ID-id", "id"),
        ("in", "id"),
        ("ind", "id"),
        (" Bahasa  Indonesia ", "id"),
        ("English", "en"),
        ("en_US", "en"),
        ("jw", "jv"),
        ("zsm-MY", "ms"),
        ("zh", "zh"),
        ("bahasa", None),
        ("7", None),
        ("", None),
        (None, None),
    ],
)
def test_codes(name: str | None, code: str | None) -> None:
    assert language_code(name) == code


def test_without_the_library_no_language_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycld2", None)
    languages._detector.cache_clear()
    try:
        assert language_of(TEXTS[0].values[1]) is None
    finally:
        languages._detector.cache_clear()
