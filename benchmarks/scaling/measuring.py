"""One size, measured: "What do so many articles cost, and what does asking them?"."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from peers.base import size_of
from scaling.questions import FOR_LUCENE, Asked
from scaling.watching import KLIPING, ROOT, Spent, seconds_of, watched

Kinds = dict[str, list[Asked]]
# What was measured of a system at a size, by the names of the table's rows; times as (p50, p95).
Figures = dict[str, Any]

_ASKING = Path(__file__).with_name("asking.py")
_LUCENE = re.compile(r"p50 ([\d.]+) p95 ([\d.]+)")


def kliping(corpus: Path, kinds: Kinds, /, *, work: Path, rounds: int, jobs: int) -> Figures:
    """Index a corpus by the command line, and ask it."""
    python, index = KLIPING[0], work / "kliping"
    shutil.rmtree(index, ignore_errors=True)
    spent = watched(
        [*KLIPING, "--index", index, "index", corpus, "--jobs", str(jobs), "--quiet", "--json"]
    )
    summary = json.loads(spent.output)
    asked = watched([python, _ASKING, index, str(rounds)], given=json.dumps(kinds))
    word = kinds["rare word"][0][0]
    opening = seconds_of(
        {
            "python -c pass": [python, "-c", "pass"],
            "cold search": [*KLIPING, "--index", index, "search", word],
            "info": [*KLIPING, "--index", index, "info"],
        },
        rounds=rounds * 3,
    )
    return {
        **_indexing(spent, summary["articles"], size_of(index)),
        "opening": opening,
        "asking": {"peak": asked.peak, "own": asked.own},
        "times": {name: _middle(each) for name, each in json.loads(asked.output).items()},
    }


def lucene(corpus: Path, kinds: Kinds, /, *, work: Path, java: Sequence[str | Path]) -> Figures:
    """Index a corpus with Lucene, two threads, and ask it what it can be asked."""
    index = work / "lucene"
    shutil.rmtree(index, ignore_errors=True)
    spent = watched([*java, "Bench", "index", corpus, index, "2"])
    articles = int(re.findall(r"indexed (\d+) docs", spent.output)[0])
    figures = _indexing(spent, articles, size_of(index)) | {"times": {}, "bare": {}}
    topics = work / "topics.tsv"
    for name in FOR_LUCENE:
        if queries := [query for query, _ in kinds.get(name, ())]:
            topics.write_text("".join(f"{n}\t{q}\n" for n, q in enumerate(queries)), "utf-8")
            for key, shown in (("times", ["hl"]), ("bare", [])):
                said = watched([*java, "Bench", "search", index, topics, *shown]).output
                figures[key][name] = tuple(map(float, _LUCENE.findall(said)[0]))
    return figures


def text_of(corpus: Path, /) -> int:
    """Return the bytes of titles and bodies."""
    with corpus.open(encoding="utf-8") as lines:
        articles = map(json.loads, lines)
        return sum(len((each["title"] or "").encode() + each["body"].encode()) for each in articles)


def commit() -> str:
    """Return the commit that is measured, and whether what is measured differs from it."""
    said = watched(["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=10"])
    return said.output.strip()


def _indexing(spent: Spent, articles: int, size: int) -> Figures:
    return {
        "articles": articles,
        "seconds": spent.seconds,
        "cpu_seconds": spent.cpu_seconds,
        "peak": spent.peak,
        "own": spent.own,
        "index": size,
    }


def _middle(times: list[float]) -> tuple[float, float]:
    return median(times), quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
