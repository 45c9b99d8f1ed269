"""When is it time for a run? "Here are folders: tell me when something in them has changed."

`watchfiles` tells what was touched, `settling` when that is whole.

A source may come and go. What is told of a folder ends with the folder, so it is looked whether
each still is the one that it was; one that is gone is left alone, with all that it gave. Now and
then a run is due though nothing was told: network drives tell of nothing that others do, and a
queue of events may overflow.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kliping.corpus.files import is_article_name, is_passed_over
from kliping.corpus.leaving_out import IGNORE_FILE
from kliping.errors import IndexingError
from kliping.indexing.intake import Stop
from kliping.indexing.settling import Settling

LOOK_SECONDS = 600.0  # between runs of which nobody was told why

_TICK = 200  # milliseconds
_PAUSE = 1.0  # seconds before watching begins anew
_Told = Iterable[tuple[Any, str]]


class Roots:
    """The sources, by real path: which are there, and is each still the one that it was?"""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._devices: dict[str, int] = {}
        self._seen: dict[str, tuple[int, int]] = {}
        self.changed()

    def changed(self) -> bool:
        """Look again; say whether any has come, gone or been replaced."""
        before = self._seen
        self._seen = {path: sign for path in self._paths if (sign := self._identity(path))}
        return before != self._seen

    @property
    def here(self) -> list[str]:
        """Those that are there now."""
        return list(self._seen)

    def _identity(self, path: str) -> tuple[int, int] | None:
        """Return what tells a source from another in its place; None where there is none.

        The empty folder that a disk leaves behind when it is taken out is no source.
        """
        try:
            status = Path(path).stat()
            device = self._devices.setdefault(path, status.st_dev)
            if status.st_dev != device and Path(path).is_dir() and not any(Path(path).iterdir()):
                return None
        except OSError:
            return None
        return status.st_dev, status.st_ino


def due(
    roots: Roots, settling: Settling, /, *, apart: str, poll: bool, stop: Stop
) -> Iterator[None]:
    """Yield whenever a run is due, the first time at once, until ``stop`` says so.

    Args:
        roots: the sources.
        settling: notes what was touched; ``later`` tells a run what to leave.
        apart: the index's folder, of whose changes nothing is said.
        poll: whether to look at all files again and again, where the system tells of nothing.
        stop: asked several times a second.

    Raises:
        IndexingError: the system refuses to tell, or ``watchfiles`` is not installed.
    """
    while not stop():
        roots.changed()
        settling.again(0)  # whatever happened before anything is told
        for told in _told(roots.here, poll=poll, stop=stop):
            for _, path in told:
                if _matters(path, roots.here, apart):
                    settling.touch(path)
            if roots.changed():
                break
            if settling.is_due():
                settling.again(LOOK_SECONDS)
                yield


def _told(paths: Sequence[str], *, poll: bool, stop: Stop) -> Iterator[_Told]:
    """Yield what was touched, several times a second, nothing included, until something is amiss.

    Where the library stumbles on its way (a name that is not Unicode), all is looked through again.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        cure = "pip install 'kliping[watch]'"
        raise IndexingError(f"watching needs watchfiles; try: {cure}") from error
    while not paths and not stop():
        time.sleep(_TICK / 1000)
        yield ()
    begun = False
    try:
        for told in watch(
            *paths, watch_filter=None, debounce=_TICK, step=_TICK // 4, rust_timeout=_TICK,
            yield_on_timeout=True, stop_event=_Event(stop), raise_interrupt=False,
            force_polling=poll or None, ignore_permission_denied=True,
        ):  # fmt: skip
            begun = True
            yield told
    except FileNotFoundError:  # it went just now
        pass
    except (OSError, RuntimeError) as error:
        if not begun:
            cure = "try: sudo sysctl fs.inotify.max_user_watches=524288, or: --poll"
            raise IndexingError(f"the system watches no more files ({error}); {cure}") from error
    if not stop():
        time.sleep(_PAUSE)


class _Event:
    """What a library takes for an event: whether to stop."""

    def __init__(self, stop: Stop) -> None:
        self.is_set = stop


def _matters(path: str, roots: Iterable[str], apart: str) -> bool:
    """Say whether what happened to a file or folder may concern articles."""
    if path == apart or path.startswith(apart + os.sep):
        return False
    name = Path(path).name
    root = max((root for root in roots if path.startswith(root)), key=len, default=path)
    below = Path(os.path.relpath(path, root)).parts
    if any(is_passed_over(part, ()) for part in below if part not in (IGNORE_FILE, ".")):
        return False
    return name == IGNORE_FILE or is_article_name(name) or not Path(path).is_file()
