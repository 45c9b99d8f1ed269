"""Spreadsheets: each sheet is a table of records, whatever stands above its header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import IO
from zipfile import BadZipFile, ZipFile

from kliping.article import Article
from kliping.corpus.containers.archives import seekable
from kliping.corpus.containers.streams import DAMAGE, Opened
from kliping.corpus.files import Problem
from kliping.corpus.records.excel import excel_sheets
from kliping.corpus.records.header import LOOKED_AT, Header, header_of
from kliping.corpus.records.office import Sheet, check
from kliping.corpus.records.opendocument import open_sheets
from kliping.corpus.records.rows import Row, Rows, read_rows
from kliping.errors import LibraryMissing

Cells = tuple[object, ...]

# What openpyxl raises for a workbook that is broken, or none.
_BROKEN = (*DAMAGE, BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError)


def read_excel(opened: Opened, /) -> Iterator[Article | Problem]:
    """Yield the articles of the rows of an Excel workbook, and what is wrong with one."""
    return _read(opened, excel_sheets)


def read_ods(opened: Opened, /) -> Iterator[Article | Problem]:
    """Yield the articles of the rows of an OpenDocument spreadsheet."""
    return _read(opened, open_sheets)


def _read(
    opened: Opened, sheets_of: Callable[[IO[bytes]], Iterator[Sheet]]
) -> Iterator[Article | Problem]:
    try:
        with seekable(opened) as file:
            with ZipFile(file) as archive:
                check(archive, opened.budget)
            number = 0
            for name, rows in sheets_of(file):
                for item in _sheet(opened, name, rows, number):
                    number += isinstance(item, Article)
                    yield item
    except LibraryMissing as error:
        yield Problem(opened.path, str(error), kind="failed")
    except _BROKEN as error:
        yield Problem(opened.path, f"a damaged or cut-off spreadsheet: {error}")


def _sheet(
    opened: Opened, name: str, rows: Iterator[Cells], before: int
) -> Iterator[Article | Problem]:
    numbered = ((row, at) for at, row in enumerate(rows, start=1) if any(map(_is_given, row)))
    head = list(islice(numbered, LOOKED_AT))
    if not head:
        return
    mapped = frozenset(each.column for each in opened.file.columns)
    header = header_of([([_shown(cell) for cell in row], at) for row, at in head], mapped)
    if header is None:
        yield Problem(opened.path, f"sheet {name!r} has no column of ours, such as judul or isi")
        return
    form = f"sheet {name!r}, " + (f"header in row {header.line}" if header.line else "no header")
    yield from read_rows(opened, form, _rows(chain(head, numbered), header, before))


def _rows(numbered: Iterator[tuple[Cells, int]], header: Header, before: int) -> Rows:
    number = before
    for row, at in numbered:
        if at > header.line:
            number += 1
            yield Row(dict(zip(header.names, row, strict=False)), at, number)


def _is_given(cell: object) -> bool:
    return cell is not None and cell != ""


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
