"""``kliping show``: one article in full."""

from __future__ import annotations

import textwrap

import click

from kliping.article import Article
from kliping.cli.output import article_json, clean, colours, columns, day, echo_json
from kliping.index import open_index


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the article as JSON.")
@click.pass_obj
def show(path: str, article_id: str, as_json: bool) -> None:
    """Show one article in full."""
    with open_index(path) as index:
        article = index.get(article_id)
    if as_json:
        echo_json(article_json(article))
    else:
        click.echo(_article(article))


def _article(article: Article) -> str:
    wide = columns()
    title = textwrap.fill(clean(article.title or "(no title)"), wide)
    published = day(article.published) if article.published else None
    about = (", ".join(article.authors), article.source, article.section, published)
    lines = [click.style(title, bold=True) if colours() else title]
    lines += [" · ".join(clean(each) for each in about if each)]
    paragraphs = (clean(p.replace("\n", " ")) for p in article.body.split("\n\n"))
    lines += ["", "\n\n".join(textwrap.fill(p, wide) for p in paragraphs), ""]
    if article.caption:
        lines += [textwrap.fill(f"Caption: {clean(article.caption)}", wide)]
    lines += [f"Modified: {day(article.modified)}"] if article.modified else []
    lines += [f"Language: {clean(article.language)}"] if article.language else []
    lines += [f"Tags: {clean(', '.join(article.tags))}"] if article.tags else []
    lines += [clean(place) for place in (article.url, article.image, article.path) if place]
    return "\n".join([*lines, f"id: {clean(article.id)}"])
