"""Serving: what HTTP costs beside the same searches in one thread of one process, in one run.

    python benchmarks/serving.py --data ../shared/data [--index DIR] [--requests 200000]

wrk (a package of most systems) keeps 16 connections busy for some seconds, then one thread here
searches for as long, in rounds: each pair is a ratio, whatever else the machine does. Processor
time is compared too, which neighbours disturb less. With ``--requests``, the server's memory is
printed while it answers as many.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import kliping
from kliping.evaluation import read_topics

_SOURCE = Path(__file__).resolve().parent.parent / "indexer"
_TOPICS = "relevance/known-item/topics-keywords.tsv"
# A script of wrk's: the paths in turn, and at the end one line of JSON.
_SCRIPT = """
local paths, at = {}, 0
for line in io.lines("PATHS") do paths[#paths + 1] = line end
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
done = function(summary, latency)
  local e = summary.errors
  print(string.format(
    'JSON{"requests": %d, "seconds": %f, "errors": %d, "p50": %f, "p99": %f}',
    summary.requests, summary.duration / 1e6, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


@dataclass
class Served:
    """A server process and where it is."""

    pid: int
    address: str

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100

    def megabytes(self) -> float:
        """Resident memory."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def main() -> None:
    """Print the pairs of each round, and what holds over all."""
    options = _options()
    asked = options.topics or options.data / _TOPICS
    if shutil.which("wrk") is None or not asked.is_file():
        print("skipped: no wrk" if shutil.which("wrk") is None else "skipped: no data")
        return
    topics = [query for _, query in read_topics(asked)]
    with TemporaryDirectory() as folder:
        index = options.index or Path(folder, "index")
        if options.index is None:
            print("indexing …", file=sys.stderr)
            kliping.build(options.data / "articles", index, jobs=2)
        paths = Path(folder, "paths")
        paths.write_text("".join(f"/api/search?q={quote_plus(topic)}\n" for topic in topics))
        script = Path(folder, "wrk.lua")
        script.write_text(_SCRIPT.replace("PATHS", str(paths)))
        with serving(index) as server:
            _first(server, topics[0])
            if options.requests:
                _remember(server, script, options)
            else:
                _compare(server, script, index, topics, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--index", type=Path, help="serve this index instead of making one")
    parser.add_argument("--topics", type=Path, help="ask these instead of the data's")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--requests", type=int, default=0)
    return parser.parse_args()


@contextmanager
def serving(index: Path) -> Iterator[Served]:
    """Run ``kliping serve`` as anybody does."""
    command = [sys.executable, "-m", "kliping", "--index", str(index), "serve", "--port", "0"]
    environment = {"PYTHONPATH": str(_SOURCE), "PATH": "/usr/bin:/bin"}
    with TemporaryDirectory() as folder, Path(folder, "log").open("w+") as log:
        process = subprocess.Popen(command, stderr=log, env=environment)
        try:
            while not (line := Path(log.name).read_text().partition("/\n")[0]):
                time.sleep(0.005)
            yield Served(process.pid, line.rpartition(" ")[2])
        finally:
            process.terminate()
            process.wait()


def _first(server: Served, topic: str) -> None:
    started = time.perf_counter()
    urlopen(f"{server.address}/api/search?q={quote_plus(topic)}").read()
    print(f"first search after start: {(time.perf_counter() - started) * 1000:.0f} ms")


def _load(server: Served, script: Path, options: argparse.Namespace) -> dict[str, float]:
    command = ["wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}", "-s", str(script)]
    before = server.cpu()
    done = subprocess.run([*command, server.address], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.partition("JSON")[2])
    return found | {"cpu": (server.cpu() - before) * 1000 / found["requests"]}


def _compare(
    server: Served, script: Path, index: Path, topics: list[str], options: argparse.Namespace
) -> None:
    print("| round | HTTP /s | p50 ms | p99 ms | errors | CPU ms | here /s | CPU ms | ratio |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    ratios, tails, errors, costs = [], [], 0, []
    with kliping.open(index, follow=True) as opened:
        for topic in topics:
            opened.search(topic)
        for number in range(options.rounds):
            told = _load(server, script, options)
            here, cost = _alone(opened, topics, options.seconds)
            rate = told["requests"] / told["seconds"]
            ratios.append(rate / here)
            tails.append(told["p99"] / told["p50"])
            costs.append(told["cpu"] - cost)
            errors += int(told["errors"])
            print(
                f"| {number + 1} | {rate:.0f} | {told['p50']:.1f} | {told['p99']:.1f} | "
                f"{told['errors']:.0f} | {told['cpu']:.2f} | {here:.0f} | {cost:.2f} | "
                f"{ratios[-1]:.2f} |"
            )
    print(
        f"\n- throughput {median(ratios):.2f} x one thread (bar .8), p99 {median(tails):.1f} x p50 "
        f"(bar 25), {errors} errors\n"
        f"- HTTP costs {median(costs):.2f} ms of processor time a request"
    )


def _alone(index: kliping.Index, topics: list[str], seconds: int) -> tuple[float, float]:
    """Return searches a second in this thread, and the processor time of each."""
    number, started, cpu = 0, time.perf_counter(), time.process_time()
    for topic in cycle(topics):
        index.search(topic)
        number += 1
        if time.perf_counter() - started > seconds:
            break
    elapsed = time.perf_counter() - started
    return number / elapsed, (time.process_time() - cpu) * 1000 / number


def _remember(server: Served, script: Path, options: argparse.Namespace) -> None:
    answered, errors = 0.0, 0.0
    while answered < options.requests:
        told = _load(server, script, options)
        answered, errors = answered + told["requests"], errors + told["errors"]
        print(f"{answered:>9,.0f} requests, {errors:.0f} errors: {server.megabytes():.1f} MB")


if __name__ == "__main__":
    main()
