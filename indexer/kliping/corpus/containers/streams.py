"""Streams that are unpacked as they are read, and what stops one that never ends."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from kliping.corpus.files import SourceFile
from kliping.corpus.limits import Limits
from kliping.corpus.shares import Share

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP = b"\x1f\x8b"
_LAYERS = 3  # who packs what a server sent packed has two
# As much of a stream as is looked at to tell what it is.
HEAD = 64 << 10
# What reading a damaged stream raises; what a library raises of its own becomes an OSError.
DAMAGE = (EOFError, zlib.error, OSError)


class Bomb(Exception):
    """A file unpacks to more than any collection of articles does."""


@dataclass(slots=True)
class Budget:
    """How much may still be unpacked from one file of the disk, whatever lies within what.

    ``packed`` is the file's size, ``spent`` what has come out of every layer so far.
    """

    limits: Limits
    packed: int
    spent: int = 0

    def spend(self, count: int, /) -> None:
        """Count bytes that came out; a Bomb says that they are too many."""
        self.spent += count
        limits = self.limits
        if self.spent > limits.free and self.spent > self.packed * limits.ratio:
            raise Bomb(f"unpacks to over {limits.ratio} times its size: not read on")
        if self.spent > limits.unpacked:
            raise Bomb(f"unpacks to over {limits.unpacked >> 30} GB: not read on")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, or a member of an archive, about to be read.

    ``packed`` says whether the stream comes out of a gzip, ``depth`` in how many archives it lies,
    ``share`` which part of it is asked for.
    """

    file: SourceFile
    stream: io.BufferedReader[Any]
    budget: Budget
    packed: bool = False
    depth: int = 0
    share: Share = field(default_factory=Share)

    @property
    def path(self) -> str:
        """The path as it is shown."""
        return self.file.path.as_posix()

    @property
    def limits(self) -> Limits:
        """How much may be read."""
        return self.budget.limits


class Readable(Protocol):
    """What a decompressor gives: its next bytes, as many as are ready."""

    def read1(self, size: int, /) -> bytes:
        """Return at most so many bytes; none at the end."""


class Unpacked(io.BufferedReader):
    """A stream out of a decompressor: it can be peeked into, and counts against the budget.

    ``errors`` are what the decompressor's library raises for damage, beside the usual. What was
    good before the damage is handed on first; ``is_damaged`` says that there was some.
    """

    def __init__(
        self, stream: Readable, budget: Budget, /, *, errors: tuple[type[Exception], ...] = ()
    ) -> None:
        self._source = _Source(stream, budget, (*DAMAGE, *errors))
        super().__init__(self._source, HEAD)

    @property
    def is_damaged(self) -> bool:
        """Whether something could not be unpacked."""
        return self._source.error is not None


class _Source(io.RawIOBase):
    def __init__(
        self, stream: Readable, budget: Budget, errors: tuple[type[Exception], ...]
    ) -> None:
        self._stream, self._budget, self._errors = stream, budget, errors
        self.error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and not self.error and (data := self._next(len(view) - filled)):
            self._budget.spend(len(data))
            view[filled : filled + len(data)] = data
            filled += len(data)
        if self.error and not filled:
            raise OSError(str(self.error) or type(self.error).__name__) from self.error
        return filled

    def _next(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except self._errors as error:
            self.error = error
            return b""


@dataclass(frozen=True, slots=True)
class Ready:
    """A stream for libraries that only know ``read``: it gives what is ready.

    A buffered ``read`` that meets damage takes with it what was good before.
    """

    stream: Readable

    def read(self, size: int = HEAD, /) -> bytes:
        """Return at most so many bytes; none at the end."""
        return self.stream.read1(size)


def gunzipped(stream: io.BufferedReader, budget: Budget, /) -> io.BufferedReader:
    """Return what is in a gzip, which may have been packed twice; the very stream if it is none."""
    source: Any = stream
    for _ in range(_LAYERS):
        try:
            if stream.peek(2)[:2] != GZIP:
                break
        except DAMAGE:  # whoever reads it is told
            break
        stream = Unpacked(gzip.GzipFile(fileobj=source), budget)
        source = Ready(stream)
    return stream
