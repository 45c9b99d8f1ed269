"""A folder in which nothing has changed is looked through, and not read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kliping
from kliping.store.database import Database

_LOADED = """
import sys, kliping
kliping.build(sys.argv[1], sys.argv[2])
sys.exit("kliping.corpus.reading" in sys.modules or "kliping.corpus.records.reader" in sys.modules)
"""


def _write(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"Panen {number}\n\nWarga memanen kopi di {number} petak kebun."
        (folder / f"{number}.txt").write_text(text, "utf-8")
    (folder / "tautan.txt").symlink_to(folder / "0.txt")
    return folder


def _noted(asking: Callable[..., object], statements: list[str]) -> Callable[..., object]:
    def noted(database: Database, sql: str, *values: object) -> object:
        statements.append(sql)
        return asking(database, sql, *values)

    return noted


def test_no_file_is_read_and_none_asked_for_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for count in (3, 30):
        source, index = _write(tmp_path / f"{count}", count), tmp_path / f"index{count}"
        kliping.build(source, index)
        with monkeypatch.context() as patched:
            patched.setattr("kliping.indexing.reading.read_file", None)
            patched.setattr("kliping.indexing.reading.digest", None)
            statements: list[str] = []
            for name in ("one", "all"):
                patched.setattr(Database, name, _noted(getattr(Database, name), statements))
            assert kliping.build(source, index).unchanged == count
        asked.append(sorted(statements))
    assert asked[0] == asked[1]


def test_what_reads_files_is_not_loaded(tmp_path: Path) -> None:
    source, index = _write(tmp_path / "in", 2), tmp_path / "index"
    kliping.build(source, index)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    line = [sys.executable, "-c", _LOADED, str(source), str(index)]
    assert subprocess.run(line, env=environment, check=False).returncode == 0


@pytest.mark.parametrize("name", [".", "in", "in/.", "../w/in", "tautan"])
def test_however_a_source_is_named_it_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    work = tmp_path / "w"
    work.mkdir()
    source = _write(work / "in", 3)
    (work / "tautan").symlink_to(source)
    kliping.build(source, tmp_path / "index")
    monkeypatch.chdir(source if name == "." else work)
    summary = kliping.build(name, tmp_path / "index")
    assert (summary.unchanged, summary.added, summary.updated, summary.removed) == (3, 0, 0, 0)
