"""The places that an index is made from, in ``sources.json``: outside of its generations.

So they outlive a generation that is damaged, and ``kliping index --rebuild`` needs no reminder.
Each is kept with what was asked for when it was last named.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from typing import NamedTuple

from kliping.corpus.files import NO_FILE
from kliping.errors import IndexDamaged, KlipingError
from kliping.errors.cures import command
from kliping.store.database import Database
from kliping.store.folder import SOURCES, IndexFolder, storage_errors, write_atomically


class Source(NamedTuple):
    """A file or folder of articles: its real path, and the path that it was named by.

    ``seen`` is the last day on which it was there, as YYYY-MM-DD; ``columns`` what was said of the
    columns of its records (``judul=Headline``), ``exclude`` the patterns of what is left out of it,
    one a line; ``links`` is *followed* where they are, ``repeats`` *kept* where what articles
    repeat stays in them.
    """

    real: str
    named: str
    seen: str = ""
    columns: str = ""
    exclude: str = ""
    links: str = ""
    repeats: str = ""

    @property
    def path(self) -> str:
        """Its path as named where that still is the same place, else in full."""
        return self.named if os.path.realpath(self.named) == self.real else self.real

    @property
    def is_given(self) -> bool:
        """Whether it is no place, but all that programs and standard input gave."""
        return self.real == NO_FILE

    def holds(self, path: str, /) -> bool:
        """Say whether a real path is this source, or lies below it."""
        return path == self.real or path.startswith(self.real.rstrip(os.sep) + os.sep)


def with_given(sources: Iterable[Source], /) -> list[Source]:
    """Return the sources with what programs and standard input give, seen today."""
    today = datetime.now().astimezone().date().isoformat()
    return [*(each for each in sources if not each.is_given), Source(NO_FILE, NO_FILE, today)]


def read_sources(folder: IndexFolder, /) -> dict[str, Source]:
    """Return the sources of an index by their real paths.

    Raises:
        IndexDamaged: the file cannot be understood.
    """
    folder.look()
    path = folder.path / SOURCES
    try:
        with storage_errors(path):
            if not path.exists():
                return _of_older_formats(folder)
            rows = json.loads(path.read_bytes())
        return {source.real: source for source in map(_source, rows)}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise IndexDamaged(
            f"{path} cannot be understood; name them anew: {command('index FOLDER', folder.place)}",
            path=path,
        ) from error


def write_sources(folder: IndexFolder, sources: Iterable[Source], /) -> None:
    """Replace the sources of an index; where they are as they were, nothing is written."""
    path = folder.path / SOURCES
    text = json.dumps([source._asdict() for source in sources], indent=1) + "\n"
    with storage_errors(path):
        if not path.exists() or path.read_text(encoding="utf-8", errors="replace") != text:
            write_atomically(path, text)


def _source(row: Mapping[str, str]) -> Source:
    fields = {"columns": "", **row}
    fields = {name: fields[name] for name in Source._fields}
    if not all(isinstance(value, str) for value in fields.values()):
        raise TypeError(f"{row} is no source")
    return Source(**fields)


def _of_older_formats(folder: IndexFolder) -> dict[str, Source]:
    """Return what the notes of a generation say: up to format 2 they held the sources."""
    for number in range(folder.newest(), 0, -1):
        path = folder.generation(number) / "state.sqlite"
        try:
            if path.exists():
                with closing(Database.reading(path)) as database:
                    rows = database.all("SELECT real, named FROM sources ORDER BY rowid")
                found = [Source(os.fsdecode(real), os.fsdecode(named)) for real, named in rows]
                return {source.real: source for source in found}
        except KlipingError:  # no such table, or no notes at all
            continue
    return {}
