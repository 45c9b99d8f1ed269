"""Stages: where indexing's processor time goes, article by article, and what more cores would give.

    python benchmarks/stages.py --data ../shared/data [--articles 8000] [--pages FOLDER]

Everything runs in one process, stage after stage, on the same articles; what counts is processor
time, so a busy machine matters little. Of several cores, workers read and prepare, one process
writes, and the engine has a thread of its own: the slowest of these three bounds the rate.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.corpus import Problem, SourceFile, find_files, read_file
from kliping.corpus.shares import BLOCK
from kliping.corpus.text.languages import language_of
from kliping.indexing.intake import Intake, Meter
from kliping.indexing.joining import Joining
from kliping.indexing.preparing import Item, prepare
from kliping.indexing.reading import Read
from kliping.indexing.repeats.lessons import Lessons
from kliping.indexing.summary import Report
from kliping.indexing.target import choose
from kliping.indexing.transaction import Transaction
from kliping.store.folder import IndexFolder

Result = TypeVar("Result")

_WORKERS = "read and clean", "analyse and sketch", "send"
_OF_WHICH = "of which language"
_CORES = 1, 2, 4, 8, 16


class Stages:
    """Processor time of each stage, of this thread and of all others."""

    def __init__(self) -> None:
        self.own: dict[str, float] = {}
        self.others = 0.0

    def timed(self, name: str, work: Callable[[], Result]) -> Result:
        """Do some work and note what it takes."""
        own, everyone = time.thread_time(), time.process_time()
        result = work()
        spent = time.thread_time() - own
        self.own[name] = self.own.get(name, 0.0) + spent
        self.others += time.process_time() - everyone - spent
        return result


def main() -> None:
    """Print a table of microseconds an article, and the rates that follow."""
    options = _options()
    source = options.pages or options.data / "articles"
    if not source.exists():
        print("skipped: no data")
        return
    files = [file for file in find_files([source]) if isinstance(file, SourceFile)]
    stages = Stages()
    analyser = Analyser()
    _take(files, 6, analyser, Stages())  # what is read once and kept
    batches = _take(files, options.articles, analyser, stages)
    _write(files[0], batches, analyser, stages)
    _print(stages, sum(isinstance(item, tuple) for batch in batches for item in batch))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--pages", type=Path, help="a folder of pages, instead of the articles")
    parser.add_argument("--articles", type=int, default=8000)
    return parser.parse_args()


def _take(
    files: Sequence[SourceFile], count: int, analyser: Analyser, stages: Stages
) -> list[Sequence[Item]]:
    """Read so many articles, as many of each file as its size allows, and prepare and send them."""
    whole = sum(file.size for file in files)
    batches: list[Sequence[Item]] = []
    for file in files:
        some = islice(read_file(file), max(1, count * file.size // whole))
        while read := stages.timed("read and clean", lambda: list(islice(some, BLOCK))):  # noqa: B023
            batches.append(_prepared(read, analyser, stages))
    return batches


def _prepared(
    read: Sequence[Article | Problem], analyser: Analyser, stages: Stages
) -> Sequence[Item]:
    articles = [item for item in read if isinstance(item, Article)]
    stages.timed(_OF_WHICH, lambda: [language_of(each.body) for each in articles])
    made = stages.timed(
        "analyse and sketch", lambda: [prepare(each, analyser) for each in articles]
    )
    sent = stages.timed("send", lambda: pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    received: Sequence[Item] = stages.timed("receive", lambda: pickle.loads(sent))
    return received


def _write(
    file: SourceFile, batches: Sequence[Sequence[Item]], analyser: Analyser, stages: Stages
) -> None:
    with TemporaryDirectory() as folder:
        target = choose(IndexFolder(folder), engine="tantivy")
        with target.opened(lambda problem: None) as (engine, state):
            changing = Transaction(engine, state)
            report = Report(lambda problem: None)
            lessons = Lessons(state, report.tell)
            intake = Intake(changing, analyser, Joining(state), lessons, report, lambda: False)
            _watch(changing.engine, "add", "hand to the engine", stages)
            grouper = changing._grouper
            _watch(grouper, "add", "note sketches", stages)
            _watch(grouper, "settle", "group", stages)
            read = Read(file, "", iter(batches))
            meter = Meter(1, lambda done, total: None)
            stages.timed("take in", lambda: intake.take(read, meter))
            stages.timed("commit", changing.commit)
    for name in ("hand to the engine", "note sketches"):
        stages.own["take in"] -= stages.own[name]
    stages.own["commit"] -= stages.own["group"]


def _watch(owner: Any, name: str, stage: str, stages: Stages) -> None:
    """Have a method's time noted as a stage of its own."""
    method = getattr(owner, name)
    setattr(owner, name, lambda *given: stages.timed(stage, lambda: method(*given)))


def _print(stages: Stages, articles: int) -> None:
    each = {name: seconds / articles * 1e6 for name, seconds in stages.own.items()}
    engine = stages.others / articles * 1e6
    detail = each.pop(_OF_WHICH)
    work = sum(each[name] for name in _WORKERS)
    writer = sum(each.values()) - work
    print(f"{articles:,} articles; microseconds of processor time an article\n")
    print("| stage | process | µs | of all |\n|---|---|---|---|")
    whole = work + writer + engine
    for name, spent in each.items():
        where = "workers" if name in _WORKERS else "writer"
        print(f"| {name} | {where} | {spent:.0f} | {spent / whole:.0%} |")
    print(f"| the engine's thread | writer | {engine:.0f} | {engine / whole:.0%} |")
    print(f"| all | | {whole:.0f} | (language: {detail:.0f}) |\n")
    print("| cores | articles a second at most | bound by |\n|---|---|---|")
    for cores in _CORES:
        bounds = {"all cores": whole / cores}
        if cores > 1:
            bounds |= {"the writer": writer, "the engine's thread": engine}
        slowest = max(bounds, key=bounds.__getitem__)
        print(f"| {cores} | {1e6 / bounds[slowest]:,.0f} | {slowest} |")


if __name__ == "__main__":
    main()
