"""Read the files: "Here is a file: give me its articles."."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from kliping.article import Article
from kliping.corpus.containers.streams import DAMAGE, HEAD, Bomb, Budget, Opened, gunzipped
from kliping.corpus.files import Kind, Problem, SourceFile
from kliping.corpus.formats import Format, delimiter_of, sniff
from kliping.corpus.limits import Limits
from kliping.corpus.records.columns import RecordReader, known_fields
from kliping.corpus.records.lines import Lines
from kliping.corpus.text.decoding import decode
from kliping.corpus.text.plain_text import parse_text

# An archive may lie in an archive, and no deeper.
_DEEPEST = 1
_JSON = json.JSONDecoder(strict=False)  # a raw line break inside a string is no reason to refuse
_BETWEEN = re.compile(r"[\s,]*")
_HOPELESS = 50  # broken lines in a row, none good before them: this is no JSON


def read_file(
    file: SourceFile,
    /,
    *,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Iterator[Article | Problem]:
    """Yield the articles of a file, and what is wrong with it; never raise for what is in it.

    The format is what the content says, not the name. Lines (.jsonl, .csv), archives and WARC
    stream.
    """
    path = file.path.as_posix()
    try:
        with io.BufferedReader(file.path.open("rb", buffering=0), HEAD) as raw:
            budget = Budget(limits, packed=os.fstat(raw.fileno()).st_size)
            yield from _read(Opened(file, raw, budget))
    except Bomb as bomb:
        yield Problem(path, str(bomb))
    except OSError as error:
        yield Problem(path, f"cannot be read: {error.strerror or error}")


def _read(opened: Opened) -> Iterator[Article | Problem]:
    path = opened.path
    stream = opened.stream
    try:
        stream = gunzipped(stream, opened.budget)
        head = stream.peek(HEAD)
    except DAMAGE as error:
        yield Problem(path, f"{_damaged(opened, stream)}: {error}")
        return
    found = sniff(head, opened.file.path.name)
    opened = replace(opened, stream=stream, packed=opened.packed or stream is not opened.stream)
    if reason := _NOTHING.get(found):
        kind: Kind = "ignored" if found == "xml" else "skipped"
        yield Problem(path, reason, kind=kind)
    elif found in _ARCHIVES:
        yield from _read_archive(opened, found)
    elif found in _STREAMED:
        yield from _STREAMED[found](opened)
    else:
        yield from _read_whole(opened, found)


def _damaged(opened: Opened, stream: object) -> str:
    if stream is not opened.stream:
        return "a damaged gzip"
    return "cut off or damaged" if opened.packed else "cannot be read"


def _read_archive(opened: Opened, found: Format) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.archives import read_tar, read_zip

    if opened.depth > _DEEPEST:
        yield Problem(opened.path, "an archive in an archive in an archive: not read")
    else:
        yield from (read_zip if found == "zip" else read_tar)(opened, _read)


def _read_warc(opened: Opened) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.warc import read_warc

    return read_warc(opened)


def _lines(opened: Opened) -> Lines:
    return Lines(opened.stream, opened.path, opened.limits, opened.packed)


def _read_lines(opened: Opened) -> Iterator[Article | Problem]:
    lines = _lines(opened)
    reader = RecordReader(lines.path, opened.file.key)
    number = good = 0
    for line in lines:
        yield from lines.drained()
        if not line.strip():
            continue
        number += 1
        try:
            record = _JSON.decode(line)
        except (ValueError, RecursionError) as error:
            yield Problem(lines.path, _json_reason(error), lines.number)
            if not good and number == _HOPELESS:
                yield Problem(lines.path, f"no JSON in its first {number} lines: not read on")
                return
            continue
        good += 1
        yield from reader.read(record, line=lines.number, number=number)
    yield from lines.drained()
    yield from reader.notes()


def _read_csv(opened: Opened) -> Iterator[Article | Problem]:
    lines = _lines(opened)
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


def _read_whole(opened: Opened, found: Format) -> Iterator[Article | Problem]:
    path, limits = opened.path, opened.limits
    try:
        data = opened.stream.read(limits.whole + 1)
    except DAMAGE as error:
        yield Problem(path, f"cut off or damaged: {error}")
        return
    if len(data) > limits.whole:
        yield Problem(path, f"larger than {limits.whole >> 20} MB: too large for one article")
        return
    try:
        yield from _WHOLE[found](opened.file, data)
    except RecursionError:
        yield Problem(path, "nested too deeply to be read")


def _read_html(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.html.webpage import read_page

    return read_page(file, data, url=file.url)


def _read_mhtml(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.mhtml import read_mhtml

    return read_mhtml(file, data)


def _read_feed(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.feeds import read_feed

    return read_feed(file, data)


def _read_news_xml(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.news_xml import read_news_xml

    return read_news_xml(file, data)


def _read_text(
    file: SourceFile, data: bytes, *, markdown: bool = False
) -> Iterator[Article | Problem]:
    path = file.path.as_posix()
    decoded = decode(data)
    if decoded.repaired:
        yield Problem(
            path, f"its encoding was repaired (read as {decoded.encoding})", kind="repaired"
        )
    if "\x00" in decoded.text:
        yield Problem(path, "NUL bytes left out", kind="repaired")
    record = parse_text(decoded.text.replace("\x00", ""), markdown=markdown)
    reader = RecordReader(path, file.key)
    yield from reader.read(record)


def _read_markdown(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    return _read_text(file, data, markdown=True)


def _read_json(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    path = file.path.as_posix()
    reader = RecordReader(path, file.key)
    number = 0
    for value, line in _json_values(decode(data).text.replace("\x00", "")):
        if isinstance(value, Exception):
            yield Problem(path, _json_reason(value), line)
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
            value, place = _JSON.raw_decode(text, start)
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


def _json_reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "JSON nested too deeply"
    detail = getattr(error, "msg", error)
    return f"broken JSON: {detail}"


_NOTHING: Mapping[str, str] = {
    "empty": "empty",
    "binary": "binary, not text",
    "xml": "XML, but no feed, NewsML-G2 or NITF",
}
_ARCHIVES = frozenset({"zip", "tar"})
_STREAMED: Mapping[str, Callable[[Opened], Iterator[Article | Problem]]] = {
    "lines": _read_lines,
    "csv": _read_csv,
    "warc": _read_warc,
}
_WHOLE: Mapping[str, Callable[[SourceFile, bytes], Iterator[Article | Problem]]] = {
    "html": _read_html,
    "text": _read_text,
    "markdown": _read_markdown,
    "json": _read_json,
    "mhtml": _read_mhtml,
    "feed": _read_feed,
    "news-xml": _read_news_xml,
}
