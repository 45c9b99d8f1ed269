"""How much of a file is read before it is taken for an accident or an attack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``whole``: bytes of what must be read whole (a page, a text, a JSON array), unpacked.

    ``line``: bytes of one line of .jsonl and .csv, of which the file may hold any number.
    ``ratio``: unpacked bytes for one packed byte beyond which (and beyond ``whole``) a gzip or
    an archive is a bomb: articles pack three to tenfold.
    ``unpacked``: bytes that one file may unpack to, all its members together.
    ``members``: files that one archive may hold.
    """

    whole: int = 64 << 20
    line: int = 16 << 20
    ratio: int = 200
    unpacked: int = 64 << 30
    members: int = 500_000
