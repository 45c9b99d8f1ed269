"""``kliping extract``: the articles in files, without an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime

import click

from kliping.article import Article
from kliping.cli.accounts import account_text
from kliping.cli.options import timeout_option
from kliping.cli.output import clean, echo_json
from kliping.cli.profiles import columns_option, profile_text
from kliping.corpus import Problem, SourceFile, find_files
from kliping.corpus.accounts import listening, profiling
from kliping.corpus.identity import absolute_url
from kliping.corpus.pages import joined
from kliping.corpus.records.checking import check_columns
from kliping.corpus.records.mapping import Mapped, parse_mapping
from kliping.corpus.text.dates import WIB
from kliping.indexing.readers import read_all


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--url", help="The address that the page was saved from.")
@click.option(
    "--relative-dates",
    "relative",
    is_flag=True,
    help="Count a page's '2 jam yang lalu' from when its file was last changed.",
)
@click.option(
    "--explain", is_flag=True, help="Say instead which rule took what, and what was dropped."
)
@columns_option
@timeout_option
@click.pass_context
def extract(
    ctx: click.Context,
    files: tuple[str, ...],
    url: str | None,
    relative: bool,
    explain: bool,
    maps: tuple[str, ...],
    timeout: int,
) -> None:
    """Print the articles in files as JSON lines; a folder gives those of all its files."""
    if url is not None and absolute_url(url, base=None) is None:
        raise click.UsageError(f"not an address on the web: {url} (--url https://...)")
    mapping = parse_mapping(maps)
    if mapping:
        check_columns(files, mapping)
    jobs = 1 if explain else 2  # what is told of an article is told in this process
    found = failed = ignored = 0
    with ExitStack() as stack:
        told = stack.enter_context(listening()) if explain else []
        profiles = stack.enter_context(profiling()) if explain else []
        for item in joined(_read(_files(files, url, relative, mapping), jobs, timeout)):
            while profiles:
                click.echo(profile_text(profiles.pop(0)) + "\n")
            if isinstance(item, Problem):
                failed += item.kind in ("skipped", "failed")
                ignored += item.kind == "ignored"
                if item.kind != "ignored":
                    click.echo(f"{item.kind}: {clean(str(item))}", err=True)
                continue
            found += 1
            if explain:
                click.echo(account_text(item, told))
            else:
                echo_json(item.to_dict(), indent=None)
    if ignored and not (found or failed):
        click.echo(f"skipped: no file of an article format among {ignored:,}", err=True)
    if not found:
        ctx.exit(2 if failed else 1)


def _read(
    files: Iterable[SourceFile | Problem], jobs: int, timeout: int
) -> Iterator[Article | Problem]:
    for file in files:
        if isinstance(file, Problem):
            yield file
            continue
        for read in read_all([file], jobs=jobs, timeout=timeout):
            yield from read.items
            if read.error is not None:
                yield Problem(str(file.path), f"cannot be read: {read.error}")


def _files(
    files: tuple[str, ...], url: str | None, relative: bool, mapping: tuple[Mapped, ...]
) -> Iterator[SourceFile | Problem]:
    for file in find_files(files):
        if isinstance(file, SourceFile):
            now = datetime.fromtimestamp(file.mtime_ns / 1e9, WIB) if relative else None
            yield replace(file, url=url, now=now, columns=mapping)
        else:
            yield file
