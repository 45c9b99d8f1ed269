"""``kliping check``: is the index sound?"""

from __future__ import annotations

import dataclasses

import click

from kliping.cli.output import clean, echo_json
from kliping.indexing.checking import check as check_index
from kliping.values import counted


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Read all of the index and say whether it is sound; exit status 2 if it is not."""
    found = check_index(ctx.obj)
    if as_json:
        echo_json(dataclasses.asdict(found))
    else:
        told = map(clean, found.problems)
        click.echo("\n".join(told) or f"sound: {counted(found.articles, 'article')}")
    ctx.exit(2 if found.problems else 0)
