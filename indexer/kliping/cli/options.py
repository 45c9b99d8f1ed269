"""Options that several commands take, and what all options are made with."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=click.Command)


class Option(click.Option):
    """An option whose help is one paragraph, as it stands: to tidy it, click needs ``inspect``."""

    def __init__(self, *arguments: Any, help: str | None = None, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.help = help


option = partial(click.option, cls=Option)


def _show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


_HELP = Option(
    ["-h", "--help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    help="Show this message and exit.",
)


def with_help(command: _Command, /) -> _Command:
    """Give ``command`` our own ``--help``: for its, click looks for a translation at each start."""
    if command.add_help_option:
        command.add_help_option = False
        command.params.append(_HELP)
    return command


topic_match = option(
    "--match",
    type=click.Choice(["auto", "all", "any"]),
    default="any",
    show_default=True,
    help="Whether an article needs all words or any; auto: all first, then most.",
)
topic_limit = option("--limit", "-n", default=100, show_default=True, help="How many hits a topic.")
hit_limit = option("--limit", "-n", default=10, show_default=True, help="How many hits to show.")

shard_option = option(
    "--shard",
    metavar="K/N",
    help="Of an index at an address, only the K-th of N shares: one a machine, all at once.",
)


def shared(path: str, shard: str | None, /) -> str:
    """Return where a share of the index at ``path`` lives.

    Raises:
        UsageError: it is a folder, which one machine writes.
    """
    from kliping.store.places import is_address
    from kliping.store.shares import Share, of_share

    if shard is None:
        return path
    if not is_address(path):
        cure = "--index https://HOST:9200/NAME"
        raise click.UsageError(f"--shard parts an index at an address; name one: {cure}")
    return of_share(path, Share.parse(shard))


timeout_option = option(
    "--timeout",
    type=click.IntRange(1, 86_400),
    default=60,
    show_default=True,
    help="Seconds that a file may take to give its next article, before it is left out.",
)
