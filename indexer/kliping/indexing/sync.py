"""Brings an index up to date with its sources: the writing wing from end to end.

What changed is found (:mod:`~kliping.indexing.changes`), what vanished taken out, what is new or
different taken in (:mod:`~kliping.indexing.intake`), and what needs all of it done at the end
(:mod:`~kliping.indexing.finishing`). Every step writes through one
:mod:`~kliping.indexing.transaction`, which keeps the order that survives a crash.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from pathlib import Path

from kliping.analysis import Analyser
from kliping.corpus import Problem
from kliping.corpus.leaving_out import Rules, RulesOf
from kliping.engines import Engine
from kliping.indexing import finishing
from kliping.indexing.changes import Changes, ColumnsOf, Later, find_changes
from kliping.indexing.intake import Intake, Meter, Progress, Stop
from kliping.indexing.joining import Joining
from kliping.indexing.memory import MEMORY, fewer, jobs_within
from kliping.indexing.patience import TIMEOUT
from kliping.indexing.preparing import preparing
from kliping.indexing.readers import is_worth, read_all
from kliping.indexing.reading import Read
from kliping.indexing.repeats.lessons import Lessons
from kliping.indexing.summary import OnProblem, Report, Summary
from kliping.indexing.transaction import COMMIT_SECONDS, Transaction
from kliping.store.state import State


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
    keep_repeats: bool = False,
    columns_of: ColumnsOf = lambda path: (),
    rules_of: RulesOf = lambda path: Rules(),
    later: Later = lambda file, path: False,
    stop: Stop = lambda: False,
    timeout: float = TIMEOUT,
    streams: Iterable[Read] = (),
    memory: int = MEMORY,
) -> Summary:
    """Bring ``engine`` up to date with ``sources``; the caller holds the index's lock.

    Args:
        sources: files and folders; what the index has from other places stays.
        engine: where the articles go.
        state: the notes that belong to the engine's index.
        analyser: the one the index is made with.
        jobs: how many processes read files and analyse what is in them, beside this one.
        on_problem: called for each file or record that was skipped, repaired or worth a word.
        on_progress: called with the bytes of source read so far and in all.
        commit_seconds: the longest time between commits.
        keep_repeats: whether what a source repeats stays in its articles.
        columns_of: what was said of the columns of a file, by its real path.
        rules_of: what was said of what to leave out of a source, by its path.
        later: says which files to leave as they are, since they still grow.
        stop: asked between articles whether to end here, keeping what has been analysed.
        timeout: how many seconds a file may take to give its next article.
        streams: what lies in no file, to be taken up first.
        memory: how many megabytes all processes may take; where ``jobs`` are too many, fewer.

    Raises:
        SourceNotFound: a source does not exist.
        StorageError: the disk said no; what was committed before stays.
    """
    started = time.monotonic()
    report = Report(on_problem)
    changes = find_changes(
        map(Path, sources), state, report, columns_of=columns_of, rules_of=rules_of, later=later,
        timeout=timeout,
    )  # fmt: skip
    changes.streams += streams
    changing = Transaction(engine, state, seconds=commit_seconds, memory=memory)
    lessons = Lessons(state, report.tell, keep=keep_repeats)
    apply(
        changes, changing, lessons, analyser, report,
        jobs=_fitting(jobs, memory, changes, report),
        on_progress=on_progress, stop=stop, timeout=timeout,
    )  # fmt: skip
    report.summary.seconds = time.monotonic() - started
    return report.summary


def apply(
    changes: Changes,
    changing: Transaction,
    lessons: Lessons,
    analyser: Analyser,
    report: Report,
    /,
    *,
    jobs: int = 1,
    on_progress: Progress = lambda done, total: None,
    stop: Stop = lambda: False,
    timeout: float = TIMEOUT,
) -> None:
    """Take in and out what has changed, and finish what needs all of it done."""
    summary, state = report.summary, changing.state
    joining = Joining(state)
    intake = Intake(changing, analyser, joining, lessons, report, stop)
    lessons.resume(changing.engine)
    meter = Meter(sum(file.size for file in changes.pending), on_progress)
    pending = read_all(changes.pending, jobs=jobs, timeout=timeout, preparing=preparing(analyser))
    for read in chain(changes.streams, pending):
        intake.take(read, meter)
        if stop():
            break
    changing.commit()

    steps: tuple[Callable[[], object], ...] = (
        partial(_take_out_vanished, changes, intake, changing, summary),
        partial(finishing.unblock, intake, changing, changes, meter, stop),
        partial(finishing.join, joining, intake, changing, changes, summary),
        partial(finishing.drop_repeats, lessons, changing, analyser, stop),
    )
    for step in steps:
        if not stop():
            step()
    if not stop():
        changing.finish()
    intake.tell_lost()
    lessons.tell_left()
    summary.articles, summary.interrupted = changing.engine.articles, stop()


def _fitting(jobs: int, memory: int, changes: Changes, report: Report) -> int:
    """Return how many jobs fit into memory; where more were to be begun, say so."""
    fitting = jobs_within(memory, jobs)
    if fitting < jobs and is_worth(changes.pending):
        report.tell(Problem("--jobs", fewer(fitting, jobs, memory), kind="note"))
    return fitting


def _take_out_vanished(
    changes: Changes, intake: Intake, changing: Transaction, summary: Summary
) -> None:
    """Take out what vanished files gave, and then forget them."""
    for known in changes.vanished:
        summary.removed += len(intake.clear(known.number))
        changing.state.undo(known.number)
        changing.after(partial(changing.state.forget, known.number))
    if changes.vanished:
        changing.commit()
