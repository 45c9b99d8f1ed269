"""The groups as searches read them: one small file beside the engine's, replaced in one step.

Searches do not read the notes in ``state.sqlite``: a writer may lock these for as long as it runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from kliping.errors.cures import damaged, refused
from kliping.store.folder import storage_errors, write_atomically

# Id → the ids of all its group, its own among them, the earliest published first.
Groups = Mapping[str, tuple[str, ...]]
_NAME = "groups.json"


def read_groups(generation: Path, /) -> Groups:
    """Read the groups of a generation.

    Raises:
        IndexDamaged: the file is missing, or a byte of it has changed.
    """
    path = generation / _NAME
    try:
        text = path.read_bytes()
        *groups, checksum = json.loads(text)
        if checksum != _checksum(text[: text.rindex(b"\n", 0, -1) + 1]):
            raise ValueError("not as it was written")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise damaged(path, "it is missing", generation.parent) from error
    except OSError as error:
        raise refused(path, error) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged(path, "it is not as it was written", generation.parent) from error
    members = [tuple(group) for group in groups]
    return {article_id: group for group in members for article_id in group}


def write_groups(generation: Path, groups: Iterable[Sequence[str]], /) -> None:
    """Replace the groups of a generation; where they are as they were, nothing is written.

    The last line is a checksum of those before: a group that is lost would be missed by nobody.
    """
    path = generation / _NAME
    text = "[\n" + "".join(f"{json.dumps(group)},\n" for group in groups)
    text += f'"{_checksum(text.encode())}"]\n'
    with storage_errors(path):
        if not path.is_file() or path.read_bytes() != text.encode():
            write_atomically(path, text)


def _checksum(text: bytes) -> str:
    return f"{crc32(text):08x}"
