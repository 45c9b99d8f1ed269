"""``kliping copy``: an index to another place, of whatever engine."""

from __future__ import annotations

import click

from kliping.cli.interrupts import INTERRUPTED, interruptible
from kliping.cli.options import option
from kliping.cli.output import echo_json
from kliping.cli.passwords import ask_password
from kliping.engines import ENGINES
from kliping.indexing.copying import copy as copy_index
from kliping.store.places import is_address
from kliping.values import counted


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("to", metavar="TO")
@option("--engine", type=click.Choice(list(ENGINES)), help="What keeps the copy.")
@option("--json", "as_json", is_flag=True, help="Print what was copied as JSON.")
def copy(source: str, to: str, engine: str | None, as_json: bool) -> None:
    """Copy an index to another folder or address, with its notes, and compare the two.

    FROM stays as it is; nothing may be there yet at TO. A copy that was ended goes on.
    """
    for place in filter(is_address, (source, to)):
        ask_password(place)
    with interruptible() as stop:
        done = copy_index(source, to, engine=engine, stop=stop)
    digest = f"{done.digest:032x}"
    if done.interrupted:
        click.echo("interrupted: what was copied is kept; the same command goes on", err=True)
        click.get_current_context().exit(INTERRUPTED)
    if as_json:
        echo_json({"articles": done.articles, "new": done.new, "digest": digest}, indent=None)
    else:
        click.echo(f"{counted(done.articles, 'article')} in {to}, digest {digest}: as in {source}")
