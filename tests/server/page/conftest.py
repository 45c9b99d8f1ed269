"""A server of the sample corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kliping
from tests.server.serving import Server, serving

CORPUS = Path(__file__).parents[3] / "corpus"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the sample corpus."""
    folder = tmp_path_factory.mktemp("archive")
    kliping.build(CORPUS, folder / "index")
    with serving(folder / "index", folder / "log") as running:
        yield running


@pytest.fixture(scope="session")
def home(archive: Server) -> str:
    """The address of the sample corpus."""
    return f"http://127.0.0.1:{archive.port}"
