"""Which rules of the boilerplate table could apply to this text?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from ahocorasick_rs import BytesAhoCorasick, Implementation

from kliping.corpus.text.boilerplate import Rule, rules

_compiled = cache(re.compile)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A rule made ready: its place in the table, its pattern compiled when first needed."""

    place: int
    rule: Rule

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the rule's pattern."""
        return _compiled(self.rule.pattern)


@cache
def rows() -> tuple[Row, ...]:
    """Return the rows of the table."""
    return tuple(Row(place, rule) for place, rule in enumerate(rules()))


def active(paragraphs: Sequence[str], /) -> dict[Row, set[str]]:
    """Return the rows that have an anchor in the paragraphs, in the order of the table, with these.

    All anchors are looked for at once: 7 µs for 2 kB, where one after the other takes 150.
    """
    finder, anchored = _finder()
    # As bytes: lower() is ten times as slow on text that is not ASCII, and anchors need no more.
    text = " ^".join(["", *paragraphs]).encode("utf-8", "replace").lower()
    hits = finder.find_matches_as_indexes(text, overlapping=True)
    if not hits:
        return {}
    ends = list(accumulate(len(each.encode("utf-8", "replace")) + 2 for each in paragraphs))
    found: dict[int, set[str]] = {}
    for number, start, _ in hits:
        for place in anchored[number]:
            found.setdefault(place, set()).add(paragraphs[bisect_right(ends, start)])
    return {rows()[place]: found[place] for place in sorted(found)}


@cache
def _finder() -> tuple[BytesAhoCorasick, list[list[int]]]:
    """Return what finds anchors, by their numbers; and the places of the rows that have each."""
    places: dict[str, list[int]] = {}
    for row in rows():
        for anchor in row.rule.anchors:
            places.setdefault(anchor, []).append(row.place)
    # Made in 6 ms where others are in less than one, but a text takes two fifths of the time.
    finder = BytesAhoCorasick(map(str.encode, places), implementation=Implementation.DFA)
    return finder, list(places.values())
