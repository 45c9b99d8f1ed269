"""Relevance: kliping beside Lucene, Whoosh, tantivy-py, SQLite FTS5 and bm25s, in one run.

    python benchmarks/relevance.py --data ../shared/data [--lucene CLASSPATH] [--keep FOLDER]

Every system indexes the same articles and ranks the best for the same topics, any word matching.
``p`` says how likely the difference to kliping in MRR@10 would be if the two were alike: a paired
randomisation test, two-sided, of 10,000 rounds. Beside kliping as it comes stands what it would be
with weights chosen on the other sets (out of fold) and on all (in fold): see ``folds``. The base is
BM25 over Snowball's stems without stop words, in one field. A run that was ended goes on where it
was if it is told to ``--keep`` what it makes and finds.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import numpy as np

from folds import Folds, Setting, in_force, judged
from graded import ndcg, share_judged
from judged import Collection, collections
from kept import Kept
from peers import OURS, PEERS, RANKERS, Ranker, create
from peers.lucene import CLASS_PATH

_MEASURES = ("MRR@10", "Success@1", "Recall@10", "nDCG@10")
_GRADED = ("gain raw", "gain condensed", "judged")
_ROUNDS = 10_000
_DEPTH = 100

Run = dict[str, list[str]]
# Measure → one value a topic, in the topics' order.
Values = dict[str, np.ndarray]


class Ranked:
    """Every system, given each corpus once, and only if its run is not known."""

    def __init__(self, kept: Kept, stack: ExitStack) -> None:
        self._kept, self._stack = kept, stack
        self._made: dict[tuple[str, Path], Ranker] = {}

    def __call__(self, name: str, one: Collection) -> tuple[str, Run]:
        """Return what a table calls a system, and its run."""
        label, run = self._kept.value(
            f"runs/{one.name}, {len(one.topics)}, {name}", lambda: self._ranked(name, one)
        )
        return label, run

    def _ranked(self, name: str, one: Collection) -> tuple[str, Run]:
        key = name, one.corpus.folder
        if key not in self._made:
            system = create(name, Path(self._stack.enter_context(TemporaryDirectory())))
            system.index(one.corpus)
            self._made[key] = system
            self._stack.callback(system.close)
        system = self._made[key]
        if whole := getattr(system, "run", None):
            return system.label, whole(one.topics)
        return system.label, {
            topic: [article_id for _, article_id in system.rank(query, limit=_DEPTH)]
            for topic, query in one.topics
        }


def main() -> None:
    """Print a Markdown table for each collection."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    engines, peers = [name.removeprefix("kliping-") for name in OURS], [*PEERS, *RANKERS]
    add("--data", type=Path, default=Path("../shared/data"), help="holds articles/, relevance/")
    add("--engines", nargs="+", choices=engines, default=["tantivy"], help="engines of kliping")
    add("--peers", nargs="*", choices=peers, default=peers, help="what to compare with")
    add("--lucene", metavar="CLASSPATH", help="of Lucene, and of the class Bench that runs it")
    add("--topics", type=int, default=10_000, metavar="N", help="topics of each set")
    add("--keep", type=Path, metavar="FOLDER", help="where a run that was ended goes on")
    add("--no-folds", action="store_true", help="do not choose weights anew")
    options = parser.parse_args()
    if not all((options.data / part).is_dir() for part in ("articles", "relevance")):
        print("skipped: no data")
        return
    if options.lucene:
        os.environ[CLASS_PATH] = options.lucene
    systems = [f"kliping-{engine}" for engine in options.engines] + options.peers
    with ExitStack() as stack:
        kept = Kept(options.keep or Path(stack.enter_context(TemporaryDirectory())))
        sets = list(collections(options.data, kept, options.topics))
        folds = None if options.no_folds else Folds(sets, kept, stack)
        settings = _settings(folds) if folds else {}
        ranked = Ranked(kept, stack)
        for one in sets:
            _table(one, systems, ranked, folds, settings)


def _settings(folds: Folds) -> dict[str, Setting]:
    """Return what was chosen without each set, and under no name on all; print them."""
    found = {one.name: folds.choose(o for o in folds.sets if o is not one) for one in folds.sets}
    found[""] = folds.choose(folds.sets)
    names = list(in_force())
    print(f"| weights chosen | {' | '.join(names)} |\n|---|{'--:|' * len(names)}")
    for name, setting in {**found, "as it comes": in_force()}.items():
        label = f"without {name}" if name in {o.name for o in folds.sets} else name or "on all"
        print(f"| {label} | {' | '.join(f'{setting[each]:g}' for each in names)} |", flush=True)
    return found


def _table(
    one: Collection,
    systems: list[str],
    ranked: Ranked,
    folds: Folds | None,
    settings: dict[str, Setting],
) -> None:
    """Print a row for each system, as soon as it is known; the first is what p compares with."""
    measures = _MEASURES + (_GRADED if one.graded else ())
    print(f"\n{one.name}: {len(one.topics)} topics\n")
    print(f"| system | {' | '.join(measures)} | p |\n|---|{'--:|' * (len(measures) + 1)}")
    runs: list[Callable[[], tuple[str, Run]]] = [
        lambda name=name: ranked(name, one)  # type: ignore[misc]
        for name in systems
    ]
    if folds:
        for label, name in (("out of fold", one.name), ("in fold", "")):
            runs.insert(
                1,
                lambda label=label, name=name: (  # type: ignore[misc]
                    label,
                    folds.run(one, settings[name], one.topics),
                ),
            )
    first: Values | None = None
    for run in runs:
        try:
            label, found = run()
        except ImportError as error:
            print(f"skipped: {error}", file=sys.stderr)
            continue
        values = _values(one, found)
        first = first or values
        chance = "" if first is values else _chance(first["MRR@10"] - values["MRR@10"])
        means = " | ".join(f"{values[measure].mean():.4f}" for measure in measures)
        print(f"| {label} | {means} | {chance} |", flush=True)


def _values(one: Collection, run: Run) -> Values:
    by_topic = judged(one, run)
    values = {
        name: np.array([by_topic[name][topic] for topic, _ in one.topics]) for name in _MEASURES
    }
    if one.graded:
        rows = [(run[topic], one.qrels[topic]) for topic, _ in one.topics]
        columns = (
            [ndcg(ids, grades, condensed=False) for ids, grades in rows],
            [ndcg(ids, grades, condensed=True) for ids, grades in rows],
            [share_judged(ids, grades) for ids, grades in rows],
        )
        values |= {name: np.array(each) for name, each in zip(_GRADED, columns, strict=True)}
    return values


def _chance(differences: np.ndarray) -> str:
    """Return how often signs drawn at random make the mean differ at least as much."""
    told = differences[differences != 0]
    signs = np.random.default_rng(1).integers(0, 2, (_ROUNDS, len(told)), dtype=np.int8) * 2 - 1
    # A little leeway: sums of the same numbers in another order are not quite the same.
    as_far = np.abs(signs @ told) >= abs(told.sum()) - 1e-9
    return f"{(as_far.sum() + 1) / (_ROUNDS + 1):.4f}"


if __name__ == "__main__":
    main()
