"""What an index was made from: each source file as it was read, and the articles it gave.

The rule that makes ``kill -9`` harmless: at any moment the ids noted here include every id that
the engine holds. Ids are noted before the engine commits, and forgotten after. A file counts as
*done* only once the engine has committed all of it; a file found not done is read again, and all
ids noted for it are deleted first.

Notes on duplicates (:mod:`kliping.indexing.duplicates.texts`) and on what sources repeat
(:mod:`kliping.indexing.repeats.lessons`) lie in the same file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from kliping.corpus.files import NO_FILE
from kliping.engines import Engine
from kliping.store.database import Database

# Counts up whenever the tables change: notes of another version are made anew.
_NOTES = "5"
_CLAIM = "INSERT OR IGNORE INTO articles VALUES (?, ?) RETURNING file"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    number INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    digest TEXT NOT NULL,
    done INTEGER NOT NULL,
    taken INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY,
    file INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS articles_of_file ON articles (file);
CREATE TABLE IF NOT EXISTS pages (
    id TEXT NOT NULL,
    file INTEGER NOT NULL,
    PRIMARY KEY (id, file)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_of_file ON pages (file);
CREATE TABLE IF NOT EXISTS rivals (
    id TEXT NOT NULL,
    file INTEGER NOT NULL,
    PRIMARY KEY (id, file)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rivals_of_file ON rivals (file);
CREATE TABLE IF NOT EXISTS removed (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS slow (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    seconds REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS joins (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS engine (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    version TEXT NOT NULL,
    committing INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A source file as it was when it was read.

    ``done`` is false while its articles may be committed in part; of a file that is not done,
    what its first ``taken`` items gave is committed.
    """

    number: int
    path: str
    size: int
    mtime_ns: int
    digest: str
    done: bool
    taken: int


