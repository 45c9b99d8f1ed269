"""Here is a word form: give me its root, and tell me how you got there.

A form is looked up in this order: the user's lexicon and our exceptions; roots, names and words
kept whole; then the affix tables, of whose readings the best wins (see ``readings``). What no
root explains stays whole, but for the one safe clitic, ``-nya``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kliping.analysis.affixes import LEARNED
from kliping.analysis.hyphens import bare_compounds, joined, outer_parts, reduplicated
from kliping.analysis.lexicon import UserLexicon
from kliping.analysis.readings import SHORTEST, Reading, compounds, may_be_derived, readings
from kliping.analysis.roots import Vocabulary, digest, vocabulary

# Counts up when the rules change; the lists have a digest of their own.
RULES_VERSION = 3

# Articles hold some 160,000 distinct words for each 70 MB, ever more slowly: this bounds memory.
_MEMO_LIMIT = 500_000

# Nothing longer is one word of Indonesian (mempertanggungjawabkannya has 25 letters): such a
# string stays whole, which bounds the time per form whatever the text holds.
_LONGEST_WORD = 64
# What is written solid with a word that may have affixes of its own: antarkementerian; diberbagai,
# a slip for "di berbagai".
_SOLID = (*LEARNED, "di")


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a form came to its stem: ``steps`` in reading order, ``('meN- + tewas', '-kan')``."""

    form: str
    stem: str
    steps: tuple[str, ...]


class Stemmer:
    """Finds the root of a word form, and remembers every form it has met.

    Args:
        lexicon: a user's exceptions and protected words; they go before everything else.
        words: the vocabulary in place of our own; only benchmarks give one.
    """

    def __init__(self, lexicon: UserLexicon | None = None, words: Vocabulary | None = None) -> None:
        self._given, self._lexicon = words, lexicon
        self.version = f"{RULES_VERSION}-{digest()}"
        if lexicon is not None and lexicon.digest:
            self.version += f"+{lexicon.digest}"
        self._memo: dict[str, str] = {}

    @cached_property
    def _words(self) -> Vocabulary:
        """What forms are looked up in: who stems none, and only opens an index, does without."""
        words = self._given or vocabulary()
        lexicon = self._lexicon
        return _obeying(words, lexicon) if lexicon is not None and lexicon.digest else words

    def stem(self, form: str, /) -> str:
        """Return the root of a form; what no root explains comes back in lower case.

        >>> Stemmer().stem("menewaskan")
        'tewas'
        """
        memo = self._memo
        if form in memo:
            return memo[form]
        if len(memo) >= _MEMO_LIMIT:
            memo.clear()
        stem = memo[form] = self.root(form.lower())
        return stem

    def explain(self, form: str, /) -> Derivation:
        """Return the stem of a form and the rules that led to it.

        >>> Stemmer().explain("menewaskan").steps
        ('meN- + tewas', '-kan')
        """
        steps: list[str] = []
        word, stem = "", form.lower()
        while stem != word:
            word = stem
            stem, found = self._step(word)
            steps += found
        return Derivation(form, stem, tuple(steps))

    def knows(self, word: str, /) -> bool:
        """Say whether a word is listed, or some root explains it."""
        return word in self._words.known or bool(self.readings(word))

    def readings(self, word: str, /) -> list[Reading]:
        """Return every reading of a word that takes something off, in no order."""
        found = readings(word, *self._words)
        return found or (compounds(word, self._words.roots) if len(word) >= SHORTEST else [])

    def root(self, word: str, /) -> str:
        """Return the root of a word in lower case, which is not remembered."""
        words = self._words
        known = words.known.get(word)
        if known is not None:
            return known
        if "-" in word:
            return self._hyphenated(word) if len(word) <= _LONGEST_WORD else word
        if not may_be_derived(word):  # nearly half of the words that articles bring
            return self._stem_of_base(word) if word[-1:] == "2" else word
        if len(word) > _LONGEST_WORD:
            return word
        found = readings(word, *words)
        if not found and len(word) >= SHORTEST:
            found = compounds(word, words.roots)
        if found:
            root = max(found)[1]
            return words.known.get(root, root)
        return self._stem_of_base(word)

    def _stem_of_base(self, word: str) -> str:
        base = self._base(word)
        return word if base == word else self.root(base)

    def _base(self, word: str) -> str:
        """A word of no known root without -nya, the 2 of anak2, or non- before another word."""
        if len(word) > 5 and word.endswith("nya"):
            return word[:-3]
        if len(word) > 3 and word.endswith("2") and word[:-1].isalpha():
            return word[:-1]
        if word.startswith(_SOLID):
            return next(filter(self._explained, _without_solid(word)), word)
        return word

    def _explained(self, word: str) -> bool:
        return len(word) > 3 and self.knows(word)

    def _hyphenated(self, word: str) -> str:
        parts = outer_parts(word)
        rest = "-".join(parts)
        if parts and rest != word:
            return self.root(rest)
        if parts and (solid := joined(parts)):
            stem = self.root(solid)
            if len(parts[0]) == 1 or solid in self._words.known or stem != solid:
                return stem
        for bare in bare_compounds(word):
            if bare in self._words.known:
                return self._words.known[bare]
        if len(parts) != 2:
            return word
        root = reduplicated(*parts, self.stem)
        if root is None or (root == parts[0] and root not in self._words.known):
            return self._compound(*parts) or root or rest
        return root

    def _compound(self, first: str, second: str) -> str | None:
        """Two words that are no reduplication: affixes come off around both, else a clitic."""
        found = readings(f"{first}-{second}", *self._words)
        if found:
            return self._words.known[max(found)[1]]  # membolak-balikkan
        for bare in bare_compounds(second):
            if bare in self._words.known:
                return self.root(f"{first}-{bare}")
        return None

    def _step(self, word: str) -> tuple[str, list[str]]:
        """One step from a word towards its stem, and how to say it."""
        stem = self.root(word)
        if word in self._words.known:
            return stem, [] if stem == word else [f"{word} = {stem}"]
        if stem == word:
            return stem, ["no known root"]
        found = [] if "-" in word else self.readings(word)
        if found:
            _, root, prefix, suffix = max(found)
            return root, [f"{prefix} + {root}" if prefix else root, *suffix.split()]
        base = stem if "-" in word else self._base(word)
        return base, [f"{word} > {base}"]


def _without_solid(word: str) -> list[str]:
    return [word.removeprefix(prefix) for prefix in _SOLID if word.startswith(prefix)]


def _obeying(words: Vocabulary, lexicon: UserLexicon) -> Vocabulary:
    """Put the user's words before ours; a root of ours may be a form of the user's."""
    whole = {*lexicon.protected, *lexicon.exceptions.values()}
    final = lexicon.exceptions
    known = {form: final.get(root, root) for form, root in words.known.items()}
    known.update(zip(whole, whole, strict=True))
    known.update(final)
    own = [word for word in whole if len(word) > 2]
    return Vocabulary({**words.roots, **dict(zip(own, own, strict=True))}, known, words.weights)
