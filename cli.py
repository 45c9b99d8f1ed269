"""Runs kliping from a checkout: ``python cli.py …`` is ``kliping …``."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(_ROOT / "indexer"))


def _cure() -> str:
    """Return the command that brings what is missing, to be typed in this folder as it stands."""
    from shlex import quote

    here = Path.cwd() == _ROOT
    activate = Path(".venv", "bin", "activate")
    if (_ROOT / activate).exists():
        return f"source {activate if here else quote(str(_ROOT / activate))}"
    return "make demo" if here else f"make -C {quote(str(_ROOT))} demo"


try:
    from kliping.cli import main
except ModuleNotFoundError as error:
    print(f"Error: {error.name} is not installed; try: {_cure()}", file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    main(prog_name="cli.py")
