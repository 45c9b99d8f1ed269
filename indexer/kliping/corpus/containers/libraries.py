"""The optional libraries of containers, imported when a file needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kliping.errors import LibraryMissing


def optional(name: str, /, *, extra: str = "containers") -> Any:
    """Return a module of an extra, or raise LibraryMissing."""
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        cure = f"pip install 'kliping[{extra}]'"
        raise LibraryMissing(f"needs {package}; try: {cure}") from error
