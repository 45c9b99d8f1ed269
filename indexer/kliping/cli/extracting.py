"""``kliping extract``: the articles in files, without an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from kliping.article import Article
from kliping.cli.output import article_json, clean, echo_json
from kliping.corpus import Problem, SourceFile, find_files, read_file
from kliping.corpus import extract as extract_page
from kliping.corpus.pages import joined
from kliping.errors import NotAnArticle


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--url", help="The address that the page was saved from.")
@click.pass_context
def extract(ctx: click.Context, files: tuple[str, ...], url: str | None) -> None:
    """Print the articles in files as JSON lines; a folder gives those of all its files."""
    found = failed = 0
    for item in joined(_items(files, url)):
        if isinstance(item, Problem):
            failed += item.kind in ("skipped", "failed")
            if item.kind != "ignored":
                click.echo(f"{item.kind}: {clean(str(item))}", err=True)
        else:
            found += 1
            echo_json(article_json(item), indent=None)
    if not found:
        ctx.exit(2 if failed else 1)


def _items(files: tuple[str, ...], url: str | None) -> Iterator[Article | Problem]:
    for file in find_files(files):
        yield from _read(file, url) if isinstance(file, SourceFile) else (file,)


def _read(file: SourceFile, url: str | None) -> Iterable[Article | Problem]:
    if url is None:
        return read_file(file)
    try:
        return (extract_page(file.path.read_bytes(), url=url, path=file.path.as_posix()),)
    except (OSError, NotAnArticle) as error:
        reason = error.strerror if isinstance(error, OSError) else error.reason
        return (Problem(str(file.path), reason or "cannot be read"),)