class State:
    """The notes of one generation, in ``state.sqlite``. Nothing is durable before a commit."""

    def __init__(self, path: Path, /) -> None:
        self.folder = path.parent
        # Makes them lasting beyond this machine, where they are kept elsewhere.
        self.keep: Callable[[], None] = _nowhere
        self.database = Database(path, _SCHEMA)
        self._one, self._all = self.database.one, self.database.all
        self._run, self._many = self.database.run, self.database.many

    @classmethod
    def reading(cls, path: Path, /) -> Self:
        """Open the notes for asking only: nothing is made, changed or locked."""
        self = cls.__new__(cls)
        self.folder = path.parent
        self.database = Database.reading(path)
        self._one, self._all = self.database.one, self.database.all
        return self

    @staticmethod
    def ids_at(path: Path, file: str, /) -> list[str]:
        """Return the ids that the notes at ``path``, of whatever version, tell of a file.

        Raises:
            IndexDamaged: the notes are missing or broken.
        """
        with closing(Database.reading(path)) as database:
            rows = database.all(
                "SELECT id FROM articles WHERE file = (SELECT number FROM files WHERE path = ?)",
                os.fsencode(file),
            )
        return [str(row[0]) for row in rows]

    def close(self) -> None:
        """Forget what was not committed, and let go."""
        self.database.close()

    def commit(self) -> None:
        """Make the notes durable."""
        self.database.commit()

    def file(self, path: str, /) -> KnownFile | None:
        """Return what is known of the file at ``path`` (absolute)."""
        row = self._one("SELECT * FROM files WHERE path = ?", os.fsencode(path))
        return _known(row) if row else None

    def files(self) -> list[KnownFile]:
        """Return all known files by path."""
        return [_known(row) for row in self._all("SELECT * FROM files ORDER BY path")]

    def note(self, path: str, size: int, mtime_ns: int, digest: str, *, taken: int = 0) -> int:
        """Note a file that is about to be read; it is not done. Returns its number."""
        row = self._one(
            "INSERT INTO files (path, size, mtime_ns, digest, done, taken) "
            "VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT (path) DO UPDATE SET size = excluded.size, "
            "mtime_ns = excluded.mtime_ns, digest = excluded.digest, done = 0, "
            "taken = excluded.taken RETURNING number",
            os.fsencode(path),
            size,
            mtime_ns,
            digest,
            taken,
        )
        assert row
        return int(row[0])

    def touch(self, known: KnownFile, mtime_ns: int, /) -> None:
        """Note that a file was written again with the same content."""
        self._run("UPDATE files SET mtime_ns = ? WHERE number = ?", mtime_ns, known.number)

    def move(self, number: int, path: str, mtime_ns: int, /) -> None:
        """Note that a file lies at another path now, its content as it was."""
        self._run(
            "UPDATE files SET path = ?, mtime_ns = ? WHERE number = ?",
            os.fsencode(path),
            mtime_ns,
            number,
        )

    def took(self, number: int, items: int, /) -> None:
        """Note that the engine has committed what a file's first ``items`` gave."""
        self._run("UPDATE files SET taken = ? WHERE number = ?", items, number)

    def done(self, number: int, /) -> None:
        """Note that the engine has committed all of a file."""
        self._run("UPDATE files SET done = 1, taken = 0 WHERE number = ?", number)

    def undo(self, number: int, /) -> None:
        """Note that a file must be read again from its start, or is about to go."""
        self._run("UPDATE files SET done = 0, taken = 0 WHERE number = ?", number)

    def forget(self, number: int, /) -> None:
        """Forget a file and all its articles, but for those that wait to be joined from others."""
        self._run(
            "UPDATE articles SET file = 0 WHERE file = ? AND id IN (SELECT id FROM joins)", number
        )
        self._run("DELETE FROM pages WHERE file = ?", number)
        self._run("DELETE FROM rivals WHERE file = ?", number)
        self._run("DELETE FROM articles WHERE file = ?", number)
        self._run("DELETE FROM files WHERE number = ?", number)

    def note_slow(self, path: str, size: int, mtime_ns: int, seconds: float, /) -> None:
        """Note that a file, as it is now, gave nothing for so long."""
        row = os.fsencode(path), size, mtime_ns, seconds
        self._run("INSERT OR REPLACE INTO slow VALUES (?, ?, ?, ?)", *row)

    def slow(self, path: str, size: int, mtime_ns: int, /) -> float:
        """Return for how long a file, as it is now, gave nothing, 0 if it did not."""
        where = "path = ? AND size = ? AND mtime_ns = ?"
        row = self._one(
            f"SELECT seconds FROM slow WHERE {where}", os.fsencode(path), size, mtime_ns
        )
        return float(row[0]) if row else 0.0

    def path_of(self, number: int, /) -> str:
        """Return the path of the file with this number."""
        row = self._one("SELECT path FROM files WHERE number = ?", number)
        return _path(row[0]) if row else "another file"

    def is_given(self, number: int, /) -> bool:
        """Say whether this is no file, but what programs and standard input gave."""
        return self.path_of(number) == NO_FILE

    def owner(self, article_id: str, /) -> int | None:
        """Return the number of the file that gave the article with this id."""
        row = self._one("SELECT file FROM articles WHERE id = ?", article_id)
        return int(row[0]) if row else None

    def claim(self, article_id: str, number: int, /) -> int:
        """Note that a file gives an article, unless another does; return the one that does."""
        if self._one(_CLAIM, article_id, number):
            return number
        owner = self.owner(article_id)
        return number if owner is None else owner

    def owners(self, ids: Iterable[str], /) -> dict[str, int]:
        """Return the numbers of the files that gave those of these articles that are noted."""
        query = "SELECT * FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        return {str(row[0]): int(row[1]) for row in self._all(query, json.dumps(list(ids)))}

    def own(self, ids: Iterable[str], number: int, /) -> None:
        """Note that articles are this file's from now on."""
        rows = ((each, number) for each in ids)
        self._many("INSERT OR REPLACE INTO articles VALUES (?, ?)", rows)

    def note_page(self, article_id: str, number: int, /) -> None:
        """Note that a file gives a page of an article."""
        self._run("INSERT OR IGNORE INTO pages VALUES (?, ?)", article_id, number)

    def page_ids(self, number: int, /) -> list[str]:
        """Return the articles that a file gives pages of."""
        rows = self._all("SELECT id FROM pages WHERE file = ?", number)
        return [str(row[0]) for row in rows]

    def page_files(self, article_id: str, /) -> list[int]:
        """Return the files that give pages of an article."""
        rows = self._all("SELECT file FROM pages WHERE id = ? ORDER BY file", article_id)
        return [int(row[0]) for row in rows]

    def has_pages(self, article_id: str, /, *, besides: int = 0) -> bool:
        """Say whether a file, besides one, gives pages of an article."""
        query = "SELECT 1 FROM pages WHERE id = ? AND file != ?"
        return self._one(query, article_id, besides) is not None

    def forget_pages(self, number: int, /) -> None:
        """Forget which pages a file gave."""
        self._run("DELETE FROM pages WHERE file = ?", number)

    def note_rival(self, article_id: str, number: int, /) -> None:
        """Note that a file too gives an article that is another's."""
        self._run("INSERT OR IGNORE INTO rivals VALUES (?, ?)", article_id, number)

    def rivals(self, ids: Iterable[str], /) -> set[int]:
        """Return the files that also give any of these articles, which are others'."""
        if self._one("SELECT 1 FROM rivals") is None:
            return set()
        query = "SELECT file FROM rivals WHERE id = ?"
        return {int(row[0]) for each in ids for row in self._all(query, each)}

    def forget_rival(self, number: int, /) -> None:
        """Forget which articles of others a file gave."""
        self._run("DELETE FROM rivals WHERE file = ?", number)

    def remove(self, article_id: str, /) -> None:
        """Note that an article stays out, whatever file gives it; :meth:`restore` undoes it."""
        for table in ("pages", "joins", "rivals"):
            self._run(f"DELETE FROM {table} WHERE id = ?", article_id)
        self._run("INSERT OR IGNORE INTO removed VALUES (?)", article_id)

    def removed(self) -> set[str]:
        """Return the articles that stay out."""
        return {str(row[0]) for row in self._all("SELECT id FROM removed")}

    def restore(self, article_id: str, /) -> None:
        """Note that an article that was taken out may be in again."""
        self._run("DELETE FROM removed WHERE id = ?", article_id)

    def take_over(self, article_id: str, number: int, /) -> None:
        """Note that an article is no file's any more, but of ``number``, which holds no file.

        The files that give it, or pages of it, are its rivals from now on.
        """
        owners = "SELECT id, file FROM articles WHERE id = ? UNION SELECT id, file FROM pages"
        self._run(
            f"INSERT OR IGNORE INTO rivals {owners} WHERE id = ? EXCEPT SELECT ?, ?",
            article_id,
            article_id,
            article_id,
            number,
        )
        for table in ("pages", "joins"):
            self._run(f"DELETE FROM {table} WHERE id = ?", article_id)
        self.own([article_id], number)

    def note_join(self, article_id: str, /) -> None:
        """Note that an article must be made anew from its pages."""
        self._run("INSERT OR IGNORE INTO joins VALUES (?)", article_id)

    def joins(self) -> list[str]:
        """Return the articles that must be made anew from their pages."""
        return [str(row[0]) for row in self._all("SELECT id FROM joins ORDER BY id")]

    def forget_joins(self, ids: Iterable[str], /) -> None:
        """Note that articles have been made anew."""
        self._many("DELETE FROM joins WHERE id = ?", ((each,) for each in ids))

    def ids(self, number: int, /) -> list[str]:
        """Return the ids noted for a file."""
        rows = self._all("SELECT id FROM articles WHERE file = ?", number)
        return [str(row[0]) for row in rows]

    def drop(self, ids: Iterable[str], /) -> None:
        """Forget articles that the engine no longer holds."""
        self._many("DELETE FROM articles WHERE id = ?", ((each,) for each in ids))

    def begin_commit(self) -> None:
        """Note that the engine is about to commit: it may be found as it was, or as it will be."""
        self._run("UPDATE engine SET committing = 1 WHERE NOT committing")

    def end_commit(self, version: str, /) -> None:
        """Note what the engine has committed, by its :attr:`~kliping.engines.Engine.version`."""
        self._run(
            "INSERT INTO engine VALUES (1, ?, 0) ON CONFLICT (only) DO UPDATE SET "
            "version = excluded.version, committing = 0 "
            "WHERE committing OR version != excluded.version",  # else nothing is written
            f"{_NOTES} {version}",
        )

    def tells_of(self, engine: Engine, /) -> bool:
        """Say whether these notes were made with what ``engine`` holds, and name all of it."""
        row = self._one("SELECT version, committing FROM engine")
        noted = self._one("SELECT count(*) FROM articles")
        whole = noted is not None and noted[0] >= engine.articles
        if row is None or not whole:
            return False
        notes, _, version = row[0].partition(" ")
        return notes == _NOTES and (version == engine.version or bool(row[1]))

    def all_ids(self, *, done: bool = False) -> set[str]:
        """Return the ids of all articles that are noted, or of those whose file is done."""
        where = "WHERE file IN (SELECT number FROM files WHERE done)" if done else ""
        return {str(row[0]) for row in self._all(f"SELECT id FROM articles {where}")}

    def copy(self, path: Path, /) -> None:
        """Write the notes, as they are committed, to a new file without gaps."""
        self.commit()
        self.database.copy(path)

    def counts(self) -> list[tuple[str, int]]:
        """Return each known file with the number of articles noted for it."""
        rows = self._all(
            "SELECT path, count(id) FROM files LEFT JOIN articles ON file = number GROUP BY number"
        )
        return [(_path(path), int(count)) for path, count in rows]

    def counts_of_files(self) -> dict[int, int]:
        """Return the number of articles noted for each file, by its number."""
        return dict(self._all("SELECT file, count(*) FROM articles GROUP BY file"))

    def count_of(self, number: int, /) -> int:
        """Return the number of articles noted for a file."""
        row = self._one("SELECT count(*) FROM articles WHERE file = ?", number)
        return int(row[0]) if row else 0


def count_files(path: Path, /) -> int:
    """Return how many source files the notes at ``path`` tell of; nothing is made or changed.

    Raises:
        IndexDamaged: the notes are missing or broken.
    """
    with closing(Database.reading(path)) as database:
        row = database.one("SELECT count(*) FROM files")
    return int(row[0]) if row else 0


def _nowhere() -> None:
    pass


def _path(kept: object) -> str:
    """Return a path, kept as bytes: not every name that a disk holds is text."""
    assert isinstance(kept, bytes)
    return os.fsdecode(kept)


def _known(row: tuple[Any, ...]) -> KnownFile:
    number, path, size, mtime_ns, digest, done, taken = row
    return KnownFile(number, _path(path), size, mtime_ns, digest, bool(done), taken)
