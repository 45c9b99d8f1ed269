"""How tests run the command line, in this process and in one of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kliping.cli import main

ROOT = Path(__file__).parents[2]

CORPUS = ROOT / "corpus"

HIT_KEYS = (
    "rank score id title title_spans source section author published url path passages similar"
    " missing"
).split()

ARTICLE_KEYS = [
    *("id", "title", "body", "authors", "published", "source", "section", "tags", "url", "path"),
    *("modified", "language", "image", "caption", "channel"),
]

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")

# What acts on a terminal, wherever an article can hold it.
NASTY = "merah\x1b[31m \x9b2J\x07\x08\u202eterbalik"


def kli(*arguments: str | Path, index: Path | None = None, stdin: str | bytes = "") -> Result:
    """Run a command in this process."""
    chosen = ["--index", str(index)] if index else []
    return CliRunner().invoke(main, [*chosen, *map(str, arguments)], input=stdin)


def shell(
    *arguments: str | Path,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    stdin: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """Run ``python cli.py`` as a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    kept = {k: v for k, v in os.environ.items() if k not in ("KLIPING_INDEX", "NO_COLOR")}
    return subprocess.run(
        command, capture_output=True, cwd=cwd, env={**kept, **(env or {})}, input=stdin, check=False
    )


def found(*arguments: str | Path, index: Path, status: int = 0) -> str:
    result = kli(*arguments, index=index)
    assert result.exit_code == status, result.output
    assert result.stderr == ""
    return result.stdout


def on_terminal(*arguments: str | Path, env: dict[str, str] | None = None, wide: int = 60) -> str:
    """Run ``python cli.py`` with a terminal for its output, and return what it shows."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, wide, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env={**kept, **(env or {})}):
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:
            pass  # the other end was closed
    os.close(ours)
    return shown.decode()
