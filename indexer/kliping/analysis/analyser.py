"""The analyser: text to the terms that are indexed, and words to the terms that are searched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from kliping.analysis.affixes import LEARNED, beginnings
from kliping.analysis.folding import fold
from kliping.analysis.hyphens import LETTERS
from kliping.analysis.lexicon import UserLexicon
from kliping.analysis.roots import read_pairs
from kliping.analysis.stemmer import Stemmer
from kliping.analysis.tokens import CHUNK, PART, tokens, words_of
from kliping.analysis.wordlists import normalisation, normalisation_digest

# Counts up whenever the same text would give other terms. An index made by another version is
# refused, because its words could not be found.
RULES_VERSION = 2

# Articles hold some 160,000 distinct words for each 70 MB, ever more slowly: this bounds memory.
_MEMO_LIMIT = 500_000
# Characters; what stands between two spaces is rarely longer.
_REMEMBERED = 40
# First letters that a prefix may take (nyari is cari), or a hyphen part from the rest.
_LOST = LETTERS | frozenset("ckpst")
_CHUNK = re.compile(CHUNK)
_PART = re.compile(PART)


class Terms(NamedTuple):
    """What one field of an article is indexed as: two space-joined strings of terms."""

    stems: str
    words: str


class Typed(NamedTuple):
    """One token of a query: ``words`` as they stand, ``stems`` one in all or one for each."""

    words: tuple[str, ...]
    stems: tuple[str, ...]


class Part(NamedTuple):
    """One word of a text: ``surface`` stands at [start, stop); ``word`` and ``stem`` are indexed.

    ``word`` is ``None`` for several words that have one stem (*anak-anak*).
    """

    start: int
    stop: int
    surface: str
    word: str | None
    stem: str


class _Stems(dict[str, str]):
    """Folded chunk → its stems, space-joined; a dictionary that fills itself is the fast path."""

    def __init__(self, stemmer: Stemmer, exceptions: Mapping[str, str]) -> None:
        super().__init__()
        self._root, self._exceptions = stemmer.root, exceptions

    @cached_property
    def _standard(self) -> dict[str, str]:
        own = normalisation().items()
        return {word: standard for word, standard in own if word not in self._exceptions}

    def __missing__(self, chunk: str) -> str:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        stems = self[chunk] = self._parted(chunk.strip("-")) if "-" in chunk else self._one(chunk)
        return stems

    def _parted(self, chunk: str) -> str:
        stem = self._one(chunk) if chunk else ""
        # A reduplication (anak-anak) or an affix with a hyphen (kpk-nya) has one stem; any
        # other chain (covid-19, and kupu-kupu, whose stem is itself) is known by its parts.
        return " ".join([self[part] for part in chunk.split("-") if part]) if "-" in stem else stem

    def _one(self, word: str) -> str:
        standard = self._standard
        stem = self._root(standard.get(word, word))
        # Once more: a variant may have stood beneath an affix (resikonya).
        return self._root(standard[stem]) if stem in standard else stem


class Analyser:
    """Turns text into terms. One analyser serves many texts, and gets faster as it sees them.

    Args:
        lexicon: a user's own exceptions, protected words and synonyms.
    """

    def __init__(self, lexicon: UserLexicon | None = None) -> None:
        self.lexicon = lexicon
        self.stemmer = Stemmer(lexicon)
        self._exceptions = lexicon.exceptions if lexicon else {}
        self._stems = _Stems(self.stemmer, self._exceptions)
        self._traces: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, tuple[Part, ...]] = {}
        self._typed: dict[str, tuple[Typed, ...]] = {}

    @property
    def version(self) -> str:
        """Name the rules and lists in force: an index opens only under the version it had."""
        return f"{RULES_VERSION}-{normalisation_digest()}/{self.stemmer.version}"

    def terms(self, text: str, cases: bytes | None = None, /) -> Terms:
        """Return the terms of a whole text, in order; stop words keep their places."""
        chunks = fold(text, cases).decode().split()
        stems = " ".join(map(self._stems.__getitem__, chunks))
        return Terms(stems, " ".join(chunks).replace("-", " "))

    def stems(self, surface: str, /) -> tuple[str, ...]:
        """Return the stems of a token: one for a word or a reduplication, else one a part.

        >>> Analyser().stems("anak-anak")
        ('anak',)
        """
        chunks = fold(surface).decode().split()
        return tuple(" ".join([self._stems[chunk] for chunk in chunks]).split())

    def typed(self, text: str, /) -> tuple[Typed, ...]:
        """Return the tokens of a piece of a query, nearly always one; remembered, like parts."""
        if (found := self._typed.get(text)) is None:
            found = tuple(self._typed_token(t.words, t.surface) for t in tokens(text))
            if len(text) <= _REMEMBERED:
                if len(self._typed) >= _MEMO_LIMIT:
                    self._typed.clear()
                self._typed[text] = found
        return found

    def _typed_token(self, words: tuple[str, ...], surface: str) -> Typed:
        """Return one token; a 2 after a word that we know doubles it (*anak2* is *anak-anak*)."""
        if words[1:] == ("2",) and len(words[0]) > 2 and self.stemmer.knows(words[0]):
            words, surface = words[:1], words[0]
        return Typed(words, self.stems(surface))

    def parts(self, text: str, /) -> tuple[Part, ...]:
        """Return the words of a stretch of text and where they stand, for highlighting.

        A word with hyphens comes whole, if it has one stem, and then part by part. Short
        stretches are remembered: the same words come again and again.
        """
        if (parts := self._parts.get(text)) is None:
            parts = tuple(self._find_parts(text))
            if len(text) <= _REMEMBERED:
                if len(self._parts) >= _MEMO_LIMIT:
                    self._parts.clear()
                self._parts[text] = parts
        return parts

    def _find_parts(self, text: str) -> Iterator[Part]:
        for chunk in _CHUNK.finditer(text):
            surface, stems = chunk.group(), self.stems(chunk.group())
            words = words_of(surface)
            if len(stems) == len(words) == 1:
                yield Part(chunk.start(), chunk.end(), surface, words[0], stems[0])
                continue
            if len(stems) == 1:
                yield Part(chunk.start(), chunk.end(), surface, None, stems[0])
            pieces = [(m.span(), m.group(), words_of(m.group())) for m in _PART.finditer(surface)]
            if tuple(word for *_, found in pieces for word in found) != words:
                pieces = [((0, len(surface)), surface, words)]  # folded together (½, ²2)
            for (start, stop), piece, found in pieces:
                for word in found:
                    first, last = chunk.start() + start, chunk.start() + stop
                    yield Part(first, last, piece, word, self.stems(word)[0])

    def traces(self, stem: str, /) -> tuple[str, ...]:
        """Return strings, folded, one of which every form of ``stem`` contains.

        A prefix takes at most a root's first letter, c, k, p, s or t (*tewas*, *menewaskan*); what
        is irregular is listed.
        """
        if stem not in self._traces:
            self._traces[stem] = (_trace(stem), *map(_trace, self._irregular(stem)))
        return self._traces[stem]

    def beginnings(self, stem: str, /) -> set[str]:
        """Return how any form of ``stem`` begins: with an affix and its root, or as is listed."""
        listed = (form for form, root in self._listed.items() if self.stemmer.stem(root) == stem)
        return set().union(*map(beginnings, (stem, *listed)))

    def _irregular(self, stem: str) -> Iterator[str]:
        """Yield the listed forms of ``stem`` that do not contain its trace."""
        trace, listed = _trace(stem), self._listed
        for form, root in listed.items():
            may = trace not in form and (trace in root or root in listed)
            if may and self.stemmer.stem(root) == stem:
                yield form

    @cached_property
    def _listed(self) -> dict[str, str]:
        return {**normalisation(), **read_pairs("exceptions.txt"), **self._exceptions}


def _trace(root: str) -> str:
    """The part of a root that no prefix takes and no hyphen parts (*e-KTP*, *pra-kerja*)."""
    first = next(filter(root.startswith, LEARNED), root[:1] if root[:1] in _LOST else "")
    rest = root.removeprefix(first)
    return rest if len(rest) > (1 if first in "kpst" else 2) else root
