"""A text file is taken apart, and no sentence of it is lost."""

from __future__ import annotations

import itertools
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.article import Article
from kliping.corpus import SourceFile, read_file
from kliping.corpus.text.dates import WIB
from kliping.corpus.text.plain_text import parse_text

TITLE = "Banjir Wening Surut, Warga Mulai Pulang"
TEASER = "Lumpur masih setebal 20 sentimeter di ruang tamu Rina."
BODY = [
    "Warga Kampung Hulu mulai kembali ke rumah mereka pada Selasa (6/2/2024).",
    TEASER,
    '"Kami takut hujan lagi," kata Rina Sari (33), ibu dua anak.',
    "Bupati berjanji memperbaiki tanggul sebelum akhir tahun.",
]
HEADER = ["Rina Sari", "Penulis", TEASER]
TAIL = [
    "(rsa/bws)",
    "Artikel Terkait",
    "Cara Membersihkan Lumpur",
    "Harga Beras Naik Lagi di Pasar",
]


def shape(header: list[str], dateline: str, between: str = "\n\n") -> str:
    first, *rest = BODY
    paragraphs = [dateline + first, rest[0], "Baca Juga: Air Sungai Surut", *rest[1:]]
    return "\n".join([TITLE, *header]) + "\n" + between.join([*paragraphs, *TAIL])


def read(text: str | bytes, folder: Path, name: str = "a.txt") -> Article:
    data = text.encode() if isinstance(text, str) else text
    path = folder / name
    path.write_bytes(data)
    (article,) = read_file(SourceFile(path, f"x/{name}", len(data), 0))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("header", list(itertools.permutations(HEADER)))
@pytest.mark.parametrize("dateline", ["Intisari-online.com - ", "JAKARTA, KOMPAS.com - "])
def test_the_header_in_any_order(header: tuple[str, ...], dateline: str, tmp_path: Path) -> None:
    article = read(shape(list(header), dateline), tmp_path)
    assert article.title == TITLE
    assert article.authors == ("Rina Sari",)
    assert article.body.split("\n\n") == BODY
    assert article.source in {"Intisari Online", "Kompas.com"}
    assert article.path == (tmp_path / "a.txt").as_posix()


@pytest.mark.parametrize(
    "header",
    [
        ["Rina Sari - Penulis", TEASER],
        ["Penulis: Rina Sari", TEASER],
        [TEASER, "Penulis | Rina Sari"],
        ["Oleh", "Rina Sari"],
        ["PENULIS", "RINA SARI"],
        ["Selasa, 6 Februari 2024 10:00 WIB", "Rina Sari", "Penulis"],
    ],
)
def test_other_headers(header: list[str], tmp_path: Path) -> None:
    article = read(shape(header, "Wening.com - "), tmp_path)
    assert (article.authors, article.body.split("\n\n")) == (("Rina Sari",), BODY)


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\n \n\n"])
def test_however_paragraphs_are_parted(between: str, tmp_path: Path) -> None:
    article = read(shape(HEADER, "Wening.com - ", between), tmp_path)
    assert article.body.split("\n\n") == BODY


def test_without_a_dateline(tmp_path: Path) -> None:
    article = read(shape(["Rina Sari", "Penulis"], ""), tmp_path)
    assert (article.authors, article.body.split("\n\n")) == (("Rina Sari",), BODY)


def test_a_date_line(tmp_path: Path) -> None:
    text = f"{TITLE}\nSelasa, 6 Februari 2024 | 10:05 WITA\n\n" + "\n\n".join(BODY)
    article = read(text, tmp_path)
    assert article.published == datetime.fromisoformat("2024-02-06T10:05+08:00")
    assert article.body.split("\n\n") == BODY


def test_a_teaser_that_says_more_than_the_body_stays(tmp_path: Path) -> None:
    teaser = "Tiga warga belum ditemukan."
    article = read(shape([teaser, "Rina Sari", "Penulis"], "Wening.com - "), tmp_path)
    assert article.body.split("\n\n") == [teaser, *BODY]


