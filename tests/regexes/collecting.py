"""Which regular expressions does the package hold, and how does it use each?"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import kliping
from kliping.corpus.text.anchors import rows
from tests.regexes.bounds import USES

ROOT = Path(kliping.__file__).parent
_USES = ("search", "match", "fullmatch")
# A call that looks through a text for the pattern, wherever it stands, costs what a search does.
_LOOKING = frozenset({"search", "findall", "finditer", "sub", "subn", "split", "scanner"})
# The actions of boilerplate.txt that look for the pattern within a paragraph.
_WITHIN = frozenset({"inside", "ending", "signed"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A pattern under the name by which ``bounds`` knows it; ``uses`` are methods it is met by."""

    name: str
    pattern: re.Pattern[Any]
    uses: tuple[str, ...]

    @property
    def file(self) -> str:
        """Return the file that holds it, below the package."""
        return re.split("[:,]", self.name, maxsplit=1)[0]


@cache
def expressions() -> tuple[Expression, ...]:
    """Return every expression that lies in a module, a table or a call, once under each name."""
    found = [each for module in _modules() for each in _of_module(module)]
    for row in rows():
        uses = ("search",) if row.rule.action in _WITHIN else ("fullmatch",)
        name = f"boilerplate.txt, {row.rule.action}[{row.rule.name}]"
        found.append(Expression(name, row.pattern, uses))
    return tuple(found)


@cache
def unread() -> tuple[str, ...]:
    """Return the calls of ``re`` whose pattern is made as the program runs: ``file: source``."""
    found = []
    for module in _modules():
        for call in _calls(module):
            if _text(module, call) is None:
                found.append(f"{_file(module)}: {ast.unparse(call)}")
    return tuple(found)


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = [each.name for each in pkgutil.walk_packages(kliping.__path__, "kliping.")]
    return tuple(importlib.import_module(name) for name in names if "__main__" not in name)


def _file(module: ModuleType) -> str:
    return Path(str(module.__file__)).relative_to(ROOT).as_posix()


def _of_module(module: ModuleType) -> Iterator[Expression]:
    source = Path(str(module.__file__)).read_text("utf-8")
    assigned = re.findall(r"^(\w+)\b.*=", source, re.MULTILINE)
    for name in dict.fromkeys(assigned):
        for place, pattern in _within(name, getattr(module, name, None)):
            called = set(re.findall(rf"\b{name}\.(\w+)", source))
            full = f"{_file(module)}:{place}"
            by_hand = next((uses for begins, uses in USES.items() if full.startswith(begins)), None)
            yield Expression(full, pattern, by_hand or _uses(called))
    for call in _calls(module):
        assert isinstance(call.func, ast.Attribute)
        if text := _text(module, call):
            place = f"{_file(module)}:{call.func.attr}({ast.unparse(call.args[0])})"
            yield Expression(place, re.compile(text), _uses({call.func.attr}))


def _uses(called: set[str]) -> tuple[str, ...]:
    """Return the methods to try: of a pattern in a table, which is not called by name, all."""
    known = {"search" if name in _LOOKING else name for name in called}
    return tuple(name for name in _USES if name in known) or _USES


def _within(name: str, value: object) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns in a value, each with the place where it lies."""
    value = getattr(value, "__self__", value) if callable(value) else value  # a method of one
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within(f"{name}[{key!r}]", inner)
    elif isinstance(value, tuple | list):
        for number, inner in enumerate(value):
            yield from _within(f"{name}[{number}]", inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _within(f"{name}.{field.name}", getattr(value, field.name))


def _calls(module: ModuleType) -> Iterator[ast.Call]:
    """Yield the calls of ``re`` within functions: those outside leave a value in the module."""
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if _is_call_of_re(node):
                    assert isinstance(node, ast.Call)
                    yield node


def _text(module: ModuleType, call: ast.Call) -> str | bytes | None:
    """Return the pattern that a call names, where it can be read without running it."""
    asked = call.args[0]
    if isinstance(asked, ast.Constant):
        return asked.value if isinstance(asked.value, str | bytes) else None
    value = getattr(module, asked.id, None) if isinstance(asked, ast.Name) else None
    return value if isinstance(value, str | bytes) else None


def _is_call_of_re(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return False
    of = node.func.value
    return isinstance(of, ast.Name) and of.id == "re" and node.func.attr not in {"escape", "error"}
