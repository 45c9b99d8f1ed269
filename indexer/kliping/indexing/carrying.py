"""Takes through a rebuild what lies in no file, and so cannot be read anew: from the old index.

A rebuild is the cure for an index of another version and for a damaged one, so whatever version
that is, and whatever of it can still be read, is read. What cannot is told of, one by one; where
nothing can, the rebuild is refused, until its owner says that he can do without.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from kliping.article import Article
from kliping.corpus import Problem, SourceFile
from kliping.corpus.files import NO_FILE
from kliping.engines import Engine, open_engine
from kliping.errors import IndexDamaged, IndexNotFound, KlipingError
from kliping.errors.cures import command
from kliping.indexing.reading import Read
from kliping.indexing.renewal import opened_notes
from kliping.indexing.summary import OnProblem
from kliping.indexing.target import Target
from kliping.indexing.transaction import BATCH
from kliping.store.folder import IndexFolder
from kliping.store.sources import Source, read_sources
from kliping.store.state import State

_UNLISTED = 3  # the last format that did not name them among the sources


@contextmanager
def carried(target: Target, on_problem: OnProblem, /) -> Iterator[list[Read]]:
    """Open what an index holds of no file, to be read if its next generation is made.

    Raises:
        IndexDamaged: it holds such articles, and none of them can be read.
    """
    if not target.rebuild:
        yield []
        return
    folder = target.folder
    with ExitStack() as stack:
        is_listed = NO_FILE in _sources(folder)
        try:
            found = _found(folder, stack, on_problem, is_listed=is_listed)
        except IndexNotFound:
            found = None
        except KlipingError as error:
            if is_listed:
                raise _lost(folder, error) from error
            found = None
        file = SourceFile(Path(NO_FILE), NO_FILE, 0, 0)
        yield [Read(file, "", _batches(*found))] if found else []


def _found(
    folder: IndexFolder, stack: ExitStack, on_problem: OnProblem, *, is_listed: bool
) -> tuple[Engine, list[str]] | None:
    """Open the engine, and return it with the ids of what lies in no file, if anything does."""
    manifest = folder.manifest(any_format=True)
    if not is_listed and manifest.format > _UNLISTED:
        return None
    notes = folder.notes(manifest.generation)
    if not (is_listed or State.ids_at(notes, NO_FILE)):
        return None
    where = folder.engine_place(manifest.generation)
    engine = stack.enter_context(closing(open_engine(manifest.engine, where)))
    try:
        return engine, State.ids_at(notes, NO_FILE)
    except IndexDamaged:
        with closing(opened_notes(notes, engine, folder, on_problem)):
            return engine, State.ids_at(notes, NO_FILE)


def _batches(engine: Engine, ids: list[str]) -> Iterator[list[Article | Problem]]:
    for start in range(0, len(ids), BATCH):
        yield list(_articles(engine, ids[start : start + BATCH]))


def _articles(engine: Engine, ids: list[str]) -> Iterator[Article | Problem]:
    for article_id in ids:
        try:
            article = engine.fetch(article_id)
        except KlipingError as error:
            reason = f"article '{article_id}', which lies in no file, is lost: {error}"
            yield Problem(NO_FILE, reason, kind="failed")
        else:
            if article:
                yield article


def _sources(folder: IndexFolder) -> dict[str, Source]:
    try:
        return read_sources(folder)
    except IndexDamaged:  # said already, by who chose the sources
        return {}


def _lost(folder: IndexFolder, error: KlipingError) -> IndexDamaged:
    cure = command("sources --forget -", folder.place)
    return IndexDamaged(
        f"{folder.place} holds articles that lie in no file, and a rebuild would lose them, as "
        f"they cannot be read: {str(error).partition('; try: ')[0]}; to do without them, "
        f"try: {cure}",
        path=folder.place,
    )
