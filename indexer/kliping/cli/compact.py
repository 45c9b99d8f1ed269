"""``kliping compact``: makes the index as small as it can be."""

from __future__ import annotations

import click

from kliping.indexing import upkeep


@click.command()
@click.pass_obj
def compact(path: str) -> None:
    """Make the index anew from its own articles, without gaps; the old one serves meanwhile."""
    click.echo(f"{upkeep.compact(path) / 1e6:,.1f} MB saved")
