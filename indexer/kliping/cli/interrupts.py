"""Ctrl-C in a command that writes: it ends where nothing is lost."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130  # what a shell reports of a command that Ctrl-C ended


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Yield what says whether Ctrl-C was pressed; pressed twice, it ends the command at once."""
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)
