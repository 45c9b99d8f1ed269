"""Makes an index, or brings it up to date: the one place that writes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kliping.analysis import UserLexicon
from kliping.corpus.records.checking import check_columns
from kliping.corpus.records.mapping import parse_mapping
from kliping.engines import ENGINES, create
from kliping.errors import SourceNotFound
from kliping.indexing.intake import Progress, Stop
from kliping.indexing.origins import chosen, still_of_use
from kliping.indexing.summary import OnProblem, Summary
from kliping.indexing.sync import sync
from kliping.indexing.target import choose
from kliping.indexing.transaction import COMMIT_SECONDS
from kliping.store.folder import WAIT_SECONDS, IndexFolder
from kliping.store.sources import write_sources


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
    columns: str | Iterable[str] = (),
    stop: Stop = lambda: False,
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
        columns: which columns of records hold which fields (``judul=Headline,isi=Naskah``), where
            their names and contents do not say it; kept with the sources until said anew.
        stop: asked between articles whether to end now: what has been analysed is kept, and the
            same call goes on from there (a rebuild begins anew).

    Raises:
        SourceNotFound: a source does not exist.
        MappingError: what was said of columns names no field, or no column that is there.
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
    mapping = parse_mapping([columns] if isinstance(columns, str) else columns)
    if mapping:
        check_columns(named, mapping)
    words = UserLexicon.read(lexicon) if lexicon is not None else None
    folder = IndexFolder(index)
    with folder.writing(wait=wait):
        origins = chosen(folder, named, rebuild=rebuild, on_problem=on_problem, columns=mapping)
        target = choose(folder, engine=engine, rebuild=rebuild, words=words)
        with target.opened(on_problem) as (store, state):
            if target.fresh and not rebuild:
                target.publish(origins.all, lexicon)
            elif not rebuild:
                write_sources(folder, origins.all)
            summary = sync(
                origins.paths,
                engine=store,
                state=state,
                analyser=target.analyser,
                jobs=jobs,
                on_problem=on_problem,
                on_progress=on_progress,
                commit_seconds=commit_seconds,
                columns_of=origins.columns_of,
                stop=stop,
            )
            if summary.moved and not rebuild:
                write_sources(folder, still_of_use(origins.all, state))
        if rebuild and not summary.interrupted:
            target.publish(origins.all, lexicon)
        return summary
