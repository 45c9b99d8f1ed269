"""Notes are read while they are written, after a crash, and where nothing can be written."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from kliping.errors import IndexDamaged, StorageError
from kliping.store.database import Database
from kliping.store.state import State, count_files

SCHEMA = "CREATE TABLE IF NOT EXISTS numbers (number INTEGER, text TEXT)"
# More than SQLite's cache holds, so that it would be written before it is committed.
MANY = [(number, "x" * 900) for number in range(40_000)]
INSERT = "INSERT INTO numbers VALUES (?, ?)"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "generation-1" / "notes.sqlite"
    path.parent.mkdir()
    database = Database(path, SCHEMA)
    database.run(INSERT, 1, "satu")
    database.commit()
    database.close()
    return path


def count(path):
    database = Database.reading(path)
    try:
        return database.one("SELECT count(*) FROM numbers")[0]
    finally:
        database.close()


def test_a_writer_that_is_not_done_keeps_no_reader_waiting(path):
    writer = Database(path, SCHEMA)
    writer.many(INSERT, MANY)
    assert count(path) == 1
    writer.commit()
    assert count(path) == 1 + len(MANY)
    writer.close()


def test_what_a_dead_writer_began_is_not_seen_and_not_touched(path):
    """The writer dies where its changes are in the file, and what undoes them beside it."""
    script = (
        "import os, signal, sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('BEGIN')\n"
        "db.executemany(sys.argv[2], ((n, 'x' * 200) for n in range(40_000)))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    died = subprocess.run([sys.executable, "-c", script, str(path), INSERT], check=False)
    assert died.returncode == -signal.SIGKILL
    journal = path.with_name("notes.sqlite-journal")
    before = path.read_bytes(), journal.read_bytes()
    assert count(path) == 1
    assert (path.read_bytes(), journal.read_bytes()) == before
    Database(path, SCHEMA).close()
    assert count(path) == 1


def test_reading_makes_nothing(tmp_path):
    with pytest.raises(IndexDamaged, match=r"is missing.*index --rebuild --index"):
        count_files(tmp_path / "generation-1" / "state.sqlite")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"bukan basis data" * 100, b"SQLite format 3\0" * 40])
def test_notes_that_are_empty_or_broken_are_damage_and_stay_as_they_are(tmp_path, content):
    path = tmp_path / "state.sqlite"
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        count_files(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_place_of_notes_is_one_line(tmp_path):
    (tmp_path / "state.sqlite").mkdir()
    with pytest.raises((IndexDamaged, StorageError)):
        count_files(tmp_path / "state.sqlite")


@pytest.mark.filterwarnings("error")
def test_no_connection_is_left_open(tmp_path):
    """Where one is, Python says so from 3.13 on."""
    (tmp_path / "state.sqlite").write_bytes(b"bukan basis data" * 100)
    for opening in (State, count_files):
        with pytest.raises(IndexDamaged):
            opening(tmp_path / "state.sqlite")
    gc.collect()


class TestGaps:
    @pytest.fixture
    def filled(self, tmp_path) -> Iterator[Database]:
        """What has grown to many times what it was, and lost half of it again."""
        with closing(Database(tmp_path / "notes", "CREATE TABLE IF NOT EXISTS t (x)")) as database:
            database.many("INSERT INTO t VALUES (?)", [(f"{n}" * 90,) for n in range(4000)])
            database.run("DELETE FROM t WHERE rowid % 2")
            database.commit()
            yield database

    def test_they_are_closed_once_much_has_come(self, filled, tmp_path):
        before = (tmp_path / "notes").stat().st_size
        assert filled.close_gaps()
        assert (tmp_path / "notes").stat().st_size < 0.7 * before
        assert filled.one("SELECT count(*) FROM t") == (2000,)
        filled.run("INSERT INTO t VALUES ('later')")
        filled.commit()
        assert not filled.close_gaps()

    def test_somebody_who_reads_on_is_let_be(self, filled, tmp_path):
        filled.run("PRAGMA busy_timeout = 1")
        with closing(Database.reading(tmp_path / "notes")) as reader:
            rows = reader._db.execute("SELECT * FROM t")
            next(rows)
            filled.close_gaps()
            assert sum(1 for _ in rows) == 1999
        filled.run("DELETE FROM t")
        filled.commit()
        assert filled.one("SELECT count(*) FROM t") == (0,)
