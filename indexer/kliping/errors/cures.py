"""Refusals and damage as errors whose cure works, typed as it stands."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from kliping.errors import IndexDamaged, StorageError

_LONGEST_REASON = 120
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OPEN_FILES = (errno.EMFILE, errno.ENFILE)


def command(line: str, index: Path | str, /) -> str:
    """Return a command of this project about an index, which is named unless it is the usual one.

    >>> command("index --rebuild", "arsip 2024")
    "kliping index --rebuild --index 'arsip 2024'"
    >>> command("index --rebuild", "index")
    'kliping index --rebuild'
    """
    if str(index) == "index" and "KLIPING_INDEX" not in os.environ:
        return f"kliping {line}"
    from shlex import quote

    return f"kliping {line} --index {quote(str(index))}"


def damaged(path: Path | str, reason: object, index: Path | str, /) -> IndexDamaged:
    """Return the error that says what of an index is broken, and how to make it anew."""
    why = " ".join(str(reason).split()) or "unknown"
    why = why if len(why) <= _LONGEST_REASON else f"{why[:_LONGEST_REASON]}…"
    cure = command("index --rebuild", index)
    return IndexDamaged(f"{path} is damaged ({why}); try: {cure}", path=path)


def refused(path: Path, error: OSError, /) -> StorageError:
    """Return the error for what the operating system did not let happen at ``path``."""
    return StorageError(f"{path}: {refusal(error)}", path=path)


def refusal(error: OSError, /) -> str:
    """Return what the operating system refused, and what helps against that."""
    why = error.strerror or str(error)
    if error.errno in _FORBIDDEN:
        return f"{why}; ask its owner for leave, or choose another place with --index"
    if error.errno in _FULL:
        return f"{why}; free some space, or choose another place with --index"
    if error.errno in _OPEN_FILES:
        return f"{why}; try: ulimit -n 4096"
    return f"{why}; choose another place with --index"
