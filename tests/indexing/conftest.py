"""A folder of sources and an index of it, for the tests that sync them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kliping.article import Article
from tests.indexing.syncing import Write


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "arsip"
    made.mkdir()
    return made


@pytest.fixture
def write(folder: Path, write_lines: Callable[..., Path]) -> Write:
    """Return what writes a file of records below ``folder``: ``write("a", id="body", …)``."""

    def write(name: str, **bodies: str) -> Path:
        rows = [
            Article(key, f"Judul {key}", f"Isi {text} untuk {key}.") for key, text in bodies.items()
        ]
        path = folder / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        return write_lines(path, rows)

    return write
