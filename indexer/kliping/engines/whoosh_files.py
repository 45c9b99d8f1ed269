"""The files of an index of Whoosh: closed also where the library fails to read them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex


class _Storage(FileStorage):  # type: ignore[misc]
    """A folder of files that knows which of them are open.

    What cannot be read the library leaves open, for the garbage collector to complain about.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._open: WeakSet[Any] = WeakSet()

    def open_file(self, name: str, **extra: Any) -> Any:
        file = super().open_file(name, **extra)
        self._open.add(file)
        return file

    def close_all(self) -> None:
        for file in list(self._open):
            file.close()


@contextmanager
def opening(folder: Path, /) -> Iterator[FileIndex]:
    """Open the index in ``folder``; should what follows fail, none of its files stays open."""
    next(folder.iterdir(), None)  # the library takes what may not be read for empty
    storage = _Storage(folder)
    try:
        yield FileIndex(storage)
    except BaseException:
        storage.close_all()
        raise
