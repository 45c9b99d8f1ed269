"""What an owner does to an index besides indexing: its sources, and what shall not be in it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from kliping.article import Article
from kliping.corpus import Problem, SourceFile
from kliping.corpus.records.exported import STANDARD_INPUT
from kliping.engines import create
from kliping.engines.documents import document
from kliping.errors import SourceNotFound
from kliping.errors.cures import command
from kliping.indexing import finishing
from kliping.indexing.changes import Changes, is_gone
from kliping.indexing.duplicates.prints import Prints
from kliping.indexing.intake import Stop
from kliping.indexing.reading import Read
from kliping.indexing.repeats.lessons import Lessons
from kliping.indexing.summary import OnProblem, Report, Summary
from kliping.indexing.sync import apply
from kliping.indexing.target import choose, current
from kliping.indexing.transaction import BATCH, Transaction
from kliping.store.digests import note_digests
from kliping.store.folder import WAIT_SECONDS, IndexFolder
from kliping.store.groups import write_groups
from kliping.store.sources import Source, read_sources, write_sources
from kliping.store.state import State


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A file or folder that an index is made from, and what it gave.

    ``seen`` is the last day on which a run found it, ``is_there`` whether it is there now.
    """

    path: str
    files: int
    articles: int
    seen: str
    is_there: bool


def sources(index: Path | str = "index", /) -> list[SourceInfo]:
    """Return where the articles of an index come from; a file counts for the nearest source.

    Raises:
        IndexNotFound: there is none.
        IndexDamaged: its notes cannot be understood.
    """
    folder = IndexFolder(index)
    known = list(read_sources(folder).values())
    generation = folder.generation(folder.manifest().generation)
    with closing(State.reading(generation / "state.sqlite")) as state:
        counts = state.counts()
    found: dict[str, list[int]] = {source.real: [] for source in known}
    for path, articles in counts:
        if nearest := _nearest(known, path):
            found[nearest.real].append(articles)
    return [
        SourceInfo(s.path, len(found[s.real]), sum(found[s.real]), s.seen, not is_gone(s.real))
        for s in known
    ]


def forget(source: Path | str, index: Path | str = "index", /) -> Summary:
    """Take out what a source gave, there or gone, but for what other sources hold; forget it.

    Raises:
        SourceNotFound: the index has no such source.
        IndexLocked: another process is writing.
    """
    folder = IndexFolder(index)
    with folder.writing(wait=WAIT_SECONDS):
        target, known = current(folder), read_sources(folder)
        chosen = _known(folder, known, source)
        others = [each for each in known.values() if each != chosen]
        report = Report(lambda problem: None)
        with target.opened(report.tell) as (engine, state):
            own = [k for k in state.files() if _nearest([chosen, *others], k.path) == chosen]
            changing = Transaction(engine, state)
            lessons = Lessons(state, report.tell)
            apply(Changes(vanished=own), changing, lessons, target.analyser, report)
        write_sources(folder, others)
    return report.summary


def move(old: Path | str, new: Path | str, index: Path | str = "index", /) -> int:
    """Note that a source lies elsewhere now, its files as they were; return how many there are.

    Raises:
        SourceNotFound: the index has no such source, or there is nothing at ``new``.
        IndexLocked: another process is writing.
    """
    if not Path(new).exists():
        raise SourceNotFound("there is no such file or folder; check its name", path=new)
    folder = IndexFolder(index)
    with folder.writing(wait=WAIT_SECONDS):
        target, known = current(folder), read_sources(folder)
        source = _known(folder, known, old)
        there = os.path.realpath(new)
        report = Report(lambda problem: None)
        with target.opened(report.tell) as (_, state):
            own = [each for each in state.files() if source.holds(each.path)]
            for each in own:
                path = there + each.path[len(source.real) :]
                if state.file(path) is None:  # else it has been indexed there already
                    state.move(each.number, path, each.mtime_ns)
            state.commit()
        write_sources(folder, [_moved(each, source, there, str(new)) for each in known.values()])
    return len(own)


