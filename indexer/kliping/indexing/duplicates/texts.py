"""Notes on the texts of articles, from which those that resemble one another are looked up.

Articles with all words in common have one text. A text *leads* when no earlier one resembles it,
and otherwise follows one that leads; one that is *open* waits for this to be decided
(:mod:`kliping.indexing.duplicates.grouping`). The notes lie in the same file as those on sources
and are committed with them.

Each text is looked up by its first marks. Of a family from one mould (prices, weather) thousands
have a mark in common; so those with a mark are kept in the order of what else they have, and the
few that stand next to a text are looked at, which are those that share most (an LSH forest: Bawa,
Condie and Ganesan 2005).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain

from kliping.analysis.shingles import marks_of, numbers_of
from kliping.store.database import Database, Row
from kliping.values import Value

# So many marks of a text are looked up. Of two texts with resemblance 0.8, one in 500 shares none
# of four; of more than four, as many more rows would have to be written.
_LOOKED_UP = 4
# So many of those that have a mark are looked at on either side of a text.
_NEXT = 8
# By so many bytes are those ordered that have a mark: of some numbers, and of the marks behind.
_THEN, _FACTS = 5, 3
_ORDERS = (0, 0xFFFF, 0x5555, 0xAAAA)  # in which numbers come, for one mark and another
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS texts (
        number INTEGER PRIMARY KEY,
        digest INTEGER NOT NULL UNIQUE,
        sketch BLOB NOT NULL,
        numbers BLOB NOT NULL,
        published INTEGER,
        id TEXT NOT NULL,
        leader INTEGER,
        leads INTEGER NOT NULL,
        open INTEGER NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS followers ON texts (leader) WHERE leader IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS open_texts ON texts (open) WHERE open",
    """CREATE TABLE IF NOT EXISTS members (
        id TEXT PRIMARY KEY,
        text INTEGER NOT NULL,
        published INTEGER
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS members_of_text "
    "ON members (text, published IS NULL, published, id)",
    """CREATE TABLE IF NOT EXISTS marks (
        mark INTEGER NOT NULL,
        leads INTEGER NOT NULL,
        behind INTEGER NOT NULL,
        text INTEGER NOT NULL,
        PRIMARY KEY (mark, leads, behind, text)
    ) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS changed (number INTEGER PRIMARY KEY)",
)
_MARK = "INSERT INTO marks VALUES (?, ?, ?, ?)"
_UNMARK = "DELETE FROM marks WHERE mark = ? AND leads = ? AND behind = ? AND text = ?"
_COLUMNS = "number, sketch, numbers, published, id, leader, leads, open"
_BY_PLACE = "published IS NULL, published, id"
_BESIDE = (
    "SELECT * FROM (SELECT text FROM marks WHERE mark = ? AND leads = {leads} "
    f"AND behind >= ? ORDER BY behind, text LIMIT {_NEXT})",
    "SELECT * FROM (SELECT text FROM marks WHERE mark = ? AND leads = {leads} "
    f"AND behind < ? ORDER BY behind DESC, text DESC LIMIT {_NEXT})",
)
# At each place those before it and behind it, of what follows and of what leads.
_ASKED = [query.format(leads=leads) for query in _BESIDE for leads in (0, 1)]
_AMONG = "IN (SELECT value FROM json_each(?))"

# An article that has come: its id, when it was published, and the three parts of its sketch.
Arrival = tuple[str, int | None, int, bytes, bytes]
Place = tuple[bool, int, str]


def place_of(published: int | None, article_id: str, /) -> Place:
    """Return where an article stands: earliest published first, the undated last, then by id."""
    return published is None, published or 0, article_id


class Text(Value):
    """A text, whom it follows, and the earliest of its articles, published so long after 1970."""

    number: int
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


class Texts:
    """The texts of one generation's articles."""

    def __init__(self, database: Database, /) -> None:
        self._database = database
        for statement in _SCHEMA:
            database.run(statement)

    def add(self, arrivals: Iterable[Arrival], /) -> None:
        """Note articles that have none.

        A text that shares a mark with any other is open; all others lead: nothing resembles them.
        """
        rows = list(arrivals)
        known = self._numbers({digest for _, _, digest, *_ in rows})
        last = self._database.one("SELECT coalesce(max(number), 0) FROM texts")
        unused = last[0] + 1 if last else 1
        new: dict[int, Arrival] = {}
        members: list[Row] = []
        joined: set[int] = set()
        for arrival in rows:
            article_id, published, digest, *_ = arrival
            number = known.setdefault(digest, unused + len(new))
            if number == unused + len(new):
                new[number] = arrival
            else:
                joined.add(number)
            members.append((article_id, number, published))
        self._insert(new)
        self._database.many("INSERT INTO members VALUES (?, ?, ?)", members)
        for number in sorted(joined):
            self._place(number)

    def drop(self, ids: Iterable[str], /) -> None:
        """Forget articles; what followed a text that nothing has any more is open."""
        left: set[int] = set()
        for article_id in ids:
            if row := self._database.one(
                "DELETE FROM members WHERE id = ? RETURNING text", article_id
            ):
                left.add(row[0])
        for number in sorted(left):
            self._place(number)

    def open(self) -> Iterator[Text]:
        """Yield the texts that wait to be decided."""
        return self._select("open")

    def get(self, number: int, /) -> Text | None:
        """Return the text with this number."""
        return next(self._select("number = ?", number), None)

    def some(self, numbers: Iterable[int], /) -> dict[int, Text]:
        """Return the texts with these numbers by number."""
        wanted = json.dumps(sorted(numbers))
        return {each.number: each for each in self._select(f"number {_AMONG}", wanted)}

    def beside(self, text: Text, /) -> list[Text]:
        """Return what stands beside a text by any of its marks, of those that lead and follow."""
        places = _places(text.sketch, text.numbers)
        values = chain.from_iterable(place * len(_ASKED) for place in places)
        found = self._select(_beside(len(places)), *values)
        return [each for each in found if each.number != text.number]

    def followers(self, number: int, /) -> list[Text]:
        """Return the texts that follow this one."""
        return list(self._select("leader = ?", number))

    def reopen(self, texts: Iterable[Text], /) -> None:
        """Let texts wait to be decided again; until then they follow nothing."""
        for each in texts:
            self._mark(each, None)
            self._database.run(
                "UPDATE texts SET leader = NULL, open = 1 WHERE number = ?", each.number
            )
            self._change(each.number, each.leader)

    def decide(self, text: Text, /, leader: int | None) -> None:
        """Note that a text follows another, or leads."""
        self._mark(text, leader is None)
        self._database.run(
            "UPDATE texts SET leader = ?, leads = ?, open = 0 WHERE number = ?",
            leader,
            leader is None,
            text.number,
        )
        if leader != text.leader:
            self._change(text.number, text.leader, leader)

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
        places = {number: _places(*each[-2:]) for number, each in new.items()}
        seen = self._seen({mark for own in places.values() for mark, _ in own})
        rows: list[Row] = []
        marks: list[Row] = []
        for number, (article_id, published, *sketch) in new.items():
            own = {mark for mark, _ in places[number]}
            leads = seen.isdisjoint(own)
            seen |= own
            rows.append((number, *sketch, published, article_id, leads, not leads))
            if leads:
                marks += [(mark, 1, behind, number) for mark, behind in places[number]]
        self._database.many("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)", rows)
        self._database.many(_MARK, sorted(marks))

    def _seen(self, marks: set[int]) -> set[int]:
        """Return those of ``marks`` that any text has."""
        rows = self._database.all(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM marks WHERE mark = value)",
            json.dumps(sorted(marks)),
        )
        return {mark for (mark,) in rows}

    def _place(self, number: int) -> None:
        """Let a text stand where the earliest of its articles does; articles have come or gone."""
        (text,) = self._select("number = ?", number)
        first = self._database.one(
            f"SELECT published, id FROM members WHERE text = ? ORDER BY {_BY_PLACE} LIMIT 1", number
        )
        self._change(number, text.leader)
        if first is None:
            self.reopen(self.followers(number))
            self._mark(text, None)
            self._database.run("DELETE FROM texts WHERE number = ?", number)
        elif (place := place_of(*first)) != text.place:
            self._database.run(
                "UPDATE texts SET published = ?, id = ? WHERE number = ?", *first, number
            )
            if text.leads:
                self.reopen(each for each in self.followers(number) if each.place < place)
            if text.leads or place < text.place:
                self.reopen([text])

    def _mark(self, text: Text, leads: bool | None) -> None:
        """Have a text looked up as one that leads, or follows, or not at all."""
        before = None if text.open else text.leads
        if leads == before:
            return
        for statement, how in ((_UNMARK, before), (_MARK, leads)):
            if how is not None:
                rows = [
                    (mark, how, behind, text.number)
                    for mark, behind in _places(text.sketch, text.numbers)
                ]
                self._database.many(statement, rows)

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
        "FROM texts WHERE number IN (SELECT text FROM members GROUP BY text HAVING count(*) > 1) "
        "EXCEPT SELECT number FROM changed"
    ):
        yield number, _members(database, number)


