"""Makes an index of files and folders, or brings it up to date with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from kliping.corpus import Problem
from kliping.corpus.records.mapping import Mapped, parse_mapping
from kliping.engines import check_name
from kliping.errors import SourceNotFound
from kliping.indexing.carrying import carried
from kliping.indexing.changes import Later, not_of
from kliping.indexing.intake import Progress, Stop
from kliping.indexing.memory import MEMORY
from kliping.indexing.origins import Origins, Said, chosen, still_of_use
from kliping.indexing.patience import TIMEOUT
from kliping.indexing.summary import OnProblem, Summary
from kliping.indexing.sync import sync
from kliping.indexing.target import Target, choose
from kliping.indexing.transaction import COMMIT_SECONDS
from kliping.store.folder import WAIT_SECONDS
from kliping.store.places import Place, located
from kliping.store.sources import write_sources

_GOES_ON = "goes on with the rebuild that was ended before"


def build(
    sources: Path | str | Iterable[Path | str],
    index: Place = "index",
    /,
    *,
    engine: str | None = None,
    jobs: int = 1,
    rebuild: bool = False,
    lexicon: Path | str | None = None,
    columns: str | Iterable[str] = (),
    exclude: Sequence[str] = (),
    follow_links: bool = False,
    keep_repeats: bool = False,
    wait: float = WAIT_SECONDS,
    on_problem: OnProblem = lambda problem: None,
    on_progress: Progress = lambda done, total: None,
    commit_seconds: float = COMMIT_SECONDS,
    stop: Stop = lambda: False,
    later: Later = lambda file, path: False,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
) -> Summary:
    """Bring an index up to date with its sources, making it where there is none.

    Args:
        sources: files and folders of articles; none at all means those that it was made from.
        index: its folder or address; ``engine`` says what keeps a new folder.
        jobs: how many processes analyse; more than one needs ``if __name__ == "__main__":``.
        rebuild: whether to make the index anew; the old one serves until the new one is done.
        lexicon: a file of the user's own words, kept in the index; a new one needs a rebuild.
        columns: which columns of records hold which fields (``judul=Headline,isi=Naskah``).
        exclude: patterns of what is left out of the sources, in the syntax of ``.gitignore``.
        follow_links: whether links that lead out of the sources count.
        keep_repeats: whether what articles of a source repeat stays. These four are remembered.
        wait: how many seconds to wait for another writer.
        on_problem: called for what is worth a word; ``on_progress`` with bytes read, and in all.
        commit_seconds: the longest time between commits.
        stop: asked between articles whether to end, keeping what is done for the next call.
        later: asked of each file and its real path: is it left to the next call?
        timeout: how many seconds a file may take to give its next article, before it is left out.
        memory: how many megabytes all processes may take; where ``jobs`` are too many, fewer.

    Raises:
        SourceNotFound: there is none; MappingError: ``columns`` names no field or column there is.
        IndexLocked: another writes; IndexMismatch: another engine, format or analyser made it;
            NotAnIndex: nor did any.
        StorageError: the disk said no; the index is as it was last committed.
    """
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    said = Said(_checked(named, engine, columns), exclude, follow_links, keep_repeats)
    folder = located(index)
    run = partial(
        sync, jobs=jobs, commit_seconds=commit_seconds, stop=stop, on_progress=on_progress,
        later=not_of(folder.share, later), timeout=timeout, memory=memory,
    )  # fmt: skip
    with folder.writing(wait=wait):
        origins = chosen(folder, named, said, rebuild=rebuild, on_problem=on_problem)
        target = choose(folder, origins.run, engine=engine, rebuild=rebuild, lexicon=lexicon)
        return _bring(target, origins, lexicon, run, on_problem)


def _checked(
    named: Sequence[Path | str], engine: str | None, columns: str | Iterable[str]
) -> Sequence[Mapped]:
    """Refuse what cannot be done before anything is; return what was said of columns."""
    if missing := next((path for path in named if not Path(path).exists()), None):
        raise SourceNotFound("there is no such file or folder; check its name", path=missing)
    check_name(engine)
    mapping = parse_mapping([columns] if isinstance(columns, str) else columns)
    if mapping:
        from kliping.corpus.records.checking import check_columns  # loads what reads files

        check_columns(named, mapping)
    return mapping


def _bring(
    target: Target,
    origins: Origins,
    lexicon: Path | str | None,
    run: Callable[..., Summary],
    on_problem: OnProblem,
) -> Summary:
    """Run with the target open; publish a fresh one when it may be seen."""
    if target.begun:
        on_problem(Problem(str(target.folder.place), _GOES_ON, kind="note"))
    with carried(target, on_problem) as streams, target.opened(on_problem) as (engine, state):
        if target.fresh and not target.rebuild:
            target.publish(origins.all, lexicon)
        elif not target.rebuild:
            write_sources(target.folder, origins.all)
        summary = run(
            origins.paths, engine=engine, state=state, analyser=target.analyser,
            on_problem=on_problem, keep_repeats=origins.keep_repeats, streams=streams,
            columns_of=origins.columns_of, rules_of=origins.rules_of,
        )  # fmt: skip
        if summary.moved and not target.rebuild:
            write_sources(target.folder, still_of_use(origins.all, state))
    if target.rebuild and not summary.interrupted:
        target.publish(origins.all, lexicon)
    return summary
