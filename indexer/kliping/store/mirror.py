"""A folder of notes, kept on a cluster: whoever goes on with an index fetches what he lacks.

Small files stand in one document as they are, the files of a generation as lists of blocks
(:mod:`~kliping.store.blocks`). Blocks are written first; then the document is replaced, in one
step, and only if nobody else has replaced it meanwhile. So readers see all of a push or nothing,
and who has lost his lease, and does not know it yet, cannot write any more.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from opensearchpy.exceptions import ConflictError

from kliping.engines.opensearch_retrying import READING, WRITING, Patience, patiently
from kliping.store.blocks import Blocks, Gone, Kept
from kliping.store.folder import write_atomically

_TRIES = 5  # to fetch what pushes replace, one after another, while it is being fetched
_PASSING = ".new", "-journal"  # what a file is while it is written
_HEAD = 100  # bytes of a file, in which SQLite counts its commits
Version = tuple[int, int]


class Replaced(Exception):
    """Somebody else has replaced the document since it was read."""


class Document:
    """A document of an index that is replaced only as it was read."""

    def __init__(
        self, client: Any, index: str, name: str, /, *, patience: Patience = WRITING
    ) -> None:
        self._client, self._index, self._name = client, index, name
        self._patience = patience
        self._version: Version | None = None
        self._mark = uuid.uuid4().hex

    def read(self) -> dict[str, Any] | None:
        """Return what it holds, None where it is not there."""
        found = self._found()
        self._version = _version(found)
        return found["_source"]["body"] if self._version else None

    def stamp(self) -> Version | None:
        """Return what differs once it was replaced."""
        return _version(self._found(_source=False))

    def write(self, body: Mapping[str, Any], /) -> None:
        """Replace it.

        Raises:
            Replaced: it is not what :meth:`read` has found, or :meth:`write` has written.
        """
        kept = {"body": body, "mark": self._mark}
        while True:
            only: dict[str, Any] = {"op_type": "create"}
            if self._version:
                only = dict(zip(("if_seq_no", "if_primary_term"), self._version, strict=True))
            try:
                done = patiently(partial(self._put, kept, only), self._patience)
                break
            except ConflictError:
                found = self._found()
                # Its own deed, of which the answer was lost, is told from another's by the mark.
                if not found.get("found") or found["_source"]["mark"] != self._mark:
                    raise Replaced(self._name) from None
                self._version = _version(found)
        self._version = done["_seq_no"], done["_primary_term"]

    def _put(self, body: Mapping[str, Any], only: Mapping[str, Any]) -> Any:
        return self._client.index(index=self._index, id=self._name, body=body, **only)

    def _found(self, **only: Any) -> Any:
        ask = partial(self._client.get, index=self._index, id=self._name, ignore=404, **only)
        return patiently(ask, READING)


class _Listed(NamedTuple):
    """What is kept: the small files, and the blocks of the others."""

    texts: dict[str, str]
    files: dict[str, Kept]

    def blocks(self) -> set[str]:
        """Return the names of all blocks."""
        return {name for kept in self.files.values() for name in kept.blocks}


_NOTHING = _Listed({}, {})


class Mirror:
    """The small files of ``folder``, and those of its generations, as a cluster keeps them."""

    def __init__(self, document: Document, blocks: Blocks, folder: Path, /) -> None:
        self._document, self._blocks, self._folder = document, blocks, folder
        self._kept = _NOTHING
        self._here: dict[str, Kept] = {}  # of files, what they were when they came or went
        self._seen: dict[str, object] = {}
        self._alone = RLock()

    def stamp(self) -> object:
        """Return what differs once anything was pushed."""
        return self._document.stamp()

    def pull(self, wanted: Callable[[str], bool] = lambda name: False, /) -> bool:
        """Make the small files as they are kept, and of the others those that are wanted.

        Returns whether anything is kept at all.
        """
        with self._alone:
            for _ in range(_TRIES):
                is_there = self._read()
                with suppress(Gone):
                    self._fetch(wanted)
                    return is_there
            self._read()
            self._fetch(wanted)
            return True

    def claim(self) -> None:
        """Replace the document by itself, so that nobody who has read it before can write."""
        with self._alone:
            self._read()
            self._write(self._kept)

    def push(self) -> None:
        """Keep all that the folder holds now.

        Raises:
            Replaced: another writes in this one's place.
        """
        with self._alone:
            before = self._kept.blocks()
            files = {
                path.relative_to(self._folder).as_posix(): self._sent(path, before)
                for path in sorted(self._folder.glob("generation-*/*"))
                if path.is_file() and not path.name.endswith(_PASSING)
            }
            texts = {
                path.name: path.read_text(encoding="utf-8")
                for path in sorted(self._folder.iterdir())
                if path.is_file() and not path.name.endswith(_PASSING)
            }
            if (kept := _Listed(texts, files)) != self._kept:
                self._write(kept)
                self._blocks.remove(before - kept.blocks())
            self._here = dict(files)

    def sweep(self) -> None:
        """Remove the blocks that a writer which died has left."""
        with self._alone:
            self._blocks.remove(set(self._blocks.all()) - self._kept.blocks())

    def _sent(self, path: Path, known: set[str]) -> Kept:
        name = path.relative_to(self._folder).as_posix()
        with path.open("rb") as file:
            told = os.fstat(file.fileno())
            seen = told.st_ino, told.st_size, told.st_mtime_ns, file.read(_HEAD)
        if name not in self._here or seen != self._seen.get(name):
            self._here[name] = self._blocks.send(path, known)
            self._seen[name] = seen
        return self._here[name]

    def _read(self) -> bool:
        body = self._document.read()
        self._kept = _NOTHING
        if body is not None:
            files = {name: Kept(size, tuple(b)) for name, (size, b) in body["files"].items()}
            self._kept = _Listed(body["texts"], files)
        return body is not None

    def _write(self, kept: _Listed) -> None:
        self._document.write({"texts": kept.texts, "files": kept.files})
        self._kept = kept

    def _fetch(self, wanted: Callable[[str], bool]) -> None:
        texts, files = self._kept
        # What lists others comes last, so that all it names is there.
        for name in sorted(filter(wanted, files), key=lambda each: each.endswith(".json")):
            path = self._folder / name
            if self._here.get(name) != files[name] or not path.exists():
                path.parent.mkdir(exist_ok=True)
                new = path.with_name(path.name + ".new")
                self._blocks.fetch(files[name], new)
                new.replace(path)
                self._here[name] = files[name]
        for path in self._folder.iterdir():
            if path.is_file() and path.name not in texts:
                path.unlink()
        for name, text in texts.items():
            path = self._folder / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                write_atomically(path, text)


def _version(found: Mapping[str, Any]) -> Version | None:
    return (found["_seq_no"], found["_primary_term"]) if found.get("found") else None
