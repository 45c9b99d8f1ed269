"""Reads source files for indexing: here, or in processes of their own beside the analysis.

Files come back in the order they were asked for, whatever reads them, and each process stays no
more than a pipe's length ahead: memory does not grow with the folder. A file that gives nothing
for ``timeout`` seconds, or that its process dies of, costs itself alone: the process is replaced.
"""

from __future__ import annotations

import hashlib
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, cycle
from pathlib import Path
from typing import TYPE_CHECKING

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.files import PACKED
from kliping.corpus.records.mapping import said
from kliping.indexing.patience import TIMEOUT, patiently, too_slow

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

DIGITS = 32  # of the digest of a file's content
# Smaller files cannot hold up a parser that is written in C, and so not interrupted, for long.
_LARGE_BYTES = 1_000_000
# Starting processes takes as long as reading some hundred pages, or a few megabytes of records.
_WORTH_FILES = 200
_ITEMS_A_MESSAGE = 200
_LETTERS_A_MESSAGE = 1_000_000
_SECONDS_A_MESSAGE = 1.0
_BYTES_A_SECOND = 20_000_000  # are read at least, to see whether a file has changed


@dataclass(frozen=True, slots=True)
class Read:
    """A file's content on its way in, by the batch; ``error`` where the system refused it."""

    file: SourceFile
    digest: str
    batches: Iterable[Sequence[Article | Problem]]
    error: str | None = None

    @property
    def items(self) -> Iterator[Article | Problem]:
        """Yield what is in the batches."""
        return chain.from_iterable(self.batches)


def digest(path: Path, /) -> str:
    """Return 32 hexadecimal digits that change with the content of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:DIGITS]


def digest_of(file: SourceFile, /) -> str:
    """Return what changes with the content of a file, or with what is said of its columns."""
    return digest(file.path) + said_of(file)


def said_of(file: SourceFile, /) -> str:
    """Return the part of a file's digest that changes with what is said of its columns."""
    return f"+{said(file.columns)}" if file.columns else ""


def read_all(files: list[SourceFile], /, *, jobs: int, timeout: float = TIMEOUT) -> Iterator[Read]:
    """Read files in order, in ``jobs`` processes where that is worth starting them."""
    if jobs < 2 or not (len(files) >= _WORTH_FILES or any(map(_is_large, files))):
        yield from map(partial(read_here, timeout=timeout), files)
        return
    readers = [_Reader(files[first::jobs], timeout) for first in range(min(jobs, len(files)))]
    try:
        for _, reader in zip(files, cycle(readers), strict=False):
            yield reader.next()
    finally:
        for reader in readers:
            reader.close()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C, which reaches all of a terminal's, leaves to their parent."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is asked what a signal does
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def _is_large(file: SourceFile) -> bool:
    """Say whether a file is sent piece by piece; pages and records pack some tenfold."""
    packed = file.path.suffix.lower() in PACKED
    return file.size * (10 if packed else 1) > _LARGE_BYTES


class _Reader:
    """A process that reads some files in order, and another if one is stuck or dies of a file."""

    def __init__(self, files: list[SourceFile], timeout: float) -> None:
        self._files, self._timeout = deque(files), timeout
        self._batches: Iterator[Sequence[Article | Problem]] = iter(())
        self._start()

    def next(self) -> Read:
        """Return the next file; what was not asked for of the one before is passed over."""
        deque(self._batches, maxlen=0)
        if self._pipe.closed:
            self._start()
        file = self._files.popleft()
        first = self._receive(self._timeout + file.size / _BYTES_A_SECOND)
        if isinstance(first, str):
            return Read(file, "", (), first)
        self._batches = self._rest(file, first)
        return Read(file, first.digest, self._batches, first.error)

    def close(self) -> None:
        """End the process, if it has not ended."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _start(self) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")  # not forked: the engine's threads would come in mid-step
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_send, args=(list(self._files), theirs), daemon=True)
        with _deaf_to_interrupts():
            self._process.start()
        theirs.close()

    def _rest(self, file: SourceFile, message: _Message) -> Iterator[Sequence[Article | Problem]]:
        yield message.items
        while not message.is_last:
            received = self._receive(self._timeout)
            if isinstance(received, str):
                yield [Problem(str(file.path), received, kind="failed")]
                return
            message = received
            yield message.items

    def _receive(self, seconds: float) -> _Message | str:
        """Return what comes next of a file, or why nothing will."""
        with suppress(EOFError, OSError):
            if self._pipe.poll(seconds):
                message: _Message = self._pipe.recv()
                return message
            self.close()
            return too_slow(self._timeout)
        self._process.join()
        self._pipe.close()
        return f"what read it died ({_end(self._process.exitcode)}): left out; is memory short?"


@dataclass(frozen=True, slots=True)
class _Message:
    digest: str
    error: str | None
    items: list[Article | Problem]
    is_last: bool


def _end(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with suppress(ValueError):
            return signal.Signals(-exitcode).name
    return f"exit {exitcode}"


def _send(files: list[SourceFile], pipe: Connection) -> None:
    """Send what is in each file, in messages of which the last says so."""
    with suppress(BrokenPipeError, ConnectionResetError):  # nobody wants to know any more
        for file in files:
            read = read_here(file, timeout=None)
            for batch, is_last in _batches(read.items):
                pipe.send(_Message(read.digest, read.error, batch, is_last))


def _batches(
    items: Iterable[Article | Problem],
) -> Iterator[tuple[list[Article | Problem], bool]]:
    """Yield the items by the hundred, none much later than it is read; the last batch says so."""
    batch: list[Article | Problem] = []
    letters, due = 0, time.monotonic() + _SECONDS_A_MESSAGE
    for item in items:
        batch.append(item)
        letters += len(item.body) if isinstance(item, Article) else 0
        is_full = len(batch) == _ITEMS_A_MESSAGE or letters > _LETTERS_A_MESSAGE
        if is_full or time.monotonic() > due:
            yield batch, False
            batch, letters, due = [], 0, time.monotonic() + _SECONDS_A_MESSAGE
    yield batch, True


def read_here(file: SourceFile, /, *, timeout: float | None = TIMEOUT) -> Read:
    """Read a file in this process, as its items are asked for."""
    try:
        content, items = digest_of(file), read_file(file)
    except OSError as error:
        return Read(file, "", (), error.strerror or str(error))
    if timeout is None:
        return Read(file, content, ([item] for item in items))
    batches = patiently(file, items, timeout)
    first = next(batches)
    if first and isinstance(first[0], Problem) and first[0].reason == too_slow(timeout):
        return Read(file, "", (), first[0].reason)  # and what it gave before is kept
    return Read(file, content, chain((first,), batches))
