"""What a run would do: every file is read that would be, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from kliping.corpus import Problem, read_file
from kliping.corpus.accounts import profiling
from kliping.corpus.records.mapping import parse_mapping
from kliping.errors import IndexNotFound
from kliping.indexing.changes import find_changes, not_of
from kliping.indexing.origins import Said, chosen
from kliping.indexing.summary import OnProblem, Report
from kliping.store.folder import IndexFolder
from kliping.store.places import Place, located
from kliping.store.state import State

if TYPE_CHECKING:
    from kliping.corpus.records.profile import Profile


@dataclass(slots=True)
class Planned:
    """What would be done with a file: its articles, and its profile if it holds records.

    ``change`` is *new* or *changed*, or *gone*: then its articles would go.
    """

    path: str
    change: Literal["new", "changed", "gone"]
    articles: int = 0
    profiles: list[Profile] = field(default_factory=list)


def rehearse(
    sources: Sequence[Path | str],
    index: Place,
    /,
    *,
    columns: Sequence[str] = (),
    exclude: Sequence[str] = (),
    follow_links: bool = False,
    on_problem: OnProblem = lambda problem: None,
) -> Iterator[Planned]:
    """Yield what a run would do with each file that is new, changed or gone.

    Raises:
        SourceNotFound: a source does not exist.
        MappingError: what is said of columns names no field, or no column that is there.
    """
    mapping = parse_mapping(columns)
    if mapping:
        from kliping.corpus.records.checking import check_columns  # loads what reads files

        check_columns(sources, mapping)
    folder = located(index)
    said = Said(mapping, exclude, follow_links)
    origins = chosen(folder, sources, said, rebuild=False, on_problem=on_problem)
    report = Report(on_problem)
    with _notes(folder) as state:
        paths = [Path(path) for path in origins.paths]
        changes = find_changes(
            paths, state, report,
            columns_of=origins.columns_of, rules_of=origins.rules_of, dry=True,
            later=not_of(folder.share, lambda file, path: False),
        )  # fmt: skip
        known = {each.path for each in state.files()}
        gone = [
            Planned(each.path, "gone", state.count_of(each.number)) for each in changes.vanished
        ]
    pending = {id(file) for file in changes.pending}
    for path, file in changes.files.items():
        if id(file) in pending:
            planned = Planned(str(file.path), "changed" if path in known else "new")
            with profiling() as planned.profiles:
                for item in read_file(file):
                    if isinstance(item, Problem):
                        report.tell(item)
                    else:
                        planned.articles += 1
            yield planned
    yield from gone


@contextmanager
def _notes(folder: IndexFolder) -> Iterator[State]:
    """Open the notes of the index that is there, or those of one that has read nothing yet."""
    try:
        path = folder.notes(folder.manifest().generation)
    except IndexNotFound:
        with TemporaryDirectory() as place, closing(State(Path(place) / "state.sqlite")) as state:
            yield state
    else:
        with closing(State.reading(path)) as state:
            yield state
