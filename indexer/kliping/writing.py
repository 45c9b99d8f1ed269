"""Writer: the door by which programs write. Articles go in and out one by one, or in a stream."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import IO

from kliping.article import Article
from kliping.corpus import Problem
from kliping.corpus.files import NO_FILE
from kliping.corpus.records.accepting import Accepting, Given, is_several
from kliping.engines import check_name
from kliping.errors import ArticleRefused, IndexClosed
from kliping.indexing.adding import Adding
from kliping.indexing.intake import Stop
from kliping.indexing.summary import OnProblem, Summary
from kliping.indexing.target import Target, choose, current
from kliping.indexing.transaction import COMMIT_SECONDS
from kliping.store.folder import WAIT_SECONDS
from kliping.store.places import Place, located
from kliping.store.sources import read_sources, with_given, write_sources


class Writer:
    """Takes articles of a program into an index, and out of it; made by :func:`kliping.writer`.

    Leaving its ``with`` block commits; an exception in it rolls back to the last commit. Several
    threads may use one. It holds the index's one writer's place until it is closed.
    """

    def __init__(
        self,
        index: Place,
        /,
        *,
        engine: str | None = None,
        clean: bool = False,
        wait: float = WAIT_SECONDS,
        on_problem: OnProblem | None = None,
    ) -> None:
        check_name(engine)
        self._folder = located(index)
        self._tell, self._is_cleaning = on_problem, clean
        self._alone = RLock()
        self._accept()
        self._adding: Adding | None = None
        self._opened = ExitStack()
        with ExitStack() as held:
            held.enter_context(self._folder.writing(wait=wait))
            self._open(choose(self._folder, engine=engine))
            self._held: ExitStack | None = held.pop_all()

    @property
    def path(self) -> Path | str:
        """Where the index is."""
        return self._folder.place

    def add(self, given: Given | Iterable[Given], /) -> None:
        """Take in an article, or several as they come, each in place of any with its id.

        Args:
            given: an :class:`Article`; a mapping with the field names that records may have
                (``judul``, ``isi``, ``tanggal`` …), or what ``Article.to_dict`` gives; or an
                iterable of these.

        Raises:
            ArticleRefused: it is none of these, or lacks a title and a body. Where there is an
                ``on_problem``, that is told instead, and the article passed over.
            StorageError: the disk said no; the index is as it was last committed.
        """
        for each in given if is_several(given) else (given,):
            with self._alone:
                self._take(self._accepted(each))

    def delete(self, *ids: str) -> int:
        """Take out the articles with these ids; return how many were there.

        They stay out, whatever file gives them, until they are added again or the index is
        rebuilt.

        Raises:
            ArticleRefused: an id is no text.
        """
        for each in ids:
            if not isinstance(each, str):
                raise ArticleRefused(f"an id is text, not {each!r}; several are given one by one")
        with self._changing() as adding:
            return sum([adding.remove(each) for each in ids])

    def commit(self) -> Summary:
        """Make what has been done lasting, and seen by searches; return what that was."""
        with self._changing() as adding:
            for note in self._accepting.notes():
                adding.report.tell(note)
            self._accept()
            if adding.adds:  # before the commit: what is there must be known to be
                write_sources(self._folder, with_given(read_sources(self._folder).values()))
            return adding.commit()

    def rollback(self) -> None:
        """Undo all that was done since the last commit."""
        with self._alone:
            self._accept()
            self._close()

    def close(self) -> None:
        """Commit, and let other writers in; what shall not be kept is rolled back before."""
        if self._held is not None:
            try:
                self.commit()
            finally:
                self._release()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._release()

    def _accept(self) -> None:
        """Begin anew to take note of what is odd about what is handed over."""
        tell = None if self._tell is None else self._take
        self._accepting = Accepting(clean=self._is_cleaning, tell=tell)

    def _accepted(self, given: object) -> Article | Problem:
        try:
            return self._accepting.article(given)
        except ArticleRefused as error:
            if self._tell is None:
                raise
            return Problem(NO_FILE, str(error))

    def _take(self, item: Article | Problem) -> None:
        with self._changing() as adding:
            if isinstance(item, Problem):
                adding.report.tell(item)
            else:
                adding.add(item)

    @contextmanager
    def _changing(self) -> Iterator[Adding]:
        """Give what takes changes; where one fails, nobody knows how far it came: undo them all."""
        with self._alone:
            if self._held is None:
                raise IndexClosed(f"the writer of {self.path} was closed", path=self.path)
            try:
                yield self._adding or self._open(current(self._folder))
            except BaseException:
                self._close()
                raise

    def _open(self, target: Target) -> Adding:
        tell = self._tell or (lambda problem: None)
        engine, state = self._opened.enter_context(target.opened(tell))
        if target.fresh:
            target.publish((), None)
        self._adding = Adding(engine, state, target.analyser, tell)
        return self._adding

    def _close(self) -> None:
        """Let go of the engine and the notes, which forget what was not committed."""
        self._adding = None
        self._opened.close()

    def _release(self) -> None:
        with self._alone:
            if self._held is not None:
                held, self._held = self._held, None
                with held:
                    self._close()


def take_stream(
    stream: IO[bytes],
    index: Place = "index",
    /,
    *,
    engine: str | None = None,
    wait: float = WAIT_SECONDS,
    on_problem: OnProblem = lambda problem: None,
    stop: Stop = lambda: False,
) -> Summary:
    """Take in the articles of a stream of JSON lines, such as ``export`` prints.

    Args:
        stream: the lines, of ``export`` or records of any kind.
        index: the index's folder; one is made where there is none.
        engine: which engine keeps a new index.
        wait: how many seconds to wait for another writer.
        on_problem: called for each line that was skipped, repaired or is worth a word.
        stop: asked between articles whether to end, keeping what came before.

    Raises:
        IndexingError: as for :func:`kliping.writer`.
    """
    from kliping.corpus.records.exported import read_stream

    done = Summary()
    with Writer(index, engine=engine, wait=wait, on_problem=on_problem) as writer:
        due = time.monotonic() + COMMIT_SECONDS
        for item in read_stream(stream):
            writer._take(item)
            if stop():
                done.interrupted = True
                break
            if time.monotonic() > due:
                done.add(writer.commit())
                due = time.monotonic() + COMMIT_SECONDS
        done.add(writer.commit())
    return done


def open_writer(
    index: Place = "index",
    /,
    *,
    engine: str | None = None,
    clean: bool = False,
    wait: float = WAIT_SECONDS,
    on_problem: OnProblem | None = None,
) -> Writer:
    """Open an index for writing, making it where there is none; the same as kliping.writer.

    What is written so lies in no file: no run over folders takes it out or replaces it, a rebuild
    keeps it, and ``kliping sources --forget -`` takes it out.

    Args:
        index: the index's folder.
        engine: which engine keeps a new index; an existing one keeps its own.
        clean: whether what is no part of an article is left out of its text, as of files:
            datelines, *Baca juga*, captions.
        wait: how many seconds to wait for another writer.
        on_problem: called for what is no article, which else is an error, and for what is worth
            a word.

    Raises:
        IndexLocked: another process is writing.
        IndexMismatch: the index was made by another engine, format or analyser.
        NotAnIndex: the index's folder holds something else.
        StorageError: the disk said no.

    >>> with kliping.writer("index/") as writer:  # doctest: +SKIP
    ...     writer.add({"judul": "Banjir surut", "isi": "Air sungai telah surut."})
    """
    return Writer(index, engine=engine, clean=clean, wait=wait, on_problem=on_problem)
