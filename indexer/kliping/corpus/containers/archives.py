"""Archives (.zip, .tar, .tar.gz), read member by member; nothing is ever written to disk.

An article's path is the archive's and the member's with "!" between, and so is its key, from
which ids are made: the same archive gives the same ids. A member's name names it and no more.
"""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable, Container, Generator, Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from kliping.article import Article
from kliping.corpus.containers.streams import DAMAGE, HEAD, Opened, Ready, Unpacked
from kliping.corpus.files import Problem, SourceFile, is_article_name, is_passed_over
from kliping.corpus.shares import Share
from kliping.values import counted

Read = Callable[[Opened], Iterator[Article | Problem]]

_ENCRYPTED = 0x1
_MACHINERY = frozenset({"__MACOSX", "[Content_Types].xml"})
# What zipfile raises for a member that is damaged, or packed in a way that it does not know.
_ZIP_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})


def read_zip(opened: Opened, read: Read, /) -> Iterator[Article | Problem]:
    """Yield what ``read`` finds in the members of a zip."""
    try:
        with seekable(opened) as file, zipfile.ZipFile(file) as archive:
            yield from _read_members(opened, archive, read)
    except (*DAMAGE, *_ZIP_ERRORS) as error:
        yield Problem(opened.path, f"a damaged or cut-off zip: {error}")


def _read_members(
    opened: Opened, archive: zipfile.ZipFile, read: Read
) -> Iterator[Article | Problem]:
    names = archive.namelist()
    if not _OFFICE.isdisjoint(names):
        yield Problem(opened.path, "an office document, book or program, not an archive of pages")
        return
    if not names or len(names) > opened.limits.members:
        yield Problem(opened.path, _too_many(opened) if names else "an archive without files")
        return
    beside = frozenset(names)
    for info in archive.infolist():
        member = _member(opened, info.filename, info.file_size, beside)
        if info.is_dir() or member is None:
            continue
        if problem := _refused(member, encrypted=bool(info.flag_bits & _ENCRYPTED)):
            yield problem
            continue
        if not opened.share.begins():
            opened.budget.spend(info.file_size)
            continue
        try:
            stream = cast(zipfile.ZipExtFile, archive.open(info))
        except (*DAMAGE, *_ZIP_ERRORS) as error:
            yield Problem(member.path.as_posix(), f"damaged: {error}")
            continue
        with stream, Unpacked(stream, opened.budget, errors=_ZIP_ERRORS) as content:
            yield from read(_inside(opened, member, content))


def read_tar(opened: Opened, read: Read, /) -> Iterator[Article | Problem]:
    """Yield what ``read`` finds in the members of a tar, in one pass."""
    pages: set[str] = set()  # seen so far, to know the folders that browsers save beside them
    number, told = 0, False
    try:
        with tarfile.open(fileobj=cast(BinaryIO, Ready(opened.stream)), mode="r|") as archive:
            while (info := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # or it remembers them all
                number += 1
                if number > opened.limits.members:
                    yield Problem(opened.path, _too_many(opened))
                    return
                told = yield from _read_tarred(opened, archive, info, pages, read)
    except (*DAMAGE, tarfile.TarError, ValueError) as error:
        if told:  # of the member that the damage is in
            return
        yield Problem(opened.path, f"cut off or damaged after {counted(number, 'member')}: {error}")


def _read_tarred(
    opened: Opened, archive: tarfile.TarFile, info: tarfile.TarInfo, pages: set[str], read: Read
) -> Generator[Article | Problem, None, bool]:
    """Yield what is in one member; return whether damage in it has been told."""
    if info.name.endswith((".html", ".htm")):
        pages.add(info.name)
    member = _member(opened, info.name, info.size, pages)
    stream = archive.extractfile(info) if info.isreg() else None
    if member is None or stream is None:  # a folder, a link, a device
        return False
    if problem := _refused(member):
        yield problem
        return False
    if not opened.share.begins():
        opened.budget.spend(info.size)
        return False
    assert isinstance(stream, tarfile.ExFileObject)
    with Unpacked(stream, opened.budget, errors=(tarfile.TarError,)) as content:
        yield from read(_inside(opened, member, content))
        return content.is_damaged


def _inside(opened: Opened, member: SourceFile, content: BufferedReader) -> Opened:
    return replace(
        opened, file=member, stream=content, packed=True, depth=opened.depth + 1, share=Share()
    )


def _member(opened: Opened, name: str, size: int, beside: Container[str]) -> SourceFile | None:
    """Return the member as a file of its own, or None for one that is never looked at."""
    parts = _parts(name)
    folder = ""
    for part in parts:
        if part in _MACHINERY or is_passed_over(part, _Folder(folder, beside)):
            return None
        folder += part + "/"
    if not parts or name.endswith("/"):
        return None
    inner = "/".join(parts)
    file = opened.file
    return SourceFile(Path(f"{file.path}!{inner}"), f"{file.key}!{inner}", size, file.mtime_ns)


class _Folder:
    """The names in one folder of an archive."""

    def __init__(self, folder: str, names: Container[str]) -> None:
        self._folder, self._names = folder, names

    def __contains__(self, name: object) -> bool:
        return f"{self._folder}{name}" in self._names


def _parts(name: str) -> list[str]:
    """Return the parts of a name, without those that would lead out of the archive."""
    plain = PurePosixPath(name.replace("\\", "/").partition("\x00")[0])
    return [part for part in plain.parts if part not in {"/", "//", "..", "."}]


def _refused(member: SourceFile, *, encrypted: bool = False) -> Problem | None:
    path = member.path.as_posix()
    if not is_article_name(member.key.rpartition("!")[2].rpartition("/")[2]):
        return Problem(path, "not an article format", kind="ignored")
    return Problem(path, "encrypted: cannot be read") if encrypted else None


def _too_many(opened: Opened) -> str:
    return f"holds more than {opened.limits.members:,} files: not read on"


def seekable(opened: Opened, /) -> IO[bytes]:
    """Return the zip as a file that can be sought in: in memory, on disk if it is large."""
    if opened.stream.seekable():
        return opened.stream
    spool = SpooledTemporaryFile(max_size=opened.limits.line)  # noqa: SIM115 (the caller closes it)
    while piece := opened.stream.read(HEAD):
        spool.write(piece)
    spool.seek(0)
    return spool
