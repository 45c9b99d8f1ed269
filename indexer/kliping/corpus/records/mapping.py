"""What a user says of columns: ``judul=Headline,isi=Naskah,tanggal=Date:mdy``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kliping.corpus.records.days import Order
from kliping.corpus.records.naming import OURS, meaning
from kliping.errors import MappingError
from kliping.values import Value

# A comma parts two pairs where a name and "=" follow: columns may have commas in their names.
_PARTS = re.compile(r",(?=\s*\w+\s*=)")
_ORDERS: dict[str, Order] = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_INDONESIAN = (
    "id, judul, isi, tanggal, penulis, sumber, url, kategori, tag, diperbarui, bahasa, gambar, "
    "takarir"
)


class Mapped(Value):
    """A field of ours, the column that a user says holds it, and the order of its dates."""

    field: str
    column: str
    order: Order | None = None

    def __str__(self) -> str:
        return f"{self.field}={self.column}"


def parse_mapping(texts: Iterable[str], /) -> tuple[Mapped, ...]:
    """Return what the texts say; raise MappingError for what is no field.

    >>> [str(each) for each in parse_mapping(["judul=Headline,isi=Naskah, bagian 1"])]
    ['title=Headline', 'body=Naskah, bagian 1']
    """
    return tuple(_mapped(part) for text in texts for part in _PARTS.split(text) if part.strip())


def missing_column(mapping: Sequence[Mapped], columns: Iterable[str], /) -> str | None:
    """Say which column of a mapping a file does not have, with those that it has."""
    names = {name.strip(): name for name in map(str, columns)}
    for each in mapping:
        if each.column not in names:
            shown = ", ".join(list(names)[:20]) or "none"
            return f"no column {each.column!r} for {each.field}; name one of its own: {shown}"
    return None


def _mapped(part: str) -> Mapped:
    name, equals, column = (piece.strip() for piece in part.partition("="))
    found = meaning(name)
    if not equals or not column:
        raise MappingError(f"not a field and its column: {part.strip()!r}; try: --map judul={name}")
    if found is None or found.weak or found.field not in OURS:
        raise MappingError(f"no field is called {name!r}; the fields are {_INDONESIAN}")
    plain, colon, order = column.rpartition(":")
    if colon and order in _ORDERS:
        return Mapped(found.field, plain, _ORDERS[order])
    return Mapped(found.field, column)
