"""Whether the ids of a file are identifiers, or numbers that another file has too."""

from __future__ import annotations

from collections.abc import Iterable

from kliping.corpus.records.shapes import first

_LONGEST = 9  # digits; what is longer was not counted up row by row
_DENSE = 20  # times as many numbers as rows: a site's own counter, some numbers left out


def are_serial(values: Iterable[object], rows: int, /) -> bool:
    """Say whether ids only count something up: rows, or what one site or table has made.

    ``rows`` is how many the file has, as far as is known. Numbers that lie as near together as
    rows do were handed out one by one, and whoever counts from 1 hands out the same.

    >>> are_serial([1, 2, 3], 3), are_serial(["1043", "1051"], 2), are_serial(["k1", "k2"], 2)
    (True, True, False)
    >>> are_serial([5342101, 8710992], 2)
    False
    """
    texts = [text.removesuffix(".0") for value in values if (text := first(value))]
    if not texts or not all(text.isdecimal() and len(text) <= _LONGEST for text in texts):
        return False
    numbers = list(map(int, texts))
    if len(set(numbers)) < len(numbers):
        return True
    start = min(numbers) if len(numbers) > 1 else 1
    return max(numbers) - start < _DENSE * max(rows, len(numbers))
