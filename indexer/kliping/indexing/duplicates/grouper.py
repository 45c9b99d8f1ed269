"""What a writer tells of articles that come and go, and what searches are told of their groups.

The rule is the counterpart of the one in :mod:`kliping.store.state`: *a group joins only articles
that the engine holds, as it holds them*. So an article that goes leaves its group before the
engine's commit, and one that comes waits for it (:mod:`kliping.indexing.transaction` has the
order). Whatever waits when a run dies is looked at by the next, and grouped as the engine holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from kliping.analysis.shingles import sketch, words_of
from kliping.article import Article
from kliping.engines.documents import plain
from kliping.indexing.duplicates.grouping import settle
from kliping.indexing.duplicates.texts import Arrival, Texts
from kliping.store.database import Database, Row
from kliping.store.groups import write_groups

# So many are noted at once; deciding these bounds memory, whatever a commit has brought.
_AT_ONCE = 20_000
_SCHEMA = """CREATE TABLE IF NOT EXISTS arrivals (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    published INTEGER,
    digest INTEGER NOT NULL,
    sketch BLOB NOT NULL,
    numbers BLOB NOT NULL
)"""


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
        left = database.one("SELECT coalesce(max(number), 0) FROM arrivals")
        self._doubtful: int = left[0] if left else 0

    def add(self, arrivals: Iterable[Arrival], /) -> None:
        """Note articles that the engine will hold once it has committed.

        A text of fewer than eight words resembles nothing and is passed over.
        """
        self._database.many(
            "INSERT OR REPLACE INTO arrivals (id, published, digest, sketch, numbers) "
            "VALUES (?, ?, ?, ?, ?)",
            (each for each in arrivals if each[3]),
        )

    def drop(self, ids: Collection[str], /) -> None:
        """Take articles out of their groups."""
        gone = [(plain(each),) for each in ids]
        self._database.many("DELETE FROM arrivals WHERE id = ?", gone)
        self._texts.drop(each for (each,) in gone)

    def settle(self) -> None:
        """Group what has come, now that the engine holds it."""
        query = "SELECT * FROM arrivals ORDER BY number LIMIT ?"
        while rows := self._database.all(query, _AT_ONCE):
            self._texts.add(self._held(rows))
            self._database.run("DELETE FROM arrivals WHERE number <= ?", rows[-1][0])
            settle(self._texts, self._text_of)
        settle(self._texts, self._text_of)

    def publish(self) -> bool:
        """Let searches see the groups as they are noted; say whether any may have changed."""
        if not self._texts.have_changed():
            return False
        write_groups(self._generation, self._texts.changed())
        self._texts.note_published()
        return True

    def _held(self, rows: Iterable[Row]) -> Iterator[Arrival]:
        """Yield what came; of what a run left that died, that which the engine holds."""
        for number, *came in rows:
            if number > self._doubtful:
                yield came[0], came[1], came[2], came[3], came[4]
            elif (article := self._fetch(came[0])) and (held := arrival(article))[3]:
                yield held

    def _text_of(self, article_id: str) -> str | None:
        article = self._fetch(article_id)
        return article.body if article else None
