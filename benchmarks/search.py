"""Search: kliping, with each engine, beside Whoosh, tantivy-py and SQLite FTS5, in one run.

    python benchmarks/search.py --data ../shared/data [--limit-docs 5000] [--bodies-only]

Every system indexes the same articles, each in a process of its own, one after the other, and
then answers the same topics: any word may match, and the ten best are shown with passages.
Queries are timed in rounds, each system in each round, so that a busy moment of the machine
falls on all. Absolute figures are the machine's; the ratios below the table travel.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from platform import python_version
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

from peers import OURS, PEERS, Corpus, prepare
from peers.figures import Measured, bars, table
from peers.worker import Topics, Worker

Qrels = dict[str, dict[str, int]]

_STARTED = time.monotonic()
_TOPICS = "relevance/known-item"
_SETS = {"keywords": "topics-keywords.tsv", "headlines": "topics-headline.tsv"}


@dataclass(frozen=True, slots=True)
class Judged:
    """The topics whose articles are in the corpus, by set, and their judgements."""

    topics: dict[str, Topics]
    qrels: Qrels


def main() -> int:
    """Print a Markdown table, the ratios, and whether our engines agree."""
    options = _options()
    if not all((options.data / part).is_dir() for part in ("articles", _TOPICS)):
        print("skipped: no data")
        return 0
    names = [f"kliping-{engine}" for engine in options.engines] + options.peers
    with TemporaryDirectory() as folder, ExitStack() as stack:
        # Before anything large is loaded here: see Worker.
        workers = {name: Worker(name, Path(folder, name)) for name in names}
        for worker in workers.values():
            stack.callback(worker.close)
        corpus = _corpus(options, Path(folder, "articles"))
        judged = _judged(options, corpus)
        if not all(judged.topics.values()):
            print("skipped: no topic has its article among these; raise --limit-docs")
            return 0
        measured = _index(workers, corpus)
        workers = {name: workers[name] for name in measured}
        timed = [query for _, query in _spread(judged.topics["keywords"], options.timed)]
        _time(workers, timed, measured, options)
        _rank(workers, judged, measured)
        _count(workers, judged, measured, options.totals)
    _judge(judged, measured)
    _report(options, judged, measured)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    engines = [name.removeprefix("kliping-") for name in OURS]
    add("--data", type=Path, default=Path("../shared/data"), help="holds articles/, relevance/")
    add("--limit-docs", type=int, metavar="N", help="index N articles, spread over all")
    add("--engines", nargs="*", choices=engines, default=engines, help="engines of kliping")
    add("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="what to compare with")
    add("--topics", type=int, default=300, metavar="N", help="topics of each set (default 300)")
    add("--timed", type=int, default=100, metavar="N", help="keyword topics timed (default 100)")
    add("--rounds", type=int, default=3, help="how often each query is timed (default 3)")
    add("--totals", type=int, default=50, metavar="N", help="topics counted (default 50)")
    add("--cpu", action="store_true", help="time queries by the processors, not by the clock")
    add("--bodies-only", action="store_true", help="index no titles, in any system")
    return parser.parse_args()


def _corpus(options: argparse.Namespace, into: Path) -> Corpus:
    into.mkdir()
    files = (options.data / "articles").glob("*.jsonl")
    return prepare(files, into, limit=options.limit_docs, bodies_only=options.bodies_only)


def _judged(options: argparse.Namespace, corpus: Corpus) -> Judged:
    """Read the topics that can be answered, at most so many of each set, evenly spread."""
    from kliping.evaluation import read_qrels, read_topics

    folder = options.data / _TOPICS
    known = {record.id for record in corpus}
    qrels = {
        t: found for t, found in read_qrels(folder / "qrels.tsv").items() if found.keys() & known
    }
    topics = {}
    for name, file in _SETS.items():
        answerable = [(t, query) for t, query in read_topics(folder / file) if t in qrels]
        topics[name] = _spread(answerable, options.topics)
    return Judged(topics, qrels)


def _spread(topics: Topics, count: int) -> Topics:
    """Return so many topics at even distances."""
    return topics[:: max(1, len(topics) // max(1, count))][:count]


def _index(workers: dict[str, Worker], corpus: Corpus) -> dict[str, Measured]:
    """Index with each system in turn; the ones that are not installed drop out."""
    measured = {}
    for name, worker in workers.items():
        _say(f"{name}: indexing")
        try:
            one = measured[name] = Measured(worker.index(corpus))
        except ImportError as error:
            print(f"{name}: skipped: {error}")
        else:
            _say(f"{name}: {one.speed:,.0f} docs/s, {one.cpu_speed:,.0f} docs/CPU s")
    return measured


def _time(
    workers: dict[str, Worker],
    queries: list[str],
    measured: dict[str, Measured],
    options: argparse.Namespace,
) -> None:
    for number in range(options.rounds):
        for name, worker in workers.items():
            _say(f"{name}: searching, round {number + 1} of {options.rounds}")
            for kind in worker.kinds():
                times = worker.times(kind, queries, cpu=options.cpu)
                measured[name].times.setdefault(kind, []).append(times)
                _say(f"{name}: {kind}: p50 {median(times):.2f} ms")


def _rank(workers: dict[str, Worker], judged: Judged, measured: dict[str, Measured]) -> None:
    for name, worker in workers.items():
        _say(f"{name}: ranking")
        measured[name].runs = {each: worker.run(topics) for each, topics in judged.topics.items()}
        measured[name].peak = worker.peak()


def _count(
    workers: dict[str, Worker], judged: Judged, measured: dict[str, Measured], topics: int
) -> None:
    queries = [query for _, query in judged.topics["keywords"][:topics]]
    for name in filter(OURS.__contains__, workers):
        _say(f"{name}: counting")
        measured[name].totals = workers[name].totals(queries)


def _judge(judged: Judged, measured: dict[str, Measured]) -> None:
    from kliping.evaluation import judge

    for one in measured.values():
        for name, run in one.runs.items():
            qrels = {topic: judged.qrels[topic] for topic in run}
            one.mrr[name] = judge({t: _scores(ids) for t, ids in run.items()}, qrels)["MRR@10"]


def _scores(ids: list[str]) -> dict[str, float]:
    """Score by place: ties in a system's own scores stay in the order it gave."""
    return {found: 1 / rank for rank, found in enumerate(ids, 1)}


