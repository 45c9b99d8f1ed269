"""What changed since last time: which files are new, different, gone, or as they were.

A file of the same size and modification time, or else of the same digest, is as it was. So is one
of the same digest and name in place of one that is gone: it has moved, and what it gave stays. (Its
name and that of its folder make part of the ids of what has no other: under another name it is
read anew, and its articles are known by their ids.) A source that cannot be read now keeps the
articles that it gave before; only what is seen to be gone is vanished.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kliping.corpus import Problem, SourceFile, find_files
from kliping.corpus.leaving_out import Rules, RulesOf
from kliping.corpus.records.mapping import Mapped
from kliping.indexing.patience import TIMEOUT, as_slow_as_before
from kliping.indexing.reading import DIGITS, Read, digest_of, said_of
from kliping.indexing.summary import Report
from kliping.store.shares import Share
from kliping.store.state import KnownFile, State

ColumnsOf = Callable[[str], tuple[Mapped, ...]]
# Says of a file, and its real path, whether it is left to another run.
Later = Callable[[SourceFile, str], bool]


def not_of(share: Share, later: Later, /) -> Later:
    """Return what also leaves to other machines the files that are not this share's."""
    if share.of == 1:
        return later
    return lambda file, path: not share.has(file.key) or later(file, path)


@dataclass(slots=True)
class Changes:
    """The files of the sources, by real path, and which of them are to be taken up.

    ``unchanged`` are the numbers of those that are as they were; ``streams`` is what lies in none.
    """

    files: dict[str, SourceFile] = field(default_factory=dict)
    vanished: list[KnownFile] = field(default_factory=list)
    pending: list[SourceFile] = field(default_factory=list)
    unchanged: set[int] = field(default_factory=set)
    streams: list[Read] = field(default_factory=list)


def find_changes(
    sources: Iterable[Path],
    state: State,
    report: Report,
    /,
    *,
    columns_of: ColumnsOf = lambda path: (),
    rules_of: RulesOf = lambda path: Rules(),
    later: Later = lambda file, path: False,
    timeout: float = TIMEOUT,
    dry: bool = False,
) -> Changes:
    """Compare the files of ``sources`` with what is noted of them; ``dry``: note nothing.

    What ``later`` leaves to another run is as it was, and so is what, as it is, gave nothing for
    ``timeout`` seconds before.
    """
    sources = list(sources)
    found = Changes()
    unreadable: list[str] = []
    real_of = _real_of_each()
    for file in find_files(sources, rules_of=rules_of):
        if isinstance(file, SourceFile):
            path = real_of(file)
            columns = columns_of(path)
            found.files[path] = replace(file, columns=columns) if columns else file
        else:
            if file.kind == "skipped":
                unreadable.append(real(Path(file.path)))
            report.tell(file)
    roots = [real(source) for source in sources]
    noted = {known.path: known for known in state.files()}
    counts = state.counts_of_files()
    found.vanished = [
        known
        for known in noted.values()
        if known.path not in found.files
        and any(_is_under(known.path, root) for root in roots)
        and not any(_is_under(known.path, path) for path in unreadable)
    ]
    missing = _Missing(state, found)
    moved: set[int] = set()
    for path, file in found.files.items():
        known, left = noted.get(path), later(file, path)
        if known is not None and (left or not _differs(known, file, state, dry=dry)):
            found.unchanged.add(known.number)
            report.summary.unchanged += counts.get(known.number, 0)
        elif known is None and not left and (was := missing.was(file)):
            if not dry:
                state.move(was.number, path, file.mtime_ns)
            report.summary.moved += counts.get(was.number, 0)
            moved.add(was.number)
        elif (seconds := state.slow(path, file.size, file.mtime_ns)) >= timeout:
            report.tell(Problem(str(file.path), as_slow_as_before(seconds), kind="failed"))
        elif not left:
            found.pending.append(file)
    found.vanished = [known for known in found.vanished if known.number not in moved]
    return found


class _Missing:
    """The files that are noted, and gone, from whatever source they were."""

    def __init__(self, state: State, found: Changes) -> None:
        self._state, self._found = state, found

    @cached_property
    def _by_size(self) -> dict[int, list[KnownFile]]:
        by_size: dict[int, list[KnownFile]] = {}
        for known in self._state.files():
            if known.done and known.path not in self._found.files and is_gone(known.path):
                by_size.setdefault(known.size, []).append(known)
        return by_size

    def was(self, file: SourceFile, /) -> KnownFile | None:
        """Return the file that lies here now, if it is as it was."""
        name = f"{os.sep}{file.key}"
        sized = self._by_size.get(file.size, [])
        alike = [known for known in sized if known.path.endswith(name)]
        content = _digest(file) if alike else None
        found = next((known for known in alike if known.digest == content), None)
        if found:
            sized.remove(found)
        return found


def is_gone(path: str, /) -> bool:
    """Say whether a file that articles came from is not there any more."""
    if not Path(path).is_absolute():
        return False
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # it may be there
        return False
    return False


def real(path: Path, /) -> str:
    """Return the one path that a file is known by, whatever link led to it."""
    return os.path.realpath(path)


def _real_of_each() -> Callable[[SourceFile], str]:
    """Return what does as :func:`real` for files, and asks once for each folder."""
    folders: dict[str, str] = {}

    def real_of(file: SourceFile) -> str:
        if file.linked:
            return real(file.path)
        folder, name = os.path.split(file.path)
        if folder not in folders:
            folders[folder] = real(Path(folder))
        return os.path.join(folders[folder], name)  # noqa: PTH118

    return real_of


def _differs(known: KnownFile, file: SourceFile, state: State, *, dry: bool) -> bool:
    if not known.done or known.size != file.size or known.digest[DIGITS:] != said_of(file):
        return True
    if known.mtime_ns != file.mtime_ns:
        if _digest(file) != known.digest:
            return True
        if not dry:
            state.touch(known, file.mtime_ns)
    return False


def _digest(file: SourceFile) -> str | None:
    try:
        return digest_of(file)
    except OSError:  # reading it says why
        return None


def _is_under(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
