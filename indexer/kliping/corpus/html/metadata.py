"""What a page says of its article beside the text: headline, people, dates, section, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from selectolax.lexbor import LexborNode

from kliping.corpus.html.finder import outermost, select
from kliping.corpus.html.headline import headline, site_in_title
from kliping.corpus.html.hints import words
from kliping.corpus.html.page import Page, letters, text_of
from kliping.corpus.html.pictures import told_caption, told_image
from kliping.corpus.html.published import modified, published
from kliping.corpus.html.publishers import Publisher
from kliping.corpus.text.names import person_names
from kliping.corpus.text.tidying import tidy

_BYLINES = ".byline, .author, .penulis, .reporter, .author-name"
_TAG_LINKS = "a:is([rel~=tag], [href*='/tag'], [href*='/topi'])"
_CIRCLES = 4
_NEARBY = 60
_TAG_LISTS = frozenset(
    {"tag", "tags", "tagging", "tagcloud", "taglist", "topik", "topic", "topics"}
)
_CRUMBS = "[class*=breadcrumb]"
_AUTHOR_METAS = (
    *("author", "article:author", "content_author", "parsely-author", "sailthru.author"),
    *("dc.creator", "byl", "content_reporter"),
)
_SECTION_METAS = (
    *("article:section", "content_category", "parsely-section", "news_section", "section"),
    *("category", "kanal"),
)
_ADDRESS = re.compile(r"https?://|www\.|@|\.com?\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?:laporan|oleh|penulis|reporter|pewarta|jurnalis)\s*:?\s+(?=[A-Z])", re.I)
_HOME = frozenset({"home", "beranda", "homepage", "depan", "index", "news", "berita"})
_TEAM = re.compile(r"\b(?:redaksi|tim|team)\b", re.IGNORECASE)
# Said of every page of a site, so of none.
_NO_TAG = re.compile(
    r"^(?:berita|news)\b.*(?:terkini|online|indonesia|hari ini)|^portal\b|:", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says; ``rules`` names the rule behind each field that was found."""

    title: str | None
    authors: tuple[str, ...]
    published: datetime | None
    modified: datetime | None
    section: str | None
    tags: tuple[str, ...]
    source: str | None
    url: str | None
    image: str | None
    caption: str | None
    rules: tuple[tuple[str, str], ...]


def read(page: Page, publisher: Publisher | None, /) -> Metadata:
    """Read all that the page says of its article."""
    source, source_rule = _source(page, publisher)
    title, title_rule = headline(page, publisher, source=source)
    if source is None and title and (source := site_in_title(page, title)):
        source_rule = "<title>"
    moment, date_rule = published(page, publisher, title=title)
    authors, author_rule = _authors(page, publisher, source, title)
    section, section_rule = _section(page, title)
    tags, tag_rule = _tags(page)
    changed, change_rule = modified(page, published=moment)
    image, image_rule = told_image(page)
    caption, caption_rule = told_caption(page, title)
    rules = {
        "title": title_rule,
        "authors": author_rule,
        "published": date_rule,
        "section": section_rule,
        "tags": tag_rule,
        "source": source_rule,
        "modified": change_rule,
        "image": image_rule,
        "caption": caption_rule,
    }
    return Metadata(
        title=title,
        authors=authors,
        published=moment,
        modified=changed,
        section=section,
        tags=tags,
        source=source,
        url=page.canonical(),
        image=image,
        caption=caption,
        rules=tuple((name, rule) for name, rule in rules.items() if rule),
    )


def _source(page: Page, publisher: Publisher | None) -> tuple[str | None, str]:
    story = page.story
    for rule, name in (
        ("og:site_name", page.meta("og:site_name", "application-name")),
        ("JSON-LD publisher", story.publisher if story else None),
        ("<meta> publisher", page.meta("publisher", "dc.publisher", "dcterms.publisher")),
        ("publisher table", publisher.name if publisher else None),
    ):
        if name and not name.startswith("http"):
            return tidy(name), rule
    return None, ""


def _authors(
    page: Page, publisher: Publisher | None, source: str | None, title: str | None
) -> tuple[tuple[str, ...], str]:
    for rule, texts in _author_texts(page, publisher, title):
        names = [
            name for text in texts if not _is_site(text, source) for name in person_names(text)
        ]
        people = tuple(dict.fromkeys(n for n in names if n and not _is_site(n, source)))
        if people:
            return people, rule
    return (), ""


