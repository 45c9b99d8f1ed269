"""Reads source files for indexing: here, or in processes that prepare what is in them beside.

Items come in the order of the files and within these, whatever reads them. A small file is one
process's; of a large one each does every so manieth block of records. A file that gives nothing
for ``timeout`` seconds, or that a process dies of, costs itself alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from kliping.corpus import Problem, SourceFile
from kliping.corpus.files import PACKED
from kliping.corpus.shares import Share
from kliping.indexing.patience import TIMEOUT
from kliping.indexing.preparing import Item, Prepare, unprepared
from kliping.indexing.reading import Read, read_here
from kliping.indexing.workers import Task, Worker

# A file so large is shared. Smaller ones cannot hold up a parser that is written in C, and so not
# interrupted, for long: they may be read here.
_LARGE_BYTES = 1_000_000
# Starting processes takes as long as reading some hundred pages, or a few megabytes of records.
_WORTH_FILES = 200
_BYTES_A_SECOND = 20_000_000  # are read at least, to see whether a file has changed


def read_all(
    files: Sequence[SourceFile],
    /,
    *,
    jobs: int,
    timeout: float = TIMEOUT,
    preparing: Callable[[], Prepare] = unprepared,
) -> Iterator[Read]:
    """Read files in order, in ``jobs`` processes where that is worth starting them.

    ``preparing`` makes, in each of them, what items go through before they are sent.
    """
    if jobs < 2 or not is_worth(files):
        yield from map(partial(read_here, timeout=timeout), files)
        return
    teams = _teams(files, jobs)
    tasks: dict[int, list[Task]] = {}
    for file, team in zip(files, teams, strict=True):
        for place, number in enumerate(team):
            tasks.setdefault(number, []).append((file, Share(place, len(team))))
    workers = {number: Worker(own, timeout, preparing) for number, own in tasks.items()}
    try:
        for file, team in zip(files, teams, strict=True):
            yield _read(file, [workers[number] for number in team])
    finally:
        for worker in workers.values():
            worker.close()


def is_worth(files: Sequence[SourceFile], /) -> bool:
    """Say whether so much is to be read that it is worth starting processes."""
    return len(files) >= _WORTH_FILES or any(map(_is_large, files))


def _teams(files: Sequence[SourceFile], jobs: int) -> list[list[int]]:
    """Return the numbers of the processes that read each file, the first of which digests it."""
    every = list(range(jobs))
    turns = [at % jobs for at in range(len(files))]
    return [
        every[turn:] + every[:turn] if _is_large(file) else [turn]
        for file, turn in zip(files, turns, strict=True)
    ]


def _is_large(file: SourceFile) -> bool:
    """Say whether a file is worth sharing; pages and records pack some tenfold."""
    packed = file.path.suffix.lower() in PACKED
    return file.size * (10 if packed else 1) > _LARGE_BYTES


def _read(file: SourceFile, team: Sequence[Worker]) -> Read:
    for worker in team:
        worker.begin()
    first = team[0].message(file.size / _BYTES_A_SECOND)
    if isinstance(first, str):
        _dismiss(team)
        return Read(file, "", (), first)
    return Read(file, first.digest, _woven(file, team), first.error)


def _woven(file: SourceFile, team: Sequence[Worker]) -> Iterator[Sequence[Item]]:
    """Yield what the readers of a file give, block by block in the order of the file."""
    block = 0
    while True:
        worker = team[block % len(team)]
        message = worker.message()
        if isinstance(message, str):
            _dismiss(team)
            yield [Problem(str(file.path), message, kind="failed")]
            return
        if message.block == block and message.items:
            worker.take()
            block += message.ends
            yield message.items
        elif message.blocks and message.blocks <= block:
            break
        else:
            block += 1  # nothing was in it
    yield _rest(file, team)


def _rest(file: SourceFile, team: Sequence[Worker]) -> Sequence[Problem]:
    """Return what is to be said of a whole file, all readers' counts added up."""
    left = []
    for worker in team:
        while not isinstance(message := worker.message(), str) and not message.blocks:
            worker.take()
        if isinstance(message, str):
            _dismiss(team)
            return [Problem(str(file.path), message, kind="failed")]
        worker.take()
        left.append(message.left)
    whole = left[0]
    if whole is None:
        return []
    for each in left[1:]:
        if each is not None:
            whole.add(each)
    return list(whole.notes())


def _dismiss(team: Sequence[Worker]) -> None:
    """Have all readers of a file begin anew with the next one, when one of them has failed."""
    if len(team) > 1:
        for worker in team:
            worker.close()
