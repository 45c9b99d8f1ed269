"""``kliping index``: brings the index up to date with its sources."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import click

from kliping.building import build
from kliping.cli.interrupts import INTERRUPTED, interruptible
from kliping.cli.options import shard_option, shared, timeout_option
from kliping.cli.output import echo_json
from kliping.cli.profiles import columns_option, profile_text
from kliping.cli.reporting import Report, outcome, outcome_row, progress
from kliping.corpus.files import NO_FILE
from kliping.engines import ENGINES
from kliping.indexing.memory import LEAST, MEMORY, usable_cores
from kliping.indexing.rehearsal import Planned, rehearse
from kliping.indexing.summary import Summary
from kliping.store.folder import WAIT_SECONDS
from kliping.values import counted

_INTERRUPTED = {
    False: "what was analysed is kept; the same command goes on",
    True: "the index is as it was; the same command goes on",
}


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(), metavar="[SOURCE]...")
@click.option("--engine", type=click.Choice(list(ENGINES)), help="What keeps a new index.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=usable_cores,
    help="How many processes read and analyse.  [default: one a usable processor]",
)
@click.option(
    "--memory",
    type=click.IntRange(LEAST, 1 << 20),
    default=MEMORY,
    show_default=True,
    help="Megabytes that all processes may take; jobs that do not fit are not begun.",
)
@click.option("--rebuild", is_flag=True, help="Make the index anew; the old one serves meanwhile.")
@click.option(
    "--lexicon",
    type=click.Path(dir_okay=False),
    help="Your own exceptions, protected words and synonyms, kept in the index.",
)
@click.option(
    "--wait",
    type=float,
    default=WAIT_SECONDS,
    show_default=True,
    help="Seconds to wait for another writer.",
)
@columns_option
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out what fits, as .gitignore says it; kept with the source. May be repeated.",
)
@click.option("--follow-links", is_flag=True, help="Follow links that lead out of the sources too.")
@timeout_option
@shard_option
@click.option("--keep-repeats", is_flag=True, help="Leave in what all articles of a source repeat.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--strict", is_flag=True, help="Exit with status 2 if anything was not as it should.")
@click.option("--quiet", is_flag=True, help="Say nothing of single files.")
@click.option("--verbose", is_flag=True, help="Name each file that was not as it should be.")
@click.option("--report", "report_file", metavar="FILE", help="Note each there, as a line of JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_obj
def index(
    path: str,
    /,
    sources: tuple[str, ...],
    maps: tuple[str, ...],
    exclude: tuple[str, ...],
    follow_links: bool,
    dry: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
    report_file: str | None,
    as_json: bool,
    shard: str | None,
    **making: Any,
) -> None:
    """Index files and folders of articles: what is new, changed or gone since last time.

    Reads .html .htm .xhtml .mht .mhtml .txt .md .json .jsonl .ndjson .js .csv .tsv .xlsx .ods .xml
    .rss .atom .pdf .docx .eml .mbox .warc, each also .gz, and .zip .tar .tgz of them. Without a
    SOURCE, those that the index was made from are looked through again. SOURCE - is JSON lines
    from standard input, such as those of `export`.
    """
    path = shared(path, shard)
    report = Report(quiet=quiet, verbose=verbose, file=report_file)
    said: dict[str, Any] = {"columns": maps, "exclude": exclude, "follow_links": follow_links}
    if NO_FILE in sources:
        _check_alone(sources, {"dry_run": dry, "map": maps, **said, **making})
    if dry:
        with closing(report):
            _rehearse(rehearse(sources, path, on_problem=report, **said), report)
        return
    with closing(report), progress() as draw, interruptible() as stop:
        told: dict[str, Any] = {"on_problem": report, "on_progress": draw, "stop": stop}
        if NO_FILE in sources:
            from kliping.writing import take_stream  # loads what reads records

            asked = {name: making[name] for name in ("engine", "wait")}
            summary = take_stream(sys.stdin.buffer, path, on_problem=report, stop=stop, **asked)
        else:
            summary = build(sources, path, **making, **said, **told)
    if as_json:
        echo_json(outcome_row(summary), indent=None)
    else:
        _print(summary, path, report)
    if strict and (summary.skipped or summary.failed or summary.repaired or report.doubts):
        click.get_current_context().exit(2)
    if summary.interrupted:
        click.echo(f"interrupted: {_INTERRUPTED[making['rebuild']]}", err=True)
        click.get_current_context().exit(INTERRUPTED)


def _check_alone(sources: tuple[str, ...], given: dict[str, Any]) -> None:
    """Refuse, beside standard input, what only files can be asked for."""
    names = ("rebuild", "dry_run", "lexicon", "map", "exclude", "follow_links", "keep_repeats")
    refused = [f"--{name.replace('_', '-')}" for name in names if given[name]]
    if len(sources) > 1 or refused:
        without = f", and without {', '.join(refused)}" if refused else ""
        raise click.UsageError(f"'-' goes by itself{without}: it cannot be read again")


def _print(summary: Summary, path: str, report: Report) -> None:
    click.echo(f"{outcome(summary) or 'nothing to do'} in {summary.seconds:.1f} s")
    skipped = summary.skipped + summary.ignored
    if skipped:
        reasons = ", ".join(f"{reason} ({n:,})" for reason, n in report.reasons.most_common(5))
        click.echo(f"{skipped:,} skipped: {reasons}")
    click.echo(f"{counted(summary.articles, 'article')} in {path}")
    for doubt in report.doubts:
        click.echo(f"doubtful: {doubt}")


def _rehearse(plan: Iterable[Planned], report: Report) -> None:
    """Print what would be done, a file of records with its profile."""
    counts: Counter[str] = Counter()
    for planned in plan:
        counts[planned.change] += 1
        counts["articles"] += planned.articles if planned.change != "gone" else 0
        for profile in planned.profiles:
            click.echo(f"{planned.change}: {profile_text(profile)}")
    files = ", ".join(f"{counts[name]:,} {name}" for name in ("new", "changed", "gone"))
    click.echo(
        f"{files} files, {counted(counts['articles'], 'article')} to read; nothing was written"
    )
    for doubt in report.doubts:
        click.echo(f"doubtful: {doubt}")
