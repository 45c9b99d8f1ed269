"""``kliping open``: articles where they came from, in the browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shlex import quote

import click

from kliping.article import Article
from kliping.cli.output import one_line
from kliping.errors.cures import command
from kliping.index import open_index

# What a browser shows. A file of another kind might be run by what opens it.
_SHOWN = frozenset(".html .htm .xhtml .mht .mhtml .txt .md .json .jsonl .ndjson .csv .xml".split())


@click.command()
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.pass_obj
def open(path: str, keys: tuple[str, ...]) -> None:
    """Open articles in the browser: their address, else their file.

    KEY is what a search prints: an id, an address or a path. Where there is no display, the address
    is printed.
    """
    with open_index(path) as index:
        places = [_place(index.get(key), path) for key in keys]
    for place in places:
        if not _opened(place):
            click.echo(place)


def _place(article: Article, index: str) -> str:
    """Return the address to open; only what a browser shows is one."""
    from kliping.corpus.identity import absolute_url

    if article.url and (address := absolute_url(article.url, base=None)):
        return one_line(address)
    file = Path(article.path or "")
    if file.suffix.lower() in _SHOWN and file.is_file():
        return file.resolve().as_uri()
    raise click.ClickException(
        f"article {article.id} has no address, and no file that is there and that a browser shows; "
        f"try: {command(f'show {quote(article.id)}', index)}"
    )


def _opened(place: str) -> bool:
    """Open ``place`` where somebody can see it."""
    import webbrowser

    elsewhere = sys.platform in ("win32", "darwin", "cygwin")
    if not (elsewhere or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))):
        return False
    try:
        return webbrowser.open(place)
    except (webbrowser.Error, OSError):
        return False
