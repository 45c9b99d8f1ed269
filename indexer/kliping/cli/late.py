"""Modules that a library imports for what a short command never does, loaded when first used."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Late(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = import_module(self.__name__)
        self.__dict__.update(module.__dict__)  # whoever imported this one keeps it
        return getattr(module, name)


def postpone(*names: str) -> None:
    """Let ``import`` of these modules load nothing yet, unless they are loaded already."""
    for name in names:
        sys.modules.setdefault(name, _Late(name))
