"""What is not an article, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Callable

from kliping.corpus.html.page import Page
from kliping.corpus.identity import split_url

# Control characters that no page holds and every photograph, font and archive does.
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r"))
_TAG = re.compile(rb"<[a-zA-Z!?/]")
_LOGIN = re.compile(
    r"(?:silakan|harap|mohon|anda harus|untuk) (?:masuk|login|log in|berlangganan)"
    r"|(?:log ?in|sign in|subscribe|berlangganan) (?:untuk|to)"
    r" (?:melanjutkan|membaca|continue|read)"
    r"|(?:khusus|hanya untuk) (?:pelanggan|anggota|member)|artikel (?:ini )?(?:khusus|premium)",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b(?:404|403|410|500|503)\b"
    r"|(?:halaman|artikel|berita) (?:yang anda cari )?tidak (?:di)?temukan"
    r"|(?:page|article) not found|access denied|just a moment",
    re.IGNORECASE,
)
_FRAMES = re.compile(rb"<frame(?:set)?\b", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input[^>]+type=[\"']?password", re.IGNORECASE)
_VIDEO = re.compile(rb"<video\b|<iframe[^>]+src=[\"'][^\"']*(?:youtube|video)", re.IGNORECASE)
_VIDEO_URL = re.compile(
    r"/(?:video|videos|watch|tv|20detik|live-streaming)/|//(?:20|video|tv)\.", re.I
)
_INDEX_URL = re.compile(
    r"^/(?:index(?:\.\w+)?|indeks?|home|search|cari|tags?|topik|topic|kategori|category|author|penulis"
    r"|rubrik|kanal|section|terpopuler|terkini)?(?:/|$)",
    re.IGNORECASE,
)
# With less than this many letters a text needs some other proof that it is an article.
_SHORT = 350
# With more than this, no page is only a list or a wall.
_LONG = 3000
_TINY = 60
_MANY_LINKS = 40


def refused_markup(markup: bytes, /) -> str | None:
    """Return why these bytes (in UTF-8) cannot be a page at all, or None."""
    sample = markup[:4000]
    if not sample.strip():
        return "empty" if not markup.strip() else "no markup"
    if len(sample) - len(sample.translate(None, _CONTROLS)) > max(20, len(sample) // 50):
        return "binary data"
    return None if _TAG.search(markup) else "no markup"


def refused_page(page: Page, body: str, title: str | None, /, *, dated: bool) -> str | None:
    """Return why this page holds no article, in the words of the message, or None."""
    length = len(body)
    if length >= _LONG:
        return None
    for reason, says in _REASONS:
        if says(page, body, title):
            return reason
    is_headed = length >= _SHORT // 2 and page.heading(title) is not None
    if length < _TINY or (length < _SHORT and not (title and dated) and not is_headed):
        return "an index page" if page.markup.count(b"<a ") >= _MANY_LINKS else "no article text"
    return None


def _is_frames(page: Page, body: str, _title: str | None) -> bool:
    return len(body) < _SHORT and bool(_FRAMES.search(page.markup))


def _is_error(page: Page, body: str, title: str | None) -> bool:
    heading = " ".join([title or "", *(n.text() for n in page.marked.get("title", ())[:1])])
    return len(body) < _SHORT and bool(_ERROR.search(heading))


def _is_login(page: Page, body: str, _title: str | None) -> bool:
    if len(body) >= _SHORT:
        return False
    if _PASSWORD.search(page.markup):
        return True
    whole = page.tree.body.text(separator=" ") if page.tree.body is not None else ""
    return bool(_LOGIN.search(whole[:20_000]))


def _is_front(page: Page, body: str, _title: str | None) -> bool:
    address = page.url or page.meta("link:canonical", "og:url") or ""
    parts = split_url(address) if "//" in address else None
    if parts and not parts.path.strip("/") and not parts.query:
        return len(body) < 4 * _SHORT or _og_type(page) == "website"
    return False


def _is_index(page: Page, body: str, _title: str | None) -> bool:
    if page.story or _og_type(page) == "article":
        return False
    parts = split_url(page.canonical() or "")
    listed = bool(parts and parts.netloc and _INDEX_URL.match(parts.path or "/"))
    headlines = len(page.tree.css("h2 a, h3 a, h4 a, a h2, a h3, a h4"))
    return (listed and headlines >= 8 and len(body) < 6 * _SHORT) or (
        headlines >= 8 and len(body) < 2 * _SHORT
    )


def _is_video(page: Page, body: str, _title: str | None) -> bool:
    if len(body) >= _SHORT:
        return False
    if _og_type(page).startswith("video") or any(s.is_video for s in page.stories):
        return True
    return bool(_VIDEO.search(page.markup)) or bool(_VIDEO_URL.search(page.canonical() or ""))


def _og_type(page: Page) -> str:
    return (page.meta("og:type") or "").lower()


_REASONS: tuple[tuple[str, Callable[[Page, str, str | None], bool]], ...] = (
    ("a frameset: its text is in other files", _is_frames),
    ("an error page", _is_error),
    ("a login wall", _is_login),
    ("a front page", _is_front),
    ("an index page", _is_index),
    ("a video page with two sentences", _is_video),
)
