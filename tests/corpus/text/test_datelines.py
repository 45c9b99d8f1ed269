"""Datelines that give a full date: it is the article's where nothing better is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kliping.article import Article
from kliping.corpus import SourceFile, extract, read_file
from kliping.corpus.text.datelines import find_dateline

_TEXT = "Hujan deras mengguyur kota sejak subuh dan merendam tiga kelurahan."


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("Jakarta, 3 Februari 2024 – ", "Jakarta"),
        ("LEMBAH WENING, 3 Februari 2024 - ", "Lembah Wening"),
        ("Lembah Wening, Sabtu, 3 Februari 2024 -- ", "Lembah Wening"),
        ("Lembah Wening (3/2/2024) — ", "Lembah Wening"),
        ("Jakarta, 03 Februari 2024: ", "Jakarta"),
        ("Jakarta, 3/2/2024 (ANTARA) - ", "Jakarta"),
        ("JAKARTA, KOMPAS.com (3/2/2024) - ", "Jakarta"),
    ],
)
def test_a_full_date_in_a_dateline(dateline: str, place: str, tmp_path: Path) -> None:
    found = find_dateline(dateline + _TEXT)
    assert found
    assert (found.place, found.rest) == (place, _TEXT)
    assert found.published
    assert f"{found.published:%Y-%m-%d}" == "2024-02-03"
    record = {"judul": "Banjir", "isi": dateline + _TEXT}
    assert read(tmp_path, record).published == found.published
    page = f"<h1>Banjir</h1><article><p>{dateline}{_TEXT}</p>" + f"<p>{_TEXT}</p>" * 9
    assert extract(page).published == found.published


def read(folder: Path, record: dict[str, str]) -> Article:
    path = folder / "a.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    (article,) = read_file(SourceFile(path, "x/a.json", 1, 0))
    assert isinstance(article, Article)
    return article


def test_what_the_record_says_is_better(tmp_path: Path) -> None:
    record = {
        "judul": "Banjir",
        "isi": f"Jakarta, 3 Februari 2024 – {_TEXT}",
        "tanggal": "2024-02-05",
    }
    day = read(tmp_path, record).published
    assert day
    assert day.day == 5


@pytest.mark.parametrize(
    "text",
    [
        "Pada Senin, 3 Februari 2024 – hari itu hujan.",
        "Senin, 3 Februari 2024 – Hujan turun.",
        "Rina Sari, 3 Februari 1957 – 4 Mei 2020, dikenang warga.",
        "Sejak Sabtu, 3 Februari 2024, hujan turun.",
        "Rina lahir di Wening, 3 Februari 1990 – Ia dibesarkan di sana.",
    ],
)
def test_a_sentence_with_a_date_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


@pytest.mark.parametrize("day", ["3/2", "3 Februari", "31 Februari 2024"])
def test_no_date_is_made_up(day: str) -> None:
    found = find_dateline(f"Jakarta, {day} (ANTARA) - {_TEXT}")
    assert found is None or found.published is None
