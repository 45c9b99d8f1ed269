"""What goes in: the articles of a file, in place of those that it gave before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.corpus import Problem, SourceFile
from kliping.engines.documents import Document, document
from kliping.indexing import transaction
from kliping.indexing.changes import real
from kliping.indexing.joining import Joining
from kliping.indexing.readers import Read
from kliping.indexing.repeats.lessons import Lessons
from kliping.indexing.summary import Report

Progress = Callable[[int, int], None]


class Meter:
    """How many bytes of the sources have been read, of how many."""

    def __init__(self, total: int, on_progress: Progress) -> None:
        self._done, self._total, self._on_progress = 0, total, on_progress

    def begin(self, size: int) -> None:
        """Begin a file of ``size`` bytes."""
        self._end = self._done + size

    def move(self, size: int) -> None:
        """Note that about ``size`` bytes more have been read."""
        self._show(min(self._end, self._done + size))

    def finish(self) -> None:
        """Note that the file has been read."""
        self._show(self._end)

    def _show(self, done: int) -> None:
        self._done = done
        self._on_progress(done, self._total)


class Intake:
    """Takes up files one by one; what it changes waits in the transaction.

    ``blocked`` are the records left out for another file's id, by their file: that id may be
    free in the end.
    """

    def __init__(
        self,
        changing: transaction.Transaction,
        analyser: Analyser,
        joining: Joining,
        lessons: Lessons,
        report: Report,
    ) -> None:
        self.blocked: dict[str, list[Problem]] = {}
        self._changing, self._state, self._analyser = changing, changing.state, analyser
        self._joining, self._lessons, self._report = joining, lessons, report

    def take(self, read: Read, meter: Meter, /, *, again: bool = False) -> None:
        """Index one file's articles; ``again`` if this run has read and counted it before."""
        file = read.file
        if read.error is not None:
            problem = Problem(str(file.path), f"cannot be read: {read.error}", kind="failed")
            self._report.tell(problem)
            return
        path = real(file.path)
        known = self._state.file(path)
        old = self.clear(known.number) if known else set()
        number = self._state.note(path, file.size, file.mtime_ns, read.digest)
        self._lessons.begin(number)
        self.blocked[path] = []
        new, whole = self._add(read, number, meter, silent=again)
        gone = old - new
        self._changing.after(partial(self._state.drop, gone))
        if whole:  # else it is read again next time
            blocked = bool(self.blocked[path])
            self._changing.after(partial(self._state.done, number, blocked=blocked))
        summary = self._report.summary
        summary.added += len(new - old)
        summary.updated += 0 if again else len(new & old)
        summary.removed += len(gone)
        self._changing.commit_if_due()

    def clear(self, number: int, /) -> set[str]:
        """Take out what a file gave before, but what it shares with others; return the ids."""
        shared = self._joining.begin(number)
        ids = set(self._state.ids(number)) - shared
        self._changing.take_out(ids)
        return ids

    def made(self, article: Article, path: str, /) -> Document:
        """Return an article of a file as the engine is given it."""
        return document(self._lessons.taught(article, path), self._analyser)

    def _add(self, read: Read, number: int, meter: Meter, *, silent: bool) -> tuple[set[str], bool]:
        """Index the articles of one file; return their ids, and whether it was read to its end."""
        new: set[str] = set()
        batch: list[Document] = []
        whole = True
        path = self._state.path_of(number)
        meter.begin(read.file.size)
        for item in read.items:
            if isinstance(item, Problem):
                whole &= item.kind != "failed"
                if not silent:
                    self._report.tell(item)
            elif self._may_go_in(item, number, read.file, taken=item.id in new, silent=silent):
                new.add(item.id)
                self._state.claim(item.id, number)
                batch.append(self.made(item, path))
                if len(batch) == transaction.BATCH:
                    self._changing.put(batch)
                    meter.move(sum(len(each.stored) for each in batch))
                    batch = []
                    self._changing.commit_if_due()
        self._changing.put(batch)
        meter.finish()
        return new, whole

    def _may_go_in(
        self, item: Article, number: int, file: SourceFile, *, taken: bool, silent: bool
    ) -> bool:
        """Say whether an article's id is free; a page is joined with its others in the end."""
        owner = number if taken else self._state.owner(item.id)
        is_free = owner is None or (owner == number and not taken)
        if self._joining.claims(item, number, None if is_free else owner):
            return False
        if owner is not None and not is_free:
            self._tell_taken(item.id, owner, number, file, silent=silent)
        return is_free

    def _tell_taken(
        self, article_id: str, owner: int, number: int, file: SourceFile, *, silent: bool
    ) -> None:
        """Note or report that another record has this id already."""
        here = owner == number
        where = "this file" if here else self._state.path_of(owner)
        problem = Problem(
            str(file.path),
            f"id '{article_id}' is already taken by {where}; give each article an id of its own",
        )
        if not here:
            self.blocked[real(file.path)].append(problem)
        elif not silent:
            self._report.tell(problem)
