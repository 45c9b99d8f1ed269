"""Which rules of the boilerplate table could apply to this text?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from kliping.corpus.text.boilerplate import Rule, rules

_compiled = cache(re.compile)


@dataclass(frozen=True, slots=True)
class Row:
    """A rule made ready: its place in the table, its pattern compiled when first needed."""

    place: int
    rule: Rule

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the rule's pattern."""
        return _compiled(self.rule.pattern)

    def candidates(self, paragraphs: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield the paragraphs that hold an anchor, the last first: they may be taken out."""
        for at in range(len(paragraphs) - 1, -1, -1):
            low = "^" + paragraphs[at].lower()
            for anchor in self.rule.anchors:
                if anchor in low:
                    yield at, paragraphs[at]
                    break


@cache
def rows() -> tuple[Row, ...]:
    """Return the rows of the table."""
    return tuple(Row(place, rule) for place, rule in enumerate(rules()))


def active(paragraphs: Sequence[str], /) -> list[Row]:
    """Return the rows that have an anchor in the paragraphs, in the order of the table.

    All anchors are looked for at once: 7 µs for 2 kB, where one after the other takes 150.
    """
    finder, anchored = _finder()
    # As bytes: lower() is ten times as slow on text that is not ASCII, and anchors need no more.
    text = " ^".join(["", *paragraphs]).encode("utf-8", "replace").lower()
    hits = finder.find_matches_as_indexes(text, overlapping=True)
    places = {place for number, _, _ in hits for place in anchored[number]}
    return [rows()[place] for place in sorted(places)]


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
