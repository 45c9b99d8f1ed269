"""One size, measured: "What do so many articles cost, and what does asking them?"."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from peers.base import size_of
from scaling.questions import Asked
from scaling.watching import KLIPING, ROOT, Spent, seconds_of, watched

Kinds = dict[str, list[Asked]]
# What was measured of a system at a size, by the names of the table's rows; times as (p50, p95).
Figures = dict[str, Any]

_ASKING = Path(__file__).with_name("asking.py")
_LUCENE = Path(__file__).with_name("Asking.java")
# What Lucene asks its users to say, so that it can use all that the processor has.
_JAVA = ("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED")


@dataclass(frozen=True, slots=True)
class System:
    """What is measured alike of each: how a corpus is indexed, and how the index is asked."""

    index: Callable[[Path, Path], Figures]
    ask: Callable[[Path, Kinds], Figures]


def kliping(*, rounds: int, clock: str, jobs: int) -> System:
    """Return kliping as its command line indexes, and as its library is asked."""

    def index(corpus: Path, folder: Path) -> Figures:
        spent = watched(
            [*KLIPING, "--index", folder, "index", corpus, "--jobs", str(jobs), "--quiet", "--json"]
        )
        return _indexing(spent, json.loads(spent.output)["articles"], folder)

    def ask(folder: Path, kinds: Kinds) -> Figures:
        command = [KLIPING[0], _ASKING, folder, str(rounds), clock]
        asked = watched(command, given=json.dumps(kinds))
        times = json.loads(asked.output)
        return {
            "opening": _opening(folder, kinds["rare word"][0][0], rounds=rounds, clock=clock),
            "asking": {"peak": asked.peak, "own": asked.own},
            "times": {name: _middle(each) for name, each in times.items()},
        }

    return System(index, ask)


def lucene(*, rounds: int, clock: str, classes: str) -> System:
    """Return Lucene, two threads that index, and what can be asked of two fields of text."""
    java = [_java(), *_JAVA, "-cp", classes]

    def index(corpus: Path, folder: Path) -> Figures:
        spent = watched([*java, "Bench", "index", corpus, folder, "2"])
        return _indexing(spent, int(re.findall(r"indexed (\d+) docs", spent.output)[0]), folder)

    def ask(folder: Path, kinds: Kinds) -> Figures:
        rows = [f"{name}\t{mode}\t{query}\n" for name, mode, query in _for_lucene(kinds)]
        asked = watched([*java, _LUCENE, folder, str(rounds), clock], given="".join(rows))
        times: dict[str, Figures] = {"lit": {}, "bare": {}}
        for line in asked.output.splitlines():
            name, shown, *cells = line.split("\t")
            times[shown][name] = _middle(list(map(float, cells)))
        asking = {"peak": asked.peak, "own": asked.own}
        return {"asking": asking, "times": times["lit"], "bare": times["bare"]}

    return System(index, ask)


def _opening(folder: Path, word: str, /, *, rounds: int, clock: str) -> dict[str, float]:
    """Return the seconds of whole processes that open an index, beside one that does nothing."""
    kliping = [*KLIPING, "--index", folder]
    return seconds_of(
        {
            "python -c pass": [KLIPING[0], "-c", "pass"],
            "cold search": [*kliping, "search", word],
            "info": [*kliping, "info"],
        },
        rounds=rounds,
        clock=clock,
    )


def _for_lucene(kinds: Kinds) -> Iterator[tuple[str, str, str]]:
    """Yield kind, mode and query of what an index of two fields of text can be asked."""
    for name, asked in kinds.items():
        for query, options in asked:
            mode = "raw" if name in ("phrase", "prefix") else options["match"]
            if options.keys() == {"match"} and mode != "auto":
                yield name, mode, query


def _java() -> Path:
    home = os.environ.get("JAVA_HOME")
    return Path(home, "bin", "java") if home else Path("java")


def text_of(corpus: Path, /) -> int:
    """Return the bytes of titles and bodies."""
    with corpus.open(encoding="utf-8") as lines:
        articles = map(json.loads, lines)
        return sum(len((each["title"] or "").encode() + each["body"].encode()) for each in articles)


def commit() -> str:
    """Return the commit that is measured, and whether what is measured differs from it."""
    said = watched(["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=10"])
    return said.output.strip()


def _indexing(spent: Spent, articles: int, folder: Path) -> Figures:
    return {
        "articles": articles,
        "seconds": spent.seconds,
        "cpu_seconds": spent.cpu_seconds,
        "peak": spent.peak,
        "own": spent.own,
        "index": size_of(folder),
    }


def _middle(times: list[float]) -> tuple[float, float]:
    return median(times), quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
