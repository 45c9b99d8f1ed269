"""Servers for the tests of this folder, which are run only when they are asked for."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.opensearch.fetching import Missing
from tests.opensearch.servers import Servers, plain_servers, secured_server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.opensearch)


@contextmanager
def _had(servers: AbstractContextManager[Servers]) -> Iterator[Servers]:
    """Yield servers, or skip with the reason why they cannot be had."""
    with ExitStack() as held:
        try:
            running = held.enter_context(servers)
        except Missing as error:
            pytest.skip(str(error))
        yield running


@pytest.fixture(scope="session")
def server() -> Iterator[Servers]:
    """One node, which runs as long as the tests do."""
    with _had(plain_servers()) as running:
        yield running


@pytest.fixture
def place(server: Servers) -> Iterator[str]:
    """An address where there is no index."""
    name = f"uji-{secrets.token_hex(5)}"
    yield f"{server.address}/{name}"
    server.ask(f"{name}*", method="DELETE")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Servers]:
    """Three nodes, of which a test may end some: it starts them again."""
    with _had(plain_servers(3)) as running:
        yield running


@pytest.fixture(scope="module")
def secured() -> Iterator[Servers]:
    """One node that speaks https, and knows users and roles."""
    with _had(secured_server()) as running:
        yield running
