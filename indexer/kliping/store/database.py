"""A file of SQLite, its refusals told as this project's errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from kliping.errors import KlipingError, StorageError
from kliping.errors.cures import damaged

Row = tuple[Any, ...]

# Of keys that are digests any page may be next: with 2 MB, it is nearly always to be fetched.
_CACHE_KILOBYTES = 32_000
_WAIT_SECONDS = 30.0  # for a writer's commit, which takes milliseconds
_FORBIDDEN = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


class Database:
    """One open file; nothing is durable before a commit.

    Args:
        path: the file, made where there is none.
        schema: statements that make what is missing, and do nothing to what is there.
    """

    def __init__(self, path: Path, schema: str, /) -> None:
        with self._opening(
            path, sqlite3.connect, path, isolation_level=None, check_same_thread=False
        ):
            self._db.execute("PRAGMA synchronous = FULL")
            # What does not fit its cache would be written early, and lock readers out till then.
            self._db.execute("PRAGMA cache_spill = OFF")
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
            self._db.executescript(schema)
            self._began = self._pages()
            self._db.execute("BEGIN")

    @classmethod
    def reading(cls, path: Path, /) -> Self:
        """Open a file for reading what was committed last: nothing is made, changed or locked."""
        self = cls.__new__(cls)
        try:
            with self._opening(path, _read_only, path):
                self._db.execute("SELECT 1 FROM sqlite_master")
        except StorageError as error:
            if path.exists():
                raise
            raise damaged(path, "it is missing", path.parent.parent) from error
        return self

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
        try:
            self._db.execute(sql, values)
        except (sqlite3.DatabaseError, OSError) as error:
            raise self._translated(error) from error

    def many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row of values."""
        with self._errors():
            self._db.executemany(sql, rows)

    def copy(self, path: Path, /) -> None:
        """Write all that is committed to a new file, without gaps."""
        with self._errors():
            self._db.execute("COMMIT")
            self._db.execute("VACUUM INTO ?", (str(path),))
            self._db.execute("BEGIN")

    def close_gaps(self) -> bool:
        """Write all that is committed anew without gaps, if it has doubled since it was opened.

        What comes in no order leaves an eighth of the pages free. Where the disk has no room for
        this, or somebody reads for too long, it stays as it is.
        """
        if self._pages() < 2 * self._began:
            return False
        self.run("COMMIT")
        with suppress(sqlite3.OperationalError):
            self._db.execute("VACUUM")
        self.run("BEGIN")
        self._began = self._pages()
        return True

    def _pages(self) -> int:
        return int(self._db.execute("PRAGMA page_count").fetchone()[0])

    def one(self, sql: str, *values: object) -> Row | None:
        """Return the first row that a statement gives."""
        try:
            row: Row | None = self._db.execute(sql, values).fetchone()
        except (sqlite3.DatabaseError, OSError) as error:
            raise self._translated(error) from error
        return row

    def all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows that a statement gives."""
        try:
            rows: list[Row] = self._db.execute(sql, values).fetchall()
        except (sqlite3.DatabaseError, OSError) as error:
            raise self._translated(error) from error
        return rows

    @contextmanager
    def _opening(self, path: Path, connect: Any, *arguments: Any, **named: Any) -> Iterator[None]:
        self._path = path
        with self._errors():
            self._db = connect(*arguments, **named)
            try:
                yield
            except BaseException:
                self._db.close()
                raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            raise self._translated(error) from error

    def _translated(self, error: sqlite3.DatabaseError | OSError) -> KlipingError:
        path, code = self._path, getattr(error, "sqlite_errorcode", None) or 0
        if code & 0xFF in _FORBIDDEN or isinstance(error, PermissionError):
            return StorageError(f"{path}: {error}; ask its owner for leave to use it", path=path)
        if code & 0xFF in _FULL:
            return StorageError(f"{path}: {error}; free some space and try again", path=path)
        if code & 0xFF == sqlite3.SQLITE_BUSY:
            return StorageError(f"{path} is being written; try again", path=path)
        return damaged(path, error, path.parent.parent)


def _read_only(path: Path) -> sqlite3.Connection:
    """Connect to a file such that nothing is written, also where a writer died in mid-commit."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_SECONDS)
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
        return _rolled_back(path)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _rolled_back(path: Path) -> sqlite3.Connection:
    """Return a copy of a file, without what a writer that died had begun to write."""
    import shutil  # with what reads archives, a tenth of what info takes
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="kliping-") as folder:
        for name in (path.name, f"{path.name}-journal"):
            shutil.copyfile(path.with_name(name), Path(folder, name))
        copy = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(Path(folder, path.name))) as db:
            db.backup(copy)
    return copy
