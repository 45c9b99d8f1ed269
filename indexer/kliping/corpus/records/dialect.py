"""How a table is written as text: what parts its columns, what quotes, and where its header is."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal

from kliping.corpus.records.kinds import kind_of
from kliping.corpus.records.naming import known_fields
from kliping.values import Value

_DELIMITERS = ",;\t|"
_HEADER_WITHIN = 25  # rows, titles and empty ones above it included
_SNIFFED = 16 << 10  # bytes
_LOOKED_AT = 200  # rows
_SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
# A quotation mark behind a backslash, and text behind that: not doubled, so escaped (MySQL).
_ESCAPED = re.compile(r"""\\"(?![",;\t|\r\n]|$)""")
_TEXT = frozenset({"title", "body"})
_NAME = re.compile(r"(?=.*[^\W\d_])[^\n]{1,60}")


class Dialect(Value):
    """``names`` are the header's, which ends in line ``header`` (0: there is none)."""

    delimiter: str
    escape: str | None
    quoting: Literal[0, 3]  # csv's own: where it must be, or not at all
    names: tuple[str, ...]
    header: int

    def reader(self, lines: Iterable[str], /) -> Iterator[list[str]]:
        """Return the rows of lines."""
        quoting: Any = self.quoting
        return csv.reader(lines, delimiter=self.delimiter, escapechar=self.escape, quoting=quoting)

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
    for line in lines[:_HEADER_WITHIN]:
        names = line.split(max(_DELIMITERS, key=line.count))
        known = known_fields(name.strip('" ') for name in names)
        if known & _TEXT and len(known) > 1 and (not strict or 3 <= len(known) >= len(names) / 2):
            return True
    tabs = {line.count("\t") for line in lines[:_HEADER_WITHIN] if line.strip()}
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
    rows = list(islice(_numbered(dialect, lines), _LOOKED_AT))
    scored = [
        (len(known_fields(row)) + len(mapped.intersection(row)), -at)
        for at, (row, _) in enumerate(rows[:_HEADER_WITHIN])
        if known_fields(row) & _TEXT or mapped.intersection(row)
    ]
    known, place = max(scored, default=(0, 0))
    at = -place if scored else _header_by_content(rows)
    if at is None:
        return None
    names, line = rows[at] if at >= 0 else ([], 0)
    data = [row for row, _ in rows[at + 1 :]]
    widths = Counter(map(len, data))
    width, count = widths.most_common(1)[0] if widths else (len(names), 1)
    if not names:
        names = [f"column {number}" for number in range(1, width + 1)]
    elif width == len(names) + 1 and any(row[-1] for row in data if len(row) == width):
        names = ["", *names]  # the rows' own names stand before (R)
    fits = count / max(1, sum(widths.values()))
    header = line + skipped if line else 0
    delimiter, escape, quoting, *_ = dialect
    return (known, fits, width), Dialect(delimiter, escape, quoting, _distinct(names), header)


def _header_by_content(rows: Sequence[tuple[list[str], int]]) -> int | None:
    """Return where the header is, -1 for nowhere, None if this is no table of articles.

    No name is known: so one column at least must hold long texts, under names or without.
    """
    widths = Counter(len(row) for row, _ in rows)
    if not widths or (width := widths.most_common(1)[0][0]) < 2:
        return None
    whole = [(at, row) for at, (row, _) in enumerate(rows) if len(row) == width]
    if len(whole) * 2 < len(rows):
        return None
    columns = list(zip(*(row for _, row in whole), strict=True))
    kinds = [kind_of(column[1:]) for column in columns]
    if not {"long texts", "short texts"}.intersection(kinds):
        return None
    at, first = whole[0]
    named = len(set(first)) == width and all(_NAME.fullmatch(cell.strip()) for cell in first)
    return at if named and [kind_of([cell]) for cell in first] != kinds else -1


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


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, one that comes again with its number."""
    seen: Counter[str] = Counter()
    done = []
    for name in names:
        seen[name] += 1
        done.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return tuple(done)
