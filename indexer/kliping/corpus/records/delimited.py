"""Tables as text (CSV): a record a row, streamed."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from kliping.article import Article
from kliping.corpus.containers.streams import Opened
from kliping.corpus.files import Problem
from kliping.corpus.formats import delimiter_of
from kliping.corpus.records.columns import RecordReader, known_fields
from kliping.corpus.records.lines import Lines, lines_of


def read_delimited(opened: Opened, /) -> Iterator[Article | Problem]:
    """Yield the article of each row, and what is wrong with a row."""
    lines = lines_of(opened)
    source = iter(lines)
    header = next(source, "")
    try:
        names: list[str] = next(csv.reader([header], delimiter=delimiter_of(header) or ","), [])
    except csv.Error:  # a carriage return by itself
        names = []
    if not known_fields(names) & {"title", "body"}:
        yield Problem(lines.path, "its first line names no column of ours, such as judul or isi", 1)
        return
    reader = RecordReader(lines.path, opened.file.key)
    rows = csv.reader(source, delimiter=delimiter_of(header) or ",")
    for number, row in enumerate(_surviving(rows, lines), start=1):
        yield from lines.drained()
        if any(row):
            record = dict(zip(names, row, strict=False))
            yield from reader.read(record, line=rows.line_num + 1, number=number)
    yield from lines.drained()
    yield from reader.notes()


def _surviving(rows: Iterator[list[str]], lines: Lines) -> Iterator[list[str]]:
    """Yield the rows, and go on after one that csv refuses: a quotation never closed."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            lines.problems.append(Problem(lines.path, f"a broken row: {error}", lines.number))
