"""An address within an address: "Which page was this before somebody archived it?".

Archives, caches, translators and reader views put an address of their own before the page's. The
page is known by its own: from it come its id, its day and its publisher, so that a copy out of an
archive and the page itself are one article.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_FULL = re.compile(r"https?://[\w.-]+", re.IGNORECASE)
# A part of a path that begins another address, whose colon may be written as %3A or %253A.
_NESTED = re.compile(r"/(?=https?(?::|%(?:25)*3a)(?:/|%(?:25)*2f))", re.IGNORECASE)
_SCHEME = re.compile(r"(https?):/+", re.IGNORECASE)
# What stands before the address, for those who leave out its scheme: a moment, "o/Ab3", "c/s".
_CAPTURE = r"(?:\d{4,14}(?:[a-z]{2}_|\*)?|\d{4}(?:\.\d\d){2}-\d{6})"
_WITHOUT_SCHEME = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:web\.archive\.org/web|archive\.(?:today|ph|is|li|vn|fo|md))/{_CAPTURE}/(?P<address>.+)",
        r"(?:[\w-]+\.)*cdn\.ampproject\.org/[a-z]/(?:s/)?(?P<address>.+)",
        r"(?:www\.)?(?:google|bing)\.[a-z.]+/amp/(?:s/)?(?P<address>.+)",
    )
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?]|$)")
# The parameters in which others carry the address of a page, by their host.
_CARRIERS = tuple(
    (re.compile(host), names)
    for host, names in (
        (r"webcache\.googleusercontent\.com", ("q",)),
        (r"translate\.google(?:usercontent)?\.[a-z.]+", ("u",)),
        (r"(?:www\.)?google\.[a-z.]+/url", ("url", "q")),
        (r"lm?\.(?:facebook|instagram)\.com", ("u",)),
        (r"(?:web\.)?archive\.(?:org|today|ph|is|li|vn|fo|md)", ("url",)),
        (r"(?:yandexwebcache|hghltd\.yandex)\.net", ("url",)),
    )
)
# One of these is in the host of each.
_VIEWERS = ("archive.", "ampproject.", "goog", "bing.", "facebook.", "instagram.", "yandex")
_READERS = ("about:reader", "read:", "chrome-distiller:", "dom-distiller:")
_CACHED = re.compile(r"cache:(?:[\w-]{8,16}:)?(?=\S)")
_TRANSLATED = ".translate.goog"


def original_url(url: str, /) -> str:
    """Return the address of the page itself, where an archive's or a viewer's stands before it.

    >>> original_url("https://web.archive.org/web/20240320031236id_/https://contoh.id/a?b=2")
    'https://contoh.id/a?b=2'
    >>> original_url("about:reader?url=https%3A%2F%2Fcontoh.id%2Fa")
    'https://contoh.id/a'
    """
    while (inner := _inner(url)) and len(inner) < len(url):  # an archive may keep what a cache kept
        url = inner
    return url


def _inner(url: str) -> str | None:
    """Return the address that this one carries, or None."""
    if url.lower().startswith("view-source:"):
        return url[len("view-source:") :]
    if url.lower().startswith(_READERS):
        return _carried(url.partition("?")[2], ("url",))
    before, scheme, rest = url.partition("://")
    if not scheme or "/" in before:  # "/web/2024.../https://...", as an archive rewrites its links
        rest = url
    path = rest.partition("?")[0]
    if nested := _NESTED.search(path):
        return _full(rest[nested.end() :])
    host = rest.partition("/")[0].partition("?")[0].lower()
    if not scheme or not any(map(host.__contains__, _VIEWERS)):
        return None
    return _without_scheme(rest) or _of_host(host, rest)


def _without_scheme(rest: str) -> str | None:
    for pattern in _WITHOUT_SCHEME:
        found = pattern.fullmatch(rest)
        if found and _HOST.match(found["address"]):
            return f"https://{found['address']}"
    return None


def _of_host(host: str, rest: str) -> str | None:
    address = rest.partition("?")[0].lower()
    if host.endswith(_TRANSLATED):
        return _translated(host, rest)
    for pattern, names in _CARRIERS:
        if pattern.match(address):
            return _carried(rest.partition("?")[2], names)
    return None


def _translated(host: str, rest: str) -> str:
    """Return what "www-contoh-id.translate.goog/a?_x_tr_sl=id" is a translation of."""
    own = re.sub(r"(?<!-)-(?!-)", ".", host.removesuffix(_TRANSLATED)).replace("--", "-")
    parts = urlsplit(f"//{rest}")
    query = urlencode([pair for pair in parse_qsl(parts.query) if not pair[0].startswith("_x_tr")])
    return f"https://{own}{parts.path}" + (f"?{query}" if query else "")


def _carried(query: str, names: tuple[str, ...]) -> str | None:
    given = dict(parse_qsl(query.partition("#")[0], errors="replace"))
    for name in names:
        value = given.get(name, "")
        if cached := _CACHED.match(value):  # the words that were searched for stand behind it
            value = value[cached.end() :].split(" ")[0]
            value = value if _FULL.match(value) else f"https://{value}"
        if found := _full(value):
            return found
    return None


def _full(address: str) -> str | None:
    """Return an address with its scheme and slashes as they should be, or None if it is none."""
    while not _SCHEME.match(address) and "%" in address:
        plain = unquote(address)
        if plain == address:
            break
        address = plain
    address = _SCHEME.sub(r"\1://", address, count=1)
    return address if _FULL.match(address) else None