def _report(options: argparse.Namespace, judged: Judged, measured: dict[str, Measured]) -> None:
    docs = max((one.indexed.articles for one in measured.values()), default=0)
    what = "bodies only" if options.bodies_only else "titles and bodies"
    keywords, headlines = (len(judged.topics[name]) for name in _SETS)
    print(f"\n{docs:,} articles, {what}; {keywords} keyword topics, {headlines} headline topics;")
    clock = "processor time" if options.cpu else "wall-clock time"
    print(f"{options.rounds} rounds, {clock}; Python {python_version()}, {os.cpu_count()} cores\n")
    print(table(measured.values()), "", sep="\n")
    lines = [str(bar) for bar in bars(measured, bodies_only=options.bodies_only)]
    lines += _agreement(judged, measured)
    lines += [
        f"- {one.indexed.label} holds {one.indexed.articles:,} of {docs:,} articles"
        for one in measured.values()
        if one.indexed.articles != docs
    ]
    print(*lines, f"- the whole run took {time.monotonic() - _STARTED:.0f} s", sep="\n")


def _agreement(judged: Judged, measured: dict[str, Measured]) -> list[str]:
    """Say whether our engines match the same articles, and rank them alike."""
    engines = [measured[name] for name in OURS if name in measured]
    if len(engines) < 2:
        return []
    first, second = engines
    counts = list(zip(judged.topics["keywords"], first.totals, second.totals, strict=False))
    unlike = [f"  - {t} {query!r}: {a:,} and {b:,}" for (t, query), a, b in counts if a != b]
    tops = [
        (ids, second.runs[name][t]) for name, run in first.runs.items() for t, ids in run.items()
    ]
    same = sum(ids == others for ids, others in tops) / len(tops)
    alike = sum(set(ids) == set(others) for ids, others in tops) / len(tops)
    return [
        f"- same number of matches from both engines: {len(counts) - len(unlike)} of {len(counts)}",
        *unlike,
        f"- same ten best from both engines: {alike:.1%} of topics; in the same order: {same:.1%}",
    ]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
