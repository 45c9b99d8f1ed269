"""What is in an index, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kliping.engines import Engine, Sort
from kliping.engines.documents import WIB
from kliping.errors import IndexDamaged
from kliping.query.clauses import DateRange, Everything
from kliping.searching.facets import as_one
from kliping.searching.snapshot import Generation, Snapshot
from kliping.store.state import count_files

_MONTH = 31 * 86_400  # seconds of the longest; behind the last nothing was published


@dataclass(frozen=True, slots=True)
class Info:
    """What is in an index, or in several.

    ``first`` and ``last`` are the days of its oldest and newest article;
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


def information(parts: Sequence[Snapshot], /) -> Info:
    """Say what is in an index, or of several what is in all of them."""
    first, *others = infos = [_of(part.generation, part.engine) for part in parts]
    if not others:
        return first
    sources: Counter[str] = Counter()
    for info in infos:
        sources.update(info.sources)
    files = [info.files for info in infos if info.files is not None]
    return replace(
        first,
        path=", ".join(info.path for info in infos),
        engine=", ".join(dict.fromkeys(info.engine for info in infos)),
        created=max(info.created for info in infos),
        articles=sum(info.articles for info in infos),
        size=sum(info.size for info in infos),
        files=sum(files) if len(files) == len(infos) else None,
        first=min((info.first for info in infos if info.first), default=None),
        last=max((info.last for info in infos if info.last), default=None),
        sources=as_one(sources),
        damage="; ".join(info.damage for info in infos if info.damage) or None,
    )


def _of(made: Generation, engine: Engine) -> Info:
    folder, manifest = made.folder, made.manifest
    counts = engine.facets(Everything(), ("source", "month"))
    months = sorted(counts["month"])
    files = damage = None
    try:
        files = count_files(folder.notes(manifest.generation))
    except IndexDamaged as error:  # which searches do without
        damage = str(error)
    return Info(
        path=str(folder.place),
        engine=manifest.engine,
        format=manifest.format,
        analyser=manifest.analyser,
        created=manifest.created,
        articles=engine.articles,
        size=folder.size(manifest.generation),
        files=files,
        first=_day(engine, "oldest", months[:1]),
        last=_day(engine, "newest", months[-1:]),
        sources=as_one(counts["source"]),
        damage=damage,
    )


def _day(engine: Engine, sort: Sort, months: list[str]) -> str | None:
    """Return the day of the first article in order of date, which is of that month, if any is.

    To put all articles in order would take as long as everything else of a large index.
    """
    for month in months:
        since = int(datetime.fromisoformat(f"{month}-01").replace(tzinfo=WIB).timestamp())
        found = engine.search(DateRange(since, since + _MONTH), limit=1, sort=sort).hits
        if found and (published := found[0][1].published):
            return published.astimezone(WIB).date().isoformat()
    return None
