"""Collections of TREC and their kin: ``<DOC>`` after ``<DOC>``, no XML, and none of it escaped.

WikiExtractor writes the same with the fields as attributes: ``<doc id="7" title="Wening">``.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from kliping.article import Article
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.html.fragments import paragraphs_of
from kliping.corpus.records.naming import known_fields
from kliping.corpus.records.reader import RecordReader
from kliping.corpus.text.decoding import decode

_OPEN = re.compile(r"<DOC(?=[\s>])([^>]*)>", re.IGNORECASE)
_CLOSE = re.compile(r"</DOC\s*>", re.IGNORECASE)
_FIELD = re.compile(r"<([A-Za-z][\w.-]*)(?:\s[^<>]*)?>")
_END = re.compile(r"</([A-Za-z][\w.-]*)\s*>")
_ATTRIBUTE = re.compile(r"""(?<![\w.-])([\w.-]++)\s*=\s*["']([^"']*)["']""")
_PARAGRAPH_TAGS = frozenset({"p", "br", "s", "f", "div", "span", "b", "i", "a"})
# What the collections call fields that no one else calls so.
_NAMES = {
    "docno": "id", "docid": "id", "hl": "title", "head": "title", "headline": "title",
    "ttl": "title", "h3": "title", "date1": "date", "date_time": "date", "leadpara": "text",
    "lp": "text", "tx": "text", "graphic": "caption", "so": "source", "au": "author",
}  # fmt: skip


def read_trec(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the article of each document, and what is wrong with it."""
    path = file.path.as_posix()
    text = decode(data).text.replace("\x00", "")
    reader = RecordReader(path, file.key)
    place, line = 0, 1
    for number, opened in enumerate(_OPEN.finditer(text), start=1):
        if opened.start() < place:  # within another
            continue
        line += text.count("\n", place, opened.start())
        closed = _CLOSE.search(text, opened.end())
        if closed is None:
            yield Problem(path, "a <DOC> that is never closed, read to the end", line, "repaired")
        place = closed.start() if closed else len(text)
        record = _record(opened[1], text[opened.end() : place])
        yield from reader.read(record, line=line, number=number)
        line += text.count("\n", opened.start(), place)
    yield from reader.notes()


def _record(attributes: str, content: str) -> dict[str, object]:
    """Return the fields of a document; without any for its text, all else is that."""
    record: dict[str, object] = {}
    rest, place = [], 0
    for name, value in _ATTRIBUTE.findall(attributes):
        record[_NAMES.get(name.lower(), name)] = html.unescape(value)
    for opened, closed in _fields(content):
        name = opened[1].lower()
        if name in _PARAGRAPH_TAGS:
            continue
        rest.append(content[place : opened.start()])
        place = closed.end()
        name = _NAMES.get(name, name)
        value = paragraphs_of(content[opened.end() : closed.start()].strip())
        if known_fields([name]) == {"body"} and record.get(name):
            value = f"{record[name]}\n\n{value}"  # a text in several parts
        if value:
            record[name] = value
    if "body" not in known_fields(list(record)):
        record["body"] = paragraphs_of("".join([*rest, content[place:]]).strip())
    return record


def _fields(content: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield the tags that open a field and close it; one that is never closed opens none.

    The closing tags are found once: a text of nothing but openings stays cheap.
    """
    ends: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for found in _END.finditer(content):
        ends[found[1]].append(found)
    place = 0
    for opened in _FIELD.finditer(content):
        closing = ends.get(opened[1], ())
        at = bisect_left(closing, opened.end(), key=re.Match.start)
        if opened.start() >= place and at < len(closing):
            place = closing[at].end()
            yield opened, closing[at]
