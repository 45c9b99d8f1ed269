"""Decides which articles form a group: each joins the earliest that it resembles.

Articles are taken from the earliest published on, those of one moment by id, the undated last. One
that resembles none that leads, leads itself; any other follows the earliest of those. So groups are
a function of the set of articles, in whatever order they came. (Where hundreds of articles begin
alike and yet differ, only the likeliest are compared, and the order may matter.)

To follow, an article must share 0.75 with its leader. Since 1 − resemblance is a metric, any two of
a group then share half of their shingles or more: background paragraphs alone never join two
stories, nor does a chain of likenesses. What is to be found are pairs that share 0.8; were that
asked of the leader too, more of these would fall to different leaders. In 32,278 articles such
pairs are 211: asking 0.8 misses 5, asking 0.75 misses 1, and the 66 pairs more that it joins are
reprints all the same.

A change is carried forward from the earliest article it touches; what stands earlier, or is like
none of those that changed sides, is not looked at again.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from functools import lru_cache

from kliping.analysis.shingles import Shingles, guess, resemblance, shingles, words_of
from kliping.indexing.duplicates.prints import Print, Prints

ALIKE = 0.75
# Far below: one guess in a hundred of a text that is alike is lower, and texts are compared in
# full only from here on.
_WORTH_A_LOOK = 0.3
# So many of the likeliest are compared in full, however many articles begin alike.
_COMPARED = 32
_KEPT = 256

TextOf = Callable[[str], str | None]


def settle(prints: Prints, text_of: TextOf, /) -> None:
    """Decide all that is open.

    Args:
        prints: the notes on all articles.
        text_of: returns an article's text as the engine holds it, if it does.
    """
    _Settling(prints, text_of).run()


class _Settling:
    """What waits to be decided, earliest first; deciding may make later ones wait."""

    def __init__(self, prints: Prints, text_of: TextOf) -> None:
        self._prints = prints
        self._text_of = text_of
        self._shingles = lru_cache(_KEPT)(self._read)
        self._queue: list[tuple[tuple[bool, int, str], int]] = []
        self._waiting: set[int] = set()

    def run(self) -> None:
        for print_ in self._prints.open():
            self._wait(print_)
        while self._queue:
            _, number = heapq.heappop(self._queue)
            self._waiting.remove(number)
            if known := self._prints.get(number):
                self._decide(known)

    def _wait(self, print_: Print) -> None:
        if print_.number not in self._waiting:
            self._waiting.add(print_.number)
            heapq.heappush(self._queue, (print_.place, print_.number))

    def _decide(self, print_: Print) -> None:
        leader = self._leader(print_)
        if leader and print_.leads:
            followers = list(self._prints.followers(print_.number))
            self._prints.reopen(each.number for each in followers)
            self._wait_all(followers)
        self._prints.decide(print_, leader.number if leader else None)
        if not leader and not print_.leads:
            self._wait_all(list(self._prints.later(print_)))

    def _leader(self, print_: Print) -> Print | None:
        """Return the earliest of those that lead and are alike."""
        guesses = [
            (-guess(print_.sketch, other.sketch), other.place, other)
            for other in self._prints.earlier_leaders(print_)
        ]
        likely = [row for row in heapq.nsmallest(_COMPARED, guesses) if -row[0] >= _WORTH_A_LOOK]
        earliest = sorted(likely, key=lambda row: row[1])
        return next((other for *_, other in earliest if self._alike(print_, other)), None)

    def _wait_all(self, prints: list[Print]) -> None:
        for print_ in prints:
            self._wait(print_)

    def _alike(self, one: Print, other: Print) -> bool:
        return resemblance(self._shingles(one.id), self._shingles(other.id)) >= ALIKE

    def _read(self, article_id: str) -> Shingles:
        return shingles(words_of(self._text_of(article_id) or ""))
