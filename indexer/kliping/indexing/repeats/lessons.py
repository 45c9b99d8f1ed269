"""What has been learnt of each source, noted beside what the index was made from.

A lesson is *open* until the articles that were indexed before it are made anew. Which these are is
asked of the engine, by the words of the lesson, so that it holds for articles of earlier runs too,
and a run that died leaves nothing out. A file is *unlearnt* until the run that read it has learnt
from it: what a run that died had read and committed is compared again by the next.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from shlex import quote
from textwrap import shorten

from kliping.analysis.shingles import words_of
from kliping.article import Article
from kliping.corpus import Problem
from kliping.engines import Engine
from kliping.engines.documents import plain
from kliping.errors.cures import command
from kliping.indexing.repeats.learning import Learner, Repeat, is_kept, without
from kliping.query.clauses import Phrase
from kliping.query.fields import WORDS
from kliping.store.state import State
from kliping.values import counted

_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS repeats (
        source TEXT NOT NULL,
        text TEXT NOT NULL,
        open INTEGER NOT NULL,
        PRIMARY KEY (source, text)
    ) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS unlearnt (file INTEGER PRIMARY KEY)",
)
# Enough to find a lesson by; what it finds is looked at.
_WORDS = 12
_SHOWN = 70


class Lessons:
    """What each source repeats, as far as it is known.

    Args:
        state: the notes that it lies in.
        tell: called in the end for each text that was left out of articles.
        keep: whether nothing is learnt or left out.
    """

    def __init__(
        self, state: State, tell: Callable[[Problem], None], *, keep: bool = False
    ) -> None:
        self._state, self._database, self._tell, self._keep = state, state.database, tell, keep
        self._learnt: dict[tuple[str, str], Repeat] = {}
        self._left: Counter[tuple[str, str]] = Counter()
        for statement in _SCHEMA:
            self._database.run(statement)
        self._learner = Learner()
        self._names: dict[str, str] = {}  # as articles write them
        self._texts: dict[str, set[str]] = {}
        for source, text in self._database.all("SELECT source, text FROM repeats"):
            self._texts.setdefault(source, set()).add(text)

    def begin(self, number: int, /) -> None:
        """Note that a file is read anew."""
        self._database.run("INSERT OR IGNORE INTO unlearnt VALUES (?)", number)

    def resume(self, engine: Engine, /) -> None:
        """Compare again what a run that died had committed; files not done are read again."""
        rows = self._database.all(
            "SELECT number FROM unlearnt JOIN files ON number = file WHERE done ORDER BY path"
        )
        for (number,) in rows:
            path = self._state.path_of(number)
            for article_id in self._state.ids(number):
                if article := engine.fetch(article_id):
                    self.taught(article, path)

    def taught(self, article: Article, path: str, /) -> Article:
        """Return an article of a file without what its source repeats, having learnt from it."""
        if self._keep:
            return article
        source = _source(article, path)
        self._names.setdefault(source, plain(article.source or source))
        article = self._without(article, source)
        self._note(self._learner.see(source, article.body))
        return article

    def stale(self, engine: Engine, /) -> Iterator[Article]:
        """Yield, as they should be, the articles that were committed before a lesson."""
        self._note(self._learner.finish())
        ids: set[str] = set()
        for (text,) in self._database.all("SELECT text FROM repeats WHERE open"):
            holding = Phrase(WORDS["body"], _looked_up(text))
            if count := engine.count(holding):
                ids.update(article_id for _, article_id in engine.rank(holding, limit=count))
        for article_id in sorted(ids):
            if article := engine.fetch(article_id):
                path = self._state.path_of(self._state.owner(article_id) or 0)
                if (anew := self._without(article, _source(article, path))) is not article:
                    yield anew

    def settle(self) -> None:
        """Note that all is learnt, and committed."""
        self._database.run("UPDATE repeats SET open = 0 WHERE open")
        self._database.run("DELETE FROM unlearnt WHERE file")  # else it is written, even if empty

    def _note(self, learnt: Iterable[Repeat]) -> None:
        for repeat in learnt:
            self._texts.setdefault(repeat.source, set()).add(repeat.text)
            self._database.run(
                "INSERT OR REPLACE INTO repeats VALUES (?, ?, 1)", repeat.source, repeat.text
            )
            self._learnt[repeat.source, repeat.text] = repeat

    def tell_left(self) -> None:
        """Tell of each text that was left out in this run: of how many articles, and why."""
        for (source, text), count in sorted(self._left.items()):
            repeat = self._learnt.get((source, text))
            why = f", as {repeat.sharing} of {repeat.articles} repeat it" if repeat else ""
            name, opening = self._names[source], shorten(text, _SHOWN, placeholder=" …")
            reason = (
                f"left out of {counted(count, 'article')}{why}: {opening} ({self._cures(name)})"
            )
            self._tell(Problem(name, reason, kind="note"))

    def _cures(self, name: str) -> str:
        index = self._state.folder.parent
        keep = f"to keep it: {command('index --rebuild --keep-repeats', index)}"
        if os.sep in name:
            return keep
        query = quote(f'{"url" if "." in name else "sumber"}:"{name}"')
        return f"see them: {command(f'search {query}', index)}; {keep}"

    def _without(self, article: Article, source: str) -> Article:
        texts = self._texts.get(source)
        body = without(article.body, texts) if texts else article.body
        if not texts or body == article.body:
            return article
        self._left.update((source, text) for text in texts if text in article.body)
        return replace(article, body=body)


def _looked_up(text: str) -> tuple[str, ...]:
    """Return the longest run of words of a lesson that engines keep, cut to twelve."""
    runs = (list(run) for kept, run in groupby(words_of(text).split(), is_kept) if kept)
    return tuple(word.decode() for word in max(runs, key=len)[:_WORDS])


def _source(article: Article, path: str) -> str:
    """Return whose article it is: its source, else its site, else the folder of its file."""
    if own := article.channel or article.source:
        return plain(own.casefold())
    _, found, rest = (article.url or "").partition("://")
    if found:
        return plain(rest.partition("/")[0].casefold())
    return plain(path.rpartition(os.sep)[0])
