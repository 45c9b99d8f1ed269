"""Measure stemmers against gold lemmas, and how fast they stem the forms of a corpus.

    python benchmarks/stemming.py --data ../shared/data [--misses 40]

One run compares no stemming, Snowball (PyStemmer), PySastrawi and ours on every file of
``stemming/`` (tab-separated: form, lemma, part of speech, …, count):

* accuracy: the share of word occurrences whose stem is the lemma; "affixed" counts only the
  occurrences whose form differs from the lemma; a file of names has none of those;
* conflation: of the pairs of forms that share a stem, how many share a lemma (precision), and
  of those that share a lemma, how many share a stem (recall);
* cold speed: each distinct form of ``articles/`` once, nothing remembered.

Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kliping.analysis.stemmer import Stemmer

Stem = Callable[[str], str]
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Gold(NamedTuple):
    """One line of gold: how often this form stands for this lemma."""

    form: str
    lemma: str
    times: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with stemming/, articles/")
    parser.add_argument("--misses", type=int, default=0, help="list our N commonest misses a file")
    options = parser.parse_args()
    files = sorted((options.data / "stemming").glob("*.tsv"))
    if not files:
        sys.exit(f"skipped: no data in {options.data / 'stemming'}")
    golds = {path.stem: list(read_gold(path)) for path in files}
    print_accuracy(golds)
    print_conflation(golds)
    print_speed(corpus_forms(options.data / "articles"))
    print_misses(golds, options.misses)


def fresh() -> dict[str, Callable[[], Stem]]:
    """The stemmers that are installed; each call makes one that remembers nothing."""
    makers: dict[str, Callable[[], Stem]] = {"none": lambda: str.lower}
    try:
        import Stemmer as PyStemmer

        makers["Snowball"] = lambda: PyStemmer.Stemmer("indonesian", 0).stemWord
    except ImportError:
        print("Snowball skipped: pip install PyStemmer", file=sys.stderr)
    try:
        from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

        makers["PySastrawi"] = lambda: StemmerFactory().create_stemmer().stem
    except ImportError:
        print("PySastrawi skipped: pip install PySastrawi", file=sys.stderr)
    return makers | {"ours": lambda: Stemmer().stem}


def read_gold(path: Path) -> Iterator[Gold]:
    """The lines of a gold file; the count is its last column, where that is a number."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            form, lemma, *rest = line.rstrip("\n").split("\t")
            times = int(rest[-1]) if rest and rest[-1].isdigit() else 1
            yield Gold(form, lemma, times)


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


def accuracy(golds: Iterable[Gold], stem: Stem) -> float | None:
    """The share of occurrences stemmed to their lemma; None if there are none."""
    right = total = 0
    for form, lemma, times in golds:
        total += times
        right += times * (stem(form) == lemma)
    return right / total if total else None


def conflation(golds: Iterable[Gold], stem: Stem) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of forms; a form has its commonest lemma."""
    lemmas: dict[str, Counter[str]] = {}
    for form, lemma, times in golds:
        lemmas.setdefault(form, Counter())[lemma] += times
    lemma_of = {form: counts.most_common(1)[0][0] for form, counts in lemmas.items()}
    both = pairs((stem(form), lemma) for form, lemma in lemma_of.items())
    precision = both / (pairs(map(stem, lemma_of)) or 1)
    recall = both / (pairs(lemma_of.values()) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def pairs(keys: Iterable[object]) -> int:
    """How many pairs of items share a key."""
    return sum(size * (size - 1) // 2 for size in Counter(keys).values())


def print_accuracy(golds: dict[str, list[Gold]]) -> None:
    """A row for each file: accuracy on all and on affixed occurrences, in per cent."""
    stems = {name: make() for name, make in fresh().items()}
    titles = [f"{name}, {part}" for name in stems for part in ("all", "affixed")]
    print_header("accuracy, %", titles)
    for title, gold in golds.items():
        affixed = [line for line in gold if line.form != line.lemma]
        cells = [accuracy(part, stem) for stem in stems.values() for part in (gold, affixed)]
        print_row(title, ["–" if cell is None else f"{100 * cell:.2f}" for cell in cells])


def print_conflation(golds: dict[str, list[Gold]]) -> None:
    """A row for each file: precision, recall and F1 of conflation, in per cent."""
    stems = {name: make() for name, make in fresh().items()}
    print_header("conflation, P / R / F1, %", list(stems))
    for title, gold in golds.items():
        cells = [conflation(gold, stem) for stem in stems.values()]
        print_row(title, [" / ".join(f"{100 * figure:.1f}" for figure in cell) for cell in cells])


def print_speed(forms: list[str]) -> None:
    """A row for each stemmer: forms a second, and how many times PySastrawi's rate that is."""
    if not forms:
        return
    rates = {name: rate(make(), forms) for name, make in fresh().items()}
    print_header(f"cold, {len(forms):,} distinct forms", ["forms/s", "× PySastrawi"])
    for name, figure in rates.items():
        slow = rates.get("PySastrawi")
        print_row(name, [f"{figure:,.0f}", f"{figure / slow:.1f}" if slow else "–"])


def rate(stem: Stem, forms: list[str]) -> float:
    """Forms a second."""
    start = time.process_time()
    for form in forms:
        stem(form)
    return len(forms) / (time.process_time() - start)


def print_misses(golds: dict[str, list[Gold]], limit: int) -> None:
    """Our commonest misses in each file."""
    stem = Stemmer().stem
    for title, gold in golds.items() if limit else ():
        misses = [line for line in gold if stem(line.form) != line.lemma]
        misses.sort(key=lambda line: -line.times)
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
