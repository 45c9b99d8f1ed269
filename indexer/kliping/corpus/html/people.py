"""Who wrote the article: what the by-line says, before what the page tells machines.

JSON-LD and <meta> often name the editor, whom a by-line elsewhere on the page calls just that. So a
line that says *Penulis* or *Reporter* comes first, and whoever the page calls its editor is none of
the authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from selectolax.lexbor import LexborNode

from kliping.corpus.html.elements import is_apart, names_of
from kliping.corpus.html.finder import select
from kliping.corpus.html.hints import words
from kliping.corpus.html.page import Page, letters, squeeze, text_of
from kliping.corpus.html.publisher import Publisher
from kliping.corpus.identity import split_url
from kliping.corpus.text.names import is_person, writers

_BYLINES = (
    ":is([class*=author], [class*=byline], [class*=penulis], [class*=reporter], [id=author]"
    ", .reader-credits)"  # of Firefox's reader view
)
# Whose names sound like a by-line and hold a biography, a picture or a list.
_NO_BYLINE = frozenset({"bio", "avatar", "social", "follow", "related", "list", "image", "img"})
_METAS = (
    *("author", "article:author", "content_author", "parsely-author", "sailthru.author"),
    *("dc.creator", "byl", "content_reporter", "dable:author"),
)
_PHRASES = ("Diposting oleh", "Ditulis oleh", "Written by", "Posted by")
_LABELS = (
    *_PHRASES,
    "Penulis",
    "PENULIS",
    "Reporter",
    "REPORTER",
    "Pewarta",
    "Oleh",
    "Wartawan",
    "Rep:",
)
_LABEL = re.compile("|".join(map(re.escape, _LABELS)))
_MOST_LABELS = 100
# By-lines so near to one another speak of one article.
_NEAR = 200
_LONG_NAME = 5  # words
_JOINTS = frozenset({",", "dan", "&", "|", "/"})
_TAG = re.compile(rb"<[^<>]*>?|^[^<>]*>")
_EDITOR = re.compile(
    rb"(?<![a-z-])(?:(?P<editor>editors?|redaktur|penyunting|red(?=\s*:))"
    rb"|reporters?|penulis|pewarta|wartawan|kontributor|authors?(?=[\"']?\s*:\s*[\"']\Z))"
    rb"(?=[\"'\s]*[:=]|[\"'])",
    re.IGNORECASE,
)
# Between "editor" and the name stand tags, and no more than this.
_BETWEEN = 45
_CIRCLES = 4
_NEARBY = 60
_ADDRESS = re.compile(r"https?://|www\.|@|\.com?\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:laporan|oleh|penulis|reporter|pewarta|jurnalis)(?:\s*+:)?+\s++(?=[A-Z])", re.I
)
_TEAM = re.compile(r"\b(?:redaksi|tim|team)\b", re.IGNORECASE)
_MOMENT = re.compile(
    r"\d{1,2}[ /-](?:\w{3,9}|\d{1,2})[ /-]\d{2,4}(?:[, -]*\d\d?[.:]\d\d)?"
    r"|[A-Z][a-z]{2,8} \d{1,2}, \d{4}"
)
_WHEN = re.compile(r"(?<!\s)\s++(?:pada|di|tanggal|on|at|in)\b|, (?=\d)")
_STROKES = frozenset("|•·")
# Several names in full, which no section has: "Rina Sari, Budi Wening".
_LISTED = re.compile(r"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?:, | dan |\Z)){2,4}")
_LONGEST_DATE = 60
_PARTED = re.compile(r"(?:(?<!\s)\s++)?[|•·]\s*|(?<!\s)\s++[-–—]\s+")
# By-lines stand this near to the headline.
_BEFORE, _BEHIND = 300, 600
# Whose text others print: an author where no one else is named.
_AGENCIES = frozenset({"antara", "afp", "reuters", "ap", "xinhua", "anadolu", "bernama", "dpa"})


def authors(
    page: Page, publisher: Publisher | None, source: str | None, title: str | None
) -> tuple[tuple[str, ...], str]:
    """Return who wrote the article, and the rule that found them."""
    sections = _sections(page)
    for rule, texts in _texts(page, publisher, title):
        names = [
            name
            for text in texts
            if not _is_site(text, source)
            for name in writers(text)
            if is_person(name) and letters(name) not in sections and not _is_site(name, source)
        ]
        names = list(dict.fromkeys(names))
        if names and page.is_indonesian():
            names = [name for name in names if not _is_editor(page, name)]
        if names:
            return tuple(names), rule
    return _agency(page, source)


def _texts(
    page: Page, publisher: Publisher | None, title: str | None
) -> Iterator[tuple[str, list[str]]]:
    is_indonesian = publisher is not None or page.is_indonesian()
    yield "by-line that says so", list(_labelled(page)) if is_indonesian else []
    story = page.story
    if story and story.authors:
        people = [n for n, company in story.authors if not company or _TEAM.search(n)]
        yield "JSON-LD author", people
    if publisher is not None:
        nodes = select(page, publisher.author)[:6]
        yield f"publisher: {publisher.name}", [text_of(node)[:120] for node in nodes]
    for name in _METAS:
        yield f"<meta> {name}", page.metas.get(name, [])[:5]
    marked = page.marked.get("author", [])[:3]
    yield "itemprop or rel author", [text_of(node)[:120] for node in marked]
    near = (node for node in _near(page, title, _BYLINES) if _is_byline(node))
    yield "by-line", [text_of(node)[:120] for node in islice(near, 2)]
    yield "beside the date", list(islice(_dated(page, title), 1))
    yield "signed line", list(islice(_signed(page, title), 1))


def _labelled(page: Page) -> Iterator[str]:
    """Yield the names behind "Penulis", "Reporter": the first, and those of the lines beside it."""
    text, first = page.text(), -1
    for label in islice(_LABEL.finditer(text), _MOST_LABELS):
        place = label.start()
        if 0 <= first < place - _NEAR:
            return
        if text[max(place - 80, 0) : place].rstrip(" \t\r\xa0")[-1:] not in ("\n", ""):
            continue
        said = _behind(text[max(place - 200, 0) : place], text[place : place + 300])
        if _is_people(said):
            first = place
            yield said


def _behind(before: str, text: str) -> str:
    """Return the name behind a label: on its line, else on the next, and those joined to it."""
    label, *lines = (line for line in map(squeeze, text.split("\n")) if line)
    is_phrase = label.startswith(_PHRASES)
    words = 2 if is_phrase else 1
    rest = "".join(label.split(maxsplit=words)[words:]).lstrip(": ")
    if is_phrase and rest:  # "Ditulis oleh Rina Sari pada 3 Mei 2024"
        rest = _WHEN.split(rest, maxsplit=1)[0]
    if rest:
        return rest
    has_colon = label.endswith(":") or lines[:1] == [":"]
    above = [line for line in map(squeeze, before.split("\n")) if line]
    # "Rina Sari | Reporter | Budi Wening | Editor": the role stands behind the name.
    is_name = bool(above) and is_person(above[-1]) and 1 < len(above[-1].split()) < _LONG_NAME
    if not has_colon and is_name:
        return ""
    lines = lines[lines[:1] == [":"] :]
    names = lines[:1]
    while len(lines) > 2 and lines[1] in _JOINTS:
        lines = lines[2:]
        names.append(lines[0])
    return ", ".join(names).lstrip(": ")


def _places(text: bytes, wanted: bytes, most: int) -> Iterator[int]:
    place = text.find(wanted)
    while place >= 0 and most:
        yield place
        place, most = text.find(wanted, place + 1), most - 1


def _is_editor(page: Page, name: str) -> bool:
    """Whether the page calls someone an editor, and nowhere a reporter."""
    wanted, markup = name.encode(), page.markup
    is_editor = False
    for place in _places(markup, wanted, 12):
        context = markup[max(place - 240, 0) : place]
        roles = list(_EDITOR.finditer(context))
        if not roles or len(_TAG.sub(b"", context[roles[-1].end() :]).strip()) > _BETWEEN:
            continue
        if not roles[-1]["editor"]:
            return False
        is_editor = True
    return is_editor


def _sections(page: Page) -> frozenset[str]:
    """Return what names parts of the site: the words of its host and path, the section."""
    parts = split_url(page.canonical() or "")
    names = [*(parts.hostname or "").split("."), *parts.path.split("/")] if parts else []
    section = page.story.section if page.story else None
    metas = (page.meta("article:section"), page.meta("content_category"))
    return frozenset(letters(name) for name in (*names, section, *metas) if name)


def _near(page: Page, title: str | None, selector: str) -> list[LexborNode]:
    """Return what the selector matches around the headline; on the page, if that is no heading."""
    above = page.heading(title)
    if above is None:
        return page.tree.css(selector)
    for _ in range(_CIRCLES):
        if above.parent is None or above.tag == "body":
            break
        above = above.parent
        found = [node for node in above.css(selector) if above.tag != "body" or not is_apart(node)]
        if found:
            return found
    return []


def _is_byline(node: LexborNode) -> bool:
    said = words(names_of(node))
    return said.isdisjoint(_NO_BYLINE) and 0 < len(text_of(node)) <= 120


def _dated(page: Page, title: str | None) -> Iterator[str]:
    """Yield who stands beside the date: "2 Mei 2020 | Rina Sari", "Rina Sari - 2 Mei 2020"."""
    heading = page.heading(title)
    text = page.text()
    at = text.find(heading.text().strip()) if heading is not None else -1
    if at < 0:
        return
    near = text[max(at - _BEFORE, 0) : at + len(title or "") + _BEHIND].split("\n")
    lines = [line for line in map(squeeze, near) if line]
    for line in _joined(lines):
        if _MOMENT.search(line) and len(line) < _BEFORE:
            parts = [part for part in _PARTED.split(line) if len(part.split()) > 1]
            parts = [part for part in parts if not any(map(str.isdigit, part))]
            yield from filter(_is_people, parts)
    for line, beneath in pairwise(lines):
        if _MOMENT.search(line) and len(line) < _LONGEST_DATE and _LISTED.fullmatch(beneath):
            yield from filter(_is_people, [beneath])


def _joined(lines: list[str]) -> list[str]:
    """Join the lines that a stroke or a dot parts: "Rina Sari", "•", "2 Mei 2020"."""
    joined: list[str] = []
    for line in lines:
        if joined and (line[0] in _STROKES or joined[-1][-1] in _STROKES):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _is_people(text: str) -> bool:
    """Whether a text is the names of people, and of no editors."""
    names = writers(text)
    return bool(names) and all(map(is_person, names))


def _signed(page: Page, title: str | None) -> Iterator[str]:
    """Yield the lines that say "Laporan: Nama" on their own, in markup with no names."""
    heading = page.heading(title)
    above = heading.parent if heading is not None else page.tree.body
    nodes = above.css("font, span, small, i, b, div, p, td") if above is not None else []
    for node in nodes[: _NEARBY if heading is not None else None]:
        text = node.text(deep=False).strip()
        if 8 < len(text) < 80 and (label := _SIGNED.match(text)):
            yield text[label.end() :]


def _agency(page: Page, source: str | None) -> tuple[tuple[str, ...], str]:
    """Return the agency that JSON-LD or markup names as author, if the site is not its own."""
    said = [name for name, _ in page.story.authors] if page.story else []
    for name in (*said, *(text_of(node) for node in page.marked.get("author", [])[:2])):
        plain = squeeze(name)
        if plain.casefold() in _AGENCIES and plain.casefold() not in letters(source or ""):
            return (plain,), "agency"
    return (), ""


def _is_site(name: str, source: str | None) -> bool:
    """Whether what stands as author is the site, its address, or its company."""
    if _ADDRESS.search(name) and not _TEAM.search(name):
        return True
    plain = letters(name)
    return not plain or plain in (letters(source or ""), "kompascybermedia", "admin")
