"""Runs the examples of documents in a folder of their own, beside the sample corpus."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _a_document_has_a_folder_of_its_own(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if request.node.name in {"README.md", "python.md"}:
        folder = request.getfixturevalue("tmp_path")
        (folder / "corpus").symlink_to(Path(__file__).parent / "corpus")
        monkeypatch.chdir(folder)
