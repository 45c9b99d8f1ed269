"""What ends in mid-work: clients that are killed, and nodes that die."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

pytest.importorskip("opensearchpy")

import kliping
from kliping.indexing.checking import check
from kliping.indexing.copying import copy
from tests.opensearch.generating import written
from tests.opensearch.servers import Servers

KILLS = 20
# Indexes, and says how many articles each commit has made lasting.
_INDEXING = """
import sys
import kliping
from kliping.indexing import transaction
commit = transaction.Transaction.commit
def told(self):
    commit(self)
    print(self.engine.articles, flush=True)
transaction.Transaction.commit = told
print(0, flush=True)
kliping.build(sys.argv[1], sys.argv[2], commit_seconds=0.2)
"""
_COPYING = """
import sys
from kliping.engines import opensearch_engine as engines
from kliping.indexing.copying import copy
commit = engines.OpensearchEngine.commit
def told(self):
    commit(self)
    print(self.articles, flush=True)
engines.OpensearchEngine.commit = told
print(0, flush=True)
copy(sys.argv[1], sys.argv[2], commit_seconds=0.2)
"""


def _counts(lines: IO[str]) -> Iterator[int]:
    return (int(line) for line in lines if line.strip().isdigit())


def _killed(script: str, *arguments: str | Path, after: float) -> int:
    """Run a script, kill it some time after it has begun, and return the last number it said."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        said = [next(_counts(process.stdout))]
        timer = threading.Timer(after, process.kill)
        timer.start()
        said.extend(_counts(process.stdout))
        timer.cancel()
    return said[-1]


def _count(servers: Servers, place: str) -> Counter[str]:
    """Count each id over all indices of an index, by the server itself."""
    name = place.rpartition("/")[2].partition("?")[0]
    with kliping.open(place) as index:
        assert len(index) == servers.ask(f"{name}/_count")["count"]
        return Counter(article.id for article in index)


def test_a_client_that_is_killed_loses_nothing_that_was_committed(
    server: Servers, place: str, tmp_path: Path
) -> None:
    source, chance, kept = tmp_path / "in", random.Random(20), 0
    source.mkdir()
    for number in range(24):
        written(source / f"{number:02}.jsonl", 250, seed=number)
    for _ in range(KILLS):
        said = _killed(_INDEXING, source, place, after=chance.uniform(0.05, 1.2))
        kept = max(kept, said)
        if kept:
            counts = _count(server, place)
            assert counts.total() == len(counts) >= kept
    summary = kliping.build(source, place)
    counts = _count(server, place)
    assert summary.articles == counts.total() == len(counts) == 6_000
    assert check(place).problems == ()


def test_a_copy_that_is_killed_goes_on(server: Servers, place: str, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    kliping.build(written(tmp_path / "a.jsonl", 4_000), folder)
    for _ in range(4):
        _killed(_COPYING, folder, place, after=0.6)
    done = copy(folder, place)
    assert done.articles == _count(server, place).total() == len(_count(server, place)) == 4_000
    assert done.new < 4_000
    assert check(place).problems == ()


def test_a_node_that_dies_costs_nothing(cluster: Servers, tmp_path: Path) -> None:
    hosts = ",".join(f"127.0.0.1:{node.port}" for node in cluster.nodes)
    place = f"http://{hosts}/tahan?shards=2&replicas=1"
    plain = place.partition("?")[0]
    source = written(tmp_path / "a.jsonl", 20_000)
    built: list[kliping.Summary] = []
    indexing = threading.Thread(
        target=lambda: built.append(kliping.build(source, place, commit_seconds=3))
    )
    indexing.start()
    _wait_for(cluster, "tahan", 1_000)
    cluster.nodes[1].end(signal.SIGKILL)
    indexing.join()
    counts = _count(cluster, plain)
    assert built[0].articles == counts.total() == len(counts) == 20_000
    assert check(plain).problems == ()

    cluster.nodes[1].start()
    cluster.wait()
    _wait_until_green(cluster)
    found: list[int] = []
    with kliping.open(plain) as index:
        until = time.monotonic() + 12
        killed = False
        while time.monotonic() < until:
            found.append(index.search("warga", limit=3).total)
            if len(found) > 20 and not killed:
                cluster.nodes[2].end(signal.SIGKILL)
                killed = True
    assert killed
    assert len(set(found)) == 1
    cluster.nodes[2].start()
    cluster.wait()


def _wait_for(servers: Servers, name: str, count: int) -> None:
    """Wait until so many articles can be seen."""
    for _ in range(600):
        found = servers.ask(f"_cat/indices/{name}-1*?format=json&h=docs.count")
        if found and int(found[0]["docs.count"] or 0) >= count:
            return
        time.sleep(0.1)
    raise AssertionError("nothing is indexed")


def _wait_until_green(servers: Servers) -> None:
    servers.ask("_cluster/health?wait_for_status=green&timeout=60s", wait=90)
