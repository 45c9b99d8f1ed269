"""A file that is written once and read by key; a byte of it that has changed is known.

    head       what this is, where its pages begin and how many there are, a checksum
    records    one behind the other: length, checksum, content
    pages      rows of key and value, eight bytes each, in the order of keys, and a checksum

Keys are digests, spread evenly, so the page of a key is known from the key: a look-up reads one
page and one record, however many there are. A page that is full goes on in the next.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from os import fsync
from pathlib import Path
from struct import Struct
from typing import IO
from zlib import crc32

try:
    # The same as hashlib's, which loads OpenSSL first: 3 ms that every search would pay.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_MAGIC = b"kliping1"
# magic, start of the pages, pages, how many of them keys are spread over, rows
_HEAD = Struct(">8sQQQQI")
_RECORD = Struct(">II")
_ROW = Struct(">8sQ")
_CHECK = Struct(">I")
_PAGE = 2048
_ROWS = (_PAGE - _CHECK.size) // _ROW.size
_FILL = 96  # rows of a page on average, such that few pages go on in the next
_RECORD_BIT = 1 << 63  # in the value of a row that stands for a record

Content = int | bytes


class Damaged(ValueError):
    """A file is not as it was written."""


def key_of(name: bytes, /) -> bytes:
    """Return the key that ``name`` is kept by."""
    return digest(name, 8)


def digest(content: bytes, size: int, /) -> bytes:
    """Return so many bytes that tell ``content`` from others."""
    return blake2b(content, digest_size=size).digest()


class Segment:
    """One file, open for reading, also once it has been removed.

    Raises:
        Damaged: it is not as it was written; so does whatever reads of it.
    """

    def __init__(self, path: Path, /) -> None:
        self.path = path
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if size < _HEAD.size:
                raise Damaged("cut short")
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, self._start, self._pages, self._spread, self.rows, check = _HEAD.unpack_from(
            self._bytes
        )
        if magic != _MAGIC or check != crc32(self._bytes[: _HEAD.size - _CHECK.size]):
            raise Damaged("another kind of file")
        if size != self._start + self._pages * _PAGE:
            raise Damaged("cut short")

    def get(self, key: bytes, /) -> Content | None:
        """Return what is kept by ``key``."""
        number = _page_of(key, self._spread)
        while number < self._pages:
            page = self._page(number)
            at = page.find(key)
            while at >= 0:
                if at % _ROW.size == 0:
                    return self.content(_ROW.unpack_from(page, at)[1])
                at = page.find(key, at + 1)
            if not any(page[-_ROW.size :]):
                break
            number += 1
        return None

    def __iter__(self) -> Iterator[tuple[bytes, int]]:
        """Yield all keys in order, each with its row's value (see :meth:`content`)."""
        for number in range(self._pages):
            for key, value in _ROW.iter_unpack(self._page(number)):
                if any(key):
                    yield key, value

    def content(self, value: int, /) -> Content:
        """Return what a row's value stands for: a number, or a record."""
        if not value & _RECORD_BIT:
            return value
        start = value ^ _RECORD_BIT
        length, check = _RECORD.unpack_from(self._bytes, start)
        record = self._bytes[start + _RECORD.size : start + _RECORD.size + length]
        if crc32(record) != check:
            raise Damaged("a record is not as it was written")
        return record

    def _page(self, number: int) -> bytes:
        start = self._start + number * _PAGE
        page = self._bytes[start : start + _ROWS * _ROW.size]
        end = start + _PAGE - _CHECK.size
        if crc32(page, number) != _CHECK.unpack_from(self._bytes, end)[0]:
            raise Damaged("a page is not as it was written")
        return page


def write_segment(path: Path, rows: Iterable[tuple[bytes, Content]], /, *, room: int) -> None:
    """Write a file; it is on the disk when this returns.

    Args:
        path: where to.
        rows: keys in order, each once, with a number or a record.
        room: how many rows there are, or some more.
    """
    from shutil import copyfileobj  # with what they import, as long as a search takes
    from tempfile import TemporaryFile

    spread = room // _FILL + 1
    with path.open("wb") as file, TemporaryFile(dir=path.parent) as pages:
        file.write(bytes(_HEAD.size))
        count, pages_written = _write_pages(pages, _kept(file, rows), spread)
        start = file.tell()
        pages.seek(0)
        copyfileobj(pages, file)
        head = _HEAD.pack(_MAGIC, start, pages_written, spread, count, 0)[: -_CHECK.size]
        file.seek(0)
        file.write(head + _CHECK.pack(crc32(head)))
        file.flush()
        fsync(file.fileno())


def _kept(file: IO[bytes], rows: Iterable[tuple[bytes, Content]]) -> Iterator[bytes]:
    """Write the records, and yield the rows."""
    for key, content in rows:
        value = file.tell() | _RECORD_BIT if isinstance(content, bytes) else content
        if isinstance(content, bytes):
            file.write(_RECORD.pack(len(content), crc32(content)) + content)
        yield _ROW.pack(key, value)


def _write_pages(file: IO[bytes], rows: Iterable[bytes], spread: int) -> tuple[int, int]:
    """Write rows, each to its page or, where that is full, the next; count them and the pages."""
    number, count, page = 0, 0, list[bytes]()
    for row in rows:
        while len(page) == _ROWS or number < _page_of(row, spread):
            _write_page(file, page, number)
            number, page = number + 1, []
        page.append(row)
        count += 1
    _write_page(file, page, number)
    return count, number + 1


def _write_page(file: IO[bytes], rows: list[bytes], number: int) -> None:
    page = b"".join(rows).ljust(_ROWS * _ROW.size, b"\0")
    rest = bytes(_PAGE - len(page) - _CHECK.size)
    file.write(page + rest + _CHECK.pack(crc32(page, number)))


def _page_of(key: bytes, spread: int) -> int:
    return int.from_bytes(key[:8], "big") * spread >> 64
