"""Several indexes as one search sees them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from typing import Any, cast

from kliping.engines import Engine
from kliping.engines.several import Several
from kliping.errors import IndexMismatch
from kliping.searching.snapshot import Generation, Snapshot
from kliping.store.folder import IndexFolder
from kliping.store.groups import Group, Groups


class _Generations(Generation):
    """The generations of several indexes, open; each belongs to a snapshot that keeps it so."""

    def __init__(self, parts: Sequence[Snapshot]) -> None:
        first = parts[0].generation
        self.folder, self.manifest, self.path = first.folder, first.manifest, first.path
        self.analyser, self.synonyms = first.analyser, first.synonyms
        self._parts = parts

    def pinned(self) -> tuple[Engine, Groups]:
        """Return the engines and the groups as one; where two hold an article, the first's group.

        Of an engine, searches use the half that reads, and of groups what any mapping has.
        """
        engine = Several([part.engine for part in self._parts])
        groups: ChainMap[str, Group] = ChainMap(*(cast("Any", part.groups) for part in self._parts))
        return cast("Engine", engine), cast("Groups", groups)


class Snapshots(Snapshot):
    """What a search in several indexes stands on: one commit of each.

    Raises:
        IndexMismatch: they were made with different lexicons, so that words are not the same.
    """

    def __init__(self, parts: Sequence[Snapshot], /) -> None:
        first, *others = parts
        for other in others:
            if other.analyser.version != first.analyser.version:
                folder, place = other.generation.folder, first.generation.folder.place
                raise IndexMismatch(
                    f"{folder.place} was made with another lexicon than {place}; search them "
                    "apart, or rebuild both with the same",
                    path=folder.place,
                )
        self._parts = tuple(parts)
        super().__init__(_Generations(parts))

    @property
    def each(self) -> tuple[Snapshot, ...]:
        """The snapshot of each index."""
        return self._parts

    def is_current(self) -> bool:
        """Say whether nothing has been committed or rebuilt in any since."""
        return all(part.is_current() for part in self._parts)

    def renewed(self) -> Snapshots:
        """Return all as they are now; those that are current stay as they are."""
        return Snapshots([part if part.is_current() else part.renewed() for part in self._parts])


def seen_together(folders: Sequence[IndexFolder], /) -> Snapshots:
    """Open several indexes as they are now.

    Raises:
        IndexingError: there is none, or one is damaged, or another version's.
    """
    return Snapshots([Snapshot.of(folder) for folder in folders])
