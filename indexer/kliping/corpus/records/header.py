"""Where the header of a table is: titles and empty lines stand above it, or there is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import fmean

from kliping.corpus.records.kinds import BESIDE_TITLES, LONG, TEXTS, kind_of
from kliping.corpus.records.naming import known_fields
from kliping.values import Value

LOOKED_AT = 200  # rows
HEADER_WITHIN = 25  # rows, titles and empty ones above it included
_TEXT = frozenset({"title", "body"})
_NAME = re.compile(r"(?=.*[^\W\d_])[^\n]{1,60}")

Numbered = tuple[Sequence[str], int]


class Header(Value):
    """The names of a table's columns, and the line that they stand in (0: in none).

    ``fits`` is the greater, the better the rows and the names agree.
    """

    names: tuple[str, ...]
    line: int
    fits: tuple[float, ...]


def header_of(rows: Sequence[Numbered], mapped: frozenset[str] = frozenset(), /) -> Header | None:
    """Return the header of a table by its first rows, with their lines; None if it holds no texts.

    ``mapped`` are names that it may have beside those that are known.

    >>> header_of([(["Arsip 2024", ""], 1), (["Judul", "Isi"], 3), (["A", "B"], 4)]).line
    3
    """
    scored = [
        (len(known_fields(row)) + len(mapped.intersection(row)), -at)
        for at, (row, _) in enumerate(rows[:HEADER_WITHIN])
        if known_fields(row) & _TEXT or mapped.intersection(row)
    ]
    known, place = max(scored, default=(0, 0))
    at = -place if scored else _by_content(rows)
    if at is None:
        return None
    names, line = rows[at] if at >= 0 else ([], 0)
    data = [row for row, _ in rows[at + 1 :]]
    widths = Counter(map(len, data))
    width, count = widths.most_common(1)[0] if widths else (len(names), 1)
    if not names:
        names = [f"column {number}" for number in range(1, width + 1)]
    elif count == len(data) and width == len(names) + 1 and _are_numbered(data):
        names = ["", *names]  # the rows' own names stand before (R)
    return Header(_distinct(names), line, (known, count / max(1, len(data)), width))


def _length(column: Sequence[str]) -> float:
    return fmean(map(len, column))


def _are_numbered(data: Sequence[Sequence[str]]) -> bool:
    return kind_of([row[0] for row in data]) == "numbers" and all(row[-1] for row in data)


def _by_content(rows: Sequence[Numbered]) -> int | None:
    """Return where the header is, -1 for nowhere, None if this is no table of articles.

    No name is known: so there must be a column of long texts, or one of texts beside titles.
    """
    widths = Counter(len(row) for row, _ in rows)
    if not widths or (width := widths.most_common(1)[0][0]) < 2:
        return None
    whole = [(at, row) for at, (row, _) in enumerate(rows) if len(row) == width]
    if len(whole) * 2 < len(rows):
        return None
    columns = list(zip(*(row for _, row in whole), strict=True))
    kinds = [kind_of(column[1:]) for column in columns]
    texts = [column[1:] for column, kind in zip(columns, kinds, strict=True) if kind in TEXTS]
    if not texts or max(map(_length, texts)) < (BESIDE_TITLES if len(texts) > 1 else LONG):
        return None
    at, first = whole[0]
    named = len(set(first)) == width and all(_NAME.fullmatch(cell.strip()) for cell in first)
    return at if named and [kind_of([cell]) for cell in first] != kinds else -1


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, one that comes again with its number, and one for each that lacks one."""
    seen: Counter[str] = Counter()
    done = []
    for at, given in enumerate(names, start=1):
        name = given or f"column {at}"
        seen[name] += 1
        done.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return tuple(done)
