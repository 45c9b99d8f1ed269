"""What was measured, told: "How does cost grow?"."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scaling.corpora import name

Results = dict[int, dict[str, Any]]
_MB = 1_000_000
_SYSTEMS = ("kliping", "lucene")

_COSTS: dict[str, Callable[[dict[str, Any], dict[str, Any]], str]] = {
    "docs/s": lambda one, of: f"{one['articles'] / one['seconds']:,.0f}",
    "docs/CPU s": lambda one, of: f"{one['articles'] / one['cpu_seconds']:,.0f}",
    "seconds": lambda one, of: f"{one['seconds']:,.1f}",
    "peak memory MB": lambda one, of: f"{one['peak'] / _MB:,.0f}",
    "of it held by no file": lambda one, of: f"{one['own'] / _MB:,.0f}",
    "index MB": lambda one, of: f"{one['index'] / _MB:,.0f}",
    "index / text": lambda one, of: f"{one['index'] / of['text']:.2f}",
    "memory while asked MB": lambda one, of: f"{one['asking']['peak'] / _MB:,.0f}",
    "of it by no file ": lambda one, of: f"{one['asking']['own'] / _MB:,.0f}",
    "python -c pass ms": lambda one, of: f"{one['opening']['python -c pass'] * 1000:,.0f}",
    "cold search ms": lambda one, of: f"{one['opening']['cold search'] * 1000:,.0f}",
    "info ms": lambda one, of: f"{one['opening']['info'] * 1000:,.0f}",
}


def read(path: Path | None, /) -> Results:
    """Return what was measured before; nothing where there is no file."""
    if path is None or not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {int(size): measured for size, measured in kept.items()}


def table(results: Results, /) -> str:
    """Return all figures as Markdown: a column for each system and size."""
    columns = [
        (system, size) for system in _SYSTEMS for size in sorted(results) if system in results[size]
    ]
    heads = [f"{system} {name(size)}" for system, size in columns]
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "--:|" * len(columns)]
    for row, cells in _rows(results, columns):
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _rows(results: Results, columns: list[tuple[str, int]]) -> Iterator[tuple[str, list[str]]]:
    for row, figure in _COSTS.items():
        yield row, [_told(figure, results[size], system) for system, size in columns]
    kinds = {kind for size in results for kind in results[size]["kliping"]["times"]}
    asked = [kind for kind in next(iter(results.values()))["kliping"]["times"] if kind in kinds]
    for kind in asked:
        yield (
            f"{kind}: p50 / p95 ms",
            [_times(results[size][system]["times"].get(kind)) for system, size in columns],
        )


def _told(figure: Callable[..., str], of: dict[str, Any], system: str) -> str:
    try:
        return figure(of[system], of)
    except KeyError:  # a peer is not asked for all
        return ""


def _times(pair: tuple[float, float] | None) -> str:
    return f"{pair[0]:.2f} / {pair[1]:.2f}" if pair else ""
