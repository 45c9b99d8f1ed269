"""Runs the command line as somebody else: to root nothing is forbidden, so tests drop to nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# All is imported, and the word lists read, while the checkout may be read.
_DROPPED = """
import contextlib, importlib, io, json, os, pkgutil, sys
import kliping
for module in pkgutil.walk_packages(kliping.__path__, "kliping."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from kliping.cli import main
sys.path = [place for place in sys.path if os.access(place, os.R_OK)]
warm, commands = json.load(sys.stdin)
with kliping.open(warm) as index:
    index.search("gmpa lembah", facets=True)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
told = []
for command in commands:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(command)
        except SystemExit as end:
            told.append((end.code or 0, out.getvalue(), err.getvalue()))
print(json.dumps(told))
"""


@contextmanager
def open_folder() -> Iterator[Path]:
    """Yield a temporary folder that everyone may enter, which the tests' own is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Be somebody to whom something can be forbidden; what is imported now must be readable."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def forbid_writing(folder: Path, /) -> None:
    """Let everyone read all that lies in ``folder``, and nobody write."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def allow_writing(folder: Path, /) -> None:
    """Undo :func:`forbid_writing`, so that the folder can be removed."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def run_unprivileged(*commands: list[str], index: Path, warm: Path) -> list[tuple[int, str, str]]:
    """Run commands on ``index`` as nobody; what they load, the index ``warm`` has loaded before.

    Returns the status of each, and what it printed on standard output and standard error.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING")}
    asked = str(warm), [["--index", str(index), *command] for command in commands]
    done = subprocess.run(
        [sys.executable, "-c", _DROPPED], capture_output=True, text=True, input=json.dumps(asked),
        env={**kept, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [(status, out, err) for status, out, err in json.loads(done.stdout)]
