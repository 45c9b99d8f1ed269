"""What a run found out, and how it is told: "How do the systems compare?"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from peers.worker import Indexed, Kind

_MB = 1_000_000
_COLUMNS = (
    "system", "docs/s", "docs/CPU s", "p50 ms", "p95 ms", "p50 ms, no passages", "index MB",
    "peak memory MB", "MRR@10 keywords", "MRR@10 headlines",
)  # fmt: skip


@dataclass(slots=True)
class Measured:
    """One system's figures. ``times`` has, for each kind, the milliseconds of every round.

    ``runs`` has, for each set of topics, the ids that were found; ``mrr`` judges them.
    """

    indexed: Indexed
    times: dict[Kind, list[list[float]]] = field(default_factory=dict)
    runs: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    mrr: dict[str, float] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    peak: int = 0

    @property
    def speed(self) -> float:
        """Articles indexed a second."""
        return self.indexed.articles / self.indexed.seconds

    @property
    def cpu_speed(self) -> float:
        """Articles indexed in a second of one processor."""
        return self.indexed.articles / self.indexed.cpu_seconds

    def below(self, kind: Kind, share: float) -> float:
        """Return the milliseconds that ``share`` of the queries stay below.

        A query's time is the median of its rounds.
        """
        times: list[float] = sorted(
            median(rounds) for rounds in zip(*self.times[kind], strict=True)
        )
        return times[min(int(share * len(times)), len(times) - 1)]


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that the project sets a bound to."""

    what: str
    value: float
    bound: float
    at_least: bool = False

    def __str__(self) -> str:
        met = self.value >= self.bound if self.at_least else self.value <= self.bound
        sign, verdict = "≥" if self.at_least else "≤", "met" if met else "MISSED"
        return f"- {self.what}: {self.value:.3g} (bar: {sign} {self.bound:.3g}, {verdict})"


def table(measured: Iterable[Measured], /) -> str:
    """Return a Markdown table, a system a row."""
    rows = [_COLUMNS, ["---"] + ["---:"] * (len(_COLUMNS) - 1), *map(_row, measured)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def bars(measured: Mapping[str, Measured], /, *, bodies_only: bool = False) -> list[Bar]:
    """Return the figures that have a bound, as far as their systems took part."""
    ours, whoosh, bare = (measured.get(n) for n in ("kliping-tantivy", "whoosh", "tantivy"))
    found = []
    if ours and whoosh:
        what = "kliping (tantivy) ÷ Whoosh, docs/s"
        found.append(Bar(what, ours.speed / whoosh.speed, 10, at_least=True))
        ratio = ours.below("search", 0.5) / whoosh.below("search", 0.5)
        what = "kliping (tantivy) ÷ Whoosh, p50 with passages"
        found += [Bar(what, ratio, 1 / 5), Bar(f"{what}, in the end", ratio, 1 / 30)]
    if ours and bare:
        what = "kliping (tantivy) with passages ÷ bare tantivy top ten, p50, in the end"
        found.append(Bar(what, ours.below("search", 0.5) / bare.below("bare", 0.5), 6))
    if ours and not bodies_only:
        what = "kliping (tantivy), MRR@10 of keyword topics"
        found.append(Bar(what, ours.mrr["keywords"], 0.4, at_least=True))
    return found


def _row(one: Measured) -> list[str]:
    return [
        one.indexed.label,
        f"{one.speed:,.0f}",
        f"{one.cpu_speed:,.0f}",
        f"{one.below('search', 0.5):.2f}",
        f"{one.below('search', 0.95):.2f}",
        f"{one.below('rank', 0.5):.2f}",
        f"{one.indexed.bytes / _MB:.0f}",
        f"{one.peak / _MB:.0f}",
        f"{one.mrr['keywords']:.3f}",
        f"{one.mrr['headlines']:.3f}",
    ]
