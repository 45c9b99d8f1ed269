"""Several readers of one large file: who does which part of the work.

Each goes through the whole file, which is cheap, and does what is dear (make an article of a
record, read a member of an archive) for its own blocks only. What is between such pieces, a broken
line or the end of the file, belongs to the block of the piece before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, Self

from kliping.corpus.files import Problem

BLOCK = 64  # pieces that stand together


class Remainder(Protocol):
    """What a reader would say of a whole file, once the others' counts are added to its own."""

    def add(self, other: Self, /) -> None:
        """Count what another reader of the file has counted."""

    def notes(self) -> Iterator[Problem]:
        """Yield what is worth saying once about the whole file."""


@dataclass(slots=True)
class Share:
    """Every ``of``-th block of a file, from the block ``number`` on; all of it, if not said.

    ``begun`` pieces have been come by; ``left`` is what is to be said in the end.
    """

    number: int = 0
    of: int = 1
    begun: int = 0
    left: Remainder | None = None

    def begins(self) -> bool:
        """Go to the next piece; say whether it is this reader's."""
        self.begun += 1
        return self.is_here

    @property
    def block(self) -> int:
        """Which block the piece at hand belongs to."""
        return max(self.begun - 1, 0) // BLOCK

    @property
    def is_here(self) -> bool:
        """Whether this reader gives what comes now."""
        return self.of == 1 or self.block % self.of == self.number

    def end(self, remainder: Remainder, /) -> Iterator[Problem]:
        """Yield what is to be said of the file, or keep it until all readers have counted."""
        if self.of == 1:
            yield from remainder.notes()
        else:
            self.left = remainder
