"""``kliping show``: articles in full."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from kliping.article import Article
from kliping.cli.options import option
from kliping.cli.output import (
    clean,
    colours,
    columns,
    cut,
    day,
    echo_json,
    one_line,
    page,
)
from kliping.errors import ArticleNotFound
from kliping.index import Index, open_index

_LISTED = 100


@click.command()
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@option("--json", "as_json", is_flag=True, help="Print it as JSON, of several a list.")
@click.pass_obj
def show(path: str, keys: tuple[str, ...], as_json: bool) -> None:
    """Show articles in full.

    KEY is what a search prints: an id, an address or a path. Of a path with several articles, these
    are listed.
    """
    with open_index(path) as index:
        found = [_found(index, key) for key in keys]
    if as_json:
        articles = [each.to_dict() for several in found for each in several]
        echo_json(articles if len(articles) > 1 else articles[0])
    else:
        page("\n\n".join(_text(several) for several in found))


def _found(index: Index, key: str) -> tuple[Article, ...]:
    found = index.find(key, limit=_LISTED)
    if not found:
        raise ArticleNotFound(
            f"no article has the id, address or path '{cut(key, 80)}'; these are what search prints"
        )
    return found


def _text(articles: tuple[Article, ...]) -> str:
    return _article(articles[0]) if len(articles) == 1 else "\n".join(_lines(articles))


def _lines(articles: tuple[Article, ...]) -> Iterator[str]:
    for each in articles:
        yield cut(f"{one_line(each.id)}  {one_line(each.title or '(no title)')}", columns())
    if len(articles) == _LISTED:
        yield f"… the first {_LISTED}; search finds others"


def _article(article: Article) -> str:
    wide = columns()
    title = textwrap.fill(clean(article.title or "(no title)"), wide)
    published = day(article.published) if article.published else None
    about = (", ".join(article.authors), article.source, article.section, published)
    lines = [click.style(title, bold=True) if colours() else title]
    lines += [" · ".join(one_line(each) for each in about if each)]
    paragraphs = (clean(p.replace("\n", " ")) for p in article.body.split("\n\n"))
    lines += ["", "\n\n".join(textwrap.fill(p, wide) for p in paragraphs), ""]
    if article.caption:
        lines += [textwrap.fill(f"Caption: {clean(article.caption)}", wide)]
    lines += [f"Modified: {day(article.modified)}"] if article.modified else []
    lines += [f"Language: {one_line(article.language)}"] if article.language else []
    lines += [f"Tags: {one_line(', '.join(article.tags))}"] if article.tags else []
    lines += [one_line(place) for place in (article.url, article.image, article.path) if place]
    return "\n".join([*lines, f"id: {one_line(article.id)}"])
