"""The one writer's place where no file can be locked: a lease, which its holder keeps renewing.

Clocks of several machines differ, so none is compared: a lease counts as left once it has not been
renewed for so long by the clock of him who waits for it. A holder that was only slow, and goes on,
is kept from writing by what he writes to (:mod:`~kliping.store.mirror`).
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from threading import Event, Thread
from typing import Any, NamedTuple

from opensearchpy.exceptions import OpenSearchException

from kliping.store.mirror import Document, Replaced

BEAT = 2.0  # seconds between two renewals
LEFT = 8.0  # without one, a lease counts as left: less than a writer waits, unless told otherwise
_LOOK = 0.5


class Held(NamedTuple):
    """Who holds a lease."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.since}"

    @property
    def is_dead(self) -> bool:
        """Whether it is known, here, that this process is no more."""
        if self.host != socket.gethostname():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False


class Lease:
    """One share's lease; ``taken_over`` says whether another died holding it."""

    def __init__(self, document: Document, /) -> None:
        self._document = document
        self._done = Event()
        self._beating: Thread | None = None
        self.taken_over = False

    def acquire(self, wait: float, /) -> Held | None:
        """Take the lease, and return None, or who holds it still when ``wait`` seconds are over."""
        until = time.monotonic() + wait
        seen: Mapping[str, Any] | None = None
        since = time.monotonic()
        while True:
            body = self._document.read()
            holder = _holder(body)
            if body != seen:
                seen, since = body, time.monotonic()
            is_left = holder is not None and (holder.is_dead or time.monotonic() - since > LEFT)
            if holder is None or is_left:
                with suppress(Replaced):
                    self._take()
                    self.taken_over = is_left
                    return None
            elif time.monotonic() > until:
                return holder
            time.sleep(min(_LOOK, max(0.0, until - time.monotonic()) + 0.01))

    def holder(self) -> Held | None:
        """Return who holds it now."""
        return _holder(self._document.read())

    def release(self) -> None:
        """Let go of it, if it is held still."""
        self._done.set()
        if self._beating:
            self._beating.join()
        with suppress(Replaced, OpenSearchException):  # else it is left in a few seconds
            self._document.write({"holder": None, "beat": 0})

    def _take(self) -> None:
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        held = Held(os.getpid(), socket.gethostname(), since)
        self._document.write({"holder": held._asdict(), "beat": 0})
        self._done.clear()
        self._beating = Thread(target=self._beat, args=(held,), daemon=True)
        self._beating.start()

    def _beat(self, held: Held) -> None:
        beat = 0
        while not self._done.wait(BEAT):
            beat += 1
            with suppress(OpenSearchException):  # the next may come through
                try:
                    self._document.write({"holder": held._asdict(), "beat": beat})
                except Replaced:
                    return


def _holder(body: Mapping[str, Any] | None) -> Held | None:
    return Held(**body["holder"]) if body and body["holder"] else None
