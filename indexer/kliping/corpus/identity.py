"""What makes an article itself: its record's id, else its address, else its place in a file."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from kliping.corpus.addresses import original_url

# Parameters that say how a reader came to the page, never which page it is.
_TRACKING = re.compile(
    r"utm_\w+|at_\w+|fb_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|_ga|_gl"
    r"|amp_js_v|amp_gsa|usqp|ref|ref_src|ref_url|referrer|source|src|from|cmpid|ocid|tag_from|jxconn|jxrecoid|tracking",
    re.IGNORECASE,
)
_FULL = re.compile(r"https?://[\w.-]+(?:/\S*)?")
_PORTS = {"http": 80, "https": 443}


def split_url(url: str, /, *, base: str = "") -> SplitResult | None:
    """Return the parts of an address, in full if there is a base; None if it cannot be one.

    >>> split_url("7.html", base="https://contoh.id/berita/").path
    '/berita/7.html'
    >>> split_url("http://[oops") is None
    True
    """
    try:
        (base + url).encode()  # half a character, from JSON, cannot be quoted
        return urlsplit(urljoin(base, url))
    except ValueError:
        return None


def canonical_url(url: str, /) -> str:
    """Return the URL as one spelling: the same page, the same string.

    >>> canonical_url("HTTP://WWW.Contoh.id:80/berita/?utm_source=x&id=7#komentar")
    'https://www.contoh.id/berita?id=7'
    """
    url = original_url("".join(url.split()))
    if url.startswith("//"):
        url = "https:" + url
    parts = split_url(url)
    try:
        port = parts.port if parts else None
    except ValueError:  # a port of letters
        return url
    if parts is None or parts.scheme not in _PORTS or not parts.hostname:
        return url
    host = parts.hostname if port in {None, *_PORTS.values()} else f"{parts.hostname}:{port}"
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(k)]
    )
    return urlunsplit(("https", host, parts.path.rstrip("/") or "/", query, ""))


def absolute_url(address: str, /, *, base: str | None) -> str | None:
    """Return an address on the web in full, or None if it is none.

    >>> absolute_url("/foto/7.jpg", base="https://contoh.id/a/b")
    'https://contoh.id/foto/7.jpg'
    """
    address = original_url(address)
    if _FULL.fullmatch(address):
        return address
    parts = split_url("".join(address.split()), base=original_url(base or ""))
    return parts.geturl() if parts and parts.scheme in _PORTS and parts.netloc else None


def article_id(
    *, record_id: object = None, url: str | None = None, key: str, number: int | None = None
) -> str:
    """Return the id of an article: the record's own, else from its URL, else from its file.

    ``key`` is the file's (SourceFile.key); ``number`` counts the records of a file that holds
    several.

    >>> article_id(record_id=" berita 7 ", key="arsip/a.jsonl")
    'berita_7'
    """
    own = "" if record_id is None or isinstance(record_id, bool) else str(record_id)
    if own := "_".join(own.split()):
        return own
    if url:
        return _digest("url:" + canonical_url(url))
    return _digest(f"path:{key}" if number is None else f"path:{key}#{number}")


def _is_tracking(name: str) -> bool:
    return _TRACKING.fullmatch(name) is not None


def _digest(name: str) -> str:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