def _near(page: Page, title: str | None, selector: str) -> list[LexborNode]:
    """Return what the selector matches around the headline; on the page, if that is no heading."""
    above = page.heading(title)
    if above is None:
        return page.tree.css(selector)
    for _ in range(_CIRCLES):
        if above.parent is None or above.parent.tag == "body":
            break
        above = above.parent
        if found := above.css(selector):
            return found
    return []


def _author_texts(
    page: Page, publisher: Publisher | None, title: str | None
) -> Iterator[tuple[str, list[str]]]:
    story = page.story
    if story and story.authors:
        people = [n for n, company in story.authors if not company or _TEAM.search(n)]
        yield "JSON-LD author", people
    if publisher is not None:
        nodes = select(page, publisher.author)[:6]
        yield f"publisher: {publisher.name}", [text_of(node)[:120] for node in nodes]
    for name in _AUTHOR_METAS:
        yield f"<meta> {name}", page.metas.get(name, [])[:5]
    marked = page.marked.get("author", [])[:3]
    yield "itemprop or rel author", [text_of(node)[:120] for node in marked]
    yield "by-line", [text_of(node)[:120] for node in _near(page, title, _BYLINES)[:2]]
    yield "signed line", list(islice(_signed(page, title), 1))


def _signed(page: Page, title: str | None) -> Iterator[str]:
    """Yield the lines that say "Laporan: Nama" on their own, in markup with no names."""
    heading = page.heading(title)
    above = heading.parent if heading is not None else page.tree.body
    nodes = above.css("font, span, small, i, b, div, p, td") if above is not None else []
    for node in nodes[: _NEARBY if heading is not None else None]:
        text = node.text(deep=False).strip()
        if 8 < len(text) < 80 and (label := _SIGNED.match(text)):
            yield text[label.end() :]


def _is_site(name: str, source: str | None) -> bool:
    """Whether what stands as author is the site, its address, or its company."""
    if _ADDRESS.search(name) and not _TEAM.search(name):
        return True
    plain = letters(name)
    return not plain or plain in (letters(source or ""), "kompascybermedia", "admin")


def _section(page: Page, title: str | None) -> tuple[str | None, str]:
    story = page.story
    if story and story.section:
        return tidy(story.section), "JSON-LD articleSection"
    if named := page.meta(*_SECTION_METAS):
        return tidy(named), "<meta>"
    links = [link for box in outermost(page.tree.css(_CRUMBS)) for link in box.css("a")]
    crumbs = [text for link in links[:12] if (text := text_of(link))]
    named_crumbs = [c for c in crumbs if c.casefold() not in _HOME and len(c) < 40 and c != title]
    return (named_crumbs[0], "breadcrumb") if named_crumbs else (None, "")


def _tags(page: Page) -> tuple[tuple[str, ...], str]:
    for rule, found in _tag_texts(page):
        if tags := _clean_tags(found):
            return tags, rule
    return (), ""


def _tag_texts(page: Page) -> Iterator[tuple[str, Iterable[str]]]:
    story = page.story
    yield "<meta> article:tag", page.metas.get("article:tag", ())
    yield "<meta> content_tag", _split(page.meta("content_tag", "content_tags"))
    yield "JSON-LD keywords", story.keywords if story else ()
    links = page.tree.css(_TAG_LINKS)[:60]
    yield "tag links", [text_of(node) for node in links if _in_tag_list(node)]
    yield "<meta> news_keywords", _split(page.meta("news_keywords"))
    yield "<meta> keywords", _split(page.meta("keywords"))


def _in_tag_list(link: LexborNode) -> bool:
    """Whether a link stands in a list of the article's tags, and not in the site's menu."""
    above: LexborNode | None = link
    for _ in range(4):
        if above is None or above.tag in ("nav", "header", "p"):
            return False
        attributes = above.attributes
        said = words(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
        if not said.isdisjoint(
            ("trending", "nav", "menu", "header", "footer", "sidebar", "populer")
        ):
            return False
        if not said.isdisjoint(_TAG_LISTS) or "tag" in (attributes.get("rel") or "").split():
            return True
        above = above.parent
    return False


def _split(text: str | None) -> list[str]:
    return re.split(r"[,;]", text) if text else []


def _clean_tags(found: Iterable[str]) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for word in found:
        tag = tidy(word).strip(" #.,")
        if 1 < len(tag) < 60 and not _NO_TAG.search(tag):
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())
