"""Which version of kliping this is: the one installed, or that of the checkout it is run from."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path


def _version() -> str:
    try:
        return metadata.version("kliping")
    except metadata.PackageNotFoundError:
        setup = Path(__file__).parents[2] / "setup.cfg"
        lines = setup.read_text(encoding="utf-8").splitlines() if setup.exists() else []
        found = (line.partition("=")[2].strip() for line in lines if line.startswith("version"))
        return next(found, "unknown")


__version__ = _version()
