"""When is a file whole? A file that still changes is not read half: it is waited for.

A file is *settled* when it has not changed for a while. A run is due when all that was touched is
settled, or when something has been settled for a second while others still change: a burst is one
run, and a crawler that never pauses holds up nothing. What is not settled by then is left to
another run, as is a file that the run meets before anything was told of it. One that grows for ever
is taken once a minute as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from pathlib import Path

from kliping.corpus.files import SourceFile

SETTLE_SECONDS = 0.5

_PATIENCE = 1.0  # how long what is settled waits for what is not
_LONGEST = 60.0  # how long a file may grow before it is taken as it is
_Sign = tuple[int, int, int] | None


@dataclass(slots=True)
class _Touched:
    """How a touched file was seen last, since when it is so, and since when it grows."""

    sign: _Sign
    since: float
    first: float


class Settling:
    """What was touched, and whether it still changes. Time is counted by ``clock``."""

    def __init__(
        self, seconds: float = SETTLE_SECONDS, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds, self._clock = seconds, clock
        self._touched: dict[str, _Touched] = {}
        self._endless: set[str] = set()
        self._again = inf

    def __len__(self) -> int:
        return len(self._touched)

    def touch(self, path: str, /) -> None:
        """Note that something happened to a file or folder."""
        now = self._clock()
        first = self._touched[path].first if path in self._touched else now
        self._touched[path] = _Touched(_sign(path), now, first)

    def later(self, file: SourceFile, path: str, /) -> bool:
        """Say whether a file, by its real path, is left to another run: it may still grow."""
        age = time.time() - file.mtime_ns / 1e9
        if path not in self._touched and path not in self._endless and 0 <= age < self._seconds:
            self.touch(path)
        return path in self._touched

    def again(self, seconds: float, /) -> None:
        """Let a run be due in so many seconds, whatever happens until then: this one failed."""
        self._again = self._clock() + seconds

    def is_due(self) -> bool:
        """Say whether it is time for a run; if so, what is settled is not waited for any more."""
        now = self._clock()
        for path, each in self._touched.items():
            if (sign := _sign(path)) != each.sign:
                each.sign, each.since = sign, now
        waited = {
            path: max(now - each.since - self._seconds, now - each.first - _LONGEST)
            for path, each in self._touched.items()
        }
        ready = [path for path, seconds in waited.items() if seconds >= 0]
        enough = len(ready) == len(waited) or max(waited.values()) >= _PATIENCE
        if now < self._again and not (ready and enough):
            return False
        since = {path: self._touched.pop(path).since for path in ready}
        self._endless = {path for path in ready if now - since[path] < self._seconds}
        self._again = inf
        return True


def _sign(path: str) -> _Sign:
    """Return what differs when a file has changed; None where there is none."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
