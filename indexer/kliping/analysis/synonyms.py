"""Acronyms and synonyms: which other words mean the same?

They are applied to queries, so a changed list needs no new index. An acronym that is an ordinary
word in small letters (*AS*, *as*: the country, the axle) counts only in capitals, and is sought
only among the words that articles write in capitals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from kliping.analysis.lexicon import UserLexicon
from kliping.analysis.spellings import respelled
from kliping.analysis.tokens import words_of
from kliping.analysis.wordlists import lines
from kliping.values import Value

Words = tuple[str, ...]


# The longest entries have eleven words; no longer run of a query is looked up.
LONGEST = 11
_MEMO_LIMIT = 100_000
_UNWRITTEN = str.maketrans("", "", "'’")


class Entry(Value):
    """One way to say it. ``capitals`` is true where only the capitals mean it."""

    text: str
    words: Words
    capitals: bool = False


class Synonyms:
    """Groups of entries that mean the same, found by any of them.

    A search from the terminal asks for a handful of words, so the list is not taken apart: it is
    searched as text, and only the lines that hold a word are read.

    Args:
        rows: one group a line, as in ``data/synonyms.txt``.
    """

    def __init__(self, rows: Sequence[str], /) -> None:
        self._rows = rows
        self._text = "\n".join(rows).lower().translate(_UNWRITTEN)
        self._starts = list(accumulate((len(row) + 1 for row in self._text.split("\n")), initial=0))
        self._groups: dict[int, tuple[Entry, ...]] = {}
        self._found: dict[str, tuple[Entry, ...]] = {}

    def of(self, surface: str, words: Words, /) -> tuple[Entry, ...]:
        """Return the other entries of the groups that have ``words``, typed as ``surface``, and how
        else these are written.

        >>> [entry.text for entry in synonyms().of("KPK", ("kpk",))]
        ['Komisi Pemberantasan Korupsi']
        >>> synonyms().of("as", ("as",))
        ()
        """
        if surface not in self._found:
            if len(self._found) >= _MEMO_LIMIT:
                self._found.clear()
            spellings = map(_entry, respelled(surface, words))
            found = dict.fromkeys((*self._others(surface, words), *spellings))
            self._found[surface] = tuple(found)
        return self._found[surface]

    def _others(self, surface: str, words: Words) -> Iterator[Entry]:
        for number in self._numbers(max(words, key=len, default="")):
            group = self._group(number)
            mine = [entry for entry in group if entry.words == words]
            if mine and (surface.isupper() or not any(entry.capitals for entry in mine)):
                yield from (entry for entry in group if entry.words != words)

    def _numbers(self, word: str) -> Iterator[int]:
        """Yield the numbers of the rows that hold ``word`` or a longer one, ascending."""
        at = self._text.find(word) if word else -1
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(word, self._starts[number + 1])

    def _group(self, number: int) -> tuple[Entry, ...]:
        if number not in self._groups:
            self._groups[number] = _group(self._rows[number])
        return self._groups[number]


@cache
def synonyms() -> Synonyms:
    """Return our own list, ``data/synonyms.txt``."""
    return Synonyms(lines("synonyms.txt"))


def with_lexicon(lexicon: UserLexicon | None, /) -> Synonyms:
    """Return our own list and the user's."""
    if lexicon is None or not lexicon.synonyms:
        return synonyms()
    users = [" ~ ".join(sorted(group)) for group in lexicon.synonyms]
    return Synonyms([*lines("synonyms.txt"), *users])


def _group(line: str) -> tuple[Entry, ...]:
    text = line.partition("#")[0].replace("=", "~").replace("|", "~")
    return tuple(_entry(part.strip()) for part in text.split("~"))


def _entry(text: str) -> Entry:
    plain = text.lstrip("^")
    return Entry(plain, words_of(plain), capitals=plain != text)
