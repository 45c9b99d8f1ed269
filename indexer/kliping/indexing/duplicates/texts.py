"""Notes on the texts of articles, from which those that resemble one another are looked up.

Articles with all words in common have one text, which stands where the earliest of them does; the
others are its *copies*. A text *leads* when no earlier one resembles it, and otherwise follows one
that leads; one that is *open* waits for this to be decided
(:mod:`kliping.indexing.duplicates.grouping`). The notes lie in the same file as those on sources
and are committed with them. New texts are kept here until all are decided, and written at once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from kliping.indexing.duplicates.marks import Marks, Places, places_of
from kliping.store.database import Database, Row
from kliping.values import Value

_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS texts (
        number INTEGER PRIMARY KEY,
        digest INTEGER NOT NULL UNIQUE,
        sketch BLOB NOT NULL,
        numbers BLOB NOT NULL,
        published INTEGER,
        id TEXT NOT NULL UNIQUE,
        leader INTEGER,
        leads INTEGER NOT NULL,
        open INTEGER NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS followers ON texts (leader) WHERE leader IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS open_texts ON texts (open) WHERE open",
    """CREATE TABLE IF NOT EXISTS copies (
        id TEXT PRIMARY KEY,
        text INTEGER NOT NULL,
        published INTEGER
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS copies_of_text ON copies (text, published IS NULL, published, id)",
    "CREATE TABLE IF NOT EXISTS changed (number INTEGER PRIMARY KEY)",
)
_COLUMNS = "number, digest, sketch, numbers, published, id, leader, leads, open"
_BY_PLACE = "published IS NULL, published, id"
_AMONG = "IN (SELECT value FROM json_each(?))"
_INSERT = "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_COPY = "INSERT INTO copies VALUES (?, ?, ?)"

# An article that has come: its id, when it was published, and the three parts of its sketch.
Arrival = tuple[str, int | None, int, bytes, bytes]
Place = tuple[bool, int, str]


def place_of(published: int | None, article_id: str, /) -> Place:
    """Return where an article stands: earliest published first, the undated last, then by id."""
    return published is None, published or 0, article_id


class Text(Value):
    """A text, whom it follows, and the earliest of its articles, published so long after 1970."""

    number: int
    digest: int
    sketch: bytes
    numbers: bytes
    published: int | None
    id: str
    leader: int | None
    leads: int
    open: int

    @property
    def place(self) -> Place:
        """Where it stands among all texts."""
        return place_of(self.published, self.id)

    def decided(self, leader: int | None, leads: int, *, waits: bool = False) -> Text:
        """Return this text, following another or not."""
        return Text(
            self.number, self.digest, self.sketch, self.numbers, self.published, self.id,
            leader, leads, waits,
        )  # fmt: skip


