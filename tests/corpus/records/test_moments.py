"""The moment that a value names, whatever program wrote it; and words for nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kliping.corpus.records.moments import at_clock, moment_of
from kliping.corpus.text.dates import parse_date
from tests.corpus.records.making import BODIES, articles, problems

NOTHING = [
    "NULL",
    "\\N",
    "nan",
    "NaN",
    "NaT",
    "None",
    "N/A",
    "null",
    "-",
    "undefined",
    "#N/A",
    "[]",
    "<NA>",
]


@pytest.mark.parametrize(
    ("value", "name", "expected"),
    [
        (45363, "tgl", "2024-03-12T00:00:00+07:00"),
        ("45363.5", "tgl", "2024-03-12T12:00:00+07:00"),
        ("45363,5", "tgl", "2024-03-12T12:00:00+07:00"),
        (20240312, "tgl", "2024-03-12T00:00:00+07:00"),
        (1710209700, "waktu", "2024-03-12T09:15:00+07:00"),
        (1710209700000, "waktu", "2024-03-12T09:15:00+07:00"),
        ("1710209700.0", "waktu", "2024-03-12T09:15:00+07:00"),
        ("1710209700000.0", "waktu", "2024-03-12T09:15:00+07:00"),
        ("1.710209700E+9", "waktu", "2024-03-12T09:15:00+07:00"),
        ("1.71E+12", "waktu", None),  # a spreadsheet has rounded it by weeks
        (2024, "tahun", None),
        (7, "tgl", None),
        ("2024-03-12 02:15:00", "post_date_gmt", "2024-03-12T02:15:00+00:00"),
        ("2024-03-12T09:15:00+07:00", "time_utc", "2024-03-12T09:15:00+07:00"),
        ({"$date": {"$numberLong": "1710209700000"}}, "waktu", "2024-03-12T09:15:00+07:00"),
        ([{"value": "2024-03-12"}], "created", "2024-03-12T00:00:00+07:00"),
        ("0000-00-00 00:00:00", "tgl", None),
        ("1970-01-01 00:00:00", "tgl", None),
    ],
)
def test_moments(value: object, name: str, expected: str | None) -> None:
    found = moment_of(value, name=name)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize("clock", ["09:15", "09.15 WIB", "pukul 09.15", "9:15:00", "9:15 AM"])
def test_a_clock_beside_a_day(clock: str) -> None:
    day = parse_date("12 Maret 2024")
    assert day
    assert at_clock(day, clock) == parse_date("2024-03-12 09:15 WIB")
    assert at_clock(day, "pagi") == day


@pytest.mark.parametrize("word", NOTHING)
def test_words_for_nothing_are_nothing_in_every_field(tmp_path: Path, word: str) -> None:
    fields = (
        "judul",
        "tanggal",
        "penulis",
        "sumber",
        "url",
        "kategori",
        "tags",
        "gambar",
        "bahasa",
    )
    record = dict.fromkeys(fields, word) | {
        "isi": BODIES[0],
        "authors": [word],
        "headline": "Pasar",
    }
    data = json.dumps(record)
    (found,) = articles(tmp_path / "a.jsonl", data)
    assert (found.title, found.body) == ("Pasar", BODIES[0])
    assert not any((found.authors, found.source, found.url, found.section, found.tags, found.image))
    assert not problems(tmp_path / "a.jsonl", data)
    assert not articles(tmp_path / "a.jsonl", json.dumps({"judul": word, "isi": word}))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("['Rina Sari', 'Budi Wening']", ("Rina Sari", "Budi Wening")),
        ("['Rina Sari' 'Budi Wening']", ("Rina Sari", "Budi Wening")),
        ('["Rina Sari"]', ("Rina Sari",)),
        ("Rina Sari | Budi Wening", ("Rina Sari", "Budi Wening")),
        ([{"display_name": "Rina Sari", "id": 7}], ("Rina Sari",)),
        ("[Rina Sari", ("Rina Sari",)),
    ],
)
def test_lists_in_a_cell(tmp_path: Path, value: object, expected: tuple[str, ...]) -> None:
    (found,) = articles(tmp_path / "a.jsonl", json.dumps({"isi": BODIES[0], "authors": value}))
    assert found.authors == expected


def test_a_summary_stands_in_for_a_body_and_is_told(tmp_path: Path) -> None:
    data = json.dumps({"title": "Pasar", "description": BODIES[0], "content": None})
    (found,) = articles(tmp_path / "a.jsonl", data)
    assert found.body == BODIES[0]
    assert problems(tmp_path / "a.jsonl", data) == [
        "note: a summary only, kept as the body, in 1 record"
    ]


def test_days_and_months_that_stood_swapped_are_told(tmp_path: Path) -> None:
    url = "https://contoh.example/read/2019/09/10/judul"
    rows = [
        {"isi": body, "url": f"{url}-{n}", "tanggal": day}
        for n, (body, day) in enumerate(
            zip(BODIES, ("2019-10-09 21:48", "2019-09-10 21:48", "2019-10-09 08:00"), strict=True)
        )
    ]
    data = "\n".join(map(json.dumps, rows))
    assert [
        each.published and each.published.month for each in articles(tmp_path / "a.jsonl", data)
    ] == [9, 9, 9]
    assert problems(tmp_path / "a.jsonl", data) == [
        "note: day and month stood swapped, as the address shows, in 2 dates"
    ]


def test_records_with_a_title_alone_are_counted(tmp_path: Path) -> None:
    rows = [{"judul": "Pasar dibuka"}, {"judul": "Banjir", "isi": BODIES[0]}]
    data = "\n".join(map(json.dumps, rows))
    assert len(articles(tmp_path / "a.jsonl", data)) == 2
    assert problems(tmp_path / "a.jsonl", data) == ["note: a title and no text in 1 record"]


def test_a_file_without_dates_that_has_a_column_of_them_is_named(tmp_path: Path) -> None:
    rows = [
        {"judul": f"Banjir {n}", "isi": BODIES[0], "diambil": f"2024-03-1{n}"} for n in range(3)
    ]
    (said,) = problems(tmp_path / "a.json", json.dumps(rows))
    assert said.startswith("doubtful: none of its records has a date, though diambil looks like")
    assert len(articles(tmp_path / "a.json", json.dumps(rows), columns="tanggal=diambil")) == 3
