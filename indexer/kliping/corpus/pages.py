"""An article that its site shows on several pages, each saved as a file, is one article again.

Readers mark what says that it is a page of several; whoever sees them all joins them. The result
depends on the set of pages alone, never on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from kliping.article import Article

# The number of the page that shows the whole article (``?page=all``).
WHOLE = 0
# A shorter paragraph may stand on two pages by right ("Ya.").
_LONG = 40

Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Page(Article):
    """One page of an article: its id and address are the whole article's."""

    number: int = 1


def as_page(article: Article, number: int, /) -> Page:
    """Return an article as one page of several."""
    given = {field.name: getattr(article, field.name) for field in fields(Article)}
    return Page(**{**given, "number": number})


def number_of(article: Article, /) -> int:
    """Return which page this is; an article that says nothing of pages is the first."""
    return article.number if isinstance(article, Page) else 1


def plain(article: Article, /) -> Article:
    """Return the article without its page number."""
    if not isinstance(article, Page):
        return article
    return Article(**{field.name: getattr(article, field.name) for field in fields(Article)})


def join(pages: Iterable[Article], /) -> Article:
    """Return the one article that these are pages of.

    The page that shows the whole stands for all. Otherwise the pages follow one another, each
    number once, without paragraphs that an earlier page has shown; what the first page does not
    say of itself, the others may.

    >>> one = Page("a", "Banjir", "Air naik. Warga mengungsi ke balai desa sejak subuh.", number=1)
    >>> two = replace(one, body=one.body + "\\n\\nAir surut.", title=None, number=2)
    >>> join([two, one]).body
    'Air naik. Warga mengungsi ke balai desa sejak subuh.\\n\\nAir surut.'
    """
    ordered = sorted(pages, key=lambda page: (number_of(page), page.path or "", page.body))
    numbered = list({number_of(page): page for page in reversed(ordered)}.values())[::-1]
    if number_of(numbered[0]) == WHOLE:
        body = numbered[0].body
    else:
        body = "\n\n".join(_once(page.body.split("\n\n") for page in numbered))
    first = plain(numbered[0])
    missing = {
        field.name: next(filter(None, (getattr(page, field.name) for page in numbered)), None)
        for field in fields(Article)
        if not getattr(first, field.name)
    }
    given = {name: value for name, value in missing.items() if value}
    return replace(first, **{**given, "body": body})


def joined(items: Iterable[Article | Other], /) -> Iterator[Article | Other]:
    """Yield the items, the pages of each article as one, behind all others."""
    waiting: dict[str, list[Article]] = {}
    for item in items:
        if isinstance(item, Page):
            waiting.setdefault(item.id, []).append(item)
        else:
            yield item
    yield from map(join, waiting.values())


def _once(pages: Iterable[list[str]]) -> Iterator[str]:
    seen: set[str] = set()
    for paragraphs in pages:
        yield from (text for text in paragraphs if text not in seen or len(text) < _LONG)
        seen.update(paragraphs)
