"""Out of fold: how right our stemmer is about words that its lists have never heard of.

Root families are dealt into folds. The families of one fold are scored by a stemmer that was made
without them: every entry of our lists that names one of their words is withheld, and what weighs
readings against one another is chosen on the other folds. PySastrawi's roots stay: they were
there before us.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
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


def out_of_fold(sets: dict[str, list[Gold]], names: tuple[str, ...] = OURS) -> Stem:
    """A function that stems each word as the stemmer that was made without the word's family.

    Args:
        sets: the gold.
        names: which of our lists are withheld; none refits the weights alone.
    """
    lists = read_lists()
    family = families(sets.values(), Stemmer().stem)
    stems = dict(enumerate(_folds(sets, lists, family, names)))
    whole = Stemmer().stem
    return lambda word: stems[fold_of(family[word])](word) if word in family else whole(word)


def _folds(
    sets: dict[str, list[Gold]], lists: Lists, family: dict[str, str], names: tuple[str, ...]
) -> Iterator[Stem]:
    for fold in range(FOLDS):
        held = frozenset(word for word, name in family.items() if fold_of(name) == fold)
        rest = [[g for g in golds if g.form not in held] for golds in sets.values()]
        weights = max(_GRID, key=lambda chosen: _fitness(rest, stemmer(lists, chosen)))
        yield stemmer(without(lists, held, names), weights)


def _fitness(sets: list[list[Gold]], stem: Stem) -> tuple[float, float]:
    """How right a stemmer is, each set counting alike."""
    return sum(accuracy(golds, stem) for golds in sets), accuracy(sets[0], stem)
