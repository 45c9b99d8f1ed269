"""A checksum of each of an engine's files, by which ``check`` knows a byte that has changed.

Noted when a writer is done; a file is written once and never changed, so only new ones are read.
That holds for the files of a commit: others lie there too, of a merge that still goes on or of a
writer that died, and may be written again under their old names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from kliping.errors.cures import damaged
from kliping.store.folder import storage_errors, write_atomically

_NAME = "digests.json"
_PIECE = 1 << 20
_READ = 2 << 20  # of what is opened, in 2 ms; ``check`` reads all
# Lists of files and locks, which are replaced; opening the index reads them.
_REPLACED = ("meta.json",)
# Of an index of tantivy, what its articles are packed by is none of the files that it lists.
_DICTIONARIES = ".zdict"


def note_digests(generation: Path, /) -> None:
    """Note the files of a generation's engine as they are; where all are known, nothing is done.

    An engine on a cluster has none here.
    """
    known = _read(generation)
    with storage_errors(generation):
        files = {path.name: path for path in _files(generation)}
        now = {name: known.get(name) or _digest(path) for name, path in sorted(files.items())}
        if now != known:
            write_atomically(generation / _NAME, json.dumps(now, indent=0) + "\n")


def check_opening(generation: Path, /) -> None:
    """Refuse files of Whoosh's that are not as they were noted, before the library reads them.

    It has no checksums of its own, and its lists are pickles: a byte that has changed there may ask
    for any amount of memory, elsewhere it gives other answers. Lists are read, and what is small.

    Raises:
        IndexDamaged: with the cure.
    """
    files = [*(generation / "engine").glob("*.toc"), *(generation / "engine").glob("*.seg")]
    known, left = _read(generation) if files else {}, _READ
    for path in files:
        with suppress(OSError):  # it was replaced since, or opening says what is wrong with it
            left -= path.stat().st_size
            if (left < 0 and path.suffix == ".seg") or path.name not in known:
                continue
            if known[path.name] != _digest(path):
                raise damaged(path, "it is not as it was written", generation.parent)


def changed_files(generation: Path, /) -> Iterator[str]:
    """Yield the names of the files that are not as they were noted."""
    known = _read(generation)
    with storage_errors(generation):
        for path in _files(generation):
            if known.get(path.name, (digest := _digest(path))) != digest:
                yield path.name


def _files(generation: Path) -> Iterator[Path]:
    folder = generation / "engine"
    if not folder.is_dir():
        return
    known = _committed(folder / "meta.json")
    for path in folder.iterdir():
        ours = not path.name.startswith(".") and path.name not in _REPLACED
        if known is not None:
            ours &= path.stem in known or path.suffix == _DICTIONARIES
        if ours and path.is_file() and not path.name.endswith(("LOCK", ".lock")):
            yield path


def _committed(listed: Path) -> set[str] | None:
    """Return the stems of the files that a commit of tantivy names; None for another engine."""
    try:
        segments = json.loads(listed.read_bytes())["segments"]
        ids = [(each["segment_id"].replace("-", ""), each["deletes"]) for each in segments]
        deleted = {f"{key}.{gone['opstamp']}" for key, gone in ids if gone}
        return deleted.union(key for key, _ in ids)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _read(generation: Path) -> dict[str, int]:
    try:
        found = json.loads((generation / _NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _digest(path: Path) -> int:
    digest = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest = crc32(piece, digest)
    return digest
