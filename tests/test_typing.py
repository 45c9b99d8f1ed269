"""A type checker allows the right uses of the library and refuses the wrong ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

USES = Path(__file__).parent / "typing" / "uses.py"


def test_wrong_uses_and_only_they_are_errors() -> None:
    api = pytest.importorskip("mypy.api")
    config = str(Path(__file__).parents[1] / "setup.cfg")
    told, _, _ = api.run(["--config-file", config, "--no-error-summary", str(USES)])
    found = {int(line) for line in re.findall(r"uses\.py:(\d+): error", told)}
    lines = USES.read_text(encoding="utf-8").splitlines()
    marked = {at for at, line in enumerate(lines, 1) if line.endswith("  # wrong")}
    assert len(marked) > 12
    assert found == marked, told
