"""``kliping suggest``: what the beginning of a query could become."""

from __future__ import annotations

import dataclasses

import click

from kliping.cli.options import option
from kliping.cli.output import cut, echo_json, one_line
from kliping.cli.words import WordsCommand
from kliping.index import open_index


@click.command(cls=WordsCommand)
@click.argument("prefix", nargs=-1, required=True)
@option("--limit", "-n", default=10, show_default=True, help="How many completions to show.")
@option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def suggest(path: str, prefix: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Complete the last word of PREFIX: words, names and headlines, each with its articles.

    Words and names that more articles have come first; of headlines, the newest.
    """
    text = " ".join(prefix)
    with open_index(path) as index:
        found = index.suggest(text, limit=limit)
    if as_json:
        echo_json({"prefix": text, "suggestions": [dataclasses.asdict(each) for each in found]})
    for each in () if as_json else found:
        click.echo(f"{each.articles:>8,}  {each.kind:<8}  {cut(one_line(each.text), 70)}")
    if not found:
        if not as_json:
            click.echo(f"Nothing begins with '{one_line(text)}'", err=True)
        click.get_current_context().exit(1)
