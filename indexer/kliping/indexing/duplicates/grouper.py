"""What a writer tells of articles that come and go, and what searches are told of their groups.

The rule is the counterpart of the one in :mod:`kliping.store.state`: *a group joins only articles
that the engine holds, as it holds them*. So an article that goes leaves its group before the
engine's commit, and one that comes waits for it (:mod:`kliping.indexing.transaction` has the
order). Whatever waits when a run dies is looked at by the next, and grouped as the engine holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from kliping.analysis.shingles import sketch, words_of
from kliping.article import Article
from kliping.engines.documents import plain
from kliping.indexing.duplicates.grouping import settle
from kliping.indexing.duplicates.texts import Arrival, Texts
from kliping.store.database import Database
from kliping.store.groups import write_groups

# So many are noted at once; deciding these bounds memory, whatever a commit has brought.
_AT_ONCE = 20_000
# Ids alone: a run that goes on keeps what else came with them.
_SCHEMA = "CREATE TABLE IF NOT EXISTS arrivals (id TEXT NOT NULL)"


def arrival(article: Article, /) -> Arrival:
    """Return what is told of an article that the engine holds."""
    moment = int(article.published.timestamp()) if article.published else None
    return (article.id, moment, *sketch(words_of(article.body)))


Fetch = Callable[[str], Article | None]


class Grouper:
    """The groups of one generation, on the writing side.

    Args:
        database: the file of the notes; it is committed by whoever opened it.
        generation: the folder where searches find the groups.
        fetch: returns an article as the engine holds it, if it does.
    """

    def __init__(self, database: Database, generation: Path, fetch: Fetch, /) -> None:
        self._database, self._generation, self._fetch = database, generation, fetch
        database.run(_SCHEMA)
        self._texts = Texts(database)
        self._came: dict[str, Arrival] = {}
        self._doubtful = {str(row[0]) for row in database.all("SELECT id FROM arrivals")}

    def add(self, arrivals: Iterable[Arrival], /) -> None:
        """Note articles that the engine will hold once it has committed.

        A text of fewer than eight words resembles nothing and is passed over.
        """
        came = {each[0]: each for each in arrivals if each[3]}
        self._came |= came
        self._doubtful -= came.keys()
        self._database.many("INSERT INTO arrivals VALUES (?)", [(each,) for each in came])

    def drop(self, ids: Collection[str], /) -> None:
        """Take articles out of their groups."""
        gone = [plain(each) for each in ids]
        for each in gone:
            self._came.pop(each, None)
        self._doubtful.difference_update(gone)
        self._texts.drop(gone)

    def settle(self) -> None:
        """Group what has come, now that the engine holds it."""
        arrivals = chain(self._held(), self._came.values())
        while some := list(islice(arrivals, _AT_ONCE)):
            self._texts.add(some)
            settle(self._texts, self._text_of)
            self._texts.write()
        settle(self._texts, self._text_of)
        self._came.clear()
        self._doubtful.clear()
        if self._database.one("SELECT 1 FROM arrivals"):  # else nothing is written
            self._database.run("DELETE FROM arrivals")

    def publish(self) -> bool:
        """Let searches see the groups as they are noted; say whether any may have changed."""
        if not self._texts.have_changed():
            return False
        write_groups(self._generation, self._texts.changed())
        self._texts.note_published()
        return True

    def _held(self) -> Iterator[Arrival]:
        """Yield, of what a run left that died, that which the engine holds."""
        for article_id in sorted(self._doubtful):
            if (article := self._fetch(article_id)) and (held := arrival(article))[3]:
                yield held

    def _text_of(self, article_id: str) -> str | None:
        article = self._fetch(article_id)
        return article.body if article else None
