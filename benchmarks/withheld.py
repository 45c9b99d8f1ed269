"""Out of fold: how right our stemmer is about words that its lists have never heard of.

Root families are dealt into folds. The families of one fold are scored by a stemmer that was made
without them: every entry of our lists that names one of their words is withheld, and what weighs
readings against one another is chosen on the other folds. PySastrawi's roots stay: they were
there before us.
"""

from __future__ import annotations

import zlib
from itertools import product

from gold import Gold, Stem, accuracy, families
from kliping.analysis.readings import LENGTH_WEIGHT, UNLISTED
from kliping.analysis.roots import Lists, assemble, read_lists
from kliping.analysis.stemmer import Stemmer

FOLDS = 5
OURS = ("added", "removed", "lexicalised", "names", "exceptions")
# How much the logarithm of a root's occurrences counts, each letter of it, and what a root that
# the table of frequencies leaves out is held to have.
Weights = tuple[float, float, float]
_CHOSEN: Weights = (1.0, LENGTH_WEIGHT, UNLISTED)
_GRID = tuple(product((0.7, 1.0, 1.4), (0.15, LENGTH_WEIGHT, 0.6), (1.0, UNLISTED, 3.0)))


def fold_of(family: str) -> int:
    """The fold of a family: the same in every run."""
    return zlib.crc32(family.encode()) % FOLDS


def without(lists: Lists, words: frozenset[str], names: tuple[str, ...] = OURS) -> Lists:
    """``lists`` without the entries that name one of ``words``."""
    kept: dict[str, object] = {}
    for name in names:
        entries = getattr(lists, name)
        if name == "exceptions":
            kept[name] = {f: r for f, r in entries.items() if f not in words and r not in words}
        else:
            kept[name] = [word for word in entries if word not in words]
    return lists._replace(**kept)


def stemmer(lists: Lists, weights: Weights = _CHOSEN) -> Stem:
    """A stemmer of these lists, its weights applied to every root."""
    scale, letters, unlisted = weights
    words = assemble(lists)
    known = {**dict.fromkeys(words.roots, unlisted), **lists.classes}
    values = {root: scale * count + letters * len(root) for root, count in known.items()}
    return Stemmer(words=words._replace(weights=values)).stem


class Folds:
    """The root families of some gold, dealt into folds, and the weights that the others choose."""

    def __init__(self, sets: dict[str, list[Gold]]) -> None:
        self._lists = read_lists()
        self._whole = Stemmer().stem
        self._fold = {
            word: fold_of(family) for word, family in families(sets.values(), self._whole).items()
        }
        self._weights = [self._chosen(list(sets.values()), fold) for fold in range(FOLDS)]

    def stem(self, names: tuple[str, ...] = OURS) -> Stem:
        """A function that stems each word as the stemmer that was made without its family.

        Args:
            names: which of our lists are withheld; none leaves the weights alone.
        """
        stems = [
            stemmer(without(self._lists, self._held(fold), names), self._weights[fold])
            for fold in range(FOLDS)
        ]
        fold_of_word, whole = self._fold, self._whole
        return lambda word: (stems[fold_of_word[word]] if word in fold_of_word else whole)(word)

    def _held(self, fold: int) -> frozenset[str]:
        return frozenset(word for word, its in self._fold.items() if its == fold)

    def _chosen(self, sets: list[list[Gold]], fold: int) -> Weights:
        """The weights that are best on all other folds, each set counting alike."""
        rest = [[gold for gold in golds if self._fold[gold.form] != fold] for golds in sets]

        def fitness(weights: Weights) -> float:
            stem = stemmer(self._lists, weights)
            return sum(accuracy(golds, stem) for golds in rest)

        return max(_GRID, key=fitness)
