"""Brings an index up to date with its sources: what changed since last time, and what may be
committed.

Only new, changed and vanished files are touched: a file of the same size and modification time,
or else of the same digest, is as it was. A source that cannot be read now keeps the articles that
it gave before; only what is seen to be gone is removed.
"""

from __future__ import annotations

import hashlib
import os
import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kliping.analysis import Analyser
from kliping.analysis.shingles import sketch
from kliping.article import Article
from kliping.corpus import Problem, SourceFile, find_files, read_file
from kliping.duplicates.grouping import settle
from kliping.duplicates.groups import write_groups
from kliping.duplicates.prints import Prints
from kliping.engines import Engine
from kliping.engines.documents import Document, document
from kliping.state import KnownFile, State

# Often enough that a crash costs little, seldom enough that segments stay large.
COMMIT_SECONDS = 60.0
_BATCH = 256
# Larger files are streamed in this process: their articles would not fit through a pipe at once.
_STREAM_BYTES = 8_000_000
# Starting a process costs as much as reading some hundred pages.
_WORTH_PROCESSES = 200

Progress = Callable[[int, int], None]
OnProblem = Callable[[Problem], None]


@dataclass(slots=True)
class Summary:
    """What one run did. All but ``skipped``, ``failed`` and ``repaired`` count articles.

    ``skipped`` counts files and records that gave no article, ``failed`` files that could not be
    read, ``repaired`` articles that were mended, ``ignored`` files of no article format;
    ``articles`` is what the index holds now.
    """

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    repaired: int = 0
    ignored: int = 0
    articles: int = 0
    seconds: float = 0.0


def sync(
    sources: Iterable[str | Path],
    /,
    *,
    engine: Engine,
    state: State,
    analyser: Analyser,
    jobs: int = 1,
    on_problem: OnProblem = lambda problem: None,
    on_progress: Progress = lambda done, total: None,
    commit_seconds: float = COMMIT_SECONDS,
) -> Summary:
    """Bring ``engine`` up to date with ``sources``; the caller holds the index's lock.

    Args:
        sources: files and folders; what the index has from other places stays.
        engine: where the articles go.
        state: the notes that belong to the engine's index.
        analyser: the one the index is made with.
        jobs: how many processes read files beside this one's analysing.
        on_problem: called for each file or record that was skipped, repaired or worth a word.
        on_progress: called with the bytes of source read so far and in all.
        commit_seconds: the longest time between commits.

    Raises:
        SourceNotFound: a source does not exist.
        StorageError: the disk said no; what was committed before stays.
    """
    started = time.monotonic()
    run = _Run(engine, state, analyser, on_problem, on_progress, commit_seconds)
    run.bring_up_to_date([Path(source) for source in sources], jobs)
    run.summary.articles = engine.articles
    run.summary.seconds = time.monotonic() - started
    return run.summary


@dataclass(frozen=True, slots=True)
class _Read:
    """A file's content on its way in; ``error`` where the system refused it."""

    file: SourceFile
    digest: str
    items: Iterable[Article | Problem]
    error: str | None = None


