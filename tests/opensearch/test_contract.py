"""The contract suite, unchanged, over indexes on real servers: one node, and three."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

pytest.importorskip("opensearchpy")

from kliping.engines.opensearch_address import Address
from tests.engines.conftest import analyser, engine, filled  # noqa: F401
from tests.engines.test_engines import TestOpening, TestSearching, TestWriting  # noqa: F401
from tests.engines.test_engines_ranking import TestCounting, TestPages, TestScoring  # noqa: F401
from tests.opensearch.servers import Servers


@pytest.fixture(scope="module", params=["one node", "three nodes"])
def servers(request: pytest.FixtureRequest) -> Servers:
    """Each kind of cluster in turn."""
    name = "server" if request.param == "one node" else "cluster"
    running: Servers = request.getfixturevalue(name)
    return running


@pytest.fixture
def engine_name() -> str:
    return "opensearch"


@pytest.fixture
def tmp_path(servers: Servers) -> Iterator[Address]:
    """The address of an index that is not there yet, of as many shards as there are nodes."""
    name, shards = f"uji-{secrets.token_hex(4)}", len(servers.nodes)
    yield Address.parse(f"{servers.address}/{name}?shards={shards}")
    servers.ask(name, method="DELETE") if servers.ask(f"_cat/indices/{name}*?format=json") else None
