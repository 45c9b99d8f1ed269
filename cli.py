"""Runs kliping from a checkout: ``python cli.py …`` is ``kliping …``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "indexer"))

try:
    from kliping.cli import main
except ModuleNotFoundError as error:
    print(
        f"Error: {error.name} is not installed; try: make demo, or: pip install .", file=sys.stderr
    )
    sys.exit(2)

if __name__ == "__main__":
    main(prog_name="cli.py")
