"""Articles made small: what an engine stores of each is packed by Zstandard.

An article is short, and its beginning has nothing to refer back to. So all refer to a dictionary.
The first is made of this project's sample articles (``benchmarks/article_dictionary.py``), and part
of the format of an index. An engine that has a folder learns others from what it is given, larger
ones as there is more of it: with the first articles take 45 bytes of 100, with their own 35, and
less time. Packing 32 at once leaves 40, and any of them takes twenty times as long to unpack.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import local
from zlib import crc32

import zstandard

DICTIONARY = "data/articles.zdict"
LEVEL = 3  # 6 takes another 7 of 100 bytes off, in four times the time
_LEARNT = "articles-{}.zdict"
_CHECK = 4  # bytes of a checksum: no engine's own guards what it stores, nor anything a dictionary
# After so many articles a dictionary is learnt, and again after so many times as many. A first one
# is small, since it is part of a small index.
_FIRST, _TIMES = 1_000, 16
_BYTES, _LARGER, _MOST = 112 << 10, 4, 448 << 10
_SAMPLES, _LETTERS = 2_048, 8_192  # that are learnt from, and of each
_SEGMENT, _RUN = 200, 8  # bytes that a dictionary is put together of, and that are compared


class Packing(local):
    """Packs and unpacks the articles of one index, in each thread with tools of its own.

    Args:
        folder: where the dictionaries are that it has learnt; without one it learns none.
    """

    def __init__(self, folder: Path | None = None, /) -> None:
        self._folder = folder
        self._unpacking: dict[int, Callable[[bytes], bytes]] = {}
        self._packing: Callable[[bytes], bytes] | None = None  # who only reads needs none
        self._samples: list[bytes | bytearray | memoryview] = []
        self._packed, self._stride = 0, 1

    def pack(self, data: bytes, /) -> bytes:
        """Return ``data`` made small, behind a checksum and the number of its dictionary."""
        if self._packing is None:
            learnt = self._folder.glob(_LEARNT.format("*")) if self._folder else ()
            self._packing = self._use(sum(1 for _ in learnt))
        if self._folder:
            self._look(data)
        whole = self._number + self._packing(data)
        return _checked(whole)

    def unpack(self, stored: bytes, /) -> bytes:
        """Return what :meth:`pack` was given.

        Raises:
            ValueError: it did not return this, or its dictionary is not as it was.
        """
        if len(stored) <= _CHECK or not _is_whole(stored):
            raise ValueError("an article is not as it was stored")
        number, start = stored[_CHECK], _CHECK + 1
        try:
            unpack = self._unpacking.get(number) or self._opened(number)
            return unpack(stored[start:])
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error

    def _use(self, number: int) -> Callable[[bytes], bytes]:
        known = zstandard.ZstdCompressionDict(self._dictionary(number))
        self._newest, self._number = number, bytes([number])
        return zstandard.ZstdCompressor(LEVEL, known, write_dict_id=False).compress

    def _opened(self, number: int) -> Callable[[bytes], bytes]:
        known = zstandard.ZstdCompressionDict(self._dictionary(number))
        return self._unpacking.setdefault(number, zstandard.ZstdDecompressor(known).decompress)

    def _dictionary(self, number: int) -> bytes:
        if not (self._folder and number):
            return (Path(__file__).parent / DICTIONARY).read_bytes()
        name = _LEARNT.format(number)
        try:
            whole = (self._folder / name).read_bytes()
        except FileNotFoundError as error:
            raise ValueError(f"{name} is missing") from error
        if not _is_whole(whole):
            raise ValueError(f"{name} is broken")
        return whole[_CHECK:]

    def _look(self, data: bytes) -> None:
        """Keep what comes, evenly, to learn from it when there is enough of it."""
        if self._packed % self._stride == 0:
            self._samples.append(data[:_LETTERS])
        if len(self._samples) == _SAMPLES:
            self._samples, self._stride = self._samples[::2], self._stride * 2
        self._packed += 1
        if self._packed == _FIRST * _TIMES**self._newest:
            self._learn()

    def _learn(self) -> None:
        size = min(_BYTES * _LARGER**self._newest, _MOST, sum(map(len, self._samples)) // 8)
        with suppress(zstandard.ZstdError):  # so few words have nothing in common
            trained = zstandard.train_dictionary(size, self._samples, k=_SEGMENT, d=_RUN).as_bytes()
            self._keep(self._newest + 1, trained)
            self._packing = self._use(self._newest + 1)

    def _keep(self, number: int, trained: bytes) -> None:
        """Have a dictionary on the disk before anything that refers to it."""
        assert self._folder
        path = self._folder / _LEARNT.format(number)
        new = path.with_name(f".{path.name}")
        with new.open("wb") as file:
            file.write(_checked(trained))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


def _checked(whole: bytes) -> bytes:
    return crc32(whole).to_bytes(_CHECK, "big") + whole


def _is_whole(checked: bytes) -> bool:
    return crc32(memoryview(checked)[_CHECK:]) == int.from_bytes(checked[:_CHECK], "big")