def remove(ids: Iterable[str], index: Path | str = "index", /) -> int:
    """Take articles out, to stay out whatever gives them, until a rebuild; return how many.

    Raises:
        IndexNotFound: there is none.
        IndexLocked: another process is writing.
    """
    folder = IndexFolder(index)
    with folder.writing(wait=WAIT_SECONDS):
        target = current(folder)
        with target.opened(lambda problem: None) as (engine, state):
            changing = Transaction(engine, state)
            there = [each for each in dict.fromkeys(ids) if engine.fetch(each)]
            changing.take_out(there)
            for article_id in there:
                state.remove(article_id)
            changing.after(partial(state.drop, there))
            changing.commit()
            finishing.group(changing)
    return len(there)


def compact(index: Path | str = "index", /) -> int:
    """Make an index anew from its own articles, without gaps; return how many bytes that saved.

    The old one serves until the new one is done.

    Raises:
        IndexNotFound: there is none.
        IndexLocked: another process is writing.
    """
    folder = IndexFolder(index)
    with folder.writing(wait=WAIT_SECONDS):
        old = current(folder)
        before, new = folder.size(old.number), replace(old, number=folder.newest() + 1)
        with old.opened(lambda problem: None) as (engine, state):
            place = folder.start(new.number)
            with closing(create(new.engine, place / "engine")) as fresh:
                articles = engine.every()
                while batch := list(islice(articles, BATCH)):
                    fresh.add([document(article, new.analyser) for article in batch])
                fresh.commit()
                state.copy(place / "state.sqlite")
                with closing(State(place / "state.sqlite")) as notes:
                    notes.end_commit(fresh.version)
                    notes.commit()
                    write_groups(place, Prints(notes.database).groups())
        note_digests(place)
        folder.publish(new.engine, new.analyser.version, new.number)
        return before - folder.size(new.number)


def add(
    articles: Iterable[Article | Problem],
    index: Path | str = "index",
    /,
    *,
    engine: str | None = None,
    on_problem: OnProblem = lambda problem: None,
    stop: Stop = lambda: False,
) -> Summary:
    """Take in articles that lie in no file, in place of those with their ids that came so before.

    Raises:
        IndexLocked: another process is writing.
        IndexMismatch: the index was made by another format or analyser.
    """
    folder, report = IndexFolder(index), Report(on_problem)
    with folder.writing(wait=WAIT_SECONDS):
        target = choose(folder, engine=engine)
        with target.opened(report.tell) as (store, state):
            if target.fresh:
                target.publish((), None)
            file = SourceFile(Path(STANDARD_INPUT), STANDARD_INPUT, 0, 0)
            changes = Changes(streams=[Read(file, "", ([each] for each in articles))])
            lessons = Lessons(state, report.tell)
            changing = Transaction(store, state)
            apply(changes, changing, lessons, target.analyser, report, stop=stop)
    return report.summary


def _moved(each: Source, source: Source, there: str, named: str) -> Source:
    """Return a source as it is named once another, which it is or lies below, has moved."""
    if not source.holds(each.real):
        return each
    below = each.real[len(source.real) :]
    return each._replace(real=there + below, named=named + below)


def _nearest(known: Iterable[Source], path: str) -> Source | None:
    holding = [source for source in known if source.holds(path)]
    return max(holding, key=lambda source: len(source.real), default=None)


def _known(folder: IndexFolder, known: dict[str, Source], named: Path | str) -> Source:
    """Return the source of this name, or at this place."""
    same = [s for s in known.values() if s.named == str(named)]
    if found := known.get(os.path.realpath(named)) or next(iter(same), None):
        return found
    cure = command("sources", folder.path)
    raise SourceNotFound(f"the index has no such source; which it has, says: {cure}", path=named)
