"""How long a file may take to give its next article, when it is read in this process.

A timer interrupts what Python does, regular expressions too. It does not interrupt a parser that
is written in C, nor anything outside the main thread, nor on Windows: what may take long there is
read in a process of its own (:mod:`kliping.indexing.readers`).
"""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kliping.article import Article
from kliping.corpus import Problem, SourceFile

TIMEOUT = 60.0  # seconds
_SLOW = re.compile(r"gave nothing for ([\d.]+(?:e[+-]?\d+)?) s")
_AGAIN = 1.0  # seconds: something may have caught what the timer raised
# Setting the timer costs as much as reading a tenth of a record: one serves what comes at once.
_AT_ONCE = 0.005  # seconds


class _TooSlow(BaseException):
    """No Exception, which readers catch for what is wrong in a file."""


def too_slow(seconds: float, /) -> str:
    """Return what is said of a file that gives nothing for so long."""
    return f"gave nothing for {seconds:g} s: left out; try: --timeout {seconds * 10:.0f}"


def seconds_of(reason: str, /) -> float | None:
    """Return how long a file was waited for, if that is why it was left out.

    >>> seconds_of(too_slow(2.5)), seconds_of("cut off")
    (2.5, None)
    """
    found = _SLOW.match(reason)
    return float(found[1]) if found else None


def as_slow_as_before(seconds: float, /) -> str:
    """Return what is said of a file that is not tried again, since nothing has changed."""
    return f"{too_slow(seconds)}, or change it (last time; not tried again)"


def patiently(
    file: SourceFile, items: Iterator[Article | Problem], seconds: float, /
) -> Iterator[list[Article | Problem]]:
    """Yield the items of a file, those together that come at once.

    One that takes longer than ``seconds`` is a Problem, and the end.
    """
    is_over = False
    while not is_over:
        batch: list[Article | Problem] = []
        try:
            with _timed(seconds):
                is_over = _take(items, batch)
        except _TooSlow:
            batch.append(Problem(str(file.path), too_slow(seconds), kind="failed"))
            is_over = True
        yield batch


def _take(items: Iterator[Article | Problem], batch: list[Article | Problem]) -> bool:
    """Add to ``batch`` what comes at once, one item at least; say whether there is no more."""
    due = time.monotonic() + _AT_ONCE
    for item in items:
        batch.append(item)
        if time.monotonic() > due:
            return False
    return True


@contextmanager
def _timed(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before or signal.SIG_DFL)


def _interrupt(*_: object) -> None:
    raise _TooSlow
