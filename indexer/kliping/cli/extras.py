"""Commands that need an extra say so in one line where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kliping.errors import KlipingError


@contextmanager
def needing(extra: str, command: str, /) -> Iterator[None]:
    """Import what an extra brings.

    Raises:
        KlipingError: it is not installed; the message is the cure.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or extra).partition(".")[0]
        if missing == "kliping":
            raise
        cure = f"pip install 'kliping[{extra}]'"
        raise KlipingError(f"{command} needs {missing}, not installed; try: {cure}") from error
