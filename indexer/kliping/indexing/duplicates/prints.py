"""Notes on each article's text, from which articles that resemble one another are looked up.

A print *leads* when no earlier article resembles it, and otherwise follows one that leads; one
that is *open* waits for this to be decided (:mod:`kliping.indexing.duplicates.grouping`). The
notes lie in the same file as those on sources and are committed with them. Their rule is the
counterpart of the one in :mod:`kliping.store.state`: *a group joins only articles that the engine
holds, as it holds them*. A print goes before the engine's commit, and joins a group after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count

from kliping.analysis.shingles import Sketch, marks_of
from kliping.store.database import Database, Row
from kliping.values import Value

# The first marks of a sketch are looked up. Of two articles with resemblance 0.8, one in 500
# shares none of four; of more than four, as many more rows would have to be written.
LOOKED_UP = 4
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS prints (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        published INTEGER,
        sketch BLOB NOT NULL,
        leader INTEGER,
        leads INTEGER NOT NULL,
        open INTEGER NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS followers ON prints (leader) WHERE leader IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS open_prints ON prints (open) WHERE open",
    """CREATE TABLE IF NOT EXISTS marks (
        mark INTEGER NOT NULL,
        leads INTEGER NOT NULL,
        print INTEGER NOT NULL,
        PRIMARY KEY (mark, leads, print)
    ) WITHOUT ROWID""",
)
_PLACE = "(published IS NULL, coalesce(published, 0), id)"
_SHARING = (
    "number IN (SELECT print FROM marks WHERE {leads} mark IN (SELECT value FROM json_each(?)))"
)
# Thousands of articles may begin alike and yet differ; the earliest of them are looked at.
_FAMILY = 500
_COLUMNS = "number, id, published, sketch, leader, leads"


class Print(Value):
    """One article's text in short. ``published`` is in seconds since 1970.

    ``leader`` is the number of the print that this one follows.
    """

    number: int
    id: str
    published: int | None
    sketch: bytes
    leader: int | None
    leads: bool

    @property
    def place(self) -> tuple[bool, int, str]:
        """Where it stands among all: earliest published first, the undated last, then by id."""
        return self.published is None, self.published or 0, self.id

    @property
    def marks(self) -> tuple[int, ...]:
        """What it is looked up by."""
        return marks_of(self.sketch)[:LOOKED_UP]


class Prints:
    """The prints of one generation's articles."""

    def __init__(self, database: Database, /) -> None:
        self._database = database
        for statement in _SCHEMA:
            database.run(statement)
        last = database.one("SELECT coalesce(max(number), 0) FROM prints")
        self._numbers = count(last[0] + 1 if last else 1)

    def add(self, articles: Iterable[tuple[str, int | None, Sketch]], /) -> None:
        """Note articles that have none: id, moment published, sketch.

        What shares a mark with any other is open; all others lead, since nothing resembles them.
        """
        new = [
            Print(next(self._numbers), article_id, published, marks, None, leads=False)
            for article_id, published, (_, marks) in articles
            if marks
        ]
        seen = self._known({mark for each in new for mark in each.marks})
        rows: list[Row] = []
        marks: list[Row] = []
        for each in new:
            own = each.marks
            leads = seen.isdisjoint(own)
            seen.update(own)
            rows.append((each.number, each.id, each.published, each.sketch, leads, not leads))
            marks += [(mark, leads, each.number) for mark in own]
        self._database.many("INSERT INTO prints VALUES (?, ?, ?, ?, NULL, ?, ?)", rows)
        self._database.many("INSERT INTO marks VALUES (?, ?, ?)", sorted(marks))

    def _known(self, marks: set[int]) -> set[int]:
        """Return those of ``marks`` that any print has."""
        rows = self._database.all(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM marks WHERE mark = value)",
            json.dumps(sorted(marks)),
        )
        return {mark for (mark,) in rows}

    def drop(self, ids: Iterable[str], /) -> None:
        """Forget articles; those that followed them are open."""
        for article_id in ids:
            for gone in self._select("id = ?", article_id):
                self.reopen(each.number for each in self.followers(gone.number))
                self._mark(gone, None)
                self._database.run("DELETE FROM prints WHERE number = ?", gone.number)

    def get(self, number: int, /) -> Print | None:
        """Return the print with this number."""
        return next(self._select("number = ?", number), None)

    def open(self) -> Iterator[Print]:
        """Yield the prints that wait to be decided."""
        return self._select("open")

    def followers(self, number: int, /) -> Iterator[Print]:
        """Yield the prints that follow this one."""
        return self._select("leader = ?", number)

    def earlier_leaders(self, print_: Print, /) -> Iterator[Print]:
        """Yield the earlier prints that lead and share a mark, the earliest first."""
        return self._select(
            f"{_SHARING.format(leads='leads = 1 AND')} AND {_PLACE} < (?, ?, ?) "
            f"ORDER BY published IS NULL, published, id LIMIT {_FAMILY}",
            json.dumps(list(print_.marks)),
            *print_.place,
        )

    def later(self, print_: Print, /) -> Iterator[Print]:
        """Yield the later prints that share a mark and lead, or follow a later one."""
        return self._select(
            f"{_SHARING.format(leads='')} AND NOT open AND {_PLACE} > (?, ?, ?) AND (leader IS "
            f"NULL OR leader IN (SELECT number FROM prints WHERE {_PLACE} > (?, ?, ?)))",
            json.dumps(list(print_.marks)),
            *print_.place,
            *print_.place,
        )

    def reopen(self, numbers: Iterable[int], /) -> None:
        """Let prints that follow wait to be decided again; until then they follow nothing."""
        self._database.many(
            "UPDATE prints SET leader = NULL, open = 1 WHERE number = ?",
            [(number,) for number in numbers],
        )

    def decide(self, print_: Print, /, leader: int | None) -> None:
        """Note that a print follows another, or leads."""
        leads = leader is None
        if leads != print_.leads:
            self._mark(print_, leads)
        self._database.run(
            "UPDATE prints SET leader = ?, leads = ?, open = 0 WHERE number = ?",
            leader,
            leads,
            print_.number,
        )

    def groups(self) -> list[list[str]]:
        """Return the ids of each group of two and more: the leader first, then by place."""
        rows = self._database.all(
            "SELECT led.id, own.id FROM prints own JOIN prints led ON led.number = own.leader "
            "WHERE own.leader IS NOT NULL "
            "ORDER BY led.id, own.published IS NULL, own.published, own.id"
        )
        groups: dict[str, list[str]] = {}
        for leader, follower in rows:
            groups.setdefault(leader, [leader]).append(follower)
        return list(groups.values())

    def _mark(self, print_: Print, leads: bool | None) -> None:
        """Have a print looked up as one that leads, or does not, or not at all."""
        own = set(print_.marks)
        key = "WHERE mark = ? AND leads = ? AND print = ?"
        old = [(mark, print_.leads, print_.number) for mark in own]
        self._database.many(f"DELETE FROM marks {key}", old)
        if leads is not None:
            new = [(mark, leads, print_.number) for mark in own]
            self._database.many("INSERT INTO marks VALUES (?, ?, ?)", new)

    def _select(self, where: str, *values: object) -> Iterator[Print]:
        for row in self._database.all(f"SELECT {_COLUMNS} FROM prints WHERE {where}", *values):
            number, article_id, published, sketch, leader, leads = row
            yield Print(number, article_id, published, sketch, leader, bool(leads))
