"""One system in a process of its own: "What does it cost?", with nobody else's memory counted."""

from __future__ import annotations

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, get_args

from peers import create
from peers.base import Ranker, size_of
from peers.corpus import Corpus

# What is timed of a query: with passages; without; where a system can, not even the ids fetched.
Kind = Literal["search", "rank", "bare"]
Topics = list[tuple[str, str]]

_LIMIT = 10
_WARM_UP_ARTICLES = 20
_WARM_UP_QUERIES = 20


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing cost, in seconds by the clock and of all processors, and in bytes on disk."""

    label: str
    articles: int
    seconds: float
    cpu_seconds: float
    bytes: int


class Worker:
    """A process with one system in it; methods run there, one at a time.

    The process starts at once: on Linux a process inherits the peak memory of the one that
    started it, so start workers before loading anything large.
    """

    def __init__(self, name: str, folder: Path, /) -> None:
        self._name, self._folder = name, folder
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self._pool.submit(_peak).result()

    def index(self, corpus: Corpus, /) -> Indexed:
        """Index the articles, imports and tables warmed up on a handful of them first.

        Raises:
            ImportError: the system is not installed.
        """
        return self._pool.submit(_index, self._name, self._folder, corpus).result()

    def kinds(self) -> list[Kind]:
        """Return what can be timed of this system."""
        return self._pool.submit(_kinds).result()

    def times(self, kind: Kind, queries: list[str], /, *, cpu: bool = False) -> list[float]:
        """Return the milliseconds of each query's ten best, after a few to warm up.

        ``cpu`` counts those of the processors, not those by the clock.
        """
        return self._pool.submit(_times, kind, queries, cpu).result()

    def run(self, topics: Topics, /) -> dict[str, list[str]]:
        """Return the ids of each topic's ten best, in order."""
        return self._pool.submit(_run, topics).result()

    def totals(self, queries: list[str], /) -> list[int]:
        """Return how many articles match each query; only our engines can say."""
        return self._pool.submit(_totals, queries).result()

    def peak(self) -> int:
        """Return the most memory that the process has held, in bytes."""
        return self._pool.submit(_peak).result()

    def close(self) -> None:
        """End the process."""
        self._pool.submit(_close).result()
        self._pool.shutdown()


# What follows runs in the worker's process, which has one system.
_here: list[Ranker] = []


def _index(name: str, folder: Path, corpus: Corpus) -> Indexed:
    _warm_up(name, folder / "warm-up", corpus)
    place = folder / "index"
    place.mkdir(parents=True)
    peer = create(name, place)
    started, cpu_started = time.perf_counter(), time.process_time()
    articles = peer.index(corpus)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    _here.append(peer)
    return Indexed(peer.label, articles, seconds, cpu_seconds, size_of(place))


def _warm_up(name: str, folder: Path, corpus: Corpus) -> None:
    for part in ("articles", "index"):
        (folder / part).mkdir(parents=True)
    few = Corpus(folder / "articles")
    with (few.folder / "few.jsonl").open("w", encoding="utf-8") as copy:
        for path in sorted(corpus.folder.glob("*.jsonl"))[:1]:
            with path.open(encoding="utf-8") as lines:
                copy.writelines(islice(lines, _WARM_UP_ARTICLES))
    peer = create(name, folder / "index")
    peer.index(few)
    peer.close()


def _kinds() -> list[Kind]:
    return [kind for kind in get_args(Kind) if hasattr(_here[0], kind)]


def _times(kind: Kind, queries: list[str], cpu: bool) -> list[float]:
    find = getattr(_here[0], kind)
    clock = time.process_time if cpu else time.perf_counter
    for query in queries[:_WARM_UP_QUERIES]:
        find(query, limit=_LIMIT)
    times = []
    for query in queries:
        started = clock()
        find(query, limit=_LIMIT)
        times.append((clock() - started) * 1000)
    return times


def _run(topics: Topics) -> dict[str, list[str]]:
    rank = _here[0].rank
    return {topic: [found for _, found in rank(query, limit=_LIMIT)] for topic, query in topics}


def _totals(queries: list[str]) -> list[int]:
    total = _here[0].total  # type: ignore[attr-defined]
    return [total(query) for query in queries]


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _close() -> None:
    while _here:
        _here.pop().close()
