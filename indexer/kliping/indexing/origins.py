"""Where a run takes its articles from: the sources that were named, or those of before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from kliping.corpus import Problem
from kliping.corpus.leaving_out import Rules, compiled
from kliping.corpus.records.mapping import Mapped, parse_mapping
from kliping.corpus.records.mapping import said as as_said
from kliping.errors import IndexDamaged, IndexNotFound, SourceNotFound
from kliping.errors.cures import command
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
        if not any(each.columns for each in self.run):
            return ()
        of = max((each for each in self.run if each.holds(path)), key=_depth, default=None)
        return parse_mapping([of.columns]) if of and of.columns else ()

    def rules_of(self, path: Path, /) -> Rules:
        """Return what was said of what to leave out of a source, by its path."""
        source = next(each for each in self.run if Path(each.path) == path)
        return Rules(tuple(source.exclude.splitlines()), follow_links=bool(source.links))

    @property
    def keep_repeats(self) -> bool:
        """Whether what articles repeat stays in them."""
        return any(source.repeats for source in self.run)

    @property
    def paths(self) -> list[str]:
        """Where to look for files."""
        return [source.path for source in self.run]


class Said(NamedTuple):
    """What was said of the sources that are named: of their columns, and what to leave out."""

    columns: Sequence[Mapped] = ()
    exclude: Sequence[str] = ()
    follow_links: bool = False
    keep_repeats: bool = False

    def kept(self) -> dict[str, str]:
        """Return it as a source keeps it.

        Raises:
            CorpusError: a pattern cannot be understood.
        """
        compiled(self.exclude)
        return {
            "columns": as_said(self.columns),
            "exclude": "\n".join(self.exclude),
            "links": "followed" if self.follow_links else "",
            "repeats": "kept" if self.keep_repeats else "",
        }


def chosen(
    folder: IndexFolder,
    named: Sequence[Path | str],
    said: Said,
    /,
    *,
    rebuild: bool,
    on_problem: OnProblem,
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
        known = {real: each for real, each in before.items() if each.is_given or not rebuild}
        # What was said is kept by a rebuild too.
        now = said.kept()
        given = tuple(_named(path, today, before, now) for path in named)
        return Origins(given, tuple((known | {each.real: each for each in given}).values()))
    known = read_sources(folder)
    if not known:
        raise IndexNotFound(
            f"{folder.place} does not say what it was made from; "
            f"try: {command('index FOLDER', folder.place)}",
            path=folder.place,
        )
    places = {real: each for real, each in known.items() if not each.is_given}
    here = {real: each._replace(seen=today) for real, each in places.items() if Path(real).exists()}
    gone = [each for real, each in places.items() if real not in here]
    if gone and (rebuild or not here):
        raise SourceNotFound(_gone(folder, gone[0]), path=gone[0].path)
    for each in gone:
        on_problem(Problem(each.path, _gone(folder, each), kind="note"))
    return Origins(tuple(here.values()), tuple((known | here).values()))


def _depth(source: Source) -> int:
    return len(source.real)


def _named(
    path: Path | str, today: str, before: Mapping[str, Source], now: Mapping[str, str]
) -> Source:
    """Return a source as it is named now; what was said of it holds until said anew."""
    real = os.path.realpath(path)
    source = before.get(real, Source(real, ""))._replace(named=str(path), seen=today)
    return source._replace(**{name: text for name, text in now.items() if text})


def still_of_use(sources: Iterable[Source], state: State, /) -> list[Source]:
    """Return the sources without those that are gone, and from which nothing is held."""
    files = [known.path for known in state.files()]
    return [
        source for source in sources if not is_gone(source.real) or any(map(source.holds, files))
    ]


def _gone(folder: IndexFolder, source: Source) -> str:
    path = quote(source.path)
    moved = command(f"sources --move {path} NEW", folder.place)
    forgotten = command(f"sources --forget {path}", folder.place)
    return f"is gone; if it has moved, try: {moved}; to take out what it gave: {forgotten}"
