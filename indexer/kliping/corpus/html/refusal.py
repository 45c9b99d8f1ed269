"""What is not an article, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kliping.corpus.html.page import Page
from kliping.corpus.identity import split_url

# Control characters that no page holds and every photograph, font and archive does.
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r"))
_TAG = re.compile(rb"<[a-zA-Z!?/]")
_LOGIN = re.compile(
    r"(?:silakan|silahkan|harap|mohon|anda harus) (?:masuk|login|log in|berlangganan)\b"
    r"|(?:log ?in|sign in|subscribe|berlangganan) (?:untuk|to)"
    r" (?:melanjutkan|membaca|continue|read)"
    r"|(?:khusus|hanya untuk) (?:pelanggan|anggota|member)|artikel (?:ini )?(?:khusus|premium)",
    re.IGNORECASE,
)
_COMMENTING = re.compile(r"komentar|comment", re.IGNORECASE)
_LOGIN_TITLE = re.compile(r"\b(?:log ?in|sign ?in|masuk akun|masuk ke akun|daftar akun)\b", re.I)
_ERROR = re.compile(
    r"\b(?:404|403|410|500|503)\b"
    r"|(?:halaman|artikel|berita) (?:yang anda cari )?tidak (?:di)?temukan"
    r"|(?:page|article) not found|access denied|just a moment|internet ?(?:positif|baik)\b"
    r"|situs (?:ini )?(?:diblokir|dalam (?:perbaikan|pemeliharaan))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?][\"”’)]*(?:\s|\Z)")
_FRAMES = re.compile(rb"<frame(?:set)?\b", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input[^<>]+type=[\"']?password", re.IGNORECASE)
_VIDEO = re.compile(rb"<video\b|<iframe[^<>]+src=[\"'][^\"'<>]*(?:youtube|video)", re.IGNORECASE)
_VIDEO_URL = re.compile(
    r"/(?:video|videos|watch|tv|20detik|live-streaming)/|//(?:20|video|tv)\.", re.I
)
_INDEX_URL = re.compile(
    r"^/(?:index(?:\.\w+)?|indeks?|home|search|cari|tags?|topik|topic|kategori|category|author|penulis"
    r"|rubrik|kanal|section|terpopuler|terkini)?(?:/|$)",
    re.IGNORECASE,
)
# What every site tells of itself.
_ABOUT = re.compile(
    r"about(?:[ -]us)?|tentang(?:[ -]kami)?|(?:tim[ -])?redaksi|contact(?:[ -]us)?"
    r"|(?:kontak|hubungi)(?:[ -]kami)?|disclaimer|faq|karie?r|careers?|media[ -]?kit|info[ -]iklan"
    r"|terms?(?:[ -](?:of|and)[ -](?:use|service|conditions?))?|privacy(?:[ -]policy)?"
    r"|(?:syarat[ -](?:(?:dan|&)[ -])?)?ketentuan(?:[ -](?:layanan|penggunaan))?"
    r"|kebijakan[ -](?:privasi|data|redaksi)|pedoman[ -](?:pemberitaan[ -])?media(?:[ -]siber)?"
    r"|kode[ -]etik(?:[ -](?:jurnalistik|wartawan))?",
    re.IGNORECASE,
)
# With less than this many letters a text needs some other proof that it is an article.
_SHORT = 350
# With more than this, no page is a front page without cards.
_LONG = 3000
_TINY = 60
# Two sentences, and no more, that stand under a player.
_TWO = 160
_MANY_LINKS = 40
_MANY_HEADLINES = 8
# Of 335 articles none has more than .57 of its text in cards, of 43 lists none less than .84. The
# middle of the gap, chosen anew without each site, is .61 to .75, and judges that site right.
MOST_IN_CARDS = 0.7
# With fewer words a heading is a channel's name.
_HEADLINE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was taken for an article: its text, and what speaks for and against it."""

    page: Page
    body: str
    title: str | None
    dated: bool
    cards: float
    """The share of what was found that stands in cards, which ``body`` is without."""

    @property
    def is_headed(self) -> bool:
        """Whether the page shows the headline as a heading that leads nowhere else."""
        heading = self.page.heading(self.title)
        if heading is None or heading.css_first("a[href]") is not None:
            return False
        return heading.parent is None or heading.parent.tag != "a"


