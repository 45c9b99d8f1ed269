"""What is done when all files have been read: what needs to know every one of them.

Records that waited for an id come in where it has become free; pages that belong together are
joined; articles are made anew that were indexed before it was learnt what their source repeats.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice
from pathlib import Path

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.corpus import Problem, SourceFile
from kliping.indexing import transaction
from kliping.indexing.changes import Changes
from kliping.indexing.intake import Intake, Meter, Stop
from kliping.indexing.joining import Joining
from kliping.indexing.preparing import prepare
from kliping.indexing.readers import read_all
from kliping.indexing.reading import read_here
from kliping.indexing.repeats.lessons import Lessons
from kliping.indexing.summary import Summary
from kliping.store.state import State


def unblock(
    intake: Intake, changing: transaction.Transaction, changes: Changes, meter: Meter, stop: Stop, /
) -> None:
    """Read again the files of which a record was left out for an article that is not as it was."""
    while freed := intake.rivals.freed:
        paths = sorted(changing.state.path_of(number) for number in freed)
        freed.clear()
        for read_again in read_all([changes.files[p] for p in paths if p in changes.files], jobs=1):
            if stop():
                return
            intake.take(read_again, meter, again=True)
        changing.commit()


def join(
    joining: Joining,
    intake: Intake,
    changing: transaction.Transaction,
    changes: Changes,
    summary: Summary,
    /,
) -> None:
    """Make the articles anew whose pages have changed, in one step for each."""
    if not joining:
        return
    state = changing.state
    done = joining.join(lambda number: _reread(state, number, changes.files))
    changing.take_out(done.ids)
    for article, number in done.articles:
        summary.unchanged -= state.owner(article.id) in changes.unchanged
        state.own([article.id], number)
        changing.put([intake.made(article, state.path_of(number))])
    changing.after(partial(state.drop, done.gone))
    changing.after(partial(joining.settle, done))
    changing.commit()
    summary.added += done.added
    summary.updated += done.updated
    summary.removed += done.removed


def drop_repeats(
    lessons: Lessons, changing: transaction.Transaction, analyser: Analyser, stop: Stop, /
) -> None:
    """Make the articles anew that were indexed before it was learnt what they repeat."""
    stale = lessons.stale(changing.engine)
    while articles := list(islice(stale, transaction.BATCH)):
        changing.take_out([article.id for article in articles])
        changing.put([prepare(article, analyser) for article in articles])
        changing.commit()
        if stop():
            return
    lessons.settle()
    changing.state.commit()


def _reread(
    state: State, number: int, files: dict[str, SourceFile]
) -> Iterable[Article | Problem] | None:
    """Return the items of a known file, of this run or not; None if it cannot be read."""
    path = state.path_of(number)
    file = files.get(path) or SourceFile(Path(path), path, 0, 0)
    read = read_here(file)
    return read.items if read.error is None else None
