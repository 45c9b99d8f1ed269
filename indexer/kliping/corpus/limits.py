"""How much of a file is read before it is taken for an accident or an attack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``whole``: bytes of what must be read whole (a page, a text, a JSON array), unpacked.

    ``line``: bytes of one line of .jsonl and .csv, of which the file may hold any number.
    ``ratio``: unpacked bytes for one packed byte beyond which (and beyond ``whole``) a gzip is
    a bomb: articles pack three to tenfold.
    """

    whole: int = 64 << 20
    line: int = 16 << 20
    ratio: int = 200
