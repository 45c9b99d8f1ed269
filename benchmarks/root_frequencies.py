"""Measure how common each root's family of words is, where the choice between roots matters.

    python benchmarks/root_frequencies.py --data ../shared/data \\
        > indexer/kliping/analysis/data/root_frequencies.txt

Forms that have one analysis count for its root; the others are shared out by expectation
maximisation among the roots they may have, until the counts settle. Only roots that compete with
another for some form of the corpus are printed: for the rest the figure would change nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from kliping.analysis.readings import readings
from kliping.analysis.roots import vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_ROUNDS = 8

# form -> its possible roots, each with the score of its best reading, evidence left out
Readings = dict[str, dict[str, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with articles/*.jsonl")
    folder = parser.parse_args().data / "articles"
    if not folder.is_dir():
        sys.exit(f"skipped: no data in {folder}")
    forms = count_forms(folder)
    found = read_all(forms)
    families = settle(forms, found)
    print_table(families, competitors(found), sum(forms.values()))


def count_forms(folder: Path) -> Counter[str]:
    """How often each word form occurs in the articles of a folder."""
    forms: Counter[str] = Counter()
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                forms.update(_WORD.findall(f"{article['title']} {article['body']}".lower()))
    return forms


def read_all(forms: Iterable[str]) -> Readings:
    """The roots that each form may have, all held to be equally common."""
    words = vocabulary()
    found: Readings = {}
    for form in forms:
        scores: dict[str, float] = defaultdict(lambda: -math.inf)
        for score, root, *_ in (
            [] if form in words.known else readings(form, words.roots, words.known, {})
        ):
            scores[root] = max(scores[root], score)
        found[form] = {words.known[form]: 0.0} if form in words.known else dict(scores)
    return found


def settle(forms: Counter[str], found: Readings) -> dict[str, float]:
    """The expected occurrences of each root's family."""
    families: dict[str, float] = {}
    for _ in range(_ROUNDS):
        shares: dict[str, float] = defaultdict(float)
        for form, count in forms.items():
            for root, share in posterior(found[form], families).items():
                shares[root] += math.sqrt(count) * share
        families = shares
    return families


def posterior(scores: dict[str, float], families: dict[str, float]) -> dict[str, float]:
    """How likely each root of a form is, given how common the families are by now."""
    weights = {
        root: (1 + families.get(root, 0.0)) * math.exp(score) for root, score in scores.items()
    }
    total = sum(weights.values())
    return {root: weight / total for root, weight in weights.items()}


def competitors(found: Readings) -> set[str]:
    """The roots that share some form with another root."""
    return {root for roots in found.values() if len(roots) > 1 for root in roots}


def print_table(families: dict[str, float], roots: set[str], words: int) -> None:
    """A line for each class, the natural logarithm of the family's count, in halves."""
    classes: dict[float, list[str]] = defaultdict(list)
    for root in sorted(roots):
        classes[round(2 * math.log1p(families.get(root, 0.0))) / 2].append(root)
    print(f"# Log-frequency classes of roots, measured over {words:,} words of Indonesian news by")
    print("# benchmarks/root_frequencies.py: log(1 + occurrences of the root and its family).")
    print("# Only roots that compete with another for some word form are listed.")
    for figure, members in sorted(classes.items(), reverse=True):
        print(f"{figure:g} {' '.join(members)}")


if __name__ == "__main__":
    main()
