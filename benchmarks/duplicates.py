"""Duplicates: are reprints found, is nothing else joined, and what does it cost?

    python benchmarks/duplicates.py --data ../shared/data [--rounds 3]

Truth is the exact resemblance (Jaccard, of the bodies' 8-word shingles) of all pairs that share
any of their rarest shingles: two that share half have one of the rarer half in common, so that no
pair of 0.5 and more is overlooked. Groups are those of an index built as anyone would. Cost is
the share that recognising them adds to indexing, in turns with and without, on one process.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import kliping
from kliping.analysis.shingles import Shingles, resemblance, shingles, words_of
from kliping.article import Article
from kliping.corpus import find_files, read_file
from kliping.indexing import preparing
from kliping.store.groups import Groups, read_groups

Pair = tuple[str, str]
_LEAST = 0.5
_ALIKE = 0.8


def main() -> int:
    """Print the share found, the number joined wrongly, and the cost."""
    options = _options()
    articles = options.data / "articles"
    if not articles.is_dir():
        print("skipped: no data")
        return 0
    texts = _texts(articles)
    truth = _truth(texts)
    with TemporaryDirectory() as folder:
        groups, costs = _build(articles, Path(folder), options)
    _report(texts, truth, groups)
    for name, (without, with_) in costs.items():
        share = median(b / a - 1 for a, b in zip(without, with_, strict=True))
        print(f"cost, {name}: {median(without):.1f} s without, {share:+.1%} with (median of turns)")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--data", type=Path, default=Path("../shared/data"), help="holds articles/")
    add("--rounds", type=int, default=3, help="how often to index with and without")
    add("--engine", default="tantivy", help="what keeps the index")
    return parser.parse_args()


def _texts(folder: Path) -> dict[str, Shingles]:
    """Return each article's shingles; of articles with one id the first counts."""
    texts: dict[str, Shingles] = {}
    for file in find_files([folder]):
        for item in read_file(file):  # type: ignore[arg-type]
            if isinstance(item, Article) and item.id not in texts:
                # Numbers take less room than words; two shingles of one number would be a wonder.
                texts[item.id] = frozenset(map(hash, shingles(words_of(item.body))))  # type: ignore[arg-type]
    return texts


def _truth(texts: Mapping[str, Shingles]) -> dict[Pair, float]:
    """Return all pairs that share half of their shingles or more."""
    frequency = Counter(each for text in texts.values() for each in text)
    # With n shingles, a pair of 0.5 has n/2 in common, so one of any n/2 + 1.
    having: dict[object, list[str]] = defaultdict(list)
    for name, text in texts.items():
        rarest = sorted(text, key=lambda each: (frequency[each], each))
        for each in rarest[: len(text) // 2 + 1]:
            if frequency[each] > 1:
                having[each].append(name)
    pairs = {pair for names in having.values() for pair in combinations(sorted(names), 2)}
    shares = {(a, b): resemblance(texts[a], texts[b]) for a, b in pairs}
    return {pair: share for pair, share in shares.items() if share >= _LEAST}


def _build(
    articles: Path, folder: Path, options: argparse.Namespace
) -> tuple[Groups, dict[str, tuple[list[float], list[float]]]]:
    """Return the groups, and the times of building without and with, by both clocks."""
    clocks = {"by the clock": time.perf_counter, "of the processors": time.process_time}
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in clocks}
    sketch = preparing.sketch
    for turn in range(2 * options.rounds):
        on = turn % 2 == 1
        preparing.sketch = sketch if on else lambda words: (0, b"", b"")
        started = {name: clock() for name, clock in clocks.items()}
        kliping.build(articles, folder / str(turn), engine=options.engine)
        for name, clock in clocks.items():
            times[name][on].append(clock() - started[name])
    return read_groups(folder / str(2 * options.rounds - 1) / "generation-1"), times


def _report(texts: Mapping[str, Shingles], truth: Mapping[Pair, float], groups: Groups) -> None:
    alike = [pair for pair, share in truth.items() if share >= _ALIKE]
    found = sum(b in groups.get(a, ()) for a, b in alike)
    joined = set(_joined(groups))
    shares = [resemblance(texts[a], texts[b]) for a, b in joined]
    print(f"{len(texts):,} articles; pairs that share {_LEAST} and more: {len(truth)}")
    print(f"pairs that share {_ALIKE} and more: {found} of {len(alike)} found", end=" ")
    print(f"({found / max(len(alike), 1):.1%})")
    print(f"pairs joined: {len(joined)} in {len(set(groups.values()))} groups,", end=" ")
    print(f"{sum(share < _ALIKE for share in shares)} below {_ALIKE},", end=" ")
    print(f"{sum(share < _LEAST for share in shares)} below {_LEAST};", end=" ")
    print(f"the least share is {min(shares, default=1):.3f}")


def _joined(groups: Groups) -> Iterator[Pair]:
    for group in set(groups.values()):
        yield from combinations(sorted(group), 2)


if __name__ == "__main__":
    sys.exit(main())
