"""A server of the invented articles that all tests of a session ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kliping
from kliping.article import Article
from tests.conftest import WriteLines
from tests.server.serving import Server, serving

pytest.importorskip("starlette", reason="needs kliping[server]")
pytest.importorskip("uvicorn", reason="needs kliping[server]")


@pytest.fixture(scope="session")
def served_index(
    tmp_path_factory: pytest.TempPathFactory,
    articles: tuple[Article, ...],
    write_lines: WriteLines,
) -> Path:
    """An index of the invented articles: not to be changed."""
    folder = tmp_path_factory.mktemp("served")
    kliping.build(write_lines(folder / "articles.jsonl", articles), folder / "index")
    return folder / "index"


@pytest.fixture(scope="session")
def server(served_index: Path) -> Iterator[Server]:
    """A server of that index, with all defaults."""
    with serving(served_index, served_index.parent / "log") as running:
        yield running
