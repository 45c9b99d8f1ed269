"""The folder an index lives in: its manifest, its generations, its lock.

    index/
    ├── manifest.json      which engine, format and analyser made it; which generation is current
    ├── lexicon.txt        the user's own words, if any were given
    ├── sources.json       the files and folders that it is made from
    ├── writer.lock        held by the one process that writes; writer.json says who that is
    └── generation-1/
        ├── engine/        the engine's own files
        ├── groups.json    which of the files beside it (groups-1.bin …) say what says the same
        ├── digests.json   checksums of the engine's files, by which damage is known
        └── state.sqlite   which source files are in it, as they were when they were read

A rebuild fills the next generation beside the current one; replacing the manifest, in one step,
makes it the index. Whatever no manifest names is swept up by the next writer.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from kliping.analysis import UserLexicon
from kliping.engines import stamp
from kliping.errors import (
    IndexingError,
    IndexLocked,
    IndexMismatch,
    IndexNotFound,
    NotAnIndex,
)
from kliping.errors.cures import command, damaged, refused
from kliping.store.shares import Share

# Counts up whenever what the engines are given, or this folder's layout, changes.
FORMAT_VERSION = 6

WAIT_SECONDS = 10.0  # for another writer, unless somebody says otherwise

_OPEN_FILES = 24  # what a small index needs; one with many segments needs more, and tells

LEXICON = "lexicon.txt"
SOURCES = "sources.json"
_MANIFEST = "manifest.json"
_OURS = re.compile(
    r"(manifest|sources)\.json(\.new)?|lexicon\.txt(\.new)?|writer\.(lock|json)|generation-\d+"
)
_LONGEST_WAIT = 1_000_000
_HARMLESS = re.compile(r"\..*|README.*", re.IGNORECASE)


class Manifest(NamedTuple):
    """What an index was made by; it opens only under the same format and analyser."""

    engine: str
    format: int
    analyser: str
    generation: int
    created: str


class IndexFolder:
    """Where one index lives: a folder on disk.

    ``place`` is what it is called. An index at an address (:mod:`kliping.store.address`) is the
    same with a folder that mirrors what lies there: :meth:`pull` brings it in, :meth:`keep` takes
    it back, and neither has anything to do here.
    """

    is_address = False
    share = Share()

    def __init__(self, path: Path | str, /) -> None:
        self.path = Path(path)
        self.place: Path | str = self.path

    def manifest(self, *, any_format: bool = False) -> Manifest:
        """Read the manifest, of ``any_format`` for who can do with whatever was written.

        Raises:
            IndexNotFound: the folder does not exist, or is empty.
            NotAnIndex: the folder holds something else.
            IndexDamaged: the manifest cannot be understood.
            IndexMismatch: another format version.
        """
        try:
            manifest = _manifest((self.path / _MANIFEST).read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        except IsADirectoryError as error:
            raise damaged(self.path / _MANIFEST, "it is a folder", self.path) from error
        except OSError as error:
            raise refused(self.path, error) from error
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            path = self.path / _MANIFEST
            raise damaged(path, "it cannot be understood", self.path) from error
        if manifest.format != FORMAT_VERSION and not any_format:
            raise IndexMismatch(
                f"{self.place} has format {manifest.format}, this kliping reads {FORMAT_VERSION}; "
                f"try: {command('index --rebuild', self.place)}",
                path=self.place,
            )
        return manifest

    def has_index(self) -> bool:
        """Say whether an index was ever published here."""
        self.look()
        return (self.path / _MANIFEST).exists()

    def _missing(self) -> IndexNotFound | NotAnIndex:
        if self.is_free():
            return IndexNotFound(
                f"there is no index at {self.place}; "
                f"make one with: {command('index FOLDER', self.place)}",
                path=self.place,
            )
        return NotAnIndex(
            f"{self.place} is not an index; name another place with --index", path=self.place
        )

    def is_free(self) -> bool:
        """Say whether an index may be made here: nothing is there that is not ours to sweep."""
        if not self.path.exists():
            return True
        return self.path.is_dir() and all(
            _OURS.fullmatch(name) or _HARMLESS.fullmatch(name)
            for name in (entry.name for entry in self.path.iterdir())
        )

    def check_analyser(
        self, manifest: Manifest, version: str, /, *, lexicon: Path | str | None = None
    ) -> None:
        """Refuse an index that another version analysed: its words could not be found.

        The cure names the ``lexicon`` that was asked for.

        Raises:
            IndexMismatch: the message names both versions and the cure.
        """
        if manifest.analyser != version:
            from shlex import quote

            more = "" if lexicon is None else f" --lexicon {quote(str(lexicon))}"
            raise IndexMismatch(
                f"{self.place} was made by analyser {manifest.analyser}, this is {version}; "
                f"try: {command(f'index --rebuild{more}', self.place)}",
                path=self.place,
            )

    def lexicon(self) -> UserLexicon | None:
        """Read the user's own words that the index was made with, if there are any.

        Raises:
            LexiconError: the file was changed into something that cannot be understood.
        """
        path = self.path / LEXICON
        return UserLexicon.read(path) if path.exists() else None

    def generation(self, number: int, /) -> Path:
        """Return the folder of one generation."""
        return self.path / f"generation-{number}"

    def engine_place(self, number: int, /) -> Any:
        """Return where the engine keeps one generation."""
        return self.generation(number) / "engine"

    def notes(self, number: int, /) -> Path:
        """Return the file of one generation's notes on sources."""
        return self.generation(number) / "state.sqlite"

    def shares(self) -> Sequence[IndexFolder]:
        """Return the parts that machines write apart from one another: here there is one."""
        return (self,)

    def look(self) -> None:
        """Bring in the manifest, the sources and the lexicon, as they were kept last."""

    def pull(self, number: int, /) -> None:
        """Bring in what searches read of a generation, as it was kept last."""

    def keep(self) -> None:
        """Make what has been written here lasting where the index lives."""

    def stamp(self, number: int, /) -> object:
        """Return what differs once anything was kept or published; asked often, so cheap."""
        return stamp(self.path / _MANIFEST), stamp(self.generation(number) / "groups.json")

    def size(self, number: int, /) -> int:
        """Return the bytes of a generation, of which a writer may take some away meanwhile."""
        size = 0
        for parent, _, names in os.walk(self.generation(number)):
            for name in names:
                with suppress(FileNotFoundError):
                    size += Path(parent, name).stat().st_size
        return size

    def start(self, number: int, /) -> Path:
        """Make an empty generation and return its folder.

        Raises:
            NotAnIndex: the folder holds something else.
            StorageError: the disk said no.
        """
        import shutil

        folder = self.generation(number)
        with storage_errors(self.path):
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "engine").mkdir(parents=True)
        return folder

    def publish(self, engine: str, analyser: str, number: int, /) -> None:
        """Make generation ``number`` the index, in one atomic step, and sweep up all others."""
        created = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(engine, FORMAT_VERSION, analyser, number, created)
        with storage_errors(self.path):
            row = {**manifest._asdict(), "check": _check(manifest)}
            write_atomically(self.path / _MANIFEST, json.dumps(row, indent=2) + "\n")
        self.published(number)

    def published(self, number: int, /) -> None:
        """Do what is due once a generation is the index: all others go."""
        self.sweep(number)

    def newest(self) -> int:
        """Return the highest number that any generation has, 0 if there is none."""
        numbers = [int(f.name.split("-")[1]) for f in self.path.glob("generation-*")]
        return max(numbers, default=0)

    def sweep(self, current: int, /) -> None:
        """Remove the generations that no manifest names: a rebuild that died left them."""
        import shutil

        for folder in self.path.glob("generation-*"):
            if folder != self.generation(current):
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def writing(self, *, wait: float) -> Iterator[None]:
        """Hold the index's one writer's place.

        Args:
            wait: how many seconds to wait for another writer to finish.

        Raises:
            IndexingError: ``wait`` is no time.
            IndexLocked: another process still writes; the message says which.
            NotAnIndex: the folder holds something else.
            StorageError: the disk said no.
        """
        from filelock import FileLock, Timeout

        check_wait(wait)
        if not self.is_free():
            raise self._missing()
        with storage_errors(self.path):
            _check_open_files()
            self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / "writer.lock", timeout=wait)
        try:
            lock.acquire()
        except Timeout:  # an OSError too, but not the disk's
            holder = self._holder()
            raise IndexLocked(
                f"{self.path} is being written by {holder}; wait for it to finish, or end it",
                path=self.path,
                holder=holder,
            ) from None
        except OSError as error:
            raise refused(self.path, error) from error
        try:
            self._sign()
            yield
        finally:
            with suppress(OSError):
                (self.path / "writer.json").unlink(missing_ok=True)
            lock.release()

    def _sign(self) -> None:
        import socket

        since = datetime.now().astimezone().isoformat(timespec="seconds")
        who = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        with storage_errors(self.path):
            (self.path / "writer.json").write_text(json.dumps(who), encoding="utf-8")

    def _holder(self) -> str:
        try:
            who = json.loads((self.path / "writer.json").read_text(encoding="utf-8"))
            return f"process {who['pid']} on {who['host']} since {who['since']}"
        except (OSError, ValueError, TypeError, KeyError):
            return "another process"


