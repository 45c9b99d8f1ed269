"""Measure stemmers against gold lemmas, in and out of fold, and what each costs.

    python benchmarks/stemming.py --data ../shared/data [--peers FOLDER] [--misses 40]

One run compares Snowball (PyStemmer), simplemma, PySastrawi, nlp-id's Lemmatizer and ours on the
content words of every file of ``stemming/`` (tab-separated: form, lemma, part of speech, count):

* accuracy: the share of occurrences whose stem is the lemma; "affixed" counts only those whose
  form differs from the lemma, by occurrences and by distinct words;
* conflation: precision, recall and F1 over pairs of forms;
* out of fold: our lists withheld and our weights refitted, by root families (``withheld``);
* cost: each distinct form of ``articles/`` once, nothing remembered; loading; memory.

``pip install --no-deps --target FOLDER nlp-id simplemma`` fetches the peers that the extra
``bench`` leaves out. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from gold import Gold, Stem, accuracy, read_sets, score
from kliping.analysis.stemmer import Stemmer
from stemmers import OURS, footprint, installed, rate
from withheld import OURS as LISTS
from withheld import Folds

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_COLUMNS = ["all", "affixed", "affixed, distinct", "pairs: P", "R", "F1"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with stemming/, articles/")
    parser.add_argument("--peers", type=Path, help="folder that peers were installed into")
    parser.add_argument("--misses", type=int, default=0, help="list our N commonest misses a file")
    options = parser.parse_args()
    if options.peers:
        sys.path.append(str(options.peers))
    sets = read_sets(options.data / "stemming")
    if not sets:
        sys.exit(f"skipped: no data in {options.data / 'stemming'}")
    folds = Folds(sets)
    print_scores(sets, folds)
    print_gaps(sets, folds)
    print_costs(corpus_forms(options.data / "articles"))
    print_misses(sets, options.misses)


def corpus_forms(folder: Path) -> list[str]:
    """The distinct lower-case forms of a folder of articles, in order of appearance."""
    forms: dict[str, None] = {}
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                text = f"{article['title']} {article['body']}".lower()
                forms.update(dict.fromkeys(_WORD.findall(text)))
    return list(forms)


def print_scores(sets: dict[str, list[Gold]], folds: Folds) -> None:
    """A table for each set, a row for each stemmer."""
    stems: dict[str, Stem] = {name: cache(make()) for name, make in installed().items()}
    stems[f"{OURS}, out of fold"] = folds.stem()
    for title, golds in sets.items():
        print_header(f"{title}, {sum(gold.times for gold in golds):,} words", _COLUMNS)
        for name, stem in stems.items():
            print_row(name, [f"{figure:.3f}" for figure in score(golds, stem)])


def print_gaps(sets: dict[str, list[Gold]], folds: Folds) -> None:
    """What withholding each of our lists alone costs, in points of accuracy, all words."""
    whole = Stemmer().stem
    parts: dict[str, tuple[str, ...]] = {name: (name,) for name in LISTS}
    stems = {"all lists": folds.stem(), "weights alone": folds.stem(())}
    stems |= {name: folds.stem(part) for name, part in parts.items()}
    print_header("in fold minus out of fold", ["in fold", *stems])
    for title, golds in sets.items():
        best = accuracy(golds, whole)
        gaps = [best - accuracy(golds, stem) for stem in stems.values()]
        print_row(title, [f"{best:.3f}", *(f"{gap:+.3f}" for gap in gaps)])


def print_costs(forms: list[str]) -> None:
    """A row for each stemmer: speed, beside PySastrawi's, loading and memory."""
    makers = installed()
    rates = {name: rate(make(), forms) if forms else 0.0 for name, make in makers.items()}
    slow = rates.get("PySastrawi") or 1.0
    columns = ["forms/s", "× PySastrawi", "load, CPU ms", "memory, MB"]
    print_header(f"cost; {len(forms):,} distinct forms, cold", columns)
    for name, figure in rates.items():
        load, memory = footprint(name)
        print_row(name, [f"{figure:,.0f}", f"{figure / slow:.1f}", f"{load:.0f}", f"{memory:.0f}"])


def print_misses(sets: dict[str, list[Gold]], limit: int) -> None:
    """Our commonest misses in each set."""
    stem = Stemmer().stem
    for title, golds in sets.items() if limit else ():
        misses = [gold for gold in golds if stem(gold.form) != gold.lemma]
        misses.sort(key=lambda gold: -gold.times)
        shown = [f"{m.form} → {stem(m.form)} ({m.lemma}) × {m.times}" for m in misses[:limit]]
        print(f"\n{title}: {'; '.join(shown)}")


def print_header(title: str, columns: list[str]) -> None:
    print()
    print_row(title, columns)
    print_row("---", ["---:"] * len(columns))


def print_row(title: str, cells: Iterable[str]) -> None:
    print(f"| {title} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
