"""What was measured, told: "How does cost grow, and what would ten million need?"."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

from scaling.corpora import name

Results = dict[int, dict[str, Any]]
Column = tuple[str, int]

_MB = 1_000_000
_SYSTEMS = ("kliping", "lucene")
_NEXT = 10_000_000
_BETWEEN = re.compile(r"(<!-- measured -->\n).*?(<!-- end -->)", re.DOTALL)

# Each is told of what was measured of a system, and of its corpus.
_COSTS: dict[str, tuple[str, Callable[[dict[str, Any], dict[str, Any]], float]]] = {
    "indexing, docs/s": (",.0f", lambda one, of: one["articles"] / one["seconds"]),
    "indexing, docs/CPU s": (",.0f", lambda one, of: one["articles"] / one["cpu_seconds"]),
    "indexing, s": (",.1f", lambda one, of: one["seconds"]),
    "indexing, CPU s": (",.1f", lambda one, of: one["cpu_seconds"]),
    "indexing, peak memory, MB": (",.0f", lambda one, of: one["peak"] / _MB),
    "… of it held by no file": (",.0f", lambda one, of: one["own"] / _MB),
    "index, MB": (",.0f", lambda one, of: one["index"] / _MB),
    "index / text": (".2f", lambda one, of: one["index"] / of["text"]),
    "searching, peak memory, MB": (",.0f", lambda one, of: one["asking"]["peak"] / _MB),
    "… of it held by no file ": (",.0f", lambda one, of: one["asking"]["own"] / _MB),
    "`python -c pass`, ms": (",.0f", lambda one, of: one["opening"]["python -c pass"] * 1000),
    "`search` as a process, ms": (",.0f", lambda one, of: one["opening"]["cold search"] * 1000),
    "`info` as a process, ms": (",.0f", lambda one, of: one["opening"]["info"] * 1000),
}
_GROWING = (
    "indexing, CPU s", "indexing, peak memory, MB", "… of it held by no file", "index, MB",
    "searching, peak memory, MB", "`search` as a process, ms", "`info` as a process, ms",
)  # fmt: skip


@dataclass(slots=True)
class Measured:
    """What was measured, a size at a time, and of other corpora; kept in a file, if in any."""

    path: Path | None
    sizes: Results = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None, /) -> Measured:
        """Return what was measured before; nothing where there is no file."""
        if path is None or not path.exists():
            return cls(path)
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(path, {int(n): one for n, one in kept["sizes"].items()}, kept["more"])

    def write(self) -> None:
        """Keep what has been measured so far."""
        if self.path is not None:
            kept = {"sizes": self.sizes, "more": self.more}
            self.path.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def publish(measured: Measured, document: Path, /) -> None:
    """Put tables and plot into a document, between its marks, and the plot's file beside it."""
    from scaling.plotting import plot

    picture = document.with_suffix(".svg")
    plot(measured.sizes, picture)
    shown = f"![How cost grows with the number of articles]({picture.name})"
    results = measured.sizes
    parts = shown, commits(results), table(results), told(measured.more), extrapolated(results)
    text = "\n\n".join(filter(None, parts))
    kept = document.read_text(encoding="utf-8")
    document.write_text(_BETWEEN.sub(lambda m: f"{m[1]}{text}\n{m[2]}", kept), encoding="utf-8")


def table(results: Results, /) -> str:
    """Return all figures as Markdown: a column for each system and size."""
    columns = [(s, size) for s in _SYSTEMS for size in sorted(results) if s in results[size]]
    heads = [f"{system} {name(size)}" for system, size in columns]
    lines = _head("", heads)
    for row, (form, _) in _COSTS.items():
        lines.append(_row(row, [_cell(cost(results, row, at), form) for at in columns]))
    lines += [_row(row, cells) for row, cells in _queries(results, columns)]
    return "\n".join(lines)


def commits(results: Results, /) -> str:
    """Return of which commit each size was measured."""
    ours = {size: one["kliping"] for size, one in sorted(results.items()) if "kliping" in one}
    each = [f"{name(size)} at `{one['commit']}`" for size, one in ours.items() if "commit" in one]
    return f"kliping was measured with {', '.join(each)}." if each else ""


def told(more: dict[str, Any], /) -> str:
    """Return what was measured of other corpora, a line each."""
    lines = []
    if one := more.get("unchanged"):
        took = f"{one['seconds']:.2f} s, {one['cpu_seconds']:.2f} of processor"
        lines.append(f"- {one['unchanged']:,} files that are as they were: {took}")
    if spent := {int(size): seconds for size, seconds in more.get("notices", {}).items()}:
        each = ", ".join(f"{size:,}: {seconds:.1f} s" for size, seconds in spent.items())
        growth = ", ".join(f"{b / a:.2f}" for a, b in pairwise(spent.values()))
        lines.append(f"- notices from one mould, processor time: {each}; each doubling × {growth}")
    return "\n".join(lines)


def extrapolated(results: Results, /) -> str:
    """Return what ten million would take, from how cost grew between the last two sizes.

    By the same power of the number of articles, and along the same straight line: what is fixed in
    part and linear in part lies on the line, and what is better than linear lies below it.
    """
    sizes = [size for size in sorted(results) if "seconds" in results[size].get("kliping", {})]
    if len(sizes) < 2:
        return ""
    before, last = sizes[-2:]
    heads = [name(before), name(last), "power", f"{name(_NEXT)}, by power", "by line"]
    lines = _head("", heads)
    kinds = [f"{kind}: p50, ms" for kind in results[last]["kliping"].get("times", ())]
    for row in (*_GROWING, *kinds):
        was, now = (cost(results, row, ("kliping", size)) for size in (before, last))
        if was and now:
            power = log(now / was) / log(last / before)
            by_line = now + max(0.0, now - was) / (last - before) * (_NEXT - last)
            then = [f"{each:,.0f}" for each in (now * (_NEXT / last) ** power, by_line)]
            lines.append(_row(row, [f"{was:,.1f}", f"{now:,.1f}", f"{power:.2f}", *then]))
    return "\n".join(lines)


def cost(results: Results, row: str, at: Column, /) -> float | None:
    """Return one figure; None where it was not measured."""
    system, size = at
    of = results[size]
    try:
        if row in _COSTS:
            return _COSTS[row][1](of[system], of)
        return float(of[system]["times"][row.partition(": p50")[0]][0])
    except KeyError:
        return None


def _queries(results: Results, columns: list[Column]) -> Iterator[tuple[str, list[str]]]:
    kinds: dict[str, None] = {}
    for system, size in columns:
        kinds |= dict.fromkeys(results[size][system].get("times", ()))
    for kind in kinds:
        cells = []
        for system, size in columns:
            one = results[size][system]
            told = [one[key][kind] for key in ("times", "bare") if kind in one.get(key, ())]
            cells.append(" · ".join(f"{p50:.2f} / {p95:.2f}" for p50, p95 in told))
        yield f"{kind}, ms", cells


def _head(first: str, columns: list[str]) -> list[str]:
    return [_row(first, columns), "|---|" + "--:|" * len(columns)]


def _row(first: str, cells: list[str]) -> str:
    return f"| {first} | {' | '.join(cells)} |"


def _cell(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)
