"""Notes that were lost, emptied or are of another time: made anew from what the engine holds.

Without them every article would be taken for new, and stand twice for ever. So each article is
noted for the file that its path names, and that file as not *done*: it is read again, its articles
in place of those noted. An article whose file is gone stays, until another file gives it or its
source is forgotten.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from itertools import islice
from pathlib import Path

from kliping.corpus import Problem
from kliping.corpus.files import NO_FILE
from kliping.engines import Engine
from kliping.indexing.duplicates.grouper import Grouper, arrival
from kliping.indexing.summary import OnProblem
from kliping.indexing.transaction import BATCH
from kliping.store.folder import IndexFolder
from kliping.store.groups import start_groups
from kliping.store.sources import Source, read_sources
from kliping.store.state import State

_WHY = "its notes on files were lost, or tell of another index: made anew; all files are read again"
_ROLLBACK = "-journal", "-wal", "-shm"


def opened_notes(
    path: Path, engine: Engine, folder: IndexFolder, on_problem: OnProblem, /
) -> State:
    """Open the notes on ``engine`` at ``path``; where they are not its own, make them anew.

    Raises:
        IndexDamaged: the file cannot be understood.
        StorageError: the disk said no.
    """
    state = State(path)
    try:
        if state.tells_of(engine):
            return state
        if engine.articles:
            state.close()
            for name in (path.name, *(path.name + ending for ending in _ROLLBACK)):
                with suppress(FileNotFoundError):
                    path.with_name(name).unlink()
            state = State(path)
            on_problem(Problem(str(path), _WHY, kind="note"))
            _note_all(engine, state, read_sources(folder).values())
        state.end_commit(engine.version)
        state.commit()
    except BaseException:
        state.close()
        raise
    return state


def _note_all(engine: Engine, state: State, sources: Collection[Source]) -> None:
    start_groups(state.folder)
    grouper = Grouper(state.database, state.folder, engine.fetch)
    numbers: dict[str, int] = {}
    seen: set[str] = set()
    articles = engine.every()
    while batch := list(islice(articles, BATCH)):
        for article in batch:
            place = _file_of(article.path, sources) if article.path else NO_FILE
            if place not in numbers:
                numbers[place] = state.note(place, 0, 0, "")
            state.claim(article.id, numbers[place])
        new = {article.id: article for article in batch if article.id not in seen}
        seen.update(new)
        grouper.add(map(arrival, new.values()))


def _file_of(path: str, sources: Collection[Source]) -> str:
    """Return the real path of the file that an article's path names, itself or within it.

    A path is as its source was named, which may have been from another folder. One that lies in
    no source is a path of elsewhere: a program gave the article, or standard input.
    """
    if path == NO_FILE:
        return path
    for source in sources:
        if path == source.named or path.startswith(source.named.rstrip(os.sep) + os.sep):
            path = source.real + path[len(source.named.rstrip(os.sep)) :]
            break
    parts = path.split("!")
    within = (Path("!".join(parts[:n])) for n in range(len(parts), 0, -1))
    found = os.path.realpath(next((place for place in within if place.is_file()), Path(path)))
    is_given = any(source.is_given for source in sources)
    return NO_FILE if is_given and not any(s.holds(found) for s in sources) else found
