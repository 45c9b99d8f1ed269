"""Reads source files for indexing: here, or in processes of their own beside the analysis.

Files come back in the order they were asked for, whatever reads them, and never many more at a
time than are being read: memory does not grow with the folder.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.files import PACKED

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from multiprocessing.connection import Connection

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
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def read_all(files: list[SourceFile], /, *, jobs: int) -> Iterator[Read]:
    """Read files in order, in ``jobs`` processes where that is worth starting them."""
    large = sum(map(_is_large, files))
    if jobs < 2 or (len(files) < _WORTH_FILES and not large):
        yield from map(read_here, files)
        return
    # Imported here: most runs read few files, and need neither.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the engine's threads would be copied in mid-step.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for is_large, group in groupby(files, key=_is_large):
            if is_large:
                yield from map(_streamed, group)
            else:
                yield from _ahead(pool, iter(list(group)), jobs)


def _is_large(file: SourceFile) -> bool:
    """Say whether a file is sent piece by piece; pages and records pack some tenfold."""
    packed = file.path.suffix.lower() in PACKED
    return file.size * (10 if packed else 1) > _LARGE_BYTES


def _ahead(pool: Executor, files: Iterator[SourceFile], jobs: int) -> Iterator[Read]:
    """Read small files in a pool, a few tasks ahead of what is asked for."""
    waiting: deque[Future[list[Read]]] = deque()
    while True:
        while len(waiting) < 3 * jobs and (task := list(islice(files, _FILES_A_TASK))):
            waiting.append(pool.submit(_read_whole, task))
        if not waiting:
            return
        yield from waiting.popleft().result()


def _streamed(file: SourceFile) -> Read:
    """Read one large file in a process that stays a pipe's length ahead."""
    from multiprocessing import get_context

    try:
        content = digest(file.path)
    except OSError as error:
        return Read(file, "", (), error.strerror or str(error))
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(file, theirs), daemon=True)
    process.start()
    theirs.close()
    return Read(file, content, _received(ours))


def _send(file: SourceFile, pipe: Connection) -> None:
    items = iter(read_file(file))
    while batch := list(islice(items, _ITEMS_A_MESSAGE)):
        pipe.send(batch)
    pipe.send([])


def _received(pipe: Connection) -> Iterator[Article | Problem]:
    """Yield what the other process reads; should it die, ``EOFError`` says so."""
    with pipe:
        while batch := pipe.recv():
            yield from batch


def read_here(file: SourceFile, /) -> Read:
    """Read a file in this process, as its items are asked for."""
    try:
        return Read(file, digest(file.path), read_file(file))
    except OSError as error:
        return Read(file, "", (), error.strerror or str(error))


def _read_whole(files: list[SourceFile]) -> list[Read]:
    reads = map(read_here, files)
    return [Read(read.file, read.digest, list(read.items), read.error) for read in reads]
