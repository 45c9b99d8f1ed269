"""A JSON file: an array of records, one after another, or a whole that holds a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kliping.article import Article
from kliping.corpus.containers.streams import Opened
from kliping.corpus.files import Problem
from kliping.corpus.records.json_text import JSON, Values, reason
from kliping.corpus.records.nesting import is_article, named_row, records_in
from kliping.corpus.records.rows import Row, Rows, read_rows
from kliping.corpus.records.sampling import sample

# Where one record ends and the next begins.
_BETWEEN = re.compile(r"\}\s*+(?:,\s*+)?(?=\{)")


def read_json(opened: Opened, /) -> Iterator[Article | Problem]:
    """Yield the articles of a JSON file's records, and what is wrong with it."""
    yield from read_rows(opened, "JSON", _rows(opened), lambda: sample(opened, _records_of))


def _rows(opened: Opened) -> Rows:
    number, is_told = 0, False
    names: list[str] = []
    for value, line in Values(opened):
        if isinstance(value, Exception):
            is_told = True
            yield Problem(opened.path, reason(value), line)
            continue
        if isinstance(value, list) and not any(isinstance(cell, (list, dict)) for cell in value):
            row, names = named_row(value, names)
            records: Iterator[object] = iter([row] if row else [])
        else:
            records = records_in(value)
        for record in records:
            number += 1
            yield Row(record, line, number)
    if not (number or is_told):
        yield Problem(opened.path, "holds no records")


def _records_of(text: str) -> Iterator[Mapping[str, object]]:
    """Yield the records that are whole in a piece of an array."""
    end = 0
    for found in _BETWEEN.finditer(text):
        if found.end() < end:  # within the one before
            continue
        try:
            record, end = JSON.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        if is_article(record):
            yield record
