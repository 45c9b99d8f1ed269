"""``kliping export``: all articles, to be taken elsewhere."""

from __future__ import annotations

import click

from kliping.cli.output import echo_json
from kliping.index import open_index


@click.command()
@click.pass_obj
def export(path: str) -> None:
    """Print all articles as JSON lines, which `index -` takes back as they are."""
    with open_index(path) as index:
        for article in index:
            echo_json(article.to_dict(), indent=None)
