"""What a user says of columns: ``judul=Headline,isi=Naskah,tanggal=Date:mdy``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kliping.corpus.records.days import Order
from kliping.corpus.records.naming import OURS, meaning
from kliping.errors import MappingError
from kliping.values import Value

# A comma parts two pairs where a name and "=" follow: columns may have commas in their names.
_PARTS = re.compile(r",(?=\s*\w+\s*=)")
_ORDERS: dict[str, Order] = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_NAMES = dict(
    zip(
        OURS,
        (
            "id", "judul", "isi", "tanggal", "penulis", "sumber", "url", "kategori", "tag",
            "diperbarui", "bahasa", "gambar", "takarir",
        ),
        strict=True,
    )
)  # fmt: skip


class Mapped(Value):
    """A field of ours, the column that a user says holds it, and the order of its dates."""

    field: str
    column: str
    order: Order | None = None

    def __str__(self) -> str:
        order = next((f":{name}" for name, each in _ORDERS.items() if each == self.order), "")
        return f"{_NAMES[self.field]}={self.column}{order}"


def parse_mapping(texts: Iterable[str], /) -> tuple[Mapped, ...]:
    """Return what the texts say; raise MappingError for what is no field.

    >>> [str(each) for each in parse_mapping(["judul=Headline,isi=Naskah, bagian 1"])]
    ['judul=Headline', 'isi=Naskah, bagian 1']
    """
    return tuple(_mapped(part) for text in texts for part in _PARTS.split(text) if part.strip())


def said(mapping: Iterable[Mapped], /) -> str:
    """Return what a mapping says, as it may be typed."""
    return ",".join(map(str, mapping))


def _mapped(part: str) -> Mapped:
    name, equals, column = (piece.strip() for piece in part.partition("="))
    found = meaning(name)
    if not equals or not column:
        raise MappingError(f"not a field and its column: {part.strip()!r}; try: --map isi={name}")
    if found is None or found.weak or found.field not in OURS:
        fields = ", ".join(_NAMES.values())
        raise MappingError(f"no field is called {name!r}; name one of: {fields}")
    plain, colon, order = column.rpartition(":")
    if colon and order in _ORDERS:
        return Mapped(found.field, plain, _ORDERS[order])
    return Mapped(found.field, column)
