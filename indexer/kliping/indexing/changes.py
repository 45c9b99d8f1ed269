"""What changed since last time: which files are new, different, gone, or as they were.

A file of the same size and modification time, or else of the same digest, is as it was. A source
that cannot be read now keeps the articles that it gave before; only what is seen to be gone is
vanished.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kliping.corpus import SourceFile, find_files
from kliping.corpus.records.mapping import Mapped
from kliping.indexing.readers import DIGITS, digest_of, said_of
from kliping.indexing.summary import Report
from kliping.store.state import KnownFile, State

ColumnsOf = Callable[[str], tuple[Mapped, ...]]


@dataclass(slots=True)
class Changes:
    """The files of the sources, by real path, and which of them are to be taken up.

    ``unchanged`` are the numbers of those that are as they were.
    """

    files: dict[str, SourceFile] = field(default_factory=dict)
    vanished: list[KnownFile] = field(default_factory=list)
    pending: list[SourceFile] = field(default_factory=list)
    unchanged: set[int] = field(default_factory=set)


def find_changes(
    sources: Iterable[Path],
    state: State,
    report: Report,
    /,
    *,
    columns_of: ColumnsOf = lambda path: (),
    dry: bool = False,
) -> Changes:
    """Compare the files of ``sources`` with what is noted of them; ``dry``: note nothing."""
    sources = list(sources)
    found = Changes()
    unreadable: list[str] = []
    for file in find_files(sources):
        if isinstance(file, SourceFile):
            path = real(file.path)
            found.files[path] = replace(file, columns=columns_of(path))
        else:
            if file.kind == "skipped":
                unreadable.append(real(Path(file.path)))
            report.tell(file)
    roots = [real(source) for source in sources]
    found.vanished = [
        known
        for known in state.files()
        if known.path not in found.files
        and any(_is_under(known.path, root) for root in roots)
        and not any(_is_under(known.path, path) for path in unreadable)
    ]
    for path, file in found.files.items():
        known = state.file(path)
        if known is None or _differs(known, file, state, dry=dry):
            found.pending.append(file)
        else:
            found.unchanged.add(known.number)
            report.summary.unchanged += state.count_of(known.number)
    return found


def real(path: Path, /) -> str:
    """Return the one path that a file is known by, whatever link led to it."""
    return os.path.realpath(path)


def _differs(known: KnownFile, file: SourceFile, state: State, *, dry: bool) -> bool:
    if not known.done or known.size != file.size or known.digest[DIGITS:] != said_of(file):
        return True
    if known.mtime_ns != file.mtime_ns:
        if digest_of(file) != known.digest:
            return True
        if not dry:
            state.touch(known, file.mtime_ns)
    return False


def _is_under(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
