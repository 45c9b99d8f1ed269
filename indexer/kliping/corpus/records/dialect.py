"""How a table is written as text: what parts its columns, what quotes, and where its header is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal, cast

from kliping.corpus.records.header import HEADER_WITHIN, LOOKED_AT, header_of
from kliping.corpus.records.naming import known_fields
from kliping.values import Value

_DELIMITERS = ",;\t|"
_SNIFFED = 16 << 10  # bytes
_SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
# A quotation mark behind a backslash, and text behind that: not doubled, so escaped (MySQL).
_ESCAPED = re.compile(r"""\\"(?![",;\t|\r\n]|$)""")
_TEXT = frozenset({"title", "body"})


class Dialect(Value):
    """``names`` are the header's, which ends in line ``header`` (0: there is none)."""

    delimiter: str
    escape: str | None
    quoting: Literal[0, 3]  # csv's own: where it must be, or not at all
    names: tuple[str, ...]
    header: int

    def reader(self, lines: Iterable[str], /, *, strict: bool = False) -> Iterator[list[str]]:
        """Return the rows of lines; ``strict``: csv.Error for what is written amiss."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            escapechar=self.escape,
            quoting=cast(Any, self.quoting),
            strict=strict,
        )

    def __str__(self) -> str:
        parted = {"\t": "tabs", ",": "commas", ";": "semicolons"}.get(self.delimiter)
        said = [f"a table parted by {parted or self.delimiter}"]
        if self.escape:
            said.append("backslashes escape")
        where = f"header in line {self.header}" if self.header else "no header"
        return ", ".join([*said, where])


def looks_tabular(head: bytes, /, *, strict: bool) -> bool:
    """Say whether a file that begins so is a table, whatever it is called.

    ``strict``: it is called a text, so a line that names some columns may be prose.
    """
    lines = head[:_SNIFFED].decode("utf-8", "replace").splitlines()
    for line in lines[:HEADER_WITHIN]:
        names = line.split(max(_DELIMITERS, key=line.count))
        known = known_fields(name.strip('" ') for name in names)
        if known & _TEXT and len(known) > 1 and (not strict or 3 <= len(known) >= len(names) / 2):
            return True
    tabs = {line.count("\t") for line in lines[:HEADER_WITHIN] if line.strip()}
    return len(lines) > 2 and len(tabs) == 1 and min(tabs) > 1


def dialect_of(lines: Sequence[str], mapped: frozenset[str] = frozenset(), /) -> Dialect | None:
    """Return how the first lines of a table are written, None if they are no table of articles.

    ``mapped`` are names that its header may have beside those that are known.
    """
    told = _SEP.fullmatch(lines[0]) if lines else None
    skipped = 1 if told else 0
    best: tuple[tuple[float, ...], Dialect] | None = None
    for dialect in _candidates("".join(lines), told[1] if told else _DELIMITERS):
        found = _with_header(dialect, lines[skipped:], skipped, mapped)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def _candidates(text: str, delimiters: str) -> Iterator[Dialect]:
    escapes: list[str | None] = ["\\"] if _ESCAPED.search(text) else [None]
    for delimiter in delimiters:
        if delimiter not in text and delimiter != delimiters[0]:
            continue
        for escape in escapes:
            yield Dialect(delimiter, escape, csv.QUOTE_MINIMAL, (), 0)
        if delimiter == "\t":  # MySQL's dumps quote nothing, and escape the tabs within
            escape = "\\" if "\\N" in text or "\\\n" in text or "\\n" in text else None
            yield Dialect(delimiter, escape, csv.QUOTE_NONE, (), 0)


def _with_header(
    dialect: Dialect, lines: Sequence[str], skipped: int, mapped: frozenset[str]
) -> tuple[tuple[float, ...], Dialect] | None:
    """Return the dialect with its header, and how well it fits."""
    found = header_of(list(islice(_numbered(dialect, lines), LOOKED_AT)), mapped)
    if found is None:
        return None
    line = found.line + skipped if found.line else 0
    delimiter, escape, quoting, *_ = dialect
    return found.fits, Dialect(delimiter, escape, quoting, found.names, line)


def _numbered(dialect: Dialect, lines: Sequence[str]) -> Iterator[tuple[list[str], int]]:
    """Yield the rows that have anything, with the lines that they end in."""
    ended = 0

    def counted() -> Iterator[str]:
        nonlocal ended
        for line in lines:
            ended += 1
            yield line

    try:
        for row in dialect.reader(counted()):
            if any(cell.strip() for cell in row):
                yield [cell.strip().lstrip("\ufeff") for cell in row], ended
    except csv.Error:
        return