class _Run:
    """One run: what it has seen, and what waits for the next commit."""

    def __init__(
        self,
        engine: Engine,
        state: State,
        analyser: Analyser,
        on_problem: OnProblem,
        on_progress: Progress,
        commit_seconds: float,
    ) -> None:
        self.summary = Summary()
        self._engine, self._state, self._analyser = engine, state, analyser
        self._prints = Prints(state.database)
        self._on_problem, self._on_progress = on_problem, on_progress
        self._commit_seconds = commit_seconds
        self._committed = time.monotonic()
        self._finished: list[tuple[int, bool]] = []
        self._gone: list[str] = []
        # Records left out for another file's id, by their file: that id may be free in the end.
        self._blocked: dict[str, list[Problem]] = {}
        self._bytes = self._total_bytes = 0

    def bring_up_to_date(self, sources: list[Path], jobs: int) -> None:
        files = self._find(sources)
        for source in sources:
            self._state.note_source(_real(source), str(source))
        self._remove_vanished(sources, files)
        pending = [file for path, file in files.items() if self._changed(path, file)]
        self._total_bytes = sum(file.size for file in pending)
        for read in _read_all(pending, jobs):
            self._take(read)
        self._commit()
        if self.summary.removed:
            self._unblock(files)
        self._settle()
        for file in pending:
            for problem in self._blocked.get(_real(file.path), ()):
                self._report(problem)

    def _find(self, sources: list[Path]) -> dict[str, SourceFile]:
        """Return the source files by real path; what no longer can be read is not vanished."""
        files: dict[str, SourceFile] = {}
        self._unreadable: list[str] = []
        for found in find_files(sources):
            if isinstance(found, SourceFile):
                files[_real(found.path)] = found
            else:
                if found.kind == "skipped":
                    self._unreadable.append(_real(Path(found.path)))
                self._report(found)
        return files

    def _remove_vanished(self, sources: list[Path], files: dict[str, SourceFile]) -> None:
        roots = [_real(source) for source in sources]
        vanished = [
            known
            for known in self._state.files()
            if known.path not in files
            and any(_is_under(known.path, root) for root in roots)
            and not any(_is_under(known.path, path) for path in self._unreadable)
        ]
        if not vanished:
            return
        for known in vanished:
            ids = self._state.ids(known.number)
            self._engine.delete(ids)
            self._prints.drop(ids)
            self._state.begin_removal(known.number)
            self.summary.removed += len(ids)
        self._commit()
        for known in vanished:
            self._state.forget(known.number)
        self._state.commit()

    def _changed(self, path: str, file: SourceFile) -> bool:
        known = self._state.file(path)
        if known is None or not known.done or known.size != file.size:
            return True
        if known.mtime_ns != file.mtime_ns:
            if _digest(file.path) != known.digest:
                return True
            self._state.touch(known, file.mtime_ns)
        self.summary.unchanged += self._state.count_of(known.number)
        return False

    def _take(self, read: _Read, *, again: bool = False) -> None:
        """Index one file's articles in place of those it gave before."""
        file = read.file
        if read.error is not None:
            self._report(Problem(str(file.path), f"cannot be read: {read.error}"), failed=True)
            return
        path = _real(file.path)
        known = self._state.file(path)
        old = set(self._state.ids(known.number)) if known else set()
        number = self._state.note(path, file.size, file.mtime_ns, read.digest)
        if old:
            self._engine.delete(old)
            self._prints.drop(old)
        self._blocked[path] = []
        new = self._add(read, number, silent=again)
        gone = old - new
        self._gone += gone
        self._finished.append((number, bool(self._blocked[path])))
        self.summary.added += len(new - old)
        self.summary.updated += 0 if again else len(new & old)
        self.summary.removed += len(gone)

    def _add(self, read: _Read, number: int, *, silent: bool) -> set[str]:
        """Index the articles of one file and return their ids."""
        new: set[str] = set()
        batch: list[Document] = []
        start = self._bytes
        for item in read.items:
            if isinstance(item, Problem):
                if not silent:
                    self._report(item)
            elif self._is_taken(item.id, new, read.file, number, silent=silent):
                continue
            else:
                new.add(item.id)
                self._state.add(item.id, number)
                batch.append(document(item, self._analyser))
                if len(batch) == _BATCH:
                    self._flush(batch, start + read.file.size)
        self._flush(batch, start + read.file.size, whole=True)
        return new

    def _is_taken(
        self, article_id: str, new: set[str], file: SourceFile, number: int, *, silent: bool
    ) -> bool:
        """Say whether another record has this id already, and note or report it."""
        owner = number if article_id in new else self._state.owner(article_id)
        if article_id not in new and owner in (None, number):
            return False
        here = owner == number
        where = "this file" if here else self._state.path_of(owner or number)
        problem = Problem(
            str(file.path),
            f"id '{article_id}' is already taken by {where}; give each article an id of its own",
        )
        if not here:
            self._blocked[_real(file.path)].append(problem)
        elif not silent:
            self._report(problem)
        return True

    def _flush(self, batch: list[Document], most: int, *, whole: bool = False) -> None:
        self._engine.add(batch)
        self._prints.add((each.id, each.published, _sketch(each)) for each in batch)
        read = sum(len(each.stored) for each in batch)
        self._bytes = most if whole else min(most, self._bytes + read)
        batch.clear()
        self._on_progress(self._bytes, self._total_bytes)
        if not whole and time.monotonic() - self._committed > self._commit_seconds:
            self._commit()

    def _commit(self) -> None:
        """Note first, commit, forget after: see the rule in :mod:`kliping.state`.

        Groups do the reverse: see :mod:`kliping.duplicates.prints`.
        """
        self._state.commit()
        write_groups(self._state.folder, self._prints.groups())
        self._engine.commit()
        self._state.drop(self._gone)
        for number, blocked in self._finished:
            self._state.done(number, blocked=blocked)
        self._state.commit()
        self._gone, self._finished = [], []
        self._committed = time.monotonic()

    def _unblock(self, files: dict[str, SourceFile]) -> None:
        """Read again the files of which a record was left out for an id that may be free now."""
        waiting: list[KnownFile] = [
            known for known in self._state.files(blocked=True) if known.path in files
        ]
        for read_again in map(_read_here, (files[known.path] for known in waiting)):
            self._take(read_again, again=True)
        if waiting:
            self._commit()

    def _settle(self) -> None:
        """Group what says the same, now that the engine holds all of it."""
        settle(self._prints, self._text)
        self._state.commit()
        write_groups(self._state.folder, self._prints.groups())

    def _text(self, article_id: str) -> str | None:
        article = self._engine.fetch(article_id)
        return article.body if article else None

    def _report(self, problem: Problem, *, failed: bool = False) -> None:
        summary = self.summary
        if failed:
            summary.failed += 1
        elif problem.kind == "skipped":
            summary.skipped += 1
        elif problem.kind == "repaired":
            summary.repaired += 1
        elif problem.kind == "ignored":
            summary.ignored += 1
        self._on_problem(problem)


def _sketch(each: Document) -> array[int]:
    return sketch(each.terms["body_words"].encode())


def _read_all(files: list[SourceFile], jobs: int) -> Iterator[_Read]:
    """Read files in order; many small ones in processes of their own, beside the analysis."""
    small = [file for file in files if file.size <= _STREAM_BYTES]
    if jobs < 2 or len(small) < _WORTH_PROCESSES:
        yield from map(_read_here, files)
        return
    # Imported here: most runs read few files, and need neither.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the engine's threads would be copied in mid-step.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_read_whole, small, chunksize=16)
    yield from map(_read_here, (file for file in files if file.size > _STREAM_BYTES))


def _read_here(file: SourceFile) -> _Read:
    try:
        return _Read(file, _digest(file.path), read_file(file))
    except OSError as error:
        return _Read(file, "", (), error.strerror or str(error))


def _read_whole(file: SourceFile) -> _Read:
    read = _read_here(file)
    return _Read(file, read.digest, list(read.items), read.error)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _is_under(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