def _members(database: Database, number: int) -> list[str]:
    rows = database.all(
        "SELECT id FROM members WHERE text IN (SELECT number FROM texts WHERE leader = ? "
        "UNION ALL SELECT number FROM texts WHERE number = ? AND leader IS NULL) "
        f"ORDER BY {_BY_PLACE}",
        number,
        number,
    )
    return [article_id for (article_id,) in rows]


@cache
def _beside(places: int) -> str:
    """Return the condition of standing beside a text that is looked up at so many places."""
    return f"number IN ({' UNION ALL '.join(_ASKED * places)})"


@lru_cache(maxsize=256)  # a text that is decided is looked up, and then noted
def _places(sketch: bytes, numbers: bytes) -> tuple[tuple[int, int], ...]:
    """Return what a text is looked up by: a mark, and what it is ordered by among those with it.

    That are a few of its numbers, others for each mark, and then the marks that follow.
    """
    lowest, facts, places = sketch[::4], numbers_of(numbers), []
    for at, mark in enumerate(marks_of(sketch)[:_LOOKED_UP], 1):
        told = sorted([each ^ _ORDERS[at - 1] for each in facts])[:_FACTS]
        behind = (bytes([each & 0xFF for each in told]) + lowest[at : at + _THEN])[:_THEN]
        places.append((mark, int.from_bytes(behind.ljust(_THEN, b"\0"), "big")))
    return tuple(places)
