"""Makes an index, or brings it up to date: the one place that writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kliping.analysis import Analyser, UserLexicon
from kliping.engines import ENGINES, Engine, create, open_engine
from kliping.errors import IndexingError, IndexMismatch, IndexNotFound, SourceNotFound
from kliping.indexing.intake import Progress
from kliping.indexing.summary import OnProblem, Summary
from kliping.indexing.sync import sync
from kliping.indexing.transaction import COMMIT_SECONDS
from kliping.store.folder import LEXICON, IndexFolder, Manifest, storage_errors, write_atomically
from kliping.store.state import State

DEFAULT_ENGINE = "tantivy"
WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class _Target:
    """The generation to write to; ``fresh`` when it is not the current one (yet)."""

    engine: str
    analyser: Analyser
    number: int
    fresh: bool


def build(
    sources: Path | str | Iterable[Path | str],
    index: Path | str = "index",
    /,
    *,
    engine: str | None = None,
    jobs: int = 1,
    rebuild: bool = False,
    lexicon: Path | str | None = None,
    wait: float = WAIT_SECONDS,
    on_problem: OnProblem = lambda problem: None,
    on_progress: Progress = lambda done, total: None,
    commit_seconds: float = COMMIT_SECONDS,
) -> Summary:
    """Bring an index up to date with its sources, making it where there is none.

    Args:
        sources: a file or folder of articles, or several; none at all means those that the index
            was made from.
        index: the index's folder.
        engine: which engine keeps a new index; an existing one keeps its own.
        jobs: how many processes read files. More than one needs a program whose main module can
            be imported without running (``if __name__ == "__main__":``).
        rebuild: whether to make the index anew; the old one serves until the new one is done.
        lexicon: a file of the user's own words, kept in the index from now on; an index that was
            made without it needs a rebuild.
        wait: how many seconds to wait for another writer.
        on_problem: called for each file or record that was skipped or repaired.
        on_progress: called with the bytes of source read so far and in all.
        commit_seconds: the longest time between commits.

    Raises:
        SourceNotFound: a source does not exist.
        IndexLocked: another process is writing.
        IndexMismatch: the index was made by another engine, format or analyser.
        NotAnIndex: the index's folder holds something else.
        StorageError: the disk said no; the index is as it was last committed.
    """
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    if missing := next((path for path in named if not Path(path).exists()), None):
        raise SourceNotFound("there is no such file or folder; check its name", path=missing)
    if engine is not None and engine not in ENGINES:
        create(engine, Path())  # says which there are
    words = UserLexicon.read(lexicon) if lexicon is not None else None
    folder = IndexFolder(index)
    with folder.writing(wait=wait):
        named = named or _known_sources(folder)
        target = _target(folder, engine, rebuild, words)
        with _opened(folder, target, lexicon, rebuild) as (store, state):
            return sync(
                named,
                engine=store,
                state=state,
                analyser=target.analyser,
                jobs=jobs,
                on_problem=on_problem,
                on_progress=on_progress,
                commit_seconds=commit_seconds,
            )


def _known_sources(folder: IndexFolder) -> list[Path | str]:
    """Return the sources of the newest generation that noted any."""
    for number in range(folder.newest(), 0, -1):
        path = folder.generation(number) / "state.sqlite"
        if path.exists():
            with closing(State(path)) as state:
                if sources := state.sources():
                    return list(sources)
    raise IndexNotFound(
        f"{folder.path} does not say what it was made from; try: kliping index FOLDER",
        path=folder.path,
    )


def _target(
    folder: IndexFolder, engine: str | None, rebuild: bool, words: UserLexicon | None
) -> _Target:
    """Choose the generation to write to, and refuse what does not match it."""
    current = _current(folder, rebuild)
    analyser = Analyser(words if words is not None else folder.lexicon())
    if rebuild or current is None:
        name = engine or (current.engine if current else DEFAULT_ENGINE)
        return _Target(name, analyser, folder.newest() + 1, fresh=True)
    if engine not in (None, current.engine):
        raise IndexMismatch(
            f"{folder.path} is kept by engine '{current.engine}', not '{engine}'; "
            f"try: kliping index --rebuild --engine {engine}",
            path=folder.path,
        )
    folder.check_analyser(current, analyser.version)
    return _Target(current.engine, analyser, current.generation, fresh=False)


def _current(folder: IndexFolder, rebuild: bool) -> Manifest | None:
    try:
        return folder.manifest()
    except IndexNotFound:
        return None
    except IndexingError:
        if rebuild:  # the cure for all of them
            return None
        raise


@contextmanager
def _opened(
    folder: IndexFolder, target: _Target, lexicon: Path | str | None, rebuild: bool
) -> Iterator[tuple[Engine, State]]:
    """Open the target's engine and notes, and publish a new generation when it may be seen.

    A first index is published empty, so that whatever it commits is kept; a rebuild is published
    when it is whole, so that the old index serves until then.
    """
    if target.fresh:
        place = folder.start(target.number)
        store = create(target.engine, place / "engine")
    else:
        folder.sweep(target.number)
        place = folder.generation(target.number)
        store = open_engine(target.engine, place / "engine")
    with closing(store), closing(State(place / "state.sqlite")) as state:
        if target.fresh and not rebuild:
            _publish(folder, target, lexicon)
        yield store, state
    if target.fresh and rebuild:
        _publish(folder, target, lexicon)


def _publish(folder: IndexFolder, target: _Target, lexicon: Path | str | None) -> None:
    if lexicon is not None:
        with storage_errors(folder.path):
            text = Path(lexicon).read_text(encoding="utf-8-sig")
            write_atomically(folder.path / LEXICON, text)
    folder.publish(target.engine, target.analyser.version, target.number)
