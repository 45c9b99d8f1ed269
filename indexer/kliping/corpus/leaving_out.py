"""What a walk through a source leaves out: by patterns, by where links lead, and our indexes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import CorpusError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".klipingignore"
_GENERATION = re.compile(r"generation-\d+")


class Rules(NamedTuple):
    """What the owner of a source has said: patterns as in ``.gitignore``, and of links."""

    exclude: tuple[str, ...] = ()
    follow_links: bool = False


RulesOf = Callable[[Path], Rules]


class Patterns(NamedTuple):
    """The patterns that hold in a folder: those of its own file behind those of the ones above."""

    folders: tuple[tuple[Path, GitIgnoreSpec], ...] = ()

    def within(self, folder: Path, lines: Iterable[str], /) -> Patterns:
        """Return the patterns with those that hold in a folder and below.

        Raises:
            CorpusError: one cannot be understood.
        """
        lines = list(lines)
        return Patterns((*self.folders, (folder, compiled(lines)))) if lines else self

    def leave_out(self, path: Path, /) -> bool:
        """Say whether a file or folder is left out: the nearest pattern that fits decides."""
        end = os.sep if self.folders and path.is_dir() else ""
        for folder, spec in reversed(self.folders):
            fits = spec.check_file(path.relative_to(folder).as_posix() + end).include
            if fits is not None:
                return fits
        return False


def compiled(lines: Iterable[str], /) -> GitIgnoreSpec:
    """Return patterns in the syntax of ``.gitignore``.

    Raises:
        CorpusError: one cannot be understood.
    """
    from pathspec import GitIgnoreSpec  # most sources have no patterns

    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError as error:
            message = f"the pattern '{line.strip()}' cannot be understood; see gitignore's syntax"
            raise CorpusError(message, path="--exclude") from error
    return GitIgnoreSpec.from_lines(lines)


def is_index(names: Collection[str], /) -> bool:
    """Say whether a folder with these names in it is an index of ours, finished or not.

    >>> is_index({"manifest.json", "generation-3"}), is_index({"manifest.json", "a.html"})
    (True, False)
    """
    ours = "manifest.json" in names or "writer.lock" in names
    return ours and any(map(_GENERATION.fullmatch, names))


def leads_out(path: Path, root: Path, /) -> bool:
    """Say whether a path is a link to what does not lie below ``root``, a path without links."""
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root)
