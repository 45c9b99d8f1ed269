"""``python cli.py`` outside the environment: the cure is the one that helps here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout under a name with a space, and a library that is missing."""
    place = tmp_path / "salinan saya"
    place.mkdir()
    shutil.copy(ROOT / "cli.py", place)
    (place / "indexer").symlink_to(ROOT / "indexer")
    (tmp_path / "missing").mkdir()
    (tmp_path / "missing" / "click.py").write_text("raise ModuleNotFoundError(name='click')")
    return place


def error_of(checkout: Path, folder: Path) -> str:
    result = subprocess.run(
        [sys.executable, str(checkout / "cli.py"), "info"],
        env={"PYTHONPATH": str(checkout.parent / "missing")},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    message, _, cure = result.stderr.rstrip("\n").partition("; try: ")
    assert message == "Error: click is not installed"
    return cure


def test_where_nothing_is_installed_make_demo_does_it(checkout: Path, tmp_path: Path) -> None:
    assert error_of(checkout, checkout) == "make demo"
    assert error_of(checkout, tmp_path) == f"make -C '{checkout}' demo"


def test_where_there_is_an_environment_it_is_to_be_entered(checkout: Path, tmp_path: Path) -> None:
    activate = checkout / ".venv" / "bin" / "activate"
    activate.parent.mkdir(parents=True)
    activate.write_text("ENTERED=1\n")
    for folder in (checkout, tmp_path):
        typed = f"{error_of(checkout, folder)} && echo $ENTERED"
        shell = subprocess.run(
            ["bash", "-c", typed], cwd=folder, capture_output=True, text=True, check=True
        )
        assert shell.stdout == "1\n"
