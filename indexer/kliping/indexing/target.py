"""The generation that a run writes to: which one, opened, and published when it may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from kliping.analysis import Analyser, UserLexicon
from kliping.engines import Engine, create, open_engine
from kliping.errors import IndexingError, IndexMismatch, IndexNotFound
from kliping.errors.cures import command
from kliping.indexing.renewal import opened_notes
from kliping.indexing.resuming import begun, forget_begun, made_of, resumable
from kliping.indexing.summary import OnProblem
from kliping.store.digests import check_opening, note_digests
from kliping.store.folder import LEXICON, IndexFolder, Manifest, storage_errors, write_atomically
from kliping.store.groups import start_groups
from kliping.store.sources import Source, write_sources
from kliping.store.state import State

# By whether an index is at an address.
_DEFAULT = {False: "tantivy", True: "opensearch"}


@dataclass(frozen=True, slots=True)
class Target:
    """The generation to write to; ``fresh`` when it is not the current one (yet).

    ``rebuild`` when it is made while another serves, which it then replaces. It may have been
    ``begun`` by a run that was ended; ``made_of`` says what it is made of, so that the next knows.
    """

    folder: IndexFolder
    engine: str
    analyser: Analyser
    number: int
    fresh: bool
    rebuild: bool = False
    begun: bool = False
    made_of: str = ""

    @contextmanager
    def opened(self, on_problem: OnProblem, /) -> Iterator[tuple[Engine, State]]:
        """Open the engine and the notes of the generation; a fresh one is made."""
        place = self.folder.generation(self.number)
        if self.fresh and not self.begun:
            start_groups(self.folder.start(self.number))
            engine = create(self.engine, self.folder.engine_place(self.number))
        else:
            if not self.fresh:
                self.folder.sweep(self.number)
            check_opening(place)
            engine = open_engine(self.engine, self.folder.engine_place(self.number))
        with self._noting(place), closing(engine):
            notes = opened_notes(self.folder.notes(self.number), engine, self.folder, on_problem)
            goes_on = resumable(place, self.made_of) if self.rebuild else nullcontext()
            with closing(notes) as state, goes_on:
                state.keep = self.folder.keep
                yield engine, state

    @contextmanager
    def _noting(self, place: Path, /) -> Iterator[None]:
        """Note the engine's files once it has let go of them."""
        yield
        note_digests(place)

    def publish(self, sources: Iterable[Source], lexicon: Path | str | None, /) -> None:
        """Make a fresh generation the index.

        A first index is published empty, so that whatever it commits is kept; a rebuild when it
        is whole, so that the old index serves until then.
        """
        write_sources(self.folder, sources)
        if lexicon is not None:
            with storage_errors(self.folder.path):
                text = Path(lexicon).read_text(encoding="utf-8-sig")
                write_atomically(self.folder.path / LEXICON, text)
        forget_begun(self.folder.generation(self.number))
        self.folder.publish(self.engine, self.analyser.version, self.number)


def current(folder: IndexFolder, /) -> Target:
    """Return the generation that is the index, to be changed.

    Raises:
        IndexNotFound: there is none.
        IndexMismatch: it was made by another format or analyser.
    """
    manifest = folder.manifest()
    analyser = Analyser(folder.lexicon())
    folder.check_analyser(manifest, analyser.version)
    return Target(folder, manifest.engine, analyser, manifest.generation, fresh=False)


def choose(
    folder: IndexFolder,
    sources: Iterable[Source] = (),
    /,
    *,
    engine: str | None,
    rebuild: bool = False,
    lexicon: Path | str | None = None,
) -> Target:
    """Choose the generation to write to, and refuse what does not match it.

    A rebuild would be made of ``sources``.
    """
    manifest = _manifest(folder, rebuild=rebuild)
    analyser = Analyser(folder.lexicon() if lexicon is None else UserLexicon.read(lexicon))
    if rebuild or manifest is None:
        name = chosen_engine(folder, engine or (manifest.engine if manifest else None))
        target = Target(folder, name, analyser, folder.newest() + 1, fresh=True, rebuild=rebuild)
        return _going_on(target, manifest, sources) if rebuild else target
    if engine not in (None, manifest.engine):
        raise IndexMismatch(
            f"{folder.place} is kept by engine '{manifest.engine}', not '{engine}'; "
            f"try: {command(f'index --rebuild --engine {engine}', folder.place)}",
            path=folder.place,
        )
    folder.check_analyser(manifest, analyser.version, lexicon=lexicon)
    return Target(folder, manifest.engine, analyser, manifest.generation, fresh=False)


def chosen_engine(folder: IndexFolder, named: str | None, /) -> str:
    """Return the engine that was named, or what keeps an index at such a place else."""
    return named or _DEFAULT[folder.is_address]


def _going_on(target: Target, manifest: Manifest | None, sources: Iterable[Source]) -> Target:
    """Return a rebuild with what it is made of, and in the generation that has begun with that."""
    wanted = made_of(target.engine, target.analyser.version, sources)
    number = begun(target.folder, target.engine, wanted)
    if number is None or (manifest and number == manifest.generation):
        return replace(target, made_of=wanted)
    return replace(target, made_of=wanted, number=number, begun=True)


def _manifest(folder: IndexFolder, *, rebuild: bool) -> Manifest | None:
    try:
        return folder.manifest()
    except IndexNotFound:
        return None
    except IndexingError:
        if rebuild:  # the cure for all of them
            return None
        raise
