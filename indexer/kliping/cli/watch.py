"""``kliping watch``: keeps the index up to date while files come, change and go."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from datetime import datetime

import click

from kliping.building import build
from kliping.cli.interrupts import interruptible
from kliping.cli.options import shard_option, shared
from kliping.cli.output import echo_json
from kliping.cli.reporting import Report, outcome, outcome_row
from kliping.corpus import Problem
from kliping.errors import IndexLocked, SourceNotFound, StorageError
from kliping.indexing.intake import Stop
from kliping.indexing.memory import usable_cores
from kliping.indexing.settling import SETTLE_SECONDS, Settling
from kliping.indexing.summary import OnProblem, Summary
from kliping.indexing.watching import Roots, due
from kliping.store.places import located
from kliping.store.sources import read_sources
from kliping.values import counted

_AGAIN_SECONDS = 30  # after a run that the disk ended
_WAIT_SECONDS = 1.0  # for another writer, before it is asked whether to end


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(), metavar="[SOURCE]...")
@click.option(
    "--settle",
    type=click.FloatRange(0, 60),
    default=SETTLE_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="How long a file must not have changed before it is read.",
)
@shard_option
@click.option("--poll", is_flag=True, help="Look at all files again and again: network drives.")
@click.option("--quiet", is_flag=True, help="Say nothing of single files.")
@click.option("--verbose", is_flag=True, help="Name each file that was not as it should be.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each run.")
@click.pass_obj
def watch(
    path: str,
    /,
    sources: tuple[str, ...],
    settle: float,
    poll: bool,
    quiet: bool,
    verbose: bool,
    as_json: bool,
    shard: str | None,
) -> None:
    """Keep the index up to date as files come, change and go, until Ctrl-C.

    Brings it up to date first, as `index` does, with what was said to that of the sources. What is
    saved can be found a second later. Other commands may write between two runs. Without a SOURCE,
    those that the index was made from are watched.
    """
    path = shared(path, shard)
    settling = Settling(settle)
    with interruptible() as stop:
        signal.signal(signal.SIGTERM, lambda number, frame: signal.raise_signal(signal.SIGINT))
        keeper = _Keeper(path, sources, settling, stop)
        apart = os.path.realpath(path)
        runs = due(keeper.roots, settling, apart=apart, poll=poll, stop=stop)
        for number, _ in enumerate(runs):
            with closing(Report(quiet=quiet, verbose=verbose)) as report:
                summary = keeper.run(report)
            if summary is not None:
                _print(summary, report, as_json=as_json)
            if not (number or as_json or stop()):
                click.echo(f"watching {counted(len(keeper.roots.here), 'source')} until Ctrl-C")


class _Keeper:
    """Brings an index up to date, again and again, and tells what stays wrong only once."""

    def __init__(
        self, path: str, sources: tuple[str, ...], settling: Settling, stop: Stop, /
    ) -> None:
        self._path, self._settling, self._stop = path, settling, stop
        self._named = {os.path.realpath(source): source for source in sources}
        self.roots = Roots(list(self._named or read_sources(located(path))))
        self._begun = False
        self._report: OnProblem = lambda problem: None
        self._told: set[str] = set()
        self._before: set[str] = set()

    def run(self, report: OnProblem, /) -> Summary | None:
        """Return what one run did; None where it could not be done, and is tried again."""
        self._report, self._before, self._told = report, self._told, set()
        here = self._here()
        waiting = False
        while not self._stop() and (here or not self._named):
            try:
                summary = build(
                    here, self._path, jobs=usable_cores(), later=self._settling.later,
                    stop=self._stop, on_problem=self._tell, wait=_WAIT_SECONDS,
                )  # fmt: skip
            except IndexLocked as error:
                if not waiting:
                    click.echo(f"waiting: {error.holder} is writing", err=True)
                waiting = True
            except (StorageError, SourceNotFound) as error:
                if not self._begun:
                    raise
                again = f"{error}; tried again every {_AGAIN_SECONDS} s"
                self._tell(Problem(self._path, again, kind="failed"))
                self._settling.again(_AGAIN_SECONDS)
                return None
            else:
                self._begun = True
                return summary
        return None

    def _here(self) -> list[str]:
        """Return the sources that are there now: at first all, since one may be misspelt."""
        gone = self._named.keys() - set(self.roots.here) if self._begun else set()
        for real in gone:
            why = "is gone; what it gave stays until it is back"
            self._tell(Problem(self._named[real], why, kind="note"))
        return [source for real, source in self._named.items() if real not in gone]

    def _tell(self, problem: Problem) -> None:
        """Pass on what the run before did not tell already."""
        said = str(problem)
        if said not in self._before | self._told:
            self._report(problem)
        self._told.add(said)


def _print(summary: Summary, report: Report, *, as_json: bool) -> None:
    """Print a line for a run: as JSON for each, else for one that did something."""
    now = datetime.now().astimezone()
    if as_json:
        row = {"at": now.isoformat(timespec="seconds"), **outcome_row(summary)}
        echo_json(row, indent=None)
    elif done := outcome(summary, without="unchanged"):
        click.echo(f"{now:%H:%M:%S}  {done} in {summary.seconds:.1f} s")
    for doubt in report.doubts:
        click.echo(f"doubtful: {doubt}", err=True)
