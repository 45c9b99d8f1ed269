"""Acronyms and synonyms: which other words mean the same?

They are applied to queries, so a changed list needs no new index. An acronym that is an ordinary
word in small letters (*AS*, *as*: the country, the axle) counts only in capitals, and is sought
only among the words that articles write in capitals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kliping.analysis.lexicon import UserLexicon
from kliping.analysis.tokens import words_of
from kliping.analysis.wordlists import lines

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to say it. ``capitals`` is true where only the capitals mean it."""

    text: str
    words: Words
    capitals: bool = False


class Synonyms:
    """Groups of entries that mean the same, found by any of them.

    Args:
        groups: the entries of each group.
    """

    def __init__(self, groups: Iterable[tuple[Entry, ...]], /) -> None:
        self._groups: dict[Words, tuple[Entry, ...]] = {}
        self.longest = 0
        for group in groups:
            for entry in group:
                others = (*self._groups.get(entry.words, ()), *group)
                self._groups[entry.words] = tuple(dict.fromkeys(others))
                self.longest = max(self.longest, len(entry.words))

    def of(self, surface: str, words: Words, /) -> tuple[Entry, ...]:
        """Return the other entries of the group that has ``words``, typed as ``surface``.

        >>> [entry.text for entry in synonyms().of("KPK", ("kpk",))]
        ['Komisi Pemberantasan Korupsi']
        >>> synonyms().of("as", ("as",))
        ()
        """
        group = self._groups.get(words, ())
        if any(e.words == words and e.capitals for e in group) and not surface.isupper():
            return ()
        return tuple(entry for entry in group if entry.words != words)


@cache
def synonyms() -> Synonyms:
    """Return our own list, ``data/synonyms.txt``."""
    return Synonyms(_group(line) for line in lines("synonyms.txt"))


def with_lexicon(lexicon: UserLexicon | None, /) -> Synonyms:
    """Return our own list and the user's."""
    if lexicon is None or not lexicon.synonyms:
        return synonyms()
    own = [_group(line) for line in lines("synonyms.txt")]
    users = (tuple(_entry(text) for text in sorted(group)) for group in lexicon.synonyms)
    return Synonyms([*own, *users])


def _group(line: str) -> tuple[Entry, ...]:
    text = line.partition("#")[0].replace("=", "~").replace("|", "~")
    return tuple(_entry(part.strip()) for part in text.split("~"))


def _entry(text: str) -> Entry:
    plain = text.lstrip("^")
    return Entry(plain, words_of(plain), capitals=plain != text)
