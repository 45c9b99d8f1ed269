"""``kliping sources``: where the articles come from."""

from __future__ import annotations

import dataclasses

import click

from kliping.cli.output import clean, echo_json
from kliping.corpus.files import NO_FILE
from kliping.indexing import upkeep
from kliping.values import counted


@click.command()
@click.option("--forget", metavar="SOURCE", help="Take out what it gave, and forget it.")
@click.option("--move", nargs=2, metavar="OLD NEW", help="It lies elsewhere now, as it was.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def sources(path: str, forget: str | None, move: tuple[str, str] | None, as_json: bool) -> None:
    """List the files and folders that the index is made from, and what each gave."""
    if forget is not None:
        click.echo(f"{counted(upkeep.forget(forget, path).removed, 'article')} taken out", err=True)
    if move:
        click.echo(f"{counted(upkeep.move(*move, path), 'file')} moved", err=True)
    found = upkeep.sources(path)
    if as_json:
        echo_json([dataclasses.asdict(each) for each in found])
    else:
        click.echo("\n".join(map(_line, found)) or "no sources")


def _line(source: upkeep.SourceInfo) -> str:
    if source.path == NO_FILE:
        return f"{source.articles:>8,}  - (from programs and standard input)"
    state = "" if source.is_there else f", gone; last seen {source.seen or 'long ago'}"
    return f"{source.articles:>8,}  {clean(source.path)} ({counted(source.files, 'file')}{state})"
