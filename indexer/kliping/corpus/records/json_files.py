"""A JSON file: an array of records, one after another, or a whole that holds a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kliping.article import Article
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.records.columns import RecordReader, known_fields
from kliping.corpus.records.json_text import JSON, reason
from kliping.corpus.text.decoding import decode

_BETWEEN = re.compile(r"[\s,]*")


def read_json(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the articles of a JSON file's records, and what is wrong with it."""
    path = file.path.as_posix()
    reader = RecordReader(path, file.key)
    number = 0
    for value, line in _json_values(decode(data).text.replace("\x00", "")):
        if isinstance(value, Exception):
            yield Problem(path, reason(value), line)
            break
        for record in _records_in(value):
            number += 1
            yield from reader.read(record, line=line, number=number)
    else:
        if not number:
            yield Problem(path, "holds no records")
    yield from reader.notes()


def _json_values(text: str) -> Iterator[tuple[object, int]]:
    """Yield the values of an array, or of one after another, with the lines they begin on.

    What comes before a break is good; the break itself is the last value, an exception.
    """
    line = 1
    place = len(text) - len(text.lstrip())
    place += text.startswith("[", place)
    while True:
        start = _BETWEEN.match(text, place).end()  # type: ignore[union-attr]  # matches ""
        line += text.count("\n", place, start)
        if start == len(text) or text[start] == "]":
            return
        try:
            value, place = JSON.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            yield error, line
            return
        yield value, line
        line += text.count("\n", start, place)


def _records_in(value: object) -> Iterator[object]:
    """Yield the records in a JSON value: itself, or the list that an object of results holds."""
    if isinstance(value, Mapping) and not known_fields(list(value)) & {"title", "body"}:
        for inner in value.values():
            if isinstance(inner, list) and inner and isinstance(inner[0], Mapping):
                yield from inner
                return
            if isinstance(inner, Mapping) and any(isinstance(v, list) for v in inner.values()):
                yield from _records_in(inner)
                return
    yield value
