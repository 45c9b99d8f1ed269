"""The groups as searches read them: one small file beside the engine's, replaced in one step.

Searches do not read the notes in ``state.sqlite``: a writer may lock these for as long as it runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kliping.errors import IndexDamaged
from kliping.store.folder import storage_errors, write_atomically

# Id → the ids of all its group, its own among them, the earliest published first.
Groups = Mapping[str, tuple[str, ...]]
_NAME = "groups.json"


def read_groups(generation: Path, /) -> Groups:
    """Read the groups of a generation; one without duplicates has no file.

    Raises:
        IndexDamaged: the file cannot be understood.
    """
    path = generation / _NAME
    try:
        groups = [tuple(map(str, group)) for group in json.loads(path.read_bytes())]
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError) as error:
        raise IndexDamaged(
            f"{path} cannot be understood; try: kliping index --rebuild", path=path
        ) from error
    return {article_id: group for group in groups for article_id in group}


def write_groups(generation: Path, groups: Iterable[Sequence[str]], /) -> None:
    """Replace the groups of a generation; where they are as they were, nothing is written."""
    path = generation / _NAME
    lines = [json.dumps(group) for group in groups]
    text = "[" + ",\n".join(lines) + "]\n"
    with storage_errors(path):
        there = path.read_text(encoding="utf-8") if path.exists() else "[]\n"
        if text != there:
            write_atomically(path, text)
