"""``kliping info``: what is in the index."""

from __future__ import annotations

import dataclasses

import click

from kliping.cli.options import option
from kliping.cli.output import cut, echo_json, one_line
from kliping.index import open_index
from kliping.searching.information import Info
from kliping.values import counted


@click.command()
@option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def info(path: str, as_json: bool) -> None:
    """Say what is in the index."""
    with open_index(path) as index:
        found = index.info()
    if as_json:
        echo_json(dataclasses.asdict(found))
    else:
        click.echo(_info(found))
    if found.damage:
        click.echo(f"note: {one_line(found.damage)}", err=True)


def _info(found: Info) -> str:
    period = f"{found.first} to {found.last}" if found.first else "no dates"
    sources = sorted(found.sources.items(), key=lambda pair: (-pair[1], pair[0]))
    files = "unknown files" if found.files is None else counted(found.files, "file")
    lines = [
        f"{found.path}: {counted(found.articles, 'article')} from {files}, {period}",
        f"{found.size / 1e6:,.1f} MB, engine {found.engine}, format {found.format}, "
        f"analyser {found.analyser}, made {found.created}",
    ]
    lines += [f"{count:>8,}  {cut(one_line(source), 60)}" for source, count in sources[:20]]
    if len(sources) > 20:
        lines.append(f"          and {counted(len(sources) - 20, 'more source')}")
    return "\n".join(lines)
