"""JSON lines: a record a line, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from kliping.article import Article
from kliping.corpus.containers.streams import Opened
from kliping.corpus.files import Problem
from kliping.corpus.records.json_text import JSON, reason, unpacked
from kliping.corpus.records.lines import Lines, lines_of
from kliping.corpus.records.literals import as_json
from kliping.corpus.records.nesting import records_in
from kliping.corpus.records.rows import Row, Rows, read_rows
from kliping.corpus.records.sampling import sample

_BETWEEN = re.compile(r"[\s,]*+")
_HOPELESS = 50  # broken lines in a row, none good before them: this is no JSON


def read_json_lines(opened: Opened, /) -> Iterator[Article | Problem]:
    """Yield the article of each line, and what is wrong with a line."""
    rows = _rows(lines_of(opened))
    yield from read_rows(opened, "JSON lines", rows, lambda: sample(opened, _records_of))


def _rows(lines: Lines) -> Rows:
    number = good = 0
    for line in lines:
        if lines.problems:
            yield from lines.drained()
        text = line.strip().removesuffix(",")  # an array, a line for each of its records
        if not text or text in "[]":
            continue
        number += 1
        try:
            record = _decoded(text)
        except (ValueError, RecursionError) as error:
            yield Problem(lines.path, reason(error), lines.number)
            if not good and number == _HOPELESS:
                yield Problem(lines.path, f"no JSON in its first {number} lines: not read on")
                return
            continue
        good += 1
        for each in records_in(record) if isinstance(record, list) else (record,):
            yield Row(each, lines.number, number)
            number += 1
        number -= 1
    yield from lines.drained()


def _decoded(text: str) -> object:
    """Return the value of a line, or all of several; what Python printed is taken too."""
    try:
        return unpacked(JSON.decode(text))
    except ValueError:
        if text.startswith("{'"):
            return JSON.decode(as_json(text))
        if several := _several(text):
            return several
        raise


def _several(text: str) -> list[object]:
    """Return the values of a line that nothing but its writer's idea of a line end parts."""
    values: list[object] = []
    place = 0
    with suppress(ValueError):
        while place < len(text):
            value, place = JSON.raw_decode(text, place)
            place = _BETWEEN.match(text, place).end()  # type: ignore[union-attr]
            values.append(unpacked(value))
        return values
    return []


def _records_of(text: str) -> Iterator[object]:
    """Yield the records of the lines that are whole in a piece of a file."""
    for line in text.replace("\r", "\n").split("\n")[1:-1]:
        try:
            yield _decoded(line.strip().removesuffix(","))
        except (ValueError, RecursionError):
            continue
