"""Articles that lie in no file: taken in and out one by one, until a commit makes it lasting.

A program gives them, or standard input does. No run over files takes them out or replaces them:
where a file gives an article with the same id, it is noted as a rival, and stays out. They belong
to the file ``-`` of the notes, and :mod:`~kliping.indexing.carrying` takes them through a rebuild.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.corpus.files import NO_FILE
from kliping.corpus.pages import join, number_of
from kliping.corpus.pages import plain as unnumbered
from kliping.engines import Engine
from kliping.engines.documents import plain
from kliping.indexing import finishing, transaction
from kliping.indexing.preparing import Prepared, prepare
from kliping.indexing.repeats.lessons import Lessons
from kliping.indexing.summary import OnProblem, Report, Summary
from kliping.store.state import State


class Adding:
    """What waits for the next commit; the caller holds the index's lock.

    An engine deletes only what it has committed. What comes a second time before a commit waits
    in ``_late``, and is committed just behind: a crash in between leaves the version before.
    """

    def __init__(
        self, engine: Engine, state: State, analyser: Analyser, on_problem: OnProblem, /
    ) -> None:
        self._changing = transaction.Transaction(engine, state)
        self._engine, self._state, self._analyser = engine, state, analyser
        self._on_problem = on_problem
        self.report = Report(on_problem)
        self._began = time.monotonic()
        self._number: int | None = None
        self._waiting: dict[str, Prepared] = {}
        self._letters = 0
        self._late: dict[str, Article | None] = {}
        self._put: set[str] = set()
        self._gone: set[str] = set()
        # Whether what has been touched was there at the last commit.
        self._before: dict[str, bool] = {}

    @property
    def adds(self) -> bool:
        """Whether anything that was taken in waits for the next commit."""
        return bool(self._waiting or self._put)

    def add(self, article: Article, /) -> None:
        """Take an article in, in place of any with its id."""
        key = plain(article.id)
        if key in self._put:
            self._late[key] = article
            return
        number = self._begin()
        if key not in self._waiting and self._clear(key):
            self._state.take_over(key, number)
        article = self._whole(replace(article, id=key) if key != article.id else article)
        self._gone.discard(key)
        if key in self._removed:
            self._state.restore(key)
        self._waiting[key] = prepare(self._lessons.taught(article, NO_FILE), self._analyser)
        self._letters += len(article.body)
        if len(self._waiting) == transaction.BATCH or self._letters > transaction.LETTERS:
            self._flush()

    def remove(self, article_id: str, /) -> bool:
        """Take an article out, to stay out whatever file gives it; say whether it was there."""
        key = plain(article_id)
        if key in self._put:
            was_there = self._late.get(key, key) is not None
            self._late[key] = None
            return was_there
        self._begin()
        was_there = self._waiting.pop(key, None) is not None or self._clear(key)
        if was_there:
            self._gone.add(key)
            self._removed.add(key)
            self._state.remove(key)
        return was_there

    def commit(self) -> Summary:
        """Make all of it lasting, and return what was done since the last time."""
        if self._number is not None:
            while self._waiting or self._put or self._gone:
                self._commit()
                late, self._late = self._late, {}
                for key, article in late.items():
                    self.remove(key) if article is None else self.add(article)
            finishing.drop_repeats(self._lessons, self._changing, self._analyser, _never)
            self._lessons.tell_left()
        summary = self._counted()
        self.report = Report(self._on_problem)
        self._began, self._number = time.monotonic(), None
        self._before.clear()
        return summary

    def _commit(self) -> None:
        self._flush()
        self._changing.after(partial(self._state.drop, frozenset(self._gone)))
        self._changing.after(partial(self._state.done, self._begin()))
        self._changing.commit()
        self._put.clear()
        self._gone.clear()

    def _begin(self) -> int:
        """Return the number that these articles are noted under, noted as not done."""
        if self._number is None:
            state, known = self._state, self._state.file(NO_FILE)
            if known and not known.done:  # what a crash left noted, and not there
                ids = state.ids(known.number)
                state.drop([each for each in ids if not self._engine.fetch(each)])
            self._number = state.note(NO_FILE, 0, 0, "")
            self._removed = state.removed()
            self._lessons = Lessons(state, self.report.tell)
            self._lessons.resume(self._engine)
            self._lessons.begin(self._number)
        return self._number

    def _clear(self, key: str) -> bool:
        """Take out what the engine holds under an id; say whether it held anything."""
        held = self._state.owner(key) is not None and self._engine.fetch(key) is not None
        was_there = held and key not in self._gone
        self._before.setdefault(key, held)
        if was_there:
            self._changing.take_out([key])
        return was_there

    def _whole(self, article: Article) -> Article:
        """Return an article, a later page of one joined to those that are there already."""
        if number_of(article) > 1:
            waiting = self._waiting.get(article.id)
            held = waiting.article if waiting else self._engine.fetch(article.id)
            if held and article.id not in self._gone:
                return join([held, article])
        return unnumbered(article)

    def _flush(self) -> None:
        self._state.own(self._waiting, self._begin())
        self._changing.put(self._waiting.values())
        self._put.update(self._waiting)
        self._waiting.clear()
        self._letters = 0

    def _counted(self) -> Summary:
        summary = self.report.summary
        for key, was_there in self._before.items():
            is_there = self._state.owner(key) is not None
            summary.added += is_there and not was_there
            summary.updated += is_there and was_there
            summary.removed += was_there and not is_there
        summary.articles = self._engine.articles
        summary.seconds = time.monotonic() - self._began
        return summary


def _never() -> bool:
    return False
