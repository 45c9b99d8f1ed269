"""Which words of an index have a stem: for what must stand at a place, which no stem does.

What an affix may make of a root begins in one of some hundred ways, so the words of the index that
begin so are looked up, and stemmed. That takes milliseconds, once a stem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kliping.analysis import Analyser
from kliping.query.fields import WORDS

# Asked for a field, and how its terms begin, returns those that do, with their counts.
Terms = Callable[[str, str], list[tuple[str, int]]]


class Forms:
    """The words of one index, by stem; remembers what it was asked."""

    def __init__(self, analyser: Analyser, terms: Terms, /) -> None:
        self._analyser = analyser
        self._terms = terms
        self._known: dict[str, tuple[str, ...]] = {}

    def __call__(self, stem: str, /) -> tuple[str, ...]:
        """Return the words that have ``stem``, in order; ``stem`` itself always."""
        if stem not in self._known:
            self._known[stem] = tuple(sorted({stem, *self._found(stem)}))
        return self._known[stem]

    def _found(self, stem: str) -> Iterator[str]:
        for beginning in self._analyser.beginnings(stem):
            for field in WORDS.values():
                for word, _ in self._terms(field, beginning):
                    if self._analyser.stems(word) == (stem,):
                        yield word
