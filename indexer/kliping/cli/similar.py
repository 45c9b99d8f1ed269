"""``kliping similar``: more like one article."""

from __future__ import annotations

import click

from kliping.cli.options import hit_limit
from kliping.cli.output import echo_json, one_line, page
from kliping.cli.rendering import render
from kliping.index import open_index


@click.command()
@click.argument("key")
@hit_limit
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as of a search.")
@click.pass_obj
def similar(path: str, key: str, limit: int, as_json: bool) -> None:
    """Find other stories like an article, the likest first.

    KEY is what a search prints: an id, an address or a path. The words of the article that tell it
    from others are looked for; they are lit. What says the same as the article itself is left out:
    "search" names that.
    """
    with open_index(path) as index:
        results = index.similar(key, limit=limit)
    if as_json:
        echo_json(results.to_dict())
    else:
        found = f"Most like {one_line(key)}" if results.hits else "Nothing is like it"
        page(render(results, summary=f"{found}, {results.took_ms:.1f} ms"))
    if not results.hits:
        click.get_current_context().exit(1)
