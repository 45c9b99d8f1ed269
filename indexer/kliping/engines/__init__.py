"""Keep these articles: which of them match?

Useful for: :func:`create` and :func:`open_engine`, by name. Each engine is a module that nothing
imports before it is asked for, and that knows of no other engine.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, cast

from kliping.engines.base import Engine, Found, Sort, Weigh, stamp
from kliping.errors import EngineUnavailable

__all__ = [
    "ENGINES",
    "Engine",
    "Found",
    "Sort",
    "Weigh",
    "check_name",
    "create",
    "open_engine",
    "stamp",
]

# name → module, class, what to install where the module's library is missing
ENGINES = {
    "tantivy": ("kliping.engines.tantivy_engine", "TantivyEngine", "tantivy"),
    "whoosh": ("kliping.engines.whoosh_engine", "WhooshEngine", "Whoosh"),
}


def create(name: str, folder: Path, /) -> Engine:
    """Make an empty index of engine ``name`` in ``folder``.

    Raises:
        EngineUnavailable: no such engine, or its library is not installed.
    """
    return cast("Engine", _engine(name).create(folder))


def open_engine(name: str, folder: Path, /) -> Engine:
    """Open the index of engine ``name`` in ``folder``.

    Raises:
        EngineUnavailable: no such engine, or its library is not installed.
        IndexDamaged: a file of the index is missing or broken.
    """
    return cast("Engine", _engine(name).open(folder))


def check_name(name: str | None, /) -> None:
    """Refuse what names no engine; none at all may be named.

    Raises:
        EngineUnavailable: the message says which there are.
    """
    if name is not None and name not in ENGINES:
        known = ", ".join(ENGINES)
        raise EngineUnavailable(f"there is no engine '{name}'; engines: {known}")


def _engine(name: str) -> Any:
    check_name(name)
    module, class_name, package = ENGINES[name]
    try:
        return getattr(importlib.import_module(module), class_name)
    except ImportError as error:
        raise EngineUnavailable(
            f"engine '{name}' needs {package} ({error}); try: pip install {package}"
        ) from error