def refused_markup(markup: bytes, /) -> str | None:
    """Return why these bytes (in UTF-8) cannot be a page at all, or None."""
    sample = markup[:4000]
    if not sample.strip():
        return "empty" if not markup.strip() else "no markup"
    if len(sample) - len(sample.translate(None, _CONTROLS)) > max(20, len(sample) // 50):
        return "binary data"
    return None if _TAG.search(markup) else "no markup"


def refused_page(found: Candidate, /) -> str | None:
    """Return why this page holds no article, in the words of the message, or None."""
    for reason, says in _REASONS:
        if says(found):
            return reason
    length = len(found.body)
    if not found.title and not _SENTENCE.search(found.body):  # addresses, labels of a frame
        return "no article text"
    if length >= _SHORT or (length >= _TINY and found.title and found.dated):
        return None
    if length >= _SHORT // 2 and found.is_headed:
        return None
    many = found.page.markup.count(b"<a ") >= _MANY_LINKS and not found.is_headed
    return "an index page" if many else "no article text"


def _is_frames(found: Candidate) -> bool:
    return len(found.body) < _SHORT and bool(_FRAMES.search(found.page.markup))


def _is_error(found: Candidate) -> bool:
    heading = " ".join(
        [found.title or "", *(n.text() for n in found.page.marked.get("title", ())[:1])]
    )
    return len(found.body) < _SHORT and bool(_ERROR.search(heading))


def _is_login(found: Candidate) -> bool:
    """Whether words bar the way; a form to log in stands on pages that are open to all."""
    page = found.page
    if len(found.body) >= _SHORT:
        return False
    if _PASSWORD.search(page.markup):
        if len(found.body) < _TINY or _LOGIN_TITLE.search(found.title or ""):
            return True
        if not found.dated and not page.story:
            return True
    whole = page.tree.body.text(separator=" ")[:20_000] if page.tree.body is not None else ""
    return any(
        not _COMMENTING.search(whole, said.end(), said.end() + 40)
        for said in _LOGIN.finditer(whole)
    )


def _is_front(found: Candidate) -> bool:
    page = found.page
    if len(found.body) >= _LONG:
        return False
    address = page.url or page.meta("link:canonical", "og:url") or ""
    parts = split_url(address) if "//" in address else None
    if parts and not parts.path.strip("/") and not parts.query:
        return len(found.body) < 4 * _SHORT or _og_type(page) == "website"
    return False


def _is_about(found: Candidate) -> bool:
    page = found.page
    if found.dated or page.story or _og_type(page) == "article":
        return False
    parts = split_url(page.canonical() or "")
    name = parts.path.rstrip("/").rpartition("/")[2].partition(".")[0] if parts else ""
    return any(_ABOUT.fullmatch(said) for said in (name, found.title or ""))


def _is_index(found: Candidate) -> bool:
    page, length = found.page, len(found.body)
    if found.cards >= MOST_IN_CARDS:
        if length < _TINY or len((found.title or "").split()) < _HEADLINE_WORDS:
            return True
        return not found.is_headed or (length < _SHORT and not found.dated)
    if page.story or length >= 6 * _SHORT:
        return False
    headlines = len(page.tree.css("h2 a, h3 a, h4 a, a h2, a h3, a h4"))
    if headlines < _MANY_HEADLINES:
        return False
    if length < 2 * _SHORT and not found.is_headed:
        return True
    parts = split_url(page.canonical() or "")
    listed = parts and parts.netloc and _INDEX_URL.match(parts.path or "/")
    return bool(listed) and _og_type(page) != "article"


def _is_video(found: Candidate) -> bool:
    """Whether a player is what the page is for; that one stands on it says little."""
    page, length = found.page, len(found.body)
    if length >= _SHORT:
        return False
    if _og_type(page).startswith("video"):
        return True
    if not page.story and any(story.is_video for story in page.stories):
        return True
    if _VIDEO_URL.search(page.canonical() or ""):
        return True
    told = page.story is not None or found.dated
    return (length < _TWO or not told) and bool(_VIDEO.search(page.markup))


def _og_type(page: Page) -> str:
    return (page.meta("og:type") or "").lower()


_REASONS: tuple[tuple[str, Callable[[Candidate], bool]], ...] = (
    ("a frameset: its text is in other files", _is_frames),
    ("an error page", _is_error),
    ("a login wall", _is_login),
    ("a front page", _is_front),
    ("a page about the site", _is_about),
    ("a video page with two sentences", _is_video),
    ("an index page", _is_index),
)
