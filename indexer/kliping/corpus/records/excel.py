"""Excel's workbooks (.xlsx), read row by row: memory does not grow with the sheets."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import timedelta
from typing import IO, Any

from kliping.corpus.containers.libraries import optional
from kliping.corpus.records.office import Sheet, elements
from kliping.corpus.records.strings_on_disk import StringsOnDisk


def excel_sheets(file: IO[bytes], /) -> Iterator[Sheet]:
    """Yield the sheets of a workbook: the name of each, and its rows.

    Raises:
        LibraryMissing: openpyxl is not installed.
        ValueError, KeyError, OSError: it is no workbook, or a broken one.
    """
    reader = _reader(optional("openpyxl.reader.excel", extra="spreadsheets"))
    with warnings.catch_warnings():  # of styles and extensions, which hold no articles
        warnings.simplefilter("ignore")
        book = reader(file, read_only=True, data_only=True, keep_links=False)
        try:
            book.read()
            for sheet in book.wb.worksheets:
                sheet.reset_dimensions()  # programs claim a million rows, and all columns
                yield sheet.title, (tuple(map(_plain, row)) for row in sheet.values)
        finally:
            if isinstance(book.shared_strings, StringsOnDisk):
                book.shared_strings.close()


def _reader(excel: Any) -> Any:
    """Return openpyxl's reader of workbooks, but for the strings: it would hold them all."""

    class Reader(excel.ExcelReader):  # type: ignore[misc]  # of a module that may be missing
        def read_strings(self) -> None:
            part = self.package.find(excel.SHARED_STRINGS)
            if part is not None:
                with self.archive.open(part.PartName[1:]) as file:
                    self.shared_strings = StringsOnDisk(
                        "".join(node.itertext("{*}t")) for node in elements(file, "{*}si")
                    )

    return Reader


def _plain(value: object) -> object:
    """Return the value of a cell as JSON would have it; a whole number without its point."""
    if isinstance(value, str):
        return value.replace("_x000D_", "")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
