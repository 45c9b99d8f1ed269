"""What an owner does to an index besides indexing: its sources, and what shall not be in it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from kliping.errors import EngineUnavailable, IndexDamaged, IndexMismatch, SourceNotFound
from kliping.errors.cures import command
from kliping.indexing.adding import Adding
from kliping.indexing.changes import Changes, is_gone
from kliping.indexing.copying import copy_into
from kliping.indexing.repeats.lessons import Lessons
from kliping.indexing.summary import Report, Summary
from kliping.indexing.sync import apply
from kliping.indexing.target import current
from kliping.indexing.transaction import Transaction
from kliping.store.folder import WAIT_SECONDS, IndexFolder
from kliping.store.places import Place, located
from kliping.store.sources import Source, read_sources, write_sources
from kliping.store.state import State


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A file or folder that an index is made from, and what it gave.

    ``seen`` is the last day on which a run found it, ``is_there`` whether it is there now. What
    programs and standard input gave lies in no file, and is listed as ``-``.
    """

    path: str
    files: int
    articles: int
    seen: str
    is_there: bool


def sources(index: Place = "index", /) -> list[SourceInfo]:
    """Return where the articles of an index come from; a file counts for the nearest source.

    Raises:
        IndexNotFound: there is none.
        IndexDamaged: its notes cannot be understood.
    """
    found: dict[str, SourceInfo] = {}
    for share in located(index).shares():
        for each in _sources(share):
            before = found.get(each.path, replace(each, files=0, articles=0))
            found[each.path] = replace(
                before,
                files=before.files + each.files,
                articles=before.articles + each.articles,
                seen=max(before.seen, each.seen),
            )
    return list(found.values())


def _sources(folder: IndexFolder) -> list[SourceInfo]:
    known = list(read_sources(folder).values())
    number = folder.manifest().generation
    with closing(State.reading(folder.notes(number))) as state:
        counts = state.counts()
    found: dict[str, list[int]] = {source.real: [] for source in known}
    for path, articles in counts:
        if nearest := _nearest(known, path):
            found[nearest.real].append(articles)
    return [
        SourceInfo(
            s.path,
            0 if s.is_given else len(found[s.real]),
            sum(found[s.real]),
            s.seen,
            not is_gone(s.real),
        )
        for s in known
    ]


def forget(source: Path | str, index: Place = "index", /) -> Summary:
    """Take out what a source gave, there or gone, but for what other sources hold; forget it.

    Raises:
        SourceNotFound: the index has no such source.
        IndexLocked: another process is writing.
    """
    summary = Summary()
    for folder in _having(located(index).shares(), source):
        summary.add(_forget(source, folder))
    return summary


def _forget(source: Path | str, folder: IndexFolder) -> Summary:
    with folder.writing(wait=WAIT_SECONDS):
        known = read_sources(folder)
        chosen = _known(folder, known, source)
        others = [each for each in known.values() if each != chosen]
        report = Report(lambda problem: None)
        try:
            target = current(folder)
            with target.opened(report.tell) as (engine, state):
                own = [k for k in state.files() if _nearest([chosen, *others], k.path) == chosen]
                changing = Transaction(engine, state)
                lessons = Lessons(state, report.tell)
                apply(Changes(vanished=own), changing, lessons, target.analyser, report)
        except (IndexDamaged, IndexMismatch, EngineUnavailable):
            if not chosen.is_given:
                raise
            # A rebuild, which cures the index, asks for this where it cannot read these articles.
        write_sources(folder, others)
    return report.summary


def move(old: Path | str, new: Path | str, index: Place = "index", /) -> int:
    """Note that a source lies elsewhere now, its files as they were; return how many there are.

    Raises:
        SourceNotFound: the index has no such source, or there is nothing at ``new``.
        IndexLocked: another process is writing.
    """
    if not Path(new).exists():
        raise SourceNotFound("there is no such file or folder; check its name", path=new)
    return sum([_move(old, new, each) for each in _having(located(index).shares(), old)])


def _move(old: Path | str, new: Path | str, folder: IndexFolder) -> int:
    with folder.writing(wait=WAIT_SECONDS):
        target, known = current(folder), read_sources(folder)
        source = _known(folder, known, old)
        if source.is_given:
            raise SourceNotFound("what programs gave lies in no file, and moves nowhere", path=old)
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


def remove(ids: Iterable[str], index: Place = "index", /) -> int:
    """Take articles out, to stay out whatever gives them, until a rebuild; return how many.

    Raises:
        IndexNotFound: there is none.
        IndexLocked: another process is writing.
    """
    wanted = list(dict.fromkeys(ids))
    return sum([_remove(wanted, each) for each in located(index).shares()])


def _remove(ids: Iterable[str], folder: IndexFolder) -> int:
    with folder.writing(wait=WAIT_SECONDS):
        target = current(folder)
        with target.opened(lambda problem: None) as (engine, state):
            adding = Adding(engine, state, target.analyser, lambda problem: None)
            count = sum([adding.remove(each) for each in ids])
            adding.commit()
    return count


def compact(index: Place = "index", /) -> int:
    """Make an index anew from its own articles, without gaps; return how many bytes that saved.

    The old one serves until the new one is done.

    Raises:
        IndexNotFound: there is none.
        IndexLocked: another process is writing.
    """
    return sum([_compact(each) for each in located(index).shares()])


def _compact(folder: IndexFolder) -> int:
    with folder.writing(wait=WAIT_SECONDS):
        old = current(folder)
        before, new = folder.size(old.number), replace(old, number=folder.newest() + 1)
        with old.opened(lambda problem: None) as (engine, state):
            copy_into(new, engine, state)
        new.publish(read_sources(folder).values(), None)
        return before - folder.size(new.number)


def _moved(each: Source, source: Source, there: str, named: str) -> Source:
    """Return a source as it is named once another, which it is or lies below, has moved."""
    if not source.holds(each.real):
        return each
    below = each.real[len(source.real) :]
    return each._replace(real=there + below, named=named + below)


def _nearest(known: Iterable[Source], path: str) -> Source | None:
    holding = [source for source in known if source.holds(path)]
    return max(holding, key=lambda source: len(source.real), default=None)


def _having(folders: Iterable[IndexFolder], named: Path | str) -> list[IndexFolder]:
    """Return those of some shares that have a source; where none has it, the first will say so."""
    folders = list(folders)
    real = os.path.realpath(named)
    return [
        folder
        for folder in folders
        if any(str(named) == s.named or s.real == real for s in read_sources(folder).values())
    ] or folders[:1]


def _known(folder: IndexFolder, known: dict[str, Source], named: Path | str) -> Source:
    """Return the source of this name, or at this place."""
    same = [s for s in known.values() if s.named == str(named)]
    if found := known.get(os.path.realpath(named)) or next(iter(same), None):
        return found
    cure = command("sources", folder.place)
    raise SourceNotFound(f"the index has no such source; which it has, says: {cure}", path=named)
