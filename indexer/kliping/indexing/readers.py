"""Reads source files for indexing: here, or in processes of their own beside the analysis.

Files come back in the order they were asked for, whatever reads them, and never many more at a
time than are being read: memory does not grow with the folder.
"""

from __future__ import annotations

import hashlib
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.files import PACKED
from kliping.corpus.records.mapping import said

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from multiprocessing.connection import Connection

DIGITS = 32  # of the digest of a file's content
# Larger files are sent article by article, as they are read; smaller ones whole.
_LARGE_BYTES = 8_000_000
# Starting processes takes as long as reading some hundred pages, or a few megabytes of records.
_WORTH_FILES = 200
_FILES_A_TASK = 16
_ITEMS_A_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Read:
    """A file's content on its way in; ``error`` where the system refused it."""

    file: SourceFile
    digest: str
    items: Iterable[Article | Problem]
    error: str | None = None


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


def read_all(files: list[SourceFile], /, *, jobs: int) -> Iterator[Read]:
    """Read files in order, in ``jobs`` processes where that is worth starting them."""
    large = [file for file in files if _is_large(file)]
    many = len(files) - len(large) >= _WORTH_FILES
    if jobs < 2 or not (large or many):
        yield from map(read_here, files)
        return
    with ExitStack() as open_until_read:
        # One process reads all large files: it is on the next while this one is being analysed.
        ahead = _streamed(large) if large else iter(())
        pool = _pool(jobs) if many else None
        if pool:
            open_until_read.callback(pool.shutdown, cancel_futures=True)
        for is_large, group in groupby(files, key=_is_large):
            if is_large:
                yield from islice(ahead, len(list(group)))
            elif pool:
                yield from _ahead(pool, iter(list(group)), jobs)
            else:
                yield from map(read_here, group)


def _pool(jobs: int) -> Executor:
    # Imported here: most runs read few files, and need neither.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the engine's threads would be copied in mid-step.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


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


def _ahead(pool: Executor, files: Iterator[SourceFile], jobs: int) -> Iterator[Read]:
    """Read small files in a pool, a few tasks ahead of what is asked for."""
    waiting: deque[Future[list[Read]]] = deque()
    while True:
        while len(waiting) < 3 * jobs and (task := list(islice(files, _FILES_A_TASK))):
            with _deaf_to_interrupts():  # a pool starts its processes when they are needed
                waiting.append(pool.submit(_read_whole, task))
        if not waiting:
            return
        yield from waiting.popleft().result()


def _streamed(files: list[SourceFile]) -> Iterator[Read]:
    """Read large files in one process that stays a pipe's length ahead."""
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    with _deaf_to_interrupts():
        context.Process(target=_send, args=(files, theirs), daemon=True).start()
    theirs.close()
    with ours:
        for file in files:
            content, error = ours.recv()
            items = _received(ours)
            yield Read(file, content, items, error)
            deque(items, maxlen=0)  # what was not asked for is not the next file's


def _send(files: list[SourceFile], pipe: Connection) -> None:
    """Send each file's digest, its items by the batch, and an empty batch."""
    with suppress(BrokenPipeError, ConnectionResetError):  # nobody wants to know any more
        for file in files:
            read = read_here(file)
            pipe.send((read.digest, read.error))
            items = iter(read.items)
            while batch := list(islice(items, _ITEMS_A_MESSAGE)):
                pipe.send(batch)
            pipe.send([])


def _received(pipe: Connection) -> Iterator[Article | Problem]:
    """Yield what the other process reads; should it die, ``EOFError`` says so."""
    while batch := pipe.recv():
        yield from batch


def read_here(file: SourceFile, /) -> Read:
    """Read a file in this process, as its items are asked for."""
    try:
        return Read(file, digest_of(file), read_file(file))
    except OSError as error:
        return Read(file, "", (), error.strerror or str(error))


def _read_whole(files: list[SourceFile]) -> list[Read]:
    reads = map(read_here, files)
    return [Read(read.file, read.digest, list(read.items), read.error) for read in reads]
