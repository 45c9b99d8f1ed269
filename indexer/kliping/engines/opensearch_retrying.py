"""Asking again what failed for a moment: later and later, and never all at one time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import ConnectionTimeout, SSLError, TransportError

from kliping.engines.opensearch_errors import UNWELL, cause
from kliping.values import Value

Answer = TypeVar("Answer")
_FIRST, _LONGEST = 0.2, 10.0  # seconds between two tries
_BUSY = 429


class Patience(Value):
    """How many seconds to go on asking, where a server is busy, and where none answers."""

    busy: float
    gone: float


# Who searches waits; what is written is sent again until it has arrived, and does no harm twice.
READING, WRITING = Patience(15.0, 1.0), Patience(120.0, 60.0)


def patiently(
    ask: Callable[[], Answer],
    patience: Patience,
    /,
    *,
    also: Callable[[TransportError], bool] = lambda error: False,
) -> Answer:
    """Return what ``ask`` does, asking again while what went wrong may pass.

    Args:
        ask: what may be done twice.
        patience: for how long.
        also: says of an error that would not pass whether it will here.
    """
    began, tried = time.monotonic(), 0
    while True:
        try:
            return ask()
        except TransportError as error:
            spent = time.monotonic() - began
            if spent > _allowed(error, patience) and not (also(error) and spent < patience.busy):
                raise
        pause(tried)
        tried += 1


def pause(tried: int, /) -> None:
    """Wait as long as becomes somebody who has tried so often: some of a time that doubles."""
    time.sleep(random.uniform(0.5, 1.0) * min(_LONGEST, _FIRST * 2**tried))


def passes(status: object, kind: str, /) -> bool:
    """Say whether a server that answers so may answer otherwise later.

    A full disk answers as a busy server does, and is none.
    """
    return status in (_BUSY, *UNWELL) and kind != "cluster_block_exception"


def _allowed(error: TransportError, patience: Patience) -> float:
    """Return how many seconds may have been spent for it to be tried again; less than none: never.

    A reader does not wait twice for who did not answer in time; a writer does, as a cluster that
    has lost a node may take a minute to know it.
    """
    if isinstance(error, SSLError):
        return -1.0
    if isinstance(error, ConnectionTimeout):
        return patience.busy if patience.gone >= _LONGEST else -1.0
    if isinstance(error, Unreachable):
        return patience.gone
    return patience.busy if passes(error.status_code, cause(error.info, "")[0]) else -1.0
