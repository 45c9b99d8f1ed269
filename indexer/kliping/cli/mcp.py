"""``kliping mcp``: an index as tools for assistants."""

from __future__ import annotations

import click

from kliping.cli.extras import needing


@click.command()
@click.pass_obj
def mcp(path: str) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol).

    The tools are search, fetch, similar, suggest and trend; what is indexed meanwhile is found.
    docs/assistants.md says how assistants are told of it.
    """
    with needing("mcp", "mcp"):
        from kliping.server.assistants import server
    server(path).run()
