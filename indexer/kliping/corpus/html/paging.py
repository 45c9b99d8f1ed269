"""Which page of an article this is, where its site shows it on several."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlunsplit

from kliping.corpus.html.page import Page
from kliping.corpus.identity import split_url
from kliping.corpus.pages import WHOLE

# The parameters that sites number their pages with; one that is not a small number is no page.
_PARAMETERS = frozenset({"page", "hal", "halaman", "pg"})
_ALL = frozenset({"all", "semua", "full"})
_SINGLE = ("single", "1")  # detik: the whole article
_MOST = 40
_BEHIND = re.compile(r"/(?:page|hal|halaman)/(\d{1,2})/?$", re.IGNORECASE)
_IN_TITLE = re.compile(
    r"(?:^|[\s|(–—-])(?:Halaman|Page|Hal\.?)\s+(\d{1,2}|all|semua)(?:\s+(?:dari|of)\s+\d+)?"
    r"\s*+(?:\)\s*+)?(?:$|[-–—|»·:])",
    re.IGNORECASE,
)
# An address that names one article: "index.php?page=3" does not.
_SLUG = re.compile(r"/(?=[^/]*(?:-[^/]*-|\d{4}))[^/]*+/?(?:\w+/?)?$")
# "page=2", "hal/2": it begins with its one digit, which makes the search of a whole page quick.
_SIGN = re.compile(rb"2\b(?<=[=/]2)(?i:(?<=(?:ge|al|an|pg).2))")
_NEXT = ":is(a, link[rel=next])[href*='2']"


def page_number(page: Page, /) -> int | None:
    """Return the page's number (WHOLE for the one that shows all), or None if it is the only one.

    Its addresses tell first, then its title; last, a link to the second page.
    """
    for address in _addresses(page):
        number = _split(address)[1]
        if number is not None:
            return number
    for node in page.marked.get("title", ())[:1]:
        if found := _IN_TITLE.search(node.text()):
            return int(found[1]) if found[1].isdigit() else WHOLE
    return 1 if _has_second(page) else None


def without_page(url: str, /) -> str:
    """Return the address of the whole article.

    >>> without_page("https://contoh.id/berita/banjir-di-wening?page=2&lang=id")
    'https://contoh.id/berita/banjir-di-wening?lang=id'
    >>> without_page("https://contoh.id/index.php?page=2")
    'https://contoh.id/index.php?page=2'
    """
    return _split(url)[0]


def _addresses(page: Page) -> list[str]:
    story = page.story
    said = [page.url, page.meta("og:url"), page.meta("link:canonical"), story and story.url]
    return [address for address in said if address]


def _has_second(page: Page) -> bool:
    """Say whether a link leads to the second page of this very article."""
    canonical = page.canonical()
    if canonical is None or not _SIGN.search(page.markup):
        return False
    base = without_page(canonical)
    for node in page.tree.css(_NEXT):
        href = (node.attributes.get("href") or "").strip()
        parts = split_url(href, base=base)
        target = _split(parts.geturl()) if parts else ("", None)
        if target[1] == 2 and target[0].rstrip("/") == base.rstrip("/"):
            return True
    return False


def _split(url: str) -> tuple[str, int | None]:
    """Return an address without its page, and the number of that."""
    parts = split_url(url)
    if parts is None:
        return url, None
    if (behind := _BEHIND.search(parts.path)) and _SLUG.search(parts.path[: behind.start()]):
        path = parts.path[: behind.start()]
        return urlunsplit(parts._replace(path=path)), int(behind[1])
    if not parts.query or not _SLUG.search(parts.path):
        return url, None
    number, kept = None, []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if (found := _number(name.lower(), value.lower())) is None:
            kept.append((name, value))
        else:
            number = found
    if number is None:
        return url, None
    return urlunsplit(parts._replace(query=urlencode(kept))), number


def _number(name: str, value: str) -> int | None:
    if (name, value) == _SINGLE:
        return WHOLE
    if name not in _PARAMETERS:
        return None
    if value in _ALL:
        return WHOLE
    return int(value) if value.isdecimal() and 0 < int(value) <= _MOST else None
