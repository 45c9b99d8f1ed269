"""The plot of scale: time, memory, disk and queries over the number of articles."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from scaling.report import Results, cost

# What each panel shows: its title, its unit, and a line for each system and row.
_PANELS = (
    ("indexing", "processor seconds", ["indexing, CPU s"]),
    ("memory while indexing", "MB", ["indexing, peak memory, MB"]),
    ("index", "MB", ["index, MB"]),
    ("a search, p50", "ms", ["two words: p50, ms", "four words: p50, ms"]),
)
_STYLES = {"kliping": ("#b5482a", "o"), "lucene": ("#3b6ea5", "s")}


def plot(results: Results, path: Path, /) -> None:
    """Draw all panels to a file, the same bytes for the same results."""
    mpl.rcParams |= {"svg.hashsalt": "kliping", "svg.fonttype": "none"}
    figure = Figure(figsize=(8, 6), layout="constrained")
    for axes, (title, unit, rows) in zip(figure.subplots(2, 2).flat, _PANELS, strict=True):
        for system, (colour, mark) in _STYLES.items():
            for dashes, row in zip(("-", "--"), rows, strict=False):
                points = [
                    (size, value)
                    for size in sorted(results)
                    if (value := cost(results, row, (system, size)))
                ]
                label = system if len(rows) == 1 else f"{system}, {row.partition(':')[0]}"
                if points:
                    axes.plot(
                        *zip(*points, strict=True), dashes, c=colour, marker=mark, label=label
                    )
        axes.set(xscale="log", yscale="log", title=title, ylabel=unit, xlabel="articles")
        axes.grid(alpha=0.3)
        if axes.lines:
            axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})
