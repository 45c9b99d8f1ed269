"""``kliping show`` and ``kliping info``: one article; what is in the index."""

from __future__ import annotations

import dataclasses
import textwrap

import click

from kliping.article import Article
from kliping.cli.output import article_json, clean, colours, columns, day, echo_json
from kliping.index import Info, open_index


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


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def info(path: str, as_json: bool) -> None:
    """Say what is in the index."""
    with open_index(path) as index:
        found = index.info()
    if as_json:
        echo_json(dataclasses.asdict(found))
    else:
        click.echo(_info(found))


def _info(found: Info) -> str:
    period = f"{found.first} to {found.last}" if found.first else "no dates"
    sources = sorted(found.sources.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [
        f"{found.path}: {found.articles:,} articles from {found.files:,} files, {period}",
        f"{found.size / 1e6:,.1f} MB, engine {found.engine}, format {found.format}, "
        f"analyser {found.analyser}, made {found.created}",
    ]
    lines += [f"{count:>8,}  {clean(source)}" for source, count in sources[:20]]
    if len(sources) > 20:
        lines.append(f"          and {len(sources) - 20} more sources")
    return "\n".join(lines)
