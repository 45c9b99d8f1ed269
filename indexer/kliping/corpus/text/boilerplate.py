"""The rules of data/boilerplate.txt: what is not the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Rule(NamedTuple):
    """One block of the file, which says what its parts mean."""

    name: str
    action: str
    anchors: tuple[str, ...]
    pattern: str
    example: str
    left: str = ""


_PART = re.compile(r"(action|anchors|pattern|example|left): +(.*)")
_LET = re.compile(r"let ([A-Z]+) = (.*)")
_NAMED = re.compile(r"\{([A-Z]+)\}")


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, in the order of the file."""
    text = (files("kliping.corpus.text") / "data" / "boilerplate.txt").read_text("utf-8")
    blocks = [block.splitlines() for block in text.split("\n\n")]
    lets: dict[str, str] = {}
    for line in (line for block in blocks for line in _joined(block)):
        if found := _LET.match(line):
            lets[found[1]] = found[2]
    return tuple(_rule(list(_joined(block)), lets) for block in blocks if block[0].startswith("["))


def _joined(block: list[str]) -> Iterator[str]:
    """Yield the lines of a block, each with its indented continuations, without comments."""
    line = ""
    for piece in block:
        if piece.startswith(" "):
            line += piece.strip()
        else:
            yield line
            line = "" if piece.startswith("#") else piece
    yield line


def _rule(lines: list[str], lets: dict[str, str]) -> Rule:
    parts: dict[str, str] = {found[1]: found[2] for line in lines if (found := _PART.match(line))}
    anchors = parts.pop("anchors").replace("| ", "|").replace(" |", "|").split("|")
    pattern = _NAMED.sub(lambda found: lets[found[1]], parts.pop("pattern"))
    return Rule(lines[1][1:-1], anchors=tuple(anchors), pattern=pattern, **parts)
