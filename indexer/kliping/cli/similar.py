"""``kliping similar``: more like one article."""

from __future__ import annotations

import click

from kliping.cli.output import clean, echo_json
from kliping.cli.rendering import render
from kliping.cli.search import results_json
from kliping.index import open_index


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--limit", default=10, show_default=True, help="How many articles to show.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as of a search.")
@click.pass_obj
def similar(path: str, article_id: str, limit: int, as_json: bool) -> None:
    """Find other stories like an article, the likest first.

    The words of the article that tell it from others are looked for; they are lit. What says the
    same as the article itself is left out: "search" names that.
    """
    with open_index(path) as index:
        results = index.similar(article_id, limit=limit)
    if as_json:
        echo_json(results_json(results))
    else:
        found = f"Most like {clean(article_id)}" if results.hits else "Nothing is like it"
        click.echo(render(results, summary=f"{found}, {results.took_ms:.1f} ms"))
    if not results.hits:
        click.get_current_context().exit(1)
