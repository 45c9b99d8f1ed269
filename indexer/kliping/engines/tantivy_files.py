"""The files of an index of tantivy: opened wherever they can be read, and their refusals told.

Opening takes a lock, which is a file that the library makes in the folder. Where it may not, the
index is opened through a *mirror*: a temporary folder of links to the files, with a copy of the
list of them. The library opens all files at once, so the mirror is gone before the first search.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import tantivy

from kliping.cures import damaged, refused
from kliping.errors import IndexDamaged, KlipingError, StorageError

_LONGEST_TERM = 255  # bytes; longer runs without a space are data, not words
LIST = "meta.json"
_TRIES = 20  # to open through a mirror what a writer, who does not see it, is changing
_LOCK = re.compile("Lockfile")
_PANIC = "PanicException"
_ABSENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
# What the system refuses: but for a file that is missing, or is a folder, it is not the index.
_CODE = re.compile(r"(?:code: |os error )(?!(?:2|19|20|21)\b)(\d+)")
_DISK = re.compile(r"StorageFull|No space|occurred in a thread")
_FILE = re.compile(r'filepath: "([^"]+)"|(?:DoesNotExist\(|in file `)"([^"]+)"')


def opened(folder: Path, /) -> tantivy.Index:
    """Open the index in ``folder`` for reading what was committed last."""
    with Errors(folder):
        _check_positions(folder)
        try:
            return prepared(tantivy.Index.open(str(folder)))
        except ValueError as error:
            if not _LOCK.search(str(error)):
                raise
        return _mirrored(folder)


def reloaded(index: tantivy.Index, folder: Path, /) -> tantivy.Index:
    """Return ``index``, or another in its place, as it was committed last."""
    with Errors(folder):
        try:
            index.reload()
        except ValueError as error:  # a mirror is gone, and its place for a lock with it
            if not _LOCK.search(str(error)):
                raise
            return _mirrored(folder)
        return index


def shared(folder: Path, /) -> None:
    """Let whoever may read the other files read the list of them too, which is made private."""
    mode = (folder / ".tantivy-meta.lock").stat().st_mode & 0o666
    for name in (LIST, ".managed.json"):
        (folder / name).chmod(mode)


def prepared(index: tantivy.Index, /) -> tantivy.Index:
    """Return ``index``, told how we part a field's terms and when to look for commits: never."""
    index.config_reader("manual")
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    splitter = splitter.filter(tantivy.Filter.remove_long(_LONGEST_TERM + 1))
    index.register_tokenizer("terms", splitter.build())
    return index


def _mirrored(folder: Path) -> tantivy.Index:
    """Open the index in a folder in which nothing may be written."""
    for tried in range(_TRIES):
        listed = (folder / LIST).read_bytes()
        with TemporaryDirectory(prefix="kliping-") as mirror:
            for file in folder.resolve().iterdir():
                if not file.name.startswith(".") and file.name != LIST:
                    Path(mirror, file.name).symlink_to(file)
            Path(mirror, LIST).write_bytes(listed)
            try:
                return prepared(tantivy.Index.open(mirror))
            except ValueError:  # a writer may have removed what was listed
                if tried == _TRIES - 1 or (folder / LIST).read_bytes() == listed:
                    raise
    raise AssertionError("the last try returns or raises")


def _check_positions(folder: Path, /) -> None:
    """Miss the files that the library does not: without them it finds no phrase, and says nothing.

    Raises:
        ValueError: one is missing, and the list of files is still the same.
    """
    try:
        listed = (folder / LIST).read_bytes()
        segments = [each["segment_id"].replace("-", "") for each in json.loads(listed)["segments"]]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return  # opening tells
    missing = [s for s in segments if not (folder / f"{s}.pos").exists()]
    if missing and (folder / LIST).read_bytes() != listed:
        _check_positions(folder)
    elif missing:
        raise ValueError(f'FileDoesNotExist("{missing[0]}.pos")')


class Errors:
    """Translates the library's errors, within a ``with`` block about the index in ``folder``.

    All arrive as ``ValueError``, ``OSError`` or, where a file is not what the library trusts it to
    be, as a panic, which is no ``Exception``.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path, /) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None and (other := self._translated(error)):
            raise other from error

    def _translated(self, error: BaseException) -> KlipingError | None:
        folder = self._folder
        if isinstance(error, OSError) and not isinstance(error, _ABSENT):
            return refused(folder, error)
        if not isinstance(error, (ValueError, OSError)) and type(error).__name__ != _PANIC:
            return None
        reason = (str(error).splitlines() or [""])[0]
        if code := _CODE.search(reason):
            return refused(folder, OSError(int(code[1]), os.strerror(int(code[1]))))
        if _DISK.search(reason):
            return StorageError(
                f"{folder}: the disk said no ({reason}); free some space and index again",
                path=folder,
            )
        return _damaged(folder, reason)


def _damaged(folder: Path, reason: str) -> IndexDamaged:
    if file := _FILE.search(reason):
        name = Path(file[1] or file[2]).name
        reason = f"{name} is {'missing' if 'DoesNotExist' in reason else 'broken'}"
    return damaged(folder, reason, folder.parent.parent)
