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
        signal.signal(signal.SIGINT, end)

    def end(number: int, frame: FrameType | None) -> None:
        # Whoever presses on, while this is on its way out, is not answered by a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        if not pressed:
            signal.signal(signal.SIGINT, before)
