"""What a commit writes, in which order, and why: the promise that makes ``kill -9`` harmless.

An index lies in three places that no one step can change together: the engine, the notes on
sources, the groups. So they are written in an order in which every half is safe:

1. **Notes before.** Every id that the engine is about to hold is noted, and that the engine is
   about to commit. After a crash here the notes name articles that are not there yet: their file
   is not *done*, and is read again.
2. **Groups**, from which changed articles have been taken out. After a crash here a group lacks
   an article: it joins again once its file has been read again. The reverse would join texts that
   differ.
3. **The engine.** From here on searches see the change.
4. **Notes after.** What the engine no longer holds is forgotten; files of which it holds
   everything are *done*; which commit of the engine this was is noted. After a crash before this,
   they are read again, and the ids noted for them are deleted first, so that nothing stands twice.
   What has come is grouped in the same step, since texts are compared as the engine holds them.
5. **Groups**, with what has come. After a crash before this the notes still say which groups have
   changed, and the next commit publishes them.

So the groups that searches see tell of the commit before until step 3, and of what both commits
hold in between: whoever finds the same groups before and after opening the engine has both as they
were at one moment.

Notes and groups of an index on a cluster lie in a folder that mirrors them; what is here is sent
there (``keep``) before step 3 and after step 5, each time in one step of its own.

At any moment, then, the noted ids include every id that the engine holds, and a group joins only
articles that the engine holds as it holds them. Notes that tell of another commit than the engine
holds, with none under way, are of another time or place: they are made anew (:func:`renewed`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from kliping.engines import Engine
from kliping.indexing.duplicates.grouper import Grouper
from kliping.indexing.memory import MEMORY, articles_within
from kliping.indexing.preparing import Prepared
from kliping.store.state import State

# Often enough that a crash costs little, seldom enough that segments stay large.
COMMIT_SECONDS = 60.0
# Documents go to the engine, and articles are made anew, so many at a time.
BATCH = 256
LETTERS = 4_000_000  # of text at once: a batch of the largest articles would take gigabytes


class Transaction:
    """What waits for the next commit. Changes go through here, and nowhere else.

    ``touched`` are the files of which anything waits.
    """

    def __init__(
        self,
        engine: Engine,
        state: State,
        *,
        seconds: float = COMMIT_SECONDS,
        memory: int = MEMORY,
    ) -> None:
        self.engine, self.state = engine, state
        self._grouper = Grouper(state.database, state.folder, engine.fetch)
        self._seconds = seconds
        self._most, self._waiting = articles_within(memory), 0
        self._committed = time.monotonic()
        self._changed = False
        self.touched: set[int] = set()
        self._after: list[Callable[[], None]] = []

    def put(self, articles: Collection[Prepared], /) -> None:
        """Add articles; their ids are noted already, and none of them is in the engine."""
        self._changed |= bool(articles)
        self._waiting += len(articles)
        self.engine.add(each.document for each in articles)
        self._grouper.add(
            (each.document.id, each.document.published, *each.sketch) for each in articles
        )

    def take_out(self, ids: Collection[str], /) -> None:
        """Take articles out of the engine and out of their groups; their ids stay noted."""
        if ids:
            self._changed = True
            self.engine.delete(ids)
            self._grouper.drop(ids)

    def after(self, note: Callable[[], None], /) -> None:
        """Have a note made that is true only once the engine has committed."""
        self._after.append(note)

    def commit(self) -> None:
        """Write all that waits, in the order that this module promises."""
        if self._changed:
            self.state.begin_commit()
        self.state.commit()
        self._grouper.publish()
        self.state.keep()
        self.engine.commit()
        for note in self._after:
            note()
        self._grouper.settle()
        self.state.end_commit(self.engine.version)
        self.state.commit()
        if self._grouper.publish():
            self.state.commit()
        self.state.keep()
        self._changed = False
        self._waiting = 0
        self._after.clear()
        self.touched.clear()
        self._committed = time.monotonic()

    def finish(self) -> None:
        """Make the notes small, all being committed."""
        if self.state.database.close_gaps():
            self.state.keep()

    @property
    def is_due(self) -> bool:
        """Whether the last commit is long ago, or much waits for the next."""
        return self._waiting >= self._most or time.monotonic() - self._committed > self._seconds
