"""The files of an index of tantivy: opened wherever they can be read, and their refusals told.

Opening takes a lock, which is a file that the library makes in the folder. Where it may not, the
index is opened through a *mirror*: a temporary folder of links to the files, with a copy of the
list of them. The library opens all files at once, so the mirror is gone before the first search.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Container, Iterator
from pathlib import Path
from struct import unpack
from types import TracebackType
from zlib import crc32

import tantivy

from kliping.errors import IndexDamaged, KlipingError, StorageError
from kliping.errors.cures import damaged, refused

LONGEST_TERM = 255  # bytes; longer runs without a space are data, not words
LIST = "meta.json"
_TRIES = 20  # to open through a mirror what a writer, who does not see it, is changing
_VERIFIED = 2_000_000  # bytes that are read again at each opening: two milliseconds
_TAIL, _MAGIC = 8, 1337  # how the library ends a file: a checksum, its length, this number
_LOCK = re.compile("Lockfile")
_PANIC = "PanicException"
_ABSENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
# What the system refuses: but for a file that is missing, or is a folder, it is not the index.
_CODE = re.compile(r"(?:code: |os error )(?!(?:2|19|20|21)\b)(\d+)")
_DISK = re.compile(r"StorageFull|No space|occurred in a thread")
# All that is known of a thread of the library's that ended: nearly always, it could not write.
_FULL = "a file of the index could not be written, nearly always because the disk is full"
_FILE = re.compile(r'filepath: "([^"]+)"|(?:DoesNotExist\(|in file `)"([^"]+)"')


def opened(folder: Path, /) -> tantivy.Index:
    """Open the index in ``folder`` for reading what was committed last."""
    with Errors(folder):
        _check(folder)
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


def deleted(folder: Path, /) -> int:
    """Return how many articles are deleted, but still counted among those that have a term."""
    segments = json.loads((folder / LIST).read_bytes())["segments"]
    return sum(each["deletes"]["num_deleted_docs"] for each in segments if each["deletes"])


def shared(folder: Path, /) -> None:
    """Let whoever may read the other files read the list of them too, which is made private."""
    mode = (folder / ".tantivy-meta.lock").stat().st_mode & 0o666
    for name in (LIST, ".managed.json"):
        (folder / name).chmod(mode)


def prepared(index: tantivy.Index, /) -> tantivy.Index:
    """Return ``index``, told how we part a field's terms and when to look for commits: never."""
    index.config_reader("manual")
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    splitter = splitter.filter(tantivy.Filter.remove_long(LONGEST_TERM + 1))
    index.register_tokenizer("terms", splitter.build())
    return index


def _mirrored(folder: Path) -> tantivy.Index:
    """Open the index in a folder in which nothing may be written."""
    from tempfile import TemporaryDirectory  # with what it imports, a tenth of a cold search

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


def _check(folder: Path, /) -> None:
    """Miss what the library does not: positions, without which it finds no phrase and says nothing.

    Of the other files, those that little time suffices for are compared with their checksums.

    Raises:
        ValueError: one is missing or broken, and the list of files is still the same.
    """
    try:
        listed = (folder / LIST).read_bytes()
        segments = [each["segment_id"].replace("-", "") for each in json.loads(listed)["segments"]]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return  # opening tells
    missing = next((f"{s}.pos" for s in segments if not (folder / f"{s}.pos").exists()), None)
    try:
        broken = next(broken_files(folder, set(segments), most=_VERIFIED), None)
    except FileNotFoundError as error:
        missing, broken = Path(error.filename).name, None
    if missing and (folder / LIST).read_bytes() != listed:  # a merge ended, and removed it
        _check(folder)
    elif missing:
        raise ValueError(f'FileDoesNotExist("{missing}")')
    elif broken:
        raise ValueError(f'filepath: "{broken}"')


def broken_files(folder: Path, segments: Container[str], /, *, most: int) -> Iterator[str]:
    """Yield the files of ``segments`` that are not as they were written, the smallest files first.

    Args:
        folder: where they are.
        segments: the names of files before the dot.
        most: how many bytes to read; the library ends each file with a checksum of what it holds.
    """
    files = [f for f in folder.iterdir() if f.stem.partition(".")[0] in segments and f.is_file()]
    for size, file in sorted((file.stat().st_size, file) for file in files):
        most -= size
        if most < 0:
            return
        whole = file.read_bytes()
        length, magic = unpack("<II", whole[-8:]) if size > _TAIL else (0, 0)
        try:
            checksum = json.loads(whole[-_TAIL - length : -_TAIL])["crc"]
        except (ValueError, LookupError, TypeError, RecursionError):
            checksum = None
        if magic != _MAGIC or checksum != crc32(memoryview(whole)[: -_TAIL - length]):
            yield file.name


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
                f"{folder}: {_FULL}; free some space and index again",
                path=folder,
            )
        return _damaged(folder, reason)


def _damaged(folder: Path, reason: str) -> IndexDamaged:
    if file := _FILE.search(reason):
        name = Path(file[1] or file[2]).name
        reason = f"{name} is {'missing' if 'DoesNotExist' in reason else 'broken'}"
    return damaged(folder, reason, folder.parent.parent)
