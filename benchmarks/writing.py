"""Writing from a program: what does it cost to add articles one by one, beside one file of them?

    python benchmarks/writing.py --data ../shared/data [--limit 10000] [--rounds 3]

The same articles are indexed from one file of JSON lines, added one by one as mappings, and added
one by one as ``Article`` values, each with one commit at the end: in turns, one process, into new
indexes. Ratios are of the medians; the file is read as it is, the mappings are in memory.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import kliping
from peers.corpus import prepare


def main() -> int:
    """Print the median seconds of each way, and its ratio to the file's."""
    options = _options()
    if not (options.data / "articles").is_dir():
        print("skipped: no data")
        return 0
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "from").mkdir()
        prepare((options.data / "articles").glob("*.jsonl"), folder / "from", limit=options.limit)
        file = folder / "articles.jsonl"
        parts = sorted((folder / "from").glob("*.jsonl"))
        file.write_text("".join(part.read_text(encoding="utf-8") for part in parts), "utf-8")
        times = _times(file, folder, options)
    for clock, at in (("by the clock", 0), ("of the processors", 1)):
        medians = {name: median(pair[at] for pair in pairs) for name, pairs in times.items()}
        for name, seconds in medians.items():
            print(f"{name:<22}{seconds:>7.2f} s {clock}, {seconds / medians['one file']:.2f} x")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engine", default="tantivy")
    return parser.parse_args()


def _times(
    file: Path, folder: Path, options: argparse.Namespace
) -> dict[str, list[tuple[float, float]]]:
    """Return the seconds that each way took, round by round, by both clocks."""
    with file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    kliping.build(file, folder / "first", engine=options.engine)
    with kliping.open(folder / "first") as index:
        articles = list(index)
    print(f"{len(rows):,} articles, {options.engine}")

    def add(given: list[object], place: Path) -> None:
        with kliping.writer(
            place, engine=options.engine, on_problem=lambda problem: None
        ) as writer:
            for each in given:
                writer.add(each)  # type: ignore[arg-type]

    ways: dict[str, Callable[[Path], object]] = {
        "one file": lambda place: kliping.build(file, place, engine=options.engine),
        "add(mapping), single": lambda place: add(rows, place),
        "add(Article), single": lambda place: add(list(articles), place),
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for turn in range(options.rounds):
        for at, (name, write) in enumerate(ways.items()):
            started, worked = time.perf_counter(), time.process_time()
            write(folder / f"{turn}-{at}")
            seconds = time.perf_counter() - started, time.process_time() - worked
            times[name].append(seconds)
    return times


if __name__ == "__main__":
    sys.exit(main())
