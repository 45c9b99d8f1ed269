"""A folder that tests put containers into."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.containers.holding import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
