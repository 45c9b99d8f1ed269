"""The servers that other tests stand on are there, and are what they are said to be."""

from __future__ import annotations

import signal
import urllib.error
import urllib.request

import pytest

from tests.opensearch.fetching import Missing, Release, choose
from tests.opensearch.servers import Servers


def test_one_node_answers(server: Servers) -> None:
    assert server.ask("")["version"]["distribution"] == "opensearch"
    assert server.ask("_cluster/health")["number_of_nodes"] == 1


def test_three_nodes_go_on_without_one_of_them(cluster: Servers) -> None:
    assert cluster.ask("_cluster/health", node=2)["number_of_nodes"] == 3
    cluster.nodes[2].end(signal.SIGKILL)
    cluster.wait(nodes=2)
    cluster.nodes[2].start()
    cluster.wait()
    assert cluster.ask("_cluster/health", node=2)["number_of_nodes"] == 3


def test_a_secured_node_asks_who_it_is(secured: Servers) -> None:
    assert secured.ask("_cluster/health")["number_of_nodes"] == 1
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(secured.address, context=secured.context)
    with pytest.raises(urllib.error.URLError, match="certificate"):
        urllib.request.urlopen(secured.address)


def test_what_cannot_be_had_says_what_it_needs() -> None:
    with pytest.raises(Missing, match=r"no JDK of version 1\.\.2"):
        choose((Release("0.1", 1, 2),))
