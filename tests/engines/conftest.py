"""Each engine, empty and with articles, for the contract suite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.engines import Engine, create
from kliping.engines.documents import document


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture
def engine(engine_name: str, tmp_path: Path) -> Iterator[Engine]:
    """An empty index."""
    made = create(engine_name, tmp_path)
    yield made
    made.close()


@pytest.fixture
def filled(engine: Engine, articles: tuple[Article, ...], analyser: Analyser) -> Engine:
    """An index of the shared articles, in two commits."""
    for part in (articles[:3], articles[3:]):
        engine.add([document(article, analyser) for article in part])
        engine.commit()
    return engine