def test_no_title_where_the_first_line_is_a_sentence(tmp_path: Path) -> None:
    article = read("\n\n".join(BODY), tmp_path)
    assert (article.title, article.body.split("\n\n")) == (None, BODY)


def test_wrapped_lines_are_joined(tmp_path: Path) -> None:
    text = f"{TITLE}\n\nWarga mulai kembali\nke rumah mereka pada\nSelasa pagi setelah\nair surut."
    assert read(text, tmp_path).body == (
        "Warga mulai kembali ke rumah mereka pada Selasa pagi setelah air surut."
    )


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    text = f"""---
title: "Sampah, sungai, dan kita"
author: Redaksi Wening
date: 2024-02-12
tags: [lingkungan, sampah]
---

# Sampah, sungai, dan kita

{BODY[0]} Ada **86 ton** di [pintu air](https://contoh.id/a "judul"), *katanya*.

> Sungai mengembalikan titipan kita.

## Yang dapat dilakukan

- Tambah armada.
- Hidupkan bank_sampah_desa lagi.

![foto](a.jpg)
"""
    article = read(text, tmp_path, "a.md")
    assert article.title == "Sampah, sungai, dan kita"
    assert article.authors == ("Redaksi Wening",)
    assert article.published == datetime(2024, 2, 12, tzinfo=WIB)
    assert article.tags == ("lingkungan", "sampah")
    assert article.body.split("\n\n") == [
        f"{BODY[0]} Ada 86 ton di pintu air, katanya.",
        "Sungai mengembalikan titipan kita.",
        "Yang dapat dilakukan",
        "- Tambah armada.",
        "- Hidupkan bank_sampah_desa lagi.",
    ]


def test_a_list_in_front_matter() -> None:
    assert parse_text("---\ntags:\n  - banjir\n  - 'Wening'\nkosong:\n---\nIsi.")["tags"] == [
        "banjir",
        "Wening",
    ]


WORDS = st.sampled_from("banjir melanda kota Wening sejak Senin pagi dan warga mengungsi".split())
SENTENCES = st.lists(WORDS, min_size=4, max_size=14).map(
    lambda words: " ".join(words).capitalize() + "."
)


@given(
    sentences=st.lists(SENTENCES, min_size=1, max_size=9),
    header=st.permutations(HEADER),
    between=st.sampled_from(["\n", "\n\n"]),
    place=st.integers(min_value=0, max_value=9),
)
def test_no_sentence_is_lost(
    sentences: list[str], header: list[str], between: str, place: int
) -> None:
    lines = ["Wening.com - " + TEASER, *sentences]
    lines.insert(1 + place % len(lines), "Baca Juga: Air Sungai Surut")
    record = parse_text("\n".join([TITLE, *header]) + "\n" + between.join(lines))
    body = str(record["body"])
    assert record["authors"] == ["Rina Sari"]
    assert all(sentence in body for sentence in sentences)
    assert body.count(TEASER) == 1


@given(st.text(max_size=400), st.booleans())
def test_any_text_parses(text: str, markdown: bool) -> None:
    assert "body" in parse_text(text, markdown=markdown)


def test_only_names_beside_the_role_are_authors(tmp_path: Path) -> None:
    article = read(
        shape(["Lumpur Di Mana-mana", TEASER, "Rina Sari", "Penulis"], "A.com - "), tmp_path
    )
    assert article.authors == ("Rina Sari",)
    assert article.body.split("\n\n") == ["Lumpur Di Mana-mana", *BODY]


@pytest.mark.parametrize(
    "above",
    [
        f"*{TITLE}*",
        f"_Diteruskan dari grup sebelah_\n\n*{TITLE}*",
        f"[05/11/24 15.40.12] Grup Warta: *{TITLE}*",
        f"5/11/24, 15.40 - Rina: {TITLE}",
        f"Beranda > Daerah > Arunika\n\n{TITLE}",
    ],
)
def test_what_messengers_and_copying_add(above: str, tmp_path: Path) -> None:
    found = read("\n\n".join([above, *BODY, "Tolong sebarkan!"]), tmp_path)
    assert (found.title, found.body) == (TITLE, "\n\n".join(BODY))
