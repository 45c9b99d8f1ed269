"""A file of SQLite, its refusals told as this project's errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kliping.errors import IndexDamaged, StorageError

Row = tuple[Any, ...]


class Database:
    """One open file; nothing is durable before a commit.

    Args:
        path: the file, made where there is none.
        schema: statements that make what is missing, and do nothing to what is there.
    """

    def __init__(self, path: Path, schema: str, /) -> None:
        self._path = path
        with self._errors():
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(schema)
            self._db.execute("BEGIN")

    def close(self) -> None:
        """Forget what was not committed, and let go."""
        self._db.close()

    def commit(self) -> None:
        """Make all changes durable."""
        with self._errors():
            self._db.execute("COMMIT")
            self._db.execute("BEGIN")

    def run(self, sql: str, *values: object) -> None:
        """Run a statement."""
        with self._errors():
            self._db.execute(sql, values)

    def many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row of values."""
        with self._errors():
            self._db.executemany(sql, rows)

    def one(self, sql: str, *values: object) -> Row | None:
        """Return the first row that a statement gives."""
        with self._errors():
            row: Row | None = self._db.execute(sql, values).fetchone()
            return row

    def all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows that a statement gives."""
        with self._errors():
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"{self._path}: {error}; free some space or mend the permissions", path=self._path
            ) from error
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"{self._path} is damaged ({error}); try: kliping index --rebuild",
                path=self._path,
            ) from error
