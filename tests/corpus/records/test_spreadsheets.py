"""Spreadsheets: dates, clocks and numbers as they are typed, titles above the header, sheets."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from kliping.corpus import SourceFile, read_file
from kliping.corpus.text.dates import WIB
from tests.corpus.records.making import BODIES, TITLES, articles, problems, profile

openpyxl = pytest.importorskip("openpyxl")

HEADER = ("No", "Judul", "Isi Berita", "Tgl Terbit", "Jam", "Tautan")


def workbook(*sheets: list[tuple[object, ...]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Lembar {number}")
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def row(number: int, published: object, clock: object = None) -> tuple[object, ...]:
    url = f"https://kabar.example/{number}"
    return (number, TITLES[number], BODIES[number], published, clock, url)


def ods(*rows: str, name: str = "Lembar1", head: str = "") -> bytes:
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    table = f'<table:table table:name="{name}">{"".join(rows)}</table:table>'
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{head}<office:document-content{spaces}><office:body>'
            f"<office:spreadsheet>{table}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return kept.getvalue()


def cells(*texts: str) -> str:
    inner = "".join(
        text
        if text.startswith("<")
        else f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"
        for text in texts
    )
    return f"<table:table-row>{inner}</table:table-row>"


def test_a_title_and_an_empty_row_above_the_header(tmp_path: Path) -> None:
    data = workbook([("Arsip Kabar Wening 2024",), (), HEADER, row(0, None), row(1, None)])
    found = articles(tmp_path / "a.xlsx", data)
    assert [(each.title, each.body) for each in found] == list(zip(TITLES, BODIES, strict=True))[:2]
    assert profile(tmp_path / "a.xlsx", data).form == "sheet 'Lembar 1', header in row 3"


@pytest.mark.parametrize(
    ("published", "clock", "expected"),
    [
        (datetime(2024, 3, 12, 9, 15), None, datetime(2024, 3, 12, 9, 15, tzinfo=WIB)),
        (date(2024, 3, 12), time(9, 15), datetime(2024, 3, 12, 9, 15, tzinfo=WIB)),
        (date(2024, 3, 12), "09.15 WIB", datetime(2024, 3, 12, 9, 15, tzinfo=WIB)),
        (
            date(2024, 3, 12),
            timedelta(hours=9, minutes=15),
            datetime(2024, 3, 12, 9, 15, tzinfo=WIB),
        ),
        (45363, None, datetime(2024, 3, 12, tzinfo=WIB)),
        (45363.5, None, datetime(2024, 3, 12, 12, tzinfo=WIB)),
        ("45363", None, datetime(2024, 3, 12, tzinfo=WIB)),
        ("Selasa, 12 Maret 2024", "pukul 09.15", datetime(2024, 3, 12, 9, 15, tzinfo=WIB)),
        ("#N/A", None, None),
    ],
)
def test_moments(
    tmp_path: Path, published: object, clock: object, expected: datetime | None
) -> None:
    data = workbook([HEADER, row(0, published, clock)])
    (found,) = articles(tmp_path / "a.xlsx", data)
    assert found.published == expected


def test_each_sheet_is_a_table(tmp_path: Path) -> None:
    other = [("headline", "content"), (TITLES[2], BODIES[2])]
    data = workbook([HEADER, row(0, None)], [("catatan",), (7,)], [], other)
    assert [each.title for each in articles(tmp_path / "a.xlsx", data)] == [TITLES[0], TITLES[2]]
    assert problems(tmp_path / "a.xlsx", data) == [
        "skipped: sheet 'Lembar 2' has no column of ours, such as judul or isi"
    ]


def test_a_workbook_by_any_name_and_within_an_archive(tmp_path: Path) -> None:
    data = workbook([HEADER, row(0, None)])
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("arsip/a.xlsx", data)
    (inner,) = articles(tmp_path / "a.zip", kept.getvalue())
    assert inner.path is not None
    assert inner.path.endswith("a.zip!arsip/a.xlsx")
    assert len(articles(tmp_path / "arsip", data)) == 1


def test_ids_that_number_rows_are_none(tmp_path: Path) -> None:
    rows = [HEADER[:3], *[(n, TITLES[n], BODIES[n]) for n in range(3)]]
    ids = [each.id for each in articles(tmp_path / "a.xlsx", workbook(rows))]
    assert not {"0", "1", "2"}.intersection(ids)


def test_open_document(tmp_path: Path) -> None:
    day = '<table:table-cell office:value-type="date" office:date-value="2024-03-12"/>'
    clock = '<table:table-cell office:value-type="time" office:time-value="PT09H15M00S"/>'
    number = '<table:table-cell office:value-type="float" office:value="7"/>'
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    data = ods(
        cells("Arsip 2024", empty),
        cells("Judul", "Isi", "Tanggal", "Jam", "suka"),
        cells(TITLES[0], BODIES[0], day, clock, number, empty),
        cells(
            TITLES[1], BODIES[1], '<table:table-cell table:number-columns-repeated="2"/>', number
        ),
    )
    first, second = articles(tmp_path / "a.ods", data)
    assert (first.title, first.body) == (TITLES[0], BODIES[0])
    assert first.published == datetime(2024, 3, 12, 9, 15, tzinfo=WIB)
    assert (second.title, second.published) == (TITLES[1], None)


@pytest.mark.parametrize("cut", [0.3, 0.9])
@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_a_broken_one_is_said_to_be_one(tmp_path: Path, name: str, cut: float) -> None:
    data = workbook([HEADER, row(0, None)])
    data = data if name == "a.xlsx" else ods(cells("Judul", "Isi"), cells(*TITLES[:2]))
    (problem,) = problems(tmp_path / name, data[: int(len(data) * cut)])
    assert "damaged or cut-off" in problem


def test_entities_are_refused(tmp_path: Path) -> None:
    data = ods(cells("Judul", "Isi"), head='<!DOCTYPE a [<!ENTITY b "c">]>')
    (problem,) = problems(tmp_path / "a.ods", data)
    assert "declares entities" in problem


def test_memory_does_not_grow_with_the_sheet(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(("judul", "isi"))
        for number in range(rows):
            sheet.append((f"Banjir {number} di Wening", f"{number} " + BODIES[0] * 8))
        book.save(tmp_path / "a.xlsx")
        file = SourceFile(tmp_path / "a.xlsx", "in/a.xlsx", 0, 0)
        tracemalloc.start()
        assert sum(1 for _ in read_file(file)) == rows
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(5)  # what is imported and compiled once
    few, many = peak(300), peak(700)
    assert many - few < 400 * 8 * len(BODIES[0]) / 2  # of the texts that came by meanwhile
