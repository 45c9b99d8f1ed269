"""``kliping remove``: takes articles out."""

from __future__ import annotations

import click

from kliping.index import open_index
from kliping.indexing import upkeep
from kliping.values import counted


@click.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.pass_obj
def remove(path: str, keys: tuple[str, ...]) -> None:
    """Take articles out; they stay out, whatever file gives them, until a rebuild."""
    with open_index(path) as index:
        ids = [index.get(key).id for key in keys]
    click.echo(f"{counted(upkeep.remove(ids, path), 'article')} removed")
