"""A text file, its articles one below the other, if it has several."""

from __future__ import annotations

from collections.abc import Iterator

from kliping.article import Article
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.records.reader import RecordReader
from kliping.corpus.text.databases import database_records
from kliping.corpus.text.decoding import decode
from kliping.corpus.text.plain_text import parse_text
from kliping.corpus.text.several import preamble, split_texts


def read_text(
    file: SourceFile, data: bytes, /, *, markdown: bool = False
) -> Iterator[Article | Problem]:
    """Yield the articles of a text, and what had to be mended."""
    path = file.path.as_posix()
    decoded = decode(data)
    if decoded.repaired:
        yield Problem(
            path, f"its encoding was repaired (read as {decoded.encoding})", kind="repaired"
        )
    if "\x00" in decoded.text:
        yield Problem(path, "NUL bytes left out", kind="repaired")
    reader = RecordReader(path, file.key)
    whole = decoded.text.replace("\x00", "").replace("\r\n", "\n")
    records = database_records(whole)
    if not records:
        texts = split_texts(whole)
        records = [(line, parse_text(text, markdown=markdown)) for line, text in texts]
    if len(records) > 1:
        yield Problem(path, f"{len(records):,} articles in one text, read one by one", kind="note")
    if above := preamble(whole, records[0][0]):
        yield Problem(path, f"left out above the first article: {above[:80]!r}", 1, "note")
    for number, (line, record) in enumerate(records, start=1):
        if len(records) == 1:
            yield from reader.read(record)
        else:
            yield from reader.read(record, line=line, number=number)
    yield from reader.notes()
