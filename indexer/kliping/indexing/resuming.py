"""A rebuild that was ended goes on where it was, by whichever way it ended.

The generation that it filled is an index like any other, whose notes say which files are in it;
only no manifest names it. So the next rebuild of the same sources, by the same engine, analyser and
version of kliping, opens it and brings it up to date. ``begun.json`` beside it says what it is made
of; where that differs, or anything in it is not as it should be, a rebuild begins anew. So it does
once the index has been written to: a writer sweeps up what the manifest does not name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kliping.engines import open_engine
from kliping.errors import IndexDamaged, KlipingError
from kliping.release import __version__
from kliping.store.folder import FORMAT_VERSION, IndexFolder, storage_errors, write_atomically
from kliping.store.sources import Source
from kliping.store.state import State

_BEGUN = "begun.json"


def made_of(engine: str, analyser: str, sources: Iterable[Source], /) -> str:
    """Return what a generation is made of, such that equal texts promise equal indexes."""
    named = [source._replace(seen="") for source in sources]
    return json.dumps([__version__, FORMAT_VERSION, engine, analyser, sorted(named)])


def begun(folder: IndexFolder, engine: str, wanted: str, /) -> int | None:
    """Return the number of the generation which a rebuild of what is ``wanted`` has begun."""
    for place in folder.path.glob("generation-*"):
        try:
            number = int(place.name.partition("-")[2])
            said = (place / _BEGUN).read_text(encoding="utf-8")
            if said == wanted and _is_sound(folder, number, engine):
                return number
        except (OSError, ValueError, KlipingError):
            continue
    return None


def _is_sound(folder: IndexFolder, number: int, engine: str) -> bool:
    """Say whether the notes of a generation are those of what its engine holds."""
    with (
        closing(open_engine(engine, folder.engine_place(number))) as opened,
        closing(State(folder.notes(number))) as state,
    ):
        return state.tells_of(opened)


@contextmanager
def resumable(place: Path, text: str, /) -> Iterator[None]:
    """Note what the generation at ``place`` is made of, so that a run that is ended goes on.

    One that finds it damaged does not: the next begins anew.
    """
    with storage_errors(place):
        write_atomically(place / _BEGUN, text)
    try:
        yield
    except IndexDamaged:
        forget_begun(place)
        raise


def forget_begun(place: Path, /) -> None:
    """Let a generation be no rebuild that can go on."""
    with storage_errors(place):
        (place / _BEGUN).unlink(missing_ok=True)
