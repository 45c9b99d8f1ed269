"""What is in an index, in figures."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kliping.engines import Engine
from kliping.errors import IndexDamaged
from kliping.query.clauses import Everything
from kliping.searching.facets import as_one
from kliping.store.folder import IndexFolder, Manifest
from kliping.store.state import count_files


@dataclass(frozen=True, slots=True)
class Info:
    """What is in an index. ``first`` and ``last`` are the days of its oldest and newest article.

    ``size`` is what the index takes on disk, in bytes; ``sources`` counts articles by source.
    ``damage`` says why the number of files is not known, if it is not.
    """

    path: str
    engine: str
    format: int
    analyser: str
    created: str
    articles: int
    size: int
    files: int | None
    first: str | None
    last: str | None
    sources: dict[str, int]
    damage: str | None = None


def information(folder: IndexFolder, manifest: Manifest, engine: Engine, /) -> Info:
    """Say what is in the index that ``folder`` holds."""
    counts = engine.facets(Everything(), ("source", "day"))
    days = sorted(counts["day"])
    generation = folder.generation(manifest.generation)
    files = damage = None
    try:
        files = count_files(generation / "state.sqlite")
    except IndexDamaged as error:  # which searches do without
        damage = str(error)
    return Info(
        path=str(folder.path),
        engine=manifest.engine,
        format=manifest.format,
        analyser=manifest.analyser,
        created=manifest.created,
        articles=engine.articles,
        size=_size_of(generation),
        files=files,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        sources=as_one(counts["source"]),
        damage=damage,
    )


def _size_of(folder: Path) -> int:
    """Return the bytes in a folder, of whose files a writer may take some away meanwhile."""
    size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                size += Path(parent, name).stat().st_size
    return size
