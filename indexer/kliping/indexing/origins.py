"""Where a run takes its articles from: the sources that were named, or those of before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shlex import quote

from kliping.corpus import Problem
from kliping.corpus.records.mapping import Mapped, parse_mapping, said
from kliping.cures import command
from kliping.errors import IndexDamaged, IndexNotFound, SourceNotFound
from kliping.indexing.changes import is_gone
from kliping.indexing.summary import OnProblem
from kliping.store.folder import IndexFolder
from kliping.store.sources import Source, read_sources
from kliping.store.state import State

_LOST = "cannot be understood: made anew, with the sources that are named now"


@dataclass(frozen=True, slots=True)
class Origins:
    """The sources of a run, and all that the index is made from once it is done."""

    run: tuple[Source, ...]
    all: tuple[Source, ...]

    def columns_of(self, path: str, /) -> tuple[Mapped, ...]:
        """Return what was said of the columns of a file, by its real path."""
        of = max((each for each in self.run if each.holds(path)), key=_depth, default=None)
        return parse_mapping([of.columns]) if of and of.columns else ()

    @property
    def paths(self) -> list[str]:
        """Where to look for files."""
        return [source.path for source in self.run]


def chosen(
    folder: IndexFolder,
    named: Sequence[Path | str],
    /,
    *,
    rebuild: bool,
    on_problem: OnProblem,
    columns: Sequence[Mapped] = (),
) -> Origins:
    """Return the sources that were named, or else those that the index is made from.

    Of the latter, one that has vanished is passed over with a word: what it gave stays.

    Raises:
        IndexNotFound: none was named, now or before.
        SourceNotFound: all have vanished, or one has of which a rebuild would lose the articles.
    """
    today = datetime.now().astimezone().date().isoformat()
    if named:
        try:
            before = read_sources(folder)
        except IndexDamaged as error:
            on_problem(Problem(str(error.path), _LOST, kind="note"))
            before = {}
        known = {} if rebuild else before
        # What was said is kept by a rebuild too.
        given = tuple(_named(path, today, before, said(columns)) for path in named)
        return Origins(given, tuple((known | {each.real: each for each in given}).values()))
    known = read_sources(folder)
    if not known:
        raise IndexNotFound(
            f"{folder.path} does not say what it was made from; "
            f"try: {command('index FOLDER', folder.path)}",
            path=folder.path,
        )
    here = {real: each._replace(seen=today) for real, each in known.items() if Path(real).exists()}
    gone = [each for real, each in known.items() if real not in here]
    if gone and (rebuild or not here):
        raise SourceNotFound(_gone(folder, gone[0]), path=gone[0].path)
    for each in gone:
        on_problem(Problem(each.path, _gone(folder, each), kind="note"))
    return Origins(tuple(here.values()), tuple((known | here).values()))


def _depth(source: Source) -> int:
    return len(source.real)


def _named(path: Path | str, today: str, before: Mapping[str, Source], columns: str) -> Source:
    """Return a source as it is named now; what was said of its columns holds until said anew."""
    real = os.path.realpath(path)
    columns = columns or (before[real].columns if real in before else "")
    return Source(real, str(path), today, columns)


def still_of_use(sources: Iterable[Source], state: State, /) -> list[Source]:
    """Return the sources without those that are gone, and from which nothing is held."""
    files = [known.path for known in state.files()]
    return [
        source for source in sources if not is_gone(source.real) or any(map(source.holds, files))
    ]


def _gone(folder: IndexFolder, source: Source) -> str:
    path = quote(source.path)
    moved = command(f"sources --move {path} NEW", folder.path)
    forgotten = command(f"sources --forget {path}", folder.path)
    return f"is gone; if it has moved, try: {moved}; to take out what it gave: {forgotten}"
