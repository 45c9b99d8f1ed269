"""JSON lines: a record a line, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from kliping.article import Article
from kliping.corpus.containers.streams import Opened
from kliping.corpus.files import Problem
from kliping.corpus.records.columns import RecordReader
from kliping.corpus.records.json_text import JSON, reason
from kliping.corpus.records.lines import lines_of

_HOPELESS = 50  # broken lines in a row, none good before them: this is no JSON


def read_json_lines(opened: Opened, /) -> Iterator[Article | Problem]:
    """Yield the article of each line, and what is wrong with a line."""
    lines = lines_of(opened)
    reader = RecordReader(lines.path, opened.file.key)
    number = good = 0
    for line in lines:
        yield from lines.drained()
        if not line.strip():
            continue
        number += 1
        try:
            record = JSON.decode(line)
        except (ValueError, RecursionError) as error:
            yield Problem(lines.path, reason(error), lines.number)
            if not good and number == _HOPELESS:
                yield Problem(lines.path, f"no JSON in its first {number} lines: not read on")
                return
            continue
        good += 1
        yield from reader.read(record, line=lines.number, number=number)
    yield from lines.drained()
    yield from reader.notes()
