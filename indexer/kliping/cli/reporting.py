"""What ``kliping index`` tells while it runs: how far it is, and what was not as it should be."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import IO

import click

from kliping.cli.output import clean, is_terminal
from kliping.corpus import Problem
from kliping.indexing.intake import Progress
from kliping.indexing.summary import Summary

# What differs between problems of one kind: what is quoted, and numbers.
_PARTICULAR = re.compile(r"'[^']*'|\"[^\"]*\"|\d[\d.,]*")


_CONTRACT = "added updated removed unchanged skipped failed articles seconds moved same".split()
_COUNTED = "added updated moved removed unchanged same repaired failed".split()


def outcome(summary: Summary, /, *, without: str = "") -> str:
    """Return what a run did in a few words, but for one count; nothing if it did nothing."""
    counts = {name: getattr(summary, name) for name in _COUNTED if name != without}
    return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)


def outcome_row(summary: Summary, /) -> dict[str, object]:
    """Return what a run did as JSON tells it."""
    return {name: getattr(summary, name) for name in _CONTRACT}


class Report:
    """Tells of problems: of each kind one line, with a count, or each where that is asked for.

    Args:
        quiet: whether to tell of none.
        verbose: whether to tell of each, at once.
        file: where to note each as a line of JSON, if anywhere.
    """

    def __init__(self, *, quiet: bool, verbose: bool = False, file: str | None = None) -> None:
        self.reasons: Counter[str] = Counter()
        self.doubts: list[str] = []
        self._quiet, self._verbose = quiet, verbose
        self._first: dict[tuple[str, str], Problem] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._file = _opened(file) if file else None

    def __call__(self, problem: Problem) -> None:
        """Take note of a problem."""
        if self._file:
            self._file.write(json.dumps(asdict(problem), ensure_ascii=False) + "\n")
        if problem.kind in ("skipped", "ignored"):
            self.reasons[problem.reason.split(":")[0].split(";")[0].split("'")[0].strip()] += 1
        if problem.kind == "doubtful":
            self.doubts.append(clean(str(problem)))
        elif self._quiet or (problem.kind == "ignored" and not self._verbose):
            return
        elif self._verbose:
            _tell(problem)
        else:
            kind = problem.kind, _PARTICULAR.sub("…", problem.reason)
            self._first.setdefault(kind, problem)
            self._counts[kind] += 1

    def close(self) -> None:
        """Tell of the kinds that there were, each by its first."""
        for kind, problem in self._first.items():
            _tell(problem, more=self._counts[kind] - 1)
        self._first.clear()
        if self._file:
            self._file.close()


def _opened(file: str) -> IO[str]:
    try:
        return click.open_file(file, "w", "utf-8", "replace")
    except OSError as error:
        why = f"{file}: {error.strerror}; name another file with --report"
        raise click.ClickException(why) from error


def _tell(problem: Problem, *, more: int = 0) -> None:
    others = f" (and {more:,} more like it: --verbose names each)" if more else ""
    click.echo(f"{problem.kind}: {clean(str(problem))}{others}", err=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """Yield what draws a bar on a terminal, above which lines are told, and nothing elsewhere."""
    if not is_terminal(sys.stderr):
        yield lambda done, total: None
        return
    from rich import progress as rich
    from rich.console import Console

    columns = rich.TextColumn("Indexing"), rich.BarColumn(), rich.TaskProgressColumn()
    with rich.Progress(
        *columns, rich.TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("Indexing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=max(total, 1))
