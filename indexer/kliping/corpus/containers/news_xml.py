"""NewsML-G2 and NITF, the wire formats of news agencies (IPTC)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import TypeAlias

from lxml import etree

from kliping.article import Article
from kliping.corpus.containers.xml import XMLRefused, local, parse
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.html.fragments import paragraphs_of
from kliping.corpus.records.reader import RecordReader

Element: TypeAlias = "etree._Element"

# Pictures and notes to editors, which are no part of the text.
_NOT_TEXT = frozenset({"media", "figure", "nitf-table-metadata", "note", "hedline", "byline"})
_INSIDE = frozenset({"p", "ul", "ol", "li", "table", "tr", "td", "th", "br", "blockquote", "a"})
_INLINE = frozenset({"em", "strong", "b", "i", "span", "q", "sub", "sup"})
_BLOCKS = frozenset("body body.content block div section article dl dt dd".split())
_HEADS = frozenset({"hl1", "hl2", "h1", "h2", "h3", "h4", "h5", "h6"})


def read_news_xml(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the article of each news item, and what is wrong with it."""
    path = file.path.as_posix()
    try:
        tree = parse(data)
    except XMLRefused as error:
        yield Problem(path, str(error))
        return
    if tree.broken:
        yield Problem(path, tree.broken, tree.line, "repaired")
    reader = RecordReader(path, file.key)
    items = _items(tree.root)
    for number, item in enumerate(items, start=1):
        line = int(item.sourceline) if item.sourceline else None
        record = _of_nitf(item) if local(item) == "nitf" else _of_newsml(item)
        if isinstance(record, str):
            yield Problem(path, record, line)
        else:
            several = number if len(items) > 1 else None
            yield from reader.read(record, line=line, number=several)
    if not items:
        yield Problem(path, "holds no news item")
    yield from reader.notes()


def _items(root: Element) -> list[Element]:
    """Return the news items, or the NITF documents that stand on their own."""
    if local(root) in ("newsItem", "nitf"):
        return [root]
    return list(_all(root, "newsItem")) or list(_all(root, "nitf"))


def _of_newsml(item: Element) -> dict[str, object] | str:
    """Return the record of a NewsML-G2 item, or why it is none."""
    meta, content = _first(item, "itemMeta"), _first(item, "contentMeta")
    body = _content(item)
    if not body:
        return f"a news item without text ({item.get('guid') or 'no guid'})"
    nitf = _first(item, "nitf")
    inner = _of_nitf(nitf) if nitf is not None else {}
    ours: dict[str, object] = {
        "id": item.get("guid"),
        "title": _text(content, "headline") or _text(meta, "title"),
        "authors": _by(_all(content, "by")) or _names(_children(content, "creator")),
        "date": _text(meta, "firstCreated")
        or _text(content, "contentCreated")
        or _text(meta, "versionCreated"),
        "source": _name(_first(meta, "provider")) or _name(_first(content, "infoSource")),
        "section": None,
        "modified": _text(meta, "versionCreated"),
        "language": _attribute(_first(content, "language"), "tag"),
        "tags": [*_names(_children(content, "subject")), *_texts(_children(content, "keyword"))],
    }
    return inner | {key: value for key, value in ours.items() if value} | {"body": body}


def _of_nitf(root: Element) -> dict[str, object]:
    """Return the record of an NITF document."""
    head, top = _first(root, "head"), _first(root, "body.head")
    documents, issue = _first(head, "doc-id"), _first(head, "date.issue")
    published = _first(head, "pubdata")
    picture = next((m for m in _all(root, "media") if m.get("media-type") == "image"), None)
    subjects = [one.get("tobject.subject.type") for one in _all(head, "tobject.subject")]
    return {
        "id": _attribute(documents, "id-string"),
        "title": _text(top, "hl1") or _text(head, "title"),
        "authors": _by(_all(top, "byline")),
        "date": _attribute(issue, "norm")
        or _attribute(_first(top, "story.date"), "norm")
        or _attribute(published, "date.publication"),
        "source": _attribute(published, "name")
        or _text(top, "distributor")
        or _attribute(documents, "regsrc"),
        "section": _attribute(published, "position.section"),
        "tags": [*_keys(_all(head, "keyword")), *filter(None, subjects)],
        "image": _attribute(_first(picture, "media-reference"), "source"),
        "caption": _text(picture, "media-caption"),
        "body": _markup(_first(root, "body.content")),
    }


def _content(item: Element) -> str:
    """Return the text of an item: NITF, XHTML or plain text, whichever is there."""
    contents = _first(item, "contentSet")
    for name in ("body.content", "body"):
        if (found := _first(contents, name)) is not None and (text := _markup(found)):
            return text
    plain = "\n\n".join(one.text or "" for one in _all(contents, "inlineData"))
    return paragraphs_of(plain)


def _markup(body: Element | None) -> str:
    """Return the paragraphs of an element whose markup is much like HTML."""
    if body is None:
        return ""
    plain = deepcopy(body)
    plain.tail = None
    for element in list(plain.iter(etree.Element)):
        name = local(element)
        if name in _NOT_TEXT:
            _drop(element)
            continue
        element.attrib.clear()
        if name in _HEADS:
            element.tag = "h3"
        elif name in _INSIDE | _INLINE:
            element.tag = name
        else:
            # NITF marks up persons, places and moments inside of sentences; blocks hold paragraphs.
            element.tag = "div" if name in _BLOCKS else "span"
    etree.cleanup_namespaces(plain)
    return paragraphs_of(etree.tostring(plain, encoding="unicode", method="html"))


def _drop(element: Element) -> None:
    """Take an element out of its parent, and leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _all(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the elements below that have this name, in whatever namespace."""
    return element.iter("{*}" + name) if element is not None else iter(())


def _children(element: Element | None, name: str) -> Iterable[Element]:
    return element.iterfind("{*}" + name) if element is not None else ()


def _first(element: Element | None, name: str) -> Element | None:
    return next(_all(element, name), None)


def _said(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _text(element: Element | None, name: str) -> str | None:
    found = _first(element, name)
    return _said(found) or None if found is not None else None


def _texts(elements: Iterable[Element]) -> list[str]:
    return [text for one in elements if (text := _said(one))]


def _by(elements: Iterable[Element]) -> list[str]:
    """Return the by-lines: of each the persons it marks, else all that it says."""
    return [
        name
        for one in elements
        for name in (_texts(_all(one, "person")) or _texts(_all(one, "bytag")) or [_said(one)])
        if name
    ]


def _attribute(element: Element | None, name: str) -> str | None:
    return element.get(name) if element is not None else None


def _keys(elements: Iterable[Element]) -> list[str]:
    return [key for one in elements if (key := one.get("key") or _said(one))]


def _name(element: Element | None) -> str | None:
    """Return the name that G2 gives a concept: in words, as a literal, or as its code."""
    if element is None:
        return None
    words = _text(element, "name")
    code = element.get("qcode") or ""
    return words or element.get("literal") or code.rpartition(":")[2] or _said(element) or None


def _names(elements: Iterable[Element]) -> list[str]:
    """Return the names of concepts; a subject that is only a number says nothing to a reader."""
    names = (_name(one) for one in elements)
    return [name for name in names if name and not name.isdigit()]
