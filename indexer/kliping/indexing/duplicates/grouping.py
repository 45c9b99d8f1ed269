"""Decides which articles form a group: each text follows the earliest that it resembles.

Texts are taken in the order of publication, those of one moment by id, the undated last. One that
resembles none that leads, leads itself; any other follows the earliest of those. So groups are a
function of the set of articles, in whatever order they came. (Where more than some sixteen texts
begin alike and yet differ, only the likeliest are compared, and the order may matter.)

To follow, a text must share 0.75 with its leader, and tell the same numbers. Since 1 − resemblance
is a metric, any two of a group then share half of their shingles or more: background paragraphs
alone never join two stories, nor does a chain of likenesses. What is to be found are pairs that
share 0.8; were that asked of the leader too, more of these would fall to different leaders. In
32,278 articles such pairs are 211: asking 0.8 misses 5, asking 0.75 misses 1, and the 66 pairs more
that it joins are reprints all the same.

A change is carried forward from the earliest text it touches; what stands earlier, or is like none
of those that changed sides, is not looked at again. However large a family from one mould is, a
text is compared with the few that stand beside it (:mod:`~kliping.indexing.duplicates.marks`), and
gives up after as many of these as could only be like it by chance.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from kliping.analysis.shingles import (
    Shingles,
    agree,
    exactly,
    guess,
    resemblance,
    shingles,
    words_of,
)
from kliping.indexing.duplicates.texts import Place, Text, Texts

ALIKE = 0.75
# Far below: one guess in two hundred of a text that is alike is lower, and texts are compared in
# full only from here on.
_LEAST = 0.4
# So many, taken by what is guessed, may turn out not to be alike before the rest are let be.
_FAILURES = 8
_KEPT = 256

TextOf = Callable[[str], str | None]


def settle(texts: Texts, text_of: TextOf, /) -> None:
    """Decide all that is open.

    Args:
        texts: the notes on all texts.
        text_of: returns an article's text as the engine holds it, if it does.
    """
    _Settling(texts, text_of).run()


class _Settling:
    """What waits to be decided, earliest first; deciding may make later ones wait."""

    def __init__(self, texts: Texts, text_of: TextOf) -> None:
        self._texts = texts
        self._text_of = text_of
        self._shingles = lru_cache(_KEPT)(self._read)
        self._queue: list[tuple[Place, int]] = []
        self._waiting: set[int] = set()

    def run(self) -> None:
        self._wait(self._texts.open())
        while self._queue:
            _, number = heapq.heappop(self._queue)
            self._waiting.remove(number)
            if text := self._texts.get(number):
                self._decide(text)

    def _wait(self, texts: Iterable[Text]) -> None:
        for each in texts:
            if each.number not in self._waiting:
                self._waiting.add(each.number)
                heapq.heappush(self._queue, (each.place, each.number))

    def _decide(self, text: Text) -> None:
        near = self._texts.beside(text)
        leader = self._leader(text, [each for each in near if each.leads])
        if leader is None and (text.open or not text.leads):
            leader = self._led_by_others(text, near)
        if leader and text.leads:
            followers = self._texts.followers(text.number)
            self._texts.reopen(followers)
            self._wait(followers)
        self._texts.decide(text, leader.number if leader else None)

    def _led_by_others(self, text: Text, near: list[Text]) -> Text | None:
        """Return whom those follow that a text is like; if that is none, have later ones follow."""
        missing = {each.leader for each in near if each.leader}
        leaders = self._texts.some(missing) if missing else {}
        if leader := self._leader(text, leaders.values()):
            return leader
        heads = ((each, leaders[each.leader] if each.leader else each) for each in near)
        self._call(text, [each for each, head in heads if head.place > text.place])
        return None

    def _leader(self, text: Text, heads: Iterable[Text]) -> Text | None:
        """Return the earliest of those that lead and are alike."""
        place = text.place
        earlier = [each for each in heads if each.place < place]
        return min(self._alike(text, earlier), key=lambda each: each.place, default=None)

    def _call(self, text: Text, later: Iterable[Text]) -> None:
        """Have later texts decided anew that are like one that leads now."""
        for each in self._alike(text, later):
            if not each.leads:
                self._texts.reopen([each])
            self._wait([each])

    def _alike(self, text: Text, others: Iterable[Text]) -> Iterator[Text]:
        """Yield those that are alike, the likeliest first, until too many of them are not."""
        guesses = ((guess(text.sketch, each.sketch, _LEAST), each) for each in others)
        likely = [
            (-guessed, each.place, each)
            for guessed, each in guesses
            if guessed and agree(text.numbers, each.numbers)
        ]
        failures = 0
        for *_, each in sorted(likely):
            if failures == _FAILURES:
                return
            if self._share(text, each) >= ALIKE:
                yield each
            else:
                failures += 1

    def _share(self, one: Text, other: Text) -> float:
        told = exactly(one.sketch, other.sketch)
        return resemblance(*map(self._shingles, (one.id, other.id))) if told is None else told

    def _read(self, article_id: str) -> Shingles:
        return shingles(words_of(self._text_of(article_id) or ""))
