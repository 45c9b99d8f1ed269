"""Tables as text (CSV, TSV): a record a row, streamed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from kliping.article import Article
from kliping.corpus.containers.streams import Opened
from kliping.corpus.files import Kind, Problem, suffix_of
from kliping.corpus.records.dialect import Dialect, dialect_of
from kliping.corpus.records.lines import Lines, lines_of
from kliping.corpus.records.naming import meaning
from kliping.corpus.records.rows import Row, Rows, read_rows
from kliping.corpus.records.sampling import sample
from kliping.values import counted

_LOOKED_AT = 200_000  # characters in which a header must come
_LONGEST_CELL = 4 << 20  # characters; csv's own limit is for any cell, and too little for a book
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_ESCAPES = re.compile(r"\\(.)")
_BREAK = "\x1e"  # stands for a line break that is written as one, until the row is parted
_MEANT = {"n": _BREAK, "r": "", "t": " ", "0": "", "N": ""}


def read_delimited(opened: Opened, /) -> Iterator[Article | Problem]:
    """Yield the article of each row, and what is wrong with a row."""
    lines = lines_of(opened)
    source = _ended(lines)
    head = _head(source)
    mapped = frozenset(each.column for each in opened.file.columns)
    dialect = dialect_of(head, mapped)
    if dialect is None:
        yield from lines.drained()
        reason = "no line names a column of ours, such as judul or isi; try: --map isi=COLUMN"
        kind: Kind = "skipped" if suffix_of(lines.path) == ".csv" else "ignored"
        yield Problem(lines.path, reason, 1, kind)
        return
    table = _Table(dialect, lines, _Lines(chain(head[dialect.header :], source), dialect.header))

    def elsewhere(text: str) -> Iterable[object]:
        rows = dialect.reader(_ended(_LINES.findall(text)[1:]))
        return list(_whole(rows, dialect))

    form = str(dialect)
    yield from read_rows(opened, form, table.rows(), lambda: sample(opened, elsewhere))


def _head(source: Iterator[str]) -> list[str]:
    head: list[str] = []
    size = 0
    for line in source:
        head.append(line)
        size += len(line)
        if size > _LOOKED_AT:
            break
    return head


def _ended(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines that end in a line feed, those too that end as on old Macintoshes."""
    for line in lines:
        if "\r" in line.removesuffix("\r\n"):
            text = line.replace("\r\n", "\n").replace("\r", "\n")
            yield from _LINES.findall(text)
        else:
            yield line


def _whole(rows: Iterator[list[str]], dialect: Dialect) -> Iterator[object]:
    """Yield the rows that are as wide as the header, of a piece of a table; the last may be cut."""
    try:
        found = [row for row in rows if len(row) == len(dialect.names)]
    except csv.Error:
        return
    yield from (dict(zip(dialect.names, row, strict=True)) for row in found[:-1])


@dataclass(slots=True)
class _Lines:
    """Lines that can be put back, and are remembered until a row begins."""

    source: Iterator[str]
    number: int
    begun: int = 0
    taken: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.back.pop() if self.back else next(self.source)
        self.number += 1
        self.taken.append(line)
        return line

    def begin(self) -> None:
        """Note that a row begins here."""
        self.taken.clear()
        self.begun = self.number + 1

    def put_back(self) -> None:
        """Put all lines of a row back but its first."""
        rest = self.taken[1:]
        self.back += reversed(rest)
        self.number -= len(rest)


@dataclass(slots=True)
class _Table:
    """The rows of a table, those mended that its writer broke."""

    dialect: Dialect
    told: Lines
    lines: _Lines

    def rows(self) -> Rows:
        """Yield each row as a record, and what is wrong with one."""
        number = 0
        for cells in self._cells():
            yield from self.told.drained()
            if any(cells):
                number += 1
                names = self.dialect.names
                fitted = cells if len(cells) <= len(names) else self._narrowed(cells)
                yield from self.told.drained()
                record = dict(zip(names, fitted, strict=False))
                yield Row(record, self.lines.begun, number)
        yield from self.told.drained()

    def _cells(self) -> Iterator[list[str]]:
        reader = self._reader()
        while True:
            self.lines.begin()
            try:
                row = _next(reader)
            except StopIteration:
                return
            except csv.Error:
                row = None
            if row is None or (len(self.lines.taken) > 1 and not self._is_sound()):
                first = self.lines.taken[0].rstrip("\r\n").split(self.dialect.delimiter)
                if row is None or self._has_no_end() or len(first) == len(self.dialect.names):
                    self._tell("a quotation that never ends: its first line is taken as it stands")
                    self.lines.put_back()
                    reader = self._reader()
                    row = [cell.strip().strip('"') for cell in first]
            yield [cell.replace(_BREAK, "\n") for cell in row] if self.dialect.escape else row

    def _reader(self) -> Iterator[list[str]]:
        if self.dialect.escape is None:
            return self.dialect.reader(self.lines)
        return self.dialect.reader(_ESCAPES.sub(_unescaped, line) for line in self.lines)

    def _is_sound(self) -> bool:
        """Say whether a row of several lines is written as it should be.

        A quotation that somebody forgot to end swallows the next row, up to its first mark, and
        behind that stands no delimiter.
        """
        try:
            return len(list(self.dialect.reader(self.lines.taken, strict=True))) == 1
        except csv.Error:
            return False

    def _has_no_end(self) -> bool:
        """Say whether the row at hand ended with the file only."""
        return not self.dialect.escape and '"' not in self.lines.taken[-1]

    def _narrowed(self, cells: list[str]) -> list[str]:
        """Return a row without the cells that it has too many: a text's delimiters, unquoted."""
        wide = len(self.dialect.names)
        if not any(cells[wide:]):
            return cells
        extra = len(cells) - wide
        at = next(
            (
                place
                for place, name in enumerate(self.dialect.names)
                if (found := meaning(name)) and found.field == "body"
            ),
            max(range(wide), key=lambda place: len(cells[place])),
        )
        self._tell(
            f"{extra + wide} cells under {counted(wide, 'name')}: the text has a delimiter unquoted"
        )
        joined = self.dialect.delimiter.join(cells[at : at + extra + 1])
        return [*cells[:at], joined, *cells[at + extra + 1 :]]

    def _tell(self, reason: str) -> None:
        self.told.problems.append(
            Problem(self.told.path, reason, self.lines.begun, kind="repaired")
        )


def _next(rows: Iterator[list[str]]) -> list[str]:
    """Return the next row, however long its cells; the limit is everyone's, so put back."""
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        return next(rows)
    finally:
        csv.field_size_limit(limit)


def _unescaped(found: re.Match[str]) -> str:
    return _MEANT.get(found[1], found[0])
