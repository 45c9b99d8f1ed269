"""XML of nobody's standard: the elements that hold a title and a text are records.

``<articles><article><judul>…</judul><isi>…</isi></article>…``, as programs write out their tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kliping.article import Article
from kliping.corpus.containers.xml import XMLRefused, local, parse
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.html.fragments import paragraphs_of
from kliping.corpus.records.naming import known_fields
from kliping.corpus.records.reader import RecordReader


def read_xml(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the articles that an XML document holds, or that it holds none."""
    path = file.path.as_posix()
    try:
        tree = parse(data)
    except XMLRefused as error:
        yield Problem(path, str(error))
        return
    reader = RecordReader(path, file.key)
    records = list(_records(tree.root))
    if not records:
        reason = "XML, but no feed, NewsML-G2 or NITF, and no element with a title and a text"
        yield Problem(path, reason, kind="ignored")
        return
    if tree.broken:
        yield Problem(path, tree.broken, tree.line, "repaired")
    for number, element in enumerate(records, start=1):
        several = number if len(records) > 1 else None
        line = int(element.sourceline) if element.sourceline else None
        yield from reader.read(_record(element), line=line, number=several)
    yield from reader.notes()


def _records(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost elements that have a title and a text, in their order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        names = {local(child) for child in element} | set(map(str, element.attrib))
        if {"title", "body"} <= known_fields(names):
            yield element
        else:
            waiting += reversed([child for child in element if isinstance(child.tag, str)])


def _record(element: etree._Element) -> dict[str, object]:
    """Return an element's attributes and children as fields; several of one name are a list."""
    record: dict[str, object] = {str(name): str(text) for name, text in element.attrib.items()}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        text = paragraphs_of("".join(_markup(child)))
        before = record.get(name := local(child))
        if text:
            record[name] = text if before is None else [*_listed(before), text]
    return record


def _markup(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield etree.tostring(child, encoding="unicode")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
