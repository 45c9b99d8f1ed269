"""A browser, and servers of what it looks at: skipped, with the reason, where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import kliping
from tests.server.page.browsing import chromium, launched
from tests.server.serving import Server, serving

CORPUS = Path(__file__).parents[3] / "corpus"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if (path := chromium()) is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(launched())
        except playwright.Error as error:
            pytest.skip(f"{path} does not start: {str(error).splitlines()[0]}")
        yield opened


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
