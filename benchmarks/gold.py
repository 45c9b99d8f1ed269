"""Gold lemmas: which words count, which are kin, and how right a stemmer is about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

Stem = Callable[[str], str]

# UniMorph's parts of speech and Universal Dependencies' names for them.
_CONTENT = {"NOUN", "VERB", "ADJ", "N", "V"}
_TAGS = _CONTENT | {"ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NUM", "PART", "PRON", "PROPN"}


class Gold(NamedTuple):
    """One line of gold: how often this form stands for this lemma."""

    form: str
    lemma: str
    times: int


class Score(NamedTuple):
    """How right a stemmer is, as shares: of occurrences, of distinct words, of pairs of forms."""

    all: float
    affixed: float
    affixed_types: float
    precision: float
    recall: float
    f1: float


def read_sets(folder: Path) -> dict[str, list[Gold]]:
    """The content words of each file of ``folder``: nouns, verbs, adjectives.

    Function words are left out, since treebanks differ about them and searches hardly ask for
    them. A file without parts of speech counts whole, and so does one of proper nouns only.
    """
    return {path.stem: list(_read(path)) for path in sorted(folder.glob("*.tsv"))}


def _read(path: Path) -> Iterator[Gold]:
    with path.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    tags = [row[2].partition(";")[0] if len(row) > 2 else "" for row in rows]
    counted = set(tags) & _CONTENT or set(tags)
    for row, tag in zip(rows, tags, strict=True):
        if tag in counted or tag not in _TAGS | {"SCONJ", "X", "_"}:
            times = int(row[-1]) if len(row) > 2 and row[-1].isdigit() else 1
            yield Gold(row[0], row[1], times)


def score(golds: list[Gold], stem: Stem) -> Score:
    """Everything that one table row says of a stemmer on one set."""
    affixed = [gold for gold in golds if gold.form != gold.lemma]
    types = [Gold(form, lemma, 1) for form, lemma in {gold[:2] for gold in affixed}]
    return Score(*(accuracy(part, stem) for part in (golds, affixed, types)), *pairs(golds, stem))


def accuracy(golds: Iterable[Gold], stem: Stem) -> float:
    """The share of occurrences stemmed to their lemma."""
    right = total = 0
    for form, lemma, times in golds:
        total += times
        right += times * (stem(form) == lemma)
    return right / (total or 1)


def pairs(golds: Iterable[Gold], stem: Stem) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of forms; a form has its commonest lemma.

    Of the pairs of forms that share a stem, how many share a lemma; of those that share a lemma,
    how many share a stem.
    """
    lemmas: dict[str, Counter[str]] = {}
    for form, lemma, times in golds:
        lemmas.setdefault(form, Counter())[lemma] += times
    lemma_of = {form: counts.most_common(1)[0][0] for form, counts in lemmas.items()}
    both = _pairs((stem(form), lemma) for form, lemma in lemma_of.items())
    precision = both / (_pairs(map(stem, lemma_of)) or 1)
    recall = both / (_pairs(lemma_of.values()) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def _pairs(keys: Iterable[object]) -> int:
    """How many pairs of items share a key."""
    return sum(size * (size - 1) // 2 for size in Counter(keys).values())


def families(sets: Iterable[list[Gold]], stem: Stem) -> dict[str, str]:
    """Each form, lemma and stem of all sets -> the name of its family.

    Whatever is a form, a lemma or our stem of another is its kin, and so is the kin of its kin:
    nothing that could teach us about a word is outside its family.
    """
    parents: dict[str, str] = {}

    def find(word: str) -> str:
        while (parent := parents.setdefault(word, word)) != word:
            parents[word] = word = parents[parent]
        return word

    for gold in (line for golds in sets for line in golds):
        for kin in (gold.lemma, stem(gold.form), stem(gold.lemma)):
            parents[find(gold.form)] = find(kin)
    return {word: find(word) for word in list(parents)}
