"""The groups as searches read them: one small file beside the engine's, replaced in one step.

Searches do not read the notes in ``state.sqlite``: a writer may lock these for as long as it runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kliping.cures import damaged, refused
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
        groups = [_strings(each) for each in _list(json.loads(path.read_bytes()))]
    except FileNotFoundError:
        return {}
    except IsADirectoryError as error:
        raise damaged(path, "it is a folder", generation.parent) from error
    except OSError as error:
        raise refused(path, error) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged(path, "it cannot be understood", generation.parent) from error
    return {article_id: group for group in groups for article_id in group}


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ValueError("groups are lists of ids")
    return value


def _strings(value: Any) -> tuple[str, ...]:
    ids = tuple(_list(value))
    if not all(type(each) is str for each in ids):
        raise ValueError("an id is text")
    return ids


def write_groups(generation: Path, groups: Iterable[Sequence[str]], /) -> None:
    """Replace the groups of a generation; where they are as they were, nothing is written."""
    path = generation / _NAME
    lines = [json.dumps(group) for group in groups]
    text = "[" + ",\n".join(lines) + "]\n"
    with storage_errors(path):
        there = path.read_text(encoding="utf-8") if path.exists() else "[]\n"
        if text != there:
            write_atomically(path, text)
