"""Keep these articles: which of them match?

Useful for: :func:`create` and :func:`open_engine`, by name. Each engine is a module that nothing
imports before it is asked for, and that knows of no other engine.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, cast

from kliping.engines.base import Engine, Found, Place, Sort, Weigh, stamp
from kliping.errors import EngineUnavailable

__all__ = [
    "AT_ADDRESSES",
    "ENGINES",
    "Engine",
    "Found",
    "Place",
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
    "opensearch": ("kliping.engines.opensearch_engine", "OpensearchEngine", "opensearch-py"),
}
# Those that keep an index at an address; the others keep theirs in a folder.
AT_ADDRESSES = frozenset({"opensearch"})


def create(name: str, place: Place, /) -> Engine:
    """Make an empty index of engine ``name`` at ``place``.

    Raises:
        EngineUnavailable: no such engine, none for such a place, or its library is not installed.
    """
    return cast("Engine", _engine(name, place).create(place))


def open_engine(name: str, place: Place, /) -> Engine:
    """Open the index of engine ``name`` at ``place``.

    Raises:
        EngineUnavailable: no such engine, none for such a place, or its library is not installed.
        IndexDamaged: a part of the index is missing or broken.
    """
    return cast("Engine", _engine(name, place).open(place))


def check_name(name: str | None, /) -> None:
    """Refuse what names no engine; none at all may be named.

    Raises:
        EngineUnavailable: the message says which there are.
    """
    if name is not None and name not in ENGINES:
        known = ", ".join(ENGINES)
        raise EngineUnavailable(f"there is no engine '{name}'; engines: {known}")


def _engine(name: str, place: Place) -> Any:
    check_name(name)
    if isinstance(place, Path) == (name in AT_ADDRESSES):
        where = "at an address; try: --index http://HOST:9200/NAME"
        where = where if name in AT_ADDRESSES else "in a folder; try: --index FOLDER"
        raise EngineUnavailable(f"engine '{name}' keeps an index {where}")
    module, class_name, package = ENGINES[name]
    try:
        return getattr(importlib.import_module(module), class_name)
    except ImportError as error:
        raise EngineUnavailable(
            f"engine '{name}' needs {package} ({error}); try: pip install {package}"
        ) from error
