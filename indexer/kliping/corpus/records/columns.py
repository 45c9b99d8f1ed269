"""The columns of some rows: what they are called, what stands in them, and what kind of thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import mean

from kliping.corpus.records.kinds import LOOKED_AT, Kind, kind_of
from kliping.corpus.records.nesting import Record
from kliping.corpus.records.shapes import strings


@dataclass(slots=True)
class Columns:
    """The columns of rows, in the order they come in; kinds are told when asked, and kept."""

    rows: Sequence[Record]
    names: tuple[str, ...] = ()
    _kinds: dict[str, Kind] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = tuple(dict.fromkeys(name for row in self.rows for name in row))

    def values(self, name: str, /) -> list[object]:
        """Return what the rows have in a column, where they have anything."""
        return [value for row in self.rows if (value := row.get(name)) not in (None, "")]

    def some(self, name: str, /) -> list[object]:
        """Return as many values of a column as tell what it is, from across the rows."""
        values = self.values(name)
        return values[:: len(values) // LOOKED_AT + 1]

    def kind(self, name: str, /) -> Kind:
        """Return what the values of a column are."""
        if name not in self._kinds:
            self._kinds[name] = kind_of(self.some(name))
        return self._kinds[name]

    def length(self, name: str, /) -> float:
        """Return how many characters a text of a column has, on the average."""
        values = self.some(name)
        return mean(sum(map(len, strings(value))) for value in values) if values else 0.0

    def repeats(self, name: str, /) -> bool:
        """Say whether most values of a column come more than once, as a site's address does."""
        values = list(map(str, self.values(name)))
        return len(values) > 2 * len(set(values))
