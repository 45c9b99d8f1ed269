"""How much of a file is read before it is taken for an accident or an attack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``text``: characters of one article (of 32,278 real ones the longest has 36,394); a file of
    nothing but text may hold four times as many bytes.

    ``whole``: bytes of what must be read whole (a page, a text, one value of JSON), unpacked. Of
    700 real pages the largest has 1.5 million; all text, a page takes twenty times its size.
    ``saved``: bytes of a page saved with its pictures (.mhtml), of which only the page counts.
    ``line``: bytes of one line of .jsonl and .csv, of which the file may hold any number.
    ``ratio``: unpacked bytes for one packed byte beyond which (and beyond ``free``, since a
    small file of notices from one mould may pack so well) a gzip or an archive is a bomb:
    articles pack three to tenfold.
    ``unpacked``: bytes that one file may unpack to, all its members together.
    ``members``: files that one archive may hold.
    """

    text: int = 4 << 20
    whole: int = 32 << 20
    saved: int = 64 << 20
    free: int = 32 << 20
    line: int = 16 << 20
    ratio: int = 200
    unpacked: int = 64 << 30
    members: int = 500_000
