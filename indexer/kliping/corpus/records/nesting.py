"""Records within records: "Here is a JSON value: which of it are the articles?"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from kliping.corpus.records.naming import known_fields, meaning
from kliping.corpus.records.shapes import INNER

Record = Mapping[Any, Any]

_TEXT = frozenset({"title", "body"})
_ARTICLE = frozenset({"title", "url"})
_DEEPEST = 6
# Of several inner records, the one that is the article.
_WRAPPERS = ("_source", "article", "data", "attributes", "fields", "node", "row", "post", "item")
_NOTES = ("meta", "metadata", "info")
# Lists within an article that look like articles.
_NO_ARTICLES = frozenset(
    "comments comment komentar replies balasan related terkait media images gambar".split()
)


def unwrapped(record: Record, /) -> Record:
    """Return a record with the fields of an inner one that holds what it lacks.

    Elasticsearch, JSON:API, Drupal and Hugging Face keep the record proper so.

    >>> unwrapped({"_id": "7", "_source": {"judul": "Banjir", "tag": "air"}})
    {'_id': '7', 'judul': 'Banjir', 'tag': 'air'}
    """
    for _ in range(_DEEPEST):
        if _has_text(record):
            return _with_notes(record)
        known = known_fields(record)
        proper = {name for name, value in record.items() if _is_proper(value, known)}
        if len(proper) > 1:
            proper = {next(filter(proper.__contains__, _WRAPPERS), None)}
        if not (proper := proper - {None}):
            break
        (name,) = proper
        inner = record[name]
        told = known_fields(inner)
        outer = {key: value for key, value in record.items() if not known_fields([key]) & told}
        outer.pop(name, None)
        record = outer | inner
    return record


def _with_notes(record: Record) -> Record:
    """Return a record with what it says of itself in an inner one, apart from its text."""
    for name in _NOTES:
        if name in record and isinstance(inner := record[name], Mapping) and known_fields(inner):
            record = {**inner, **{key: value for key, value in record.items() if key != name}}
    return record


def _is_proper(value: object, known: set[str]) -> bool:
    if not isinstance(value, Mapping):
        return False
    inner = known_fields(value)
    return len(inner) > 1 and bool(inner & _TEXT - known)


def records_in(value: object, /) -> Iterator[object]:
    """Yield the records in a JSON value: those that a whole holds, the rows of a table, or itself.

    >>> list(records_in({"title": "Arsip", "items": [{"judul": "A", "isi": "B"}]}))
    [{'judul': 'A', 'isi': 'B'}]
    >>> list(records_in({"a1": {"judul": "A", "isi": "B"}, "a2": {"judul": "C", "isi": "D"}}))[1]
    {'id': 'a2', 'judul': 'C', 'isi': 'D'}
    """
    found = _within(value, _DEEPEST)
    head = list(islice(found, 1))
    yield from head or [value]
    yield from found


def _within(value: object, deep: int) -> Iterator[object]:
    if isinstance(value, list):
        yield from _in_list(value, deep)
    elif isinstance(value, Mapping) and deep > 0:
        yield from _in_mapping(value, deep)


def _in_list(values: Sequence[Any], deep: int) -> Iterator[object]:
    if values and all(isinstance(each, list) for each in values):
        yield from rows_of(values)
    elif any(is_article(each) for each in values[:5]):
        yield from values
    else:
        for each in values:
            yield from _within(each, deep - 1)


def _in_mapping(value: Record, deep: int) -> Iterator[object]:
    if table := _table(value):
        yield from table
        return
    if _has_text(unwrapped(value)):
        yield value
        return
    found = 0
    keyed = len(value) > 1 and all(map(is_article, value.values()))
    for name, inner in value.items():
        if str(name).lower() in _NO_ARTICLES:
            continue
        for record in _within(inner, deep - 1):
            found += 1
            ours = "url" if "://" in str(name) else "id"
            if keyed and isinstance(record, Mapping) and ours not in known_fields(record):
                yield {ours: name, **record}
            else:
                yield record
    if not found and is_article(value):
        yield value


def _has_text(record: Record) -> bool:
    """Say whether a record has a body of its own, and not other records where one would be."""
    return any(_is_text(record[name]) for name in _body_names(tuple(record)))


def _is_text(value: object) -> bool:
    if isinstance(value, str):
        return bool(value)
    return bool(value) and isinstance(value, (list, Mapping)) and not _holds_records(value)


@lru_cache(maxsize=256)  # the records of a file have the same names, over and over
def _body_names(names: tuple[object, ...]) -> tuple[object, ...]:
    known = known_fields(names)  # beside what else an article has, "clean_article" is its text
    told = [(name, each) for name in names if (each := meaning(name)) and each.field == "body"]
    return tuple(name for name, each in told if not each.weak or known & _ARTICLE)


def _holds_records(value: object) -> bool:
    if not isinstance(value, (list, Mapping)):
        return False
    inner = value.values() if isinstance(value, Mapping) else value
    return is_article(value) or any(map(is_article, islice(inner, 5)))


def is_article(value: object, /) -> bool:
    """Say whether a value is a record that names a title or a text."""
    return isinstance(value, Mapping) and bool(known_fields(unwrapped(value)) & _TEXT)


def _table(value: Record) -> Iterator[object] | None:
    """Return the rows of a table that is kept by its columns, or apart from their names."""
    if known_fields(value) & _TEXT:
        columns = list(value.values())
        if len(columns) > 1 and all(isinstance(each, list) for each in columns):
            wide = {len(each) for each in columns}
            return _zipped(value, columns) if wide != {1} and len(wide) == 1 else None
        if len(columns) > 1 and all(isinstance(each, Mapping) for each in columns):
            keys = list(columns[0])
            is_table = all(list(each) == keys for each in columns) and set(keys).isdisjoint(INNER)
            rows = [list(each.values()) for each in columns]
            return _zipped(value, rows) if is_table else None
        return None
    named = (found for each in value.values() if known_fields(found := _names(each)) & _TEXT)
    names = next(named, [])
    listed: Any = next((each for each in value.values() if _is_rows(each, len(names))), None)
    return rows_of([names, *listed]) if names and listed else None


def _zipped(names: Record, columns: Sequence[Sequence[object]]) -> Iterator[object]:
    return (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def _names(value: object) -> list[Any]:
    """Return the names of columns in a value: a list of strings, or of objects with a name."""
    if not isinstance(value, list) or not all(isinstance(each, (str, Mapping)) for each in value):
        return []
    return [each.get("name") if isinstance(each, Mapping) else each for each in value]


def _is_rows(value: object, wide: int) -> bool:
    if not isinstance(value, list):
        return False
    return all(isinstance(row, list) and len(row) == wide for row in value)


def rows_of(rows: Sequence[list[Any]], /) -> Iterator[object]:
    """Yield rows without names as records."""
    names: list[str] = []
    for row in rows:
        record, names = named_row(row, names)
        if record:
            yield record


def named_row(row: list[Any], names: list[str], /) -> tuple[dict[str, Any], list[str]]:
    """Return a row as a record and the names of its cells, which a first row may give.

    >>> named_row(["judul", "isi"], [])
    ({}, ['judul', 'isi'])
    >>> named_row(["Banjir", 7], [])[0]
    {'column 1': 'Banjir', 'column 2': 7}
    """
    if not names:
        if known_fields(row) & _TEXT:
            return {}, row
        names = [f"column {number}" for number in range(1, len(row) + 1)]
    return dict(zip(names, row, strict=False)), names
