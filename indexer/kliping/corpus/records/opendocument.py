"""OpenDocument spreadsheets (.ods), read row by row: memory does not grow with the sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from zipfile import ZipFile

from lxml import etree

from kliping.corpus.records.office import Sheet, elements

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CLOCK = re.compile(r"PT(\d+)H(\d+)M(\d+)")
_MOST = 1000  # columns: a row is filled up to the last, which is the 16,384th


def open_sheets(file: IO[bytes], /) -> Iterator[Sheet]:
    """Yield the sheets of a document: the name of each, and its rows.

    Raises:
        ValueError, KeyError, OSError: it is no such document, or a broken one.
    """
    try:
        with ZipFile(file) as archive, archive.open("content.xml") as content:
            rows = _rows(content)
            name, row = next(rows, ("", ()))
            while name:
                sheet = _Sheet(name, row, rows)
                yield name, iter(sheet)
                for _ in sheet:  # what was not asked for
                    pass
                name, row = sheet.following
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


class _Sheet:
    """The rows of one sheet, out of those of all; ``following`` is the first of the next."""

    def __init__(
        self, name: str, row: tuple[object, ...], rows: Iterator[tuple[str, tuple[object, ...]]]
    ) -> None:
        self._name, self._row, self._rows = name, row, rows
        self.following: tuple[str, tuple[object, ...]] = (name, row)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        while self.following[0] == self._name:
            row = self.following[1]
            self.following = next(self._rows, ("", ()))
            yield row


def _rows(content: IO[bytes]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield each row with the name of its sheet."""
    for node in elements(content, f"{_TABLE}table-row"):
        table = next(node.iterancestors(f"{_TABLE}table"))
        row = tuple(_cells(node))
        yield table.get(f"{_TABLE}name") or "?", row


def _cells(row: etree._Element) -> Iterator[object]:
    waiting = 0  # empty cells, told only when one follows that is not
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated") or 1), _MOST)
        value = _value(cell)
        if value is None:
            waiting += times
        else:
            yield from [None] * waiting
            yield from [value] * times
            waiting = 0


def _value(cell: etree._Element) -> object:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in {"float", "percentage", "currency"}:
        number = float(cell.get(f"{_OFFICE}value") or 0)
        return int(number) if number.is_integer() else number
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value")
    if kind == "time" and (found := _CLOCK.match(cell.get(f"{_OFFICE}time-value") or "")):
        return ":".join(found.groups())
    texts = ["".join(map(str, part.itertext())) for part in cell.iterchildren(f"{_TEXT}p")]
    return "\n".join(texts) or None
