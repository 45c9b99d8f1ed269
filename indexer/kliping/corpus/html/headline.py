"""The headline: the heading that the page's other names for itself agree with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from kliping.corpus.html.finder import select
from kliping.corpus.html.page import Page, letters, squeeze, text_of
from kliping.corpus.html.publisher import Publisher
from kliping.corpus.text.names import clean_title
from kliping.corpus.text.tidying import tidy

# What parts the headline from the site's name: "SUARA NIRMALA.CO :: Longsor", "Banjir | Warta".
_PARTS = re.compile(r"(?<!\s)\s++(?:::+|[|»«•~–—-]+)\s+")
_BOLD = "b, strong, font, h3, h4, [class*=title], [class*=judul]"
_LONGEST = 300
_FEWEST_LETTERS = 8
_FEWEST_WORDS = 5  # that a headline has


def headline(
    page: Page, publisher: Publisher | None, /, *, source: str | None = None
) -> tuple[str | None, str]:
    """Return the headline without the site's name, and the rule that found it.

    A page names itself in <title>, og:title and JSON-LD, with the site's name before or behind, or
    shortened. A heading that stands whole in one of them is the headline as readers see it.
    """
    names = [(rule, name) for rule, name in _names(page) if name]
    for rule, heading in _headings(page, publisher):
        if _agrees(heading, [name for _, name in names]):
            return _as_written(clean_title(heading, source), [name for _, name in names]), rule
    if part := _shown_part(page):
        return part, "<title>, the part that the page shows"
    lone = next((heading for _, heading in _headings(page, None)), None)
    for rule, name in names:
        title = clean_title(tidy(name), source or _site(page))
        # "Dinas Perikanan - Siaran Pers": <title> names the site and the section, a heading more.
        if lone and rule == "<title>" and _words(title) < _FEWEST_WORDS <= _words(lone):
            break
        if title:
            return title, rule
    return (lone, "first heading") if lone else (None, "")


def _as_written(heading: str, names: list[str]) -> str:
    """Return a heading that a theme shows in capitals as the page's other names write it."""
    if not heading.isupper():
        return heading
    plain = letters(heading)
    said = (tidy(name) for name in names if letters(name) == plain and not name.isupper())
    return next(said, heading)


def _words(text: str) -> int:
    """Return how many words the longest part of a title has."""
    return max(len(part.split()) for part in _PARTS.split(text))


def site_in_title(page: Page, title: str, /) -> str | None:
    """Return what <title> says beside the headline, if that can be the site's name."""
    parts = [part for part in _ends_of_title(page) if letters(part) not in letters(title)]
    return next((tidy(part) for part in parts if len(part.split()) <= 4 and len(part) < 40), None)


def _ends_of_title(page: Page) -> list[str]:
    """Return the last and the first part of <title>, if it has more than one."""
    titles = page.marked.get("title", ())
    parts = _PARTS.split(squeeze(titles[0].text())) if titles else []
    return [parts[-1], parts[0]] if len(parts) > 1 else []


def _site(page: Page) -> str | None:
    """Return the end of <title> that the page or its address says again: the site's name."""
    for part in _ends_of_title(page):
        if len(part.split()) > 4:
            continue
        if letters(part) in letters(page.host()) or page.markup.count(part.encode()) > 1:
            return part
    return None


def _shown_part(page: Page) -> str | None:
    """Return the part of <title> that stands on the page by itself, where no heading does."""
    for node in page.marked.get("title", ())[:1]:
        whole = squeeze(node.text())
        site, colon, rest = whole.partition(": ")
        is_site = any(letters(text_of(h1)) == letters(site) for h1 in page.marked.get("h1", ()))
        parts = {*_PARTS.split(whole), *([rest] if colon and is_site else ())}
        parts = {part for part in parts if len(part.split()) >= 3}
        for shown in page.tree.css(_BOLD)[:300] if parts else ():
            if (text := squeeze(shown.text())) in parts:
                return tidy(text)
    return None


def _names(page: Page) -> Iterator[tuple[str, str]]:
    story = page.story
    yield "og:title", page.meta("og:title") or ""
    yield "JSON-LD headline", (story.headline if story else "") or ""
    yield "twitter:title", page.meta("twitter:title") or ""
    for node in page.marked.get("title", ())[:1]:
        yield "<title>", squeeze(node.text())


def _headings(page: Page, publisher: Publisher | None) -> Iterator[tuple[str, str]]:
    if publisher is not None:
        for node in select(page, publisher.title):
            yield from _heading(f"publisher: {publisher.name}", node)
    for rule, key in (("itemprop headline", "headline"), ("<h1>", "h1"), ("<h2>", "h2")):
        for node in page.marked.get(key, ())[:40]:
            yield from _heading(rule, node)


def _heading(rule: str, node: LexborNode) -> Iterator[tuple[str, str]]:
    separator = " " if node.css_first("br, div, p") is not None else ""
    text = tidy(squeeze(node.text(separator=separator)))
    if _FEWEST_LETTERS <= len(text) <= _LONGEST:
        yield rule, text


def _agrees(heading: str, names: list[str]) -> bool:
    """Whether the heading stands whole in one of the names, or shares most of its words."""
    if not names:
        return len(heading.split()) >= 3
    plain = letters(heading)
    if len(plain) < _FEWEST_LETTERS:
        return False
    for name in map(letters, names):
        if plain == name or (plain in name and len(plain) >= 0.4 * len(name)):
            return True
        if name in plain and len(name) >= 0.6 * len(plain):
            return True
    mine = set(heading.casefold().split())
    return any(_shared(mine, set(name.casefold().split())) >= 0.6 for name in names)


def _shared(some: set[str], others: set[str]) -> float:
    return len(some & others) / max(len(some | others), 1)
