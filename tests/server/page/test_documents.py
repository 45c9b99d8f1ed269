"""What docs/web.md tells to type can be typed, and both languages tell the same."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kliping.cli import main
from kliping.server import running
from kliping.server.settings import Settings

ROOT = Path(__file__).parents[3]
DOCUMENTS = {name: (ROOT / "docs" / name).read_text("utf-8") for name in ("web.md", "web.id.md")}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Settings] = []
    monkeypatch.setattr(running, "run", lambda settings, **_: served.append(settings))
    monkeypatch.setenv("KLIPING_INDEX", str(tmp_path / "index"))
    monkeypatch.chdir(ROOT)
    lines = re.findall(r"^\$ kliping (.+)$", DOCUMENTS[name], re.MULTILINE)
    assert len(lines) > 2
    for line in lines:
        result = CliRunner().invoke(main, shlex.split(line), catch_exceptions=False)
        assert result.exit_code == 0, result.output
    assert [settings.cors for settings in served] == [(), ("https://situs.example",)]


@pytest.mark.parametrize(
    "what", [r"^\$ .+$", r"^(#+) ", r"screenshots/artikel", r"`([/?=.\w#-]+)`"]
)
def test_both_languages_tell_the_same(what: str) -> None:
    english, indonesian = (re.findall(what, text, re.MULTILINE) for text in DOCUMENTS.values())
    assert english == indonesian
    assert english
