"""The rows of a file, profiled before they are read: what all formats of records have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from kliping.article import Article
from kliping.corpus.accounts import tell_profile
from kliping.corpus.containers.streams import Opened
from kliping.corpus.files import Problem
from kliping.corpus.records.profile import take_profile
from kliping.corpus.records.reader import RecordReader
from kliping.corpus.records.sampling import Sampled
from kliping.values import Value

# What is looked at before the first row is read on: rows, and characters in them.
_AHEAD_ROWS, _AHEAD_CHARACTERS = 200, 400_000


class Row(Value):
    """A record as it stands in a file, the line that it begins on, and its place among them."""

    record: object
    line: int | None
    number: int


Rows = Iterator[Row | Problem]


def read_rows(
    opened: Opened, form: str, rows: Rows, elsewhere: Callable[[], Sampled] = Sampled, /
) -> Iterator[Article | Problem]:
    """Yield the articles of rows, and what is wrong with one.

    ``elsewhere`` samples the rest of a large file that can be sought in.
    """
    ahead, is_all = _look_ahead(rows)
    records = [row.record for row in ahead if isinstance(row, Row)]
    sampled = Sampled() if is_all else elsewhere()
    file = opened.file
    profile = take_profile(
        opened.path,
        form,
        [*records, *sampled.records],
        rows=len(records) if is_all else sampled.rows,
        whole=is_all,
        mapping=file.columns,
    )
    for each in profile.missing:
        reason = f"no column {each.column!r} for {each}: read by what its own columns say"
        yield Problem(opened.path, reason, kind="note")
    tell_profile(profile)
    if not ahead:
        yield Problem(opened.path, "holds no records")
    reader = RecordReader(opened.path, file.key, profile)
    for row in chain(ahead, rows):
        if not isinstance(row, Row):
            yield row
        elif opened.share.begins():
            yield from reader.read(row.record, line=row.line, number=row.number)
    yield from opened.share.end(reader)


def _look_ahead(rows: Rows) -> tuple[list[Row | Problem], bool]:
    """Return the first rows, and whether these are all."""
    ahead: list[Row | Problem] = []
    size = 0
    for row in rows:
        ahead.append(row)
        size += _size(row.record) if isinstance(row, Row) else 0
        if len(ahead) >= _AHEAD_ROWS or size >= _AHEAD_CHARACTERS:
            return ahead, False
    return ahead, True


def _size(record: object) -> int:
    values: Sequence[object] = list(record.values()) if isinstance(record, dict) else [record]
    return sum(len(value) for value in values if isinstance(value, (str, list, dict)))
