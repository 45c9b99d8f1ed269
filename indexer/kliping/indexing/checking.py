"""Is an index sound? Each of its parts is read, and compared with the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kliping.engines import Engine, open_engine
from kliping.errors import KlipingError
from kliping.errors.cures import command
from kliping.indexing.duplicates.texts import published
from kliping.indexing.target import current
from kliping.store.database import Database
from kliping.store.digests import changed_files
from kliping.store.folder import IndexFolder
from kliping.store.groups import Groups, read_groups
from kliping.store.places import Place, located
from kliping.store.sources import read_sources
from kliping.store.state import State


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found wrong, each with what to do about it, and how many articles there are."""

    articles: int
    problems: tuple[str, ...]


def check(index: Place = "index", /) -> Checked:
    """Say whether an index is sound; nothing is changed, nor made.

    Raises:
        IndexNotFound: there is none.
        KlipingError: it cannot be opened at all; the message says what to do.
    """
    each = [_check(share) for share in located(index).shares()]
    problems = tuple(problem for checked in each for problem in checked.problems)
    return Checked(sum(checked.articles for checked in each), problems)


def _check(folder: IndexFolder) -> Checked:
    target = current(folder)
    place = folder.generation(target.number)
    folder.pull(target.number)
    with closing(open_engine(target.engine, folder.engine_place(target.number))) as engine:
        found = list(_problems(folder, place, folder.notes(target.number), engine))
        return Checked(engine.articles, tuple(found))


def _problems(folder: IndexFolder, place: Path, notes: Path, engine: Engine) -> Iterator[str]:
    anew = f"try: {command('index --rebuild', folder.place)}"
    again = f"try: {command('index', folder.place)}"
    for name in changed_files(place):
        yield f"{place / 'engine' / name} is not as it was written; {anew}"
    ids: set[str] = set()
    try:
        for article in engine.every():
            if article.id in ids:
                yield f"article '{article.id}' stands twice; {anew}"
            ids.add(article.id)
        if len(ids) != engine.articles:
            yield f"{engine.articles:,} articles are counted, and {len(ids):,} are there; {anew}"
    except (KlipingError, ValueError) as error:
        yield f"an article cannot be fetched: {error}; {anew}"
        return
    try:
        yield from _of_notes(notes, engine, ids, again, anew)
        groups = read_groups(place)
        for _, group in groups.every():
            if lacking := set(group) - ids:
                yield f"a group names '{min(lacking)}', which is not there; {anew}"
        yield from _of_groups(notes, groups, anew)
        read_sources(folder)
    except KlipingError as error:
        yield str(error)


def _of_groups(notes: Path, groups: Groups, anew: str) -> Iterator[str]:
    if not notes.exists():
        return
    with closing(Database.reading(notes)) as database:
        for _, ids in published(database):
            if any(groups.get(each) != tuple(ids) for each in ids):
                yield f"the group of '{ids[0]}' is not as it is noted; {anew}"


def _of_notes(path: Path, engine: Engine, ids: set[str], again: str, anew: str) -> Iterator[str]:
    if not path.exists():
        yield f"{path} is missing; {again}"
        return
    with closing(State.reading(path)) as state:
        if not state.tells_of(engine):
            yield f"{path} tells of another commit than is there; {again}"
            return
        if lacking := ids - state.all_ids():
            yield f"{path} does not know article '{min(lacking)}'; {anew}"
        if lacking := state.all_ids(done=True) - ids:
            yield f"article '{min(lacking)}' is noted, and is not there; {anew}"