class Texts:
    """The texts of one generation's articles."""

    def __init__(self, database: Database, /) -> None:
        self._database = database
        for statement in _SCHEMA:
            database.run(statement)
        self._marks = Marks(database)
        self._new: dict[int, Text] = {}
        self._led: dict[int | None, set[int]] = {}  # what of these follows a text
        self._places: dict[int, Places] = {}  # of those that are not decided yet

    def add(self, arrivals: Iterable[Arrival], /) -> None:
        """Take in articles that have no text; all that was open before is decided.

        A text that shares a mark with any other is open; all others lead: nothing resembles them.
        """
        rows = list(arrivals)
        known = self._numbers({digest for _, _, digest, *_ in rows})
        last = self._database.one("SELECT coalesce(max(number), 0) FROM texts")
        unused = last[0] + 1 if last else 1
        new: dict[int, Arrival] = {}
        copies: list[Row] = []
        for arrival in rows:
            number = known.setdefault(arrival[2], unused + len(new))
            first = new.setdefault(number, arrival) if number >= unused else None
            if first is not arrival:
                other = arrival
                if first and _place(arrival) < _place(first):
                    new[number], other = arrival, first
                copies.append((other[0], number, other[1]))
        self._insert(new)
        self._database.many(_COPY, copies)
        for number in sorted({number for _, number, _ in copies}):
            self._change(number)
            if number < unused:
                self._come(number)

    def drop(self, ids: Collection[str], /) -> None:
        """Forget articles; what followed a text that nothing has any more is open."""
        for article_id in ids:
            if row := self._database.one(
                "DELETE FROM copies WHERE id = ? RETURNING text", article_id
            ):
                self._change(row[0], *(text.leader for text in self._select("number = ?", *row)))
        for article_id in ids:
            for text in self._select("id = ?", article_id):
                self._lose(text)

    def open(self) -> Iterator[Text]:
        """Yield the texts that wait to be decided."""
        yield from [each for each in self._new.values() if each.open]
        yield from self._select("open")

    def get(self, number: int, /) -> Text | None:
        """Return the text with this number."""
        return self._new.get(number) or next(self._select("number = ?", number), None)

    def some(self, numbers: Collection[int], /) -> dict[int, Text]:
        """Return the texts with these numbers by number."""
        found = {each: self._new[each] for each in numbers if each in self._new}
        if older := [each for each in numbers if each not in found]:
            rows = self._select(f"number {_AMONG}", json.dumps(older))
            found |= {each.number: each for each in rows}
        return found

    def beside(self, text: Text, /) -> list[Text]:
        """Return what stands beside a text by its marks, of those that lead and follow."""
        places = self._places.get(text.number) or places_of(text.sketch, text.numbers)
        numbers = self._marks.beside(places)
        numbers.discard(text.number)
        return [each for each in self.some(numbers).values() if not each.open]

    def followers(self, number: int, /) -> list[Text]:
        """Return the texts that follow this one."""
        new = [self._new[each] for each in self._led.get(number, ())]
        return [*new, *self._select("leader = ?", number)]

    def reopen(self, texts: Iterable[Text], /) -> None:
        """Let texts wait to be decided again; until then they follow nothing."""
        for each in texts:
            self._keep(each.decided(None, each.leads, waits=True), each)

    def decide(self, text: Text, /, leader: int | None) -> None:
        """Note that a text follows another, or leads."""
        self._keep(text.decided(leader, leader is None), text)

    def write(self) -> None:
        """Write what is new; all is decided."""
        self._database.many(_INSERT, self._new.values())
        self._marks.write()
        self._new.clear()
        self._led.clear()

    def _keep(self, text: Text, before: Text) -> None:
        number, leader = text.number, text.leader
        if number in self._new:
            self._led.get(before.leader, set()).discard(number)
            self._led.setdefault(leader, set()).add(number)
            self._new[number] = text
            if places := self._places.pop(number, None):
                self._marks.note(number, places)
        else:
            self._database.run(
                "UPDATE texts SET leader = ?, leads = ?, open = ? WHERE number = ?",
                leader, text.leads, text.open, number,
            )  # fmt: skip
        if leader != before.leader:
            self._change(number, before.leader, leader)

    def have_changed(self) -> bool:
        """Say whether groups may have changed since they were published."""
        return self._database.one("SELECT 1 FROM changed") is not None

    def changed(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the groups that may have changed since they were published.

        A group has the number of the text that leads it, and the ids of all its articles in order
        of place; that of a text that follows another has none.
        """
        for (number,) in self._database.all("SELECT number FROM changed"):
            yield number, _members(self._database, number)

    def note_published(self) -> None:
        """Note that searches see the groups as they are."""
        self._database.run("DELETE FROM changed")

    def _numbers(self, digests: set[int]) -> dict[int, int]:
        query = f"SELECT digest, number FROM texts WHERE digest {_AMONG}"
        return dict(self._database.all(query, json.dumps(sorted(digests))))

    def _insert(self, new: dict[int, Arrival]) -> None:
        places = {number: places_of(*each[-2:]) for number, each in new.items()}
        seen = self._marks.seen({mark for own in places.values() for mark, _ in own})
        for number, (article_id, published, digest, sketch, numbers) in new.items():
            own = {mark for mark, _ in places[number]}
            leads = seen.isdisjoint(own)
            seen |= own
            self._new[number] = Text(
                number, digest, sketch, numbers, published, article_id, None, leads, not leads
            )
            if leads:
                self._marks.note(number, places.pop(number))
        self._places = places

    def _come(self, number: int) -> None:
        """Let a text stand where the earliest of its articles does; copies have come."""
        (text,) = self._select("number = ?", number)
        self._change(text.leader)
        if (first := self._first_copy(number)) and place_of(*first) < text.place:
            self._stand(text, *first)
            self._database.run(_COPY, text.id, number, text.published)

    def _lose(self, text: Text) -> None:
        """Let a text stand where the first of its copies does, the article there being gone."""
        self._change(text.number, text.leader)
        if first := self._first_copy(text.number):
            self._stand(text, *first)
        else:
            self.reopen(self.followers(text.number))
            self._marks.forget(text.number, places_of(text.sketch, text.numbers))
            self._database.run("DELETE FROM texts WHERE number = ?", text.number)

    def _first_copy(self, number: int) -> Row | None:
        return self._database.one(
            f"SELECT published, id FROM copies WHERE text = ? ORDER BY {_BY_PLACE} LIMIT 1", number
        )

    def _stand(self, text: Text, published: int | None, article_id: str) -> None:
        """Let a copy be what a text stands for; what that changes is open."""
        place, number = place_of(published, article_id), text.number
        self._database.run("DELETE FROM copies WHERE id = ?", article_id)
        self._database.run(
            "UPDATE texts SET published = ?, id = ? WHERE number = ?", published, article_id, number
        )
        if text.leads:
            self.reopen(each for each in self.followers(number) if each.place < place)
        if text.leads or place < text.place:
            self.reopen([text])

    def _change(self, *numbers: int | None) -> None:
        self._database.many(
            "INSERT OR IGNORE INTO changed VALUES (?)", [(each,) for each in numbers if each]
        )

    def _select(self, where: str, *values: object) -> Iterator[Text]:
        for row in self._database.all(f"SELECT {_COLUMNS} FROM texts WHERE {where}", *values):
            yield Text(*row)


def published(database: Database, /) -> Iterator[tuple[int, list[str]]]:
    """Yield the groups of two and more that searches see, as they are noted."""
    if not database.one("SELECT 1 FROM sqlite_master WHERE name = 'changed'"):
        return  # nothing has been committed yet, not even the tables
    for (number,) in database.all(
        "SELECT leader FROM texts WHERE leader IS NOT NULL UNION SELECT coalesce(leader, number) "
        "FROM texts WHERE number IN (SELECT text FROM copies) EXCEPT SELECT number FROM changed"
    ):
        yield number, _members(database, number)


def _members(database: Database, number: int) -> list[str]:
    rows = database.all(
        "WITH own AS (SELECT number, published, id FROM texts WHERE leader = ? "
        "UNION ALL SELECT number, published, id FROM texts WHERE number = ? AND leader IS NULL) "
        "SELECT published, id FROM own UNION ALL SELECT published, id FROM copies "
        "WHERE text IN (SELECT number FROM own)",
        number,
        number,
    )
    return [article_id for _, _, article_id in sorted(place_of(*row) for row in rows)]


def _place(arrival: Arrival) -> Place:
    return place_of(arrival[1], arrival[0])
