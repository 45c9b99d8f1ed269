"""Brings an index up to date with its sources: what changed since last time, and what may be
committed.

Only new, changed and vanished files are touched: a file of the same size and modification time,
or else of the same digest, is as it was. A source that cannot be read now keeps the articles that
it gave before; only what is seen to be gone is removed.
"""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kliping.analysis import Analyser
from kliping.analysis.shingles import sketch
from kliping.article import Article
from kliping.corpus import Problem, SourceFile, find_files
from kliping.engines import Engine
from kliping.engines.documents import Document, document
from kliping.indexing.duplicates.grouping import settle
from kliping.indexing.duplicates.prints import Prints
from kliping.indexing.joining import Joining
from kliping.indexing.readers import Read, digest, read_all, read_here
from kliping.indexing.repeats.lessons import Lessons
from kliping.store.groups import write_groups
from kliping.store.state import KnownFile, State

# Often enough that a crash costs little, seldom enough that segments stay large.
COMMIT_SECONDS = 60.0
_BATCH = 256

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
        # Files that could not be read to their end here and now: they are read again next time.
        self._unfinished: set[str] = set()
        self._joining = Joining(state)
        self._lessons = Lessons(state, on_problem)
        self._unchanged: set[int] = set()
        self._bytes = self._total_bytes = 0

    def bring_up_to_date(self, sources: list[Path], jobs: int) -> None:
        files = self._find(sources)
        for source in sources:
            self._state.note_source(_real(source), str(source))
        self._lessons.resume(self._engine)
        self._remove_vanished(sources, files)
        pending = [file for path, file in files.items() if self._changed(path, file)]
        self._total_bytes = sum(file.size for file in pending)
        for read in read_all(pending, jobs=jobs):
            self._take(read)
        self._commit()
        if self.summary.removed or self._joining:
            self._unblock(files)
        self._join(files)
        self._drop_repeats()
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
            shared = self._joining.begin(known.number)
            ids = set(self._state.ids(known.number)) - shared
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
            if digest(file.path) != known.digest:
                return True
            self._state.touch(known, file.mtime_ns)
        self.summary.unchanged += self._state.count_of(known.number)
        self._unchanged.add(known.number)
        return False

    def _take(self, read: Read, *, again: bool = False) -> None:
        """Index one file's articles in place of those it gave before."""
        file = read.file
        if read.error is not None:
            self._report(Problem(str(file.path), f"cannot be read: {read.error}"), failed=True)
            return
        path = _real(file.path)
        known = self._state.file(path)
        shared = self._joining.begin(known.number) if known else set()
        old = set(self._state.ids(known.number)) - shared if known else set()
        number = self._state.note(path, file.size, file.mtime_ns, read.digest)
        self._lessons.begin(number)
        if old:
            self._engine.delete(old)
            self._prints.drop(old)
        self._blocked[path] = []
        new = self._add(read, number, silent=again)
        gone = old - new
        self._gone += gone
        if path not in self._unfinished:
            self._finished.append((number, bool(self._blocked[path])))
        self.summary.added += len(new - old)
        self.summary.updated += 0 if again else len(new & old)
        self.summary.removed += len(gone)

    def _add(self, read: Read, number: int, *, silent: bool) -> set[str]:
        """Index the articles of one file and return their ids."""
        new: set[str] = set()
        batch: list[Document] = []
        start = self._bytes
        path = self._state.path_of(number)
        for item in read.items:
            if isinstance(item, Problem):
                if item.kind == "failed":
                    self._unfinished.add(_real(read.file.path))
                if not silent:
                    self._report(item, failed=item.kind == "failed")
                continue
            owner = number if item.id in new else self._state.owner(item.id)
            is_free = owner is None or (owner == number and item.id not in new)
            if self._joining.claims(item, number, None if is_free else owner):
                continue  # a page of an article: joined with its others in the end
            if not is_free:
                self._tell_taken(item.id, owner or number, read.file, number, silent=silent)
            else:
                new.add(item.id)
                self._state.claim(item.id, number)
                batch.append(self._document(item, path))
                if len(batch) == _BATCH:
                    self._flush(batch, start + read.file.size)
        self._flush(batch, start + read.file.size, whole=True)
        return new

    def _tell_taken(
        self, article_id: str, owner: int, file: SourceFile, number: int, *, silent: bool
    ) -> None:
        """Note or report that another record has this id already."""
        here = owner == number
        where = "this file" if here else self._state.path_of(owner)
        problem = Problem(
            str(file.path),
            f"id '{article_id}' is already taken by {where}; give each article an id of its own",
        )
        if not here:
            self._blocked[_real(file.path)].append(problem)
        elif not silent:
            self._report(problem)

    def _document(self, article: Article, path: str) -> Document:
        return document(self._lessons.taught(article, path), self._analyser)

    def _put(self, documents: list[Document]) -> None:
        self._engine.add(documents)
        self._prints.add((each.id, each.published, _sketch(each)) for each in documents)

    def _flush(self, batch: list[Document], most: int, *, whole: bool = False) -> None:
        self._put(batch)
        read = sum(len(each.stored) for each in batch)
        self._bytes = most if whole else min(most, self._bytes + read)
        batch.clear()
        self._on_progress(self._bytes, self._total_bytes)
        if not whole and time.monotonic() - self._committed > self._commit_seconds:
            self._commit()

    def _commit(self) -> None:
        """Note first, commit, forget after: see the rule in :mod:`kliping.store.state`.

        Groups do the reverse: see :mod:`kliping.indexing.duplicates.prints`.
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
        for read_again in read_all([files[known.path] for known in waiting], jobs=1):
            self._take(read_again, again=True)
        if waiting:
            self._commit()

    def _join(self, files: dict[str, SourceFile]) -> None:
        """Make the articles anew whose pages have changed, in one step for each."""
        if not self._joining:
            return
        done = self._joining.join(lambda number: self._reread(number, files))
        self._engine.delete(done.ids)
        self._prints.drop(done.ids)
        for article, number in done.articles:
            self.summary.unchanged -= self._state.owner(article.id) in self._unchanged
            self._state.own(article.id, number)
            self._put([self._document(article, self._state.path_of(number))])
        self._gone += done.gone
        self._commit()
        self._joining.settle(done)
        self._state.commit()
        self.summary.added += done.added
        self.summary.updated += done.updated
        self.summary.removed += done.removed

    def _reread(
        self, number: int, files: dict[str, SourceFile]
    ) -> Iterable[Article | Problem] | None:
        """Return the items of a known file, of this run or not; None if it cannot be read."""
        path = self._state.path_of(number)
        file = files.get(path) or SourceFile(Path(path), path, 0, 0)
        read = read_here(file)
        return read.items if read.error is None else None

    def _drop_repeats(self) -> None:
        """Make the articles anew that were indexed before it was learnt what they repeat."""
        stale = self._lessons.stale(self._engine)
        while articles := list(islice(stale, _BATCH)):
            ids = [article.id for article in articles]
            self._engine.delete(ids)
            self._prints.drop(ids)
            self._put([document(article, self._analyser) for article in articles])
            self._commit()
        self._lessons.settle()

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


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _is_under(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