def check_wait(wait: float, /) -> None:
    """Refuse what is no time to wait.

    Raises:
        IndexingError: the message says what is.
    """
    if not 0 <= wait < _LONGEST_WAIT:
        raise IndexingError(f"wait takes seconds, 0 to {_LONGEST_WAIT:,}, not {wait}")


def _check_open_files() -> None:
    """Refuse to begin where too few files may be open: each library fails otherwise on its way."""
    spare: list[int] = []
    try:
        spare += (os.open(os.devnull, os.O_RDONLY) for _ in range(_OPEN_FILES))
    finally:
        for each in spare:
            os.close(each)


def _manifest(text: str) -> Manifest:
    """Read a manifest; fields that a later format adds are passed over, so that it is named."""
    row = json.loads(text)
    manifest = Manifest(**{name: row[name] for name in Manifest._fields})
    for value, kind in zip(manifest, (str, int, str, int, str), strict=True):
        if type(value) is not kind:
            raise ValueError(f"{value!r} is not {kind}")
    if manifest.format == FORMAT_VERSION and row.get("check") != _check(manifest):
        raise ValueError("it is not as it was written")
    return manifest


def _check(manifest: Manifest) -> str:
    """Return a checksum of what nothing else would tell to be another's."""
    return f"{crc32(repr((manifest.engine, manifest.generation, manifest.created)).encode()):08x}"


def write_atomically(path: Path, text: str, /) -> None:
    """Replace the file at ``path`` by ``text`` so that every reader sees the old or the new."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if path.is_dir():  # which no file can replace
        import shutil

        shutil.rmtree(path)
    new.replace(path)


@contextmanager
def storage_errors(path: Path, /) -> Iterator[None]:
    """Translate the operating system's refusals into :class:`StorageError`."""
    try:
        yield
    except OSError as error:
        raise refused(path, error) from error
