"""Where texts are looked up: by their first marks, beside those that share most with them.

Of a family from one mould (prices, weather) thousands have a mark in common; so those with a mark
are kept in the order of what else they have, and the few that stand next to a text are looked at,
which are those that share most (an LSH forest: Bawa, Condie and Ganesan 2005). A sentence that many
texts quote gives all of them a mark too. So of those beside a text only they count that stand there
by a second mark, or have something of what orders them in common as well.
"""

from __future__ import annotations

import json
from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import cache
from itertools import chain

from kliping.analysis.shingles import marks_of, numbers_of
from kliping.store.database import Database, Row

# So many marks of a text are looked up. Of two texts with resemblance 0.8, one in 500 shares none
# of four, and one in 200 a single one; of more, as many more rows would have to be written.
_LOOKED_UP = 4
# So many of those that have a mark are looked at on either side of a text.
_NEXT = 8
# By so many bytes are those ordered that have a mark: of some numbers, and of the marks behind.
_THEN, _FACTS = 4, 3
_BITS, _LOWEST, _HIGHEST = 0xFFFFFFFF, 0x01010101, 0x80808080  # of all these bytes
_SCHEMA = """CREATE TABLE IF NOT EXISTS marks (
    mark INTEGER NOT NULL,
    behind INTEGER NOT NULL,
    text INTEGER NOT NULL,
    PRIMARY KEY (mark, behind, text)
) WITHOUT ROWID"""
_BESIDE = (
    "SELECT * FROM (SELECT {at}, behind, text FROM marks WHERE mark = ? AND behind >= ? "
    f"ORDER BY behind, text LIMIT {_NEXT})",
    "SELECT * FROM (SELECT {at}, behind, text FROM marks WHERE mark = ? AND behind < ? "
    f"ORDER BY behind DESC, text DESC LIMIT {_NEXT})",
)

# By what a text is looked up: a mark, and what it is ordered by among those that have it.
Places = tuple[tuple[int, int], ...]


def places_of(sketch: bytes, numbers: bytes, /) -> Places:
    """Return by what a text is looked up.

    Ordered are those with a mark by a few of their numbers, others for each mark, and then by the
    marks that follow.
    """
    facts, places = numbers_of(numbers), []
    low, lowest = numbers[::2], sketch[::4]  # a byte of each
    for at, mark in enumerate(marks_of(sketch[: 4 * _LOOKED_UP]), 1):
        first = bisect_left(facts, mark << 14 & 0xFFFF)
        told = (low[first:] + low[:first])[:_FACTS]
        behind = (told + lowest[at : at + _THEN])[:_THEN]
        places.append((mark, int.from_bytes(behind.ljust(_THEN, b"\0"), "big", signed=True)))
    return tuple(places)


class Marks:
    """The places of one generation's texts; new ones are kept here until they are written."""

    def __init__(self, database: Database, /) -> None:
        self._database = database
        database.run(_SCHEMA)
        self._new: dict[int, list[tuple[int, int, int]]] = {}

    def note(self, number: int, places: Places, /) -> None:
        """Have a text found."""
        for mark, behind in places:
            insort(self._new.setdefault(mark, []), (mark, behind, number))

    def write(self) -> None:
        """Write what has been noted; in the order in which it is kept that costs half."""
        rows = chain.from_iterable(self._new[mark] for mark in sorted(self._new))
        self._database.many("INSERT INTO marks VALUES (?, ?, ?)", rows)
        self._new.clear()

    def forget(self, number: int, places: Places, /) -> None:
        """Have a text found no more."""
        self._database.many(
            "DELETE FROM marks WHERE mark = ? AND behind = ? AND text = ?",
            [(*place, number) for place in places],
        )

    def seen(self, marks: set[int], /) -> set[int]:
        """Return those of ``marks`` that any text has."""
        rows = self._database.all(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM marks WHERE mark = value)",
            json.dumps(sorted(marks)),
        )
        return {mark for (mark,) in rows}

    def beside(self, places: Places, /) -> set[int]:
        """Return the texts beside these places that may resemble one that stands there."""
        once, found = set[int](), set[int]()
        for at, behind, text in self._next(places):
            if text in once or _have_common(behind, places[at][1]):
                found.add(text)
            once.add(text)
        return found

    def _next(self, places: Places) -> Iterator[Row]:
        """Yield what stands on either side of each place: its number, and theirs."""
        values = [value for mark, behind in places for value in (mark, behind, mark, behind)]
        yield from self._database.all(_beside(len(places)), *values)
        for at, (mark, behind) in enumerate(places):
            if own := self._new.get(mark):
                here = bisect_left(own, (mark, behind))
                for _, theirs, text in own[max(0, here - _NEXT) : here + _NEXT]:
                    yield at, theirs, text


def _have_common(one: int, other: int) -> bool:
    """Say whether any byte of one number is the same in the other."""
    differing = (one ^ other) & _BITS
    return bool((differing - _LOWEST) & ~differing & _HIGHEST)


@cache
def _beside(places: int) -> str:
    return " UNION ALL ".join(each.format(at=at) for at in range(places) for each in _BESIDE)
