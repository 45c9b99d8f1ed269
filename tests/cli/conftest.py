"""Indexes that the tests of several commands ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kliping
from tests.cli.running import CORPUS, NASTY


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample corpus."""
    place = tmp_path_factory.mktemp("cli") / "index"
    kliping.build(CORPUS, place)
    return place


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one article that tries to take the terminal over."""
    folder = tmp_path_factory.mktemp("nasty")
    row = {"id": f"id{NASTY}", "judul": f"Judul {NASTY}", "isi": f"Gempa {NASTY}. " * 9}
    row |= {"sumber": NASTY, "rubrik": NASTY, "penulis": NASTY, "tags": NASTY, "url": f"x:{NASTY}"}
    (folder / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    kliping.build(folder / "a.jsonl", folder / "index")
    return folder / "index"
