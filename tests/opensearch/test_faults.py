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


def _killed(script: str, *arguments: str | Path, after: float | None = None) -> int:
    """Run a script, kill it some time after it has begun, and return the last number it said.

    Unless a time is said, it is killed when it has committed something.
    """
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        said = [next(_counts(process.stdout))]
        timer = threading.Timer(after or 60, process.kill)
        timer.start()
        for count in _counts(process.stdout):
            said.append(count)
            if after is None and count > said[0]:
                process.kill()
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
    kept = [_killed(_COPYING, folder, place) for _ in range(3)]
    assert 0 < kept[0] <= kept[1] <= kept[2]
    done = copy(folder, place)
    assert done.articles == _count(server, place).total() == len(_count(server, place)) == 4_000
    assert done.new <= 4_000 - kept[2]
    assert check(place).problems == ()


def _place(cluster: Servers, name: str) -> str:
    """Return an address that names all nodes, so that any may answer."""
    hosts = ",".join(f"127.0.0.1:{node.port}" for node in cluster.nodes)
    return f"http://{hosts}/{name}"


def _started_again(cluster: Servers, number: int) -> None:
    cluster.nodes[number].start()
    cluster.wait()
    cluster.ask("_cluster/health?wait_for_status=green&timeout=60s", wait=90)


def test_a_node_that_dies_while_indexing_loses_and_doubles_nothing(
    cluster: Servers, tmp_path: Path
) -> None:
    place = _place(cluster, "tahan")
    source = written(tmp_path / "a.jsonl", 20_000, sentences=3)
    built: list[kliping.Summary] = []

    def build() -> None:
        built.append(kliping.build(source, f"{place}?shards=2&replicas=1", commit_seconds=3))

    indexing = threading.Thread(target=build)
    indexing.start()
    _wait_for(cluster, "tahan", 1_000)
    cluster.nodes[1].end(signal.SIGKILL)
    assert indexing.is_alive()
    indexing.join()
    counts = _count(cluster, place)
    assert built[0].articles == counts.total() == len(counts) == 20_000
    assert check(place).problems == ()
    _started_again(cluster, 1)


def test_a_node_that_dies_while_searching_is_not_missed(cluster: Servers, tmp_path: Path) -> None:
    place = _place(cluster, "cari")
    kliping.build(written(tmp_path / "a.jsonl", 300), f"{place}?shards=3&replicas=1")
    cluster.ask("_cluster/health?wait_for_status=green&timeout=60s", wait=90)
    found: list[int] = []
    with kliping.open(place, follow=True) as index:
        for number in range(20):
            if number == 5:
                cluster.nodes[2].end(signal.SIGKILL)
            found.append(index.search("warga", limit=3).total)
    assert found[0] > 0
    assert len(set(found)) == 1
    _started_again(cluster, 2)


def _wait_for(servers: Servers, name: str, count: int) -> None:
    """Wait until so many articles can be seen."""
    for _ in range(600):
        found = servers.ask(f"_cat/indices/{name}-1*?format=json&h=docs.count")
        if found and int(found[0]["docs.count"] or 0) >= count:
            return
        time.sleep(0.1)
    raise AssertionError("nothing is indexed")
