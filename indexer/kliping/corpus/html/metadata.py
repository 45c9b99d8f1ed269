"""What a page says of its article beside the text: headline, people, dates, section, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborNode

from kliping.corpus.html.finder import outermost
from kliping.corpus.html.headline import headline, site_in_title
from kliping.corpus.html.hints import words
from kliping.corpus.html.page import Page, text_of
from kliping.corpus.html.people import authors
from kliping.corpus.html.pictures import told_caption, told_image
from kliping.corpus.html.published import modified, published
from kliping.corpus.html.publisher import Publisher
from kliping.corpus.sources import known_host
from kliping.corpus.text.tidying import tidy

_TAG_LINKS = "a:is([rel~=tag], [href*='/tag'], [href*='/topi'])"
_TAG_LISTS = frozenset(
    {"tag", "tags", "tagging", "tagcloud", "taglist", "topik", "topic", "topics"}
)
_CRUMBS = "[class*=breadcrumb]"
_SECTION_METAS = (
    *("article:section", "content_category", "parsely-section", "news_section", "section"),
    *("category", "kanal"),
)
_HOME = frozenset({"home", "beranda", "homepage", "depan", "index", "news", "berita"})
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
    source, source_rule = _source(page)
    title, title_rule = headline(page, publisher, source=source)
    if source is None and title and (source := site_in_title(page, title)):
        source_rule = "<title>"
    moment, date_rule = published(page, publisher, title=title)
    people, author_rule = authors(page, publisher, source, title)
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
        authors=people,
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


def _source(page: Page) -> tuple[str | None, str]:
    story = page.story
    for rule, name in (
        ("og:site_name", page.meta("og:site_name", "application-name")),
        ("JSON-LD publisher", story.publisher if story else None),
        ("<meta> publisher", page.meta("publisher", "dc.publisher", "dcterms.publisher")),
        ("publisher table", known_host(page.host())),
    ):
        if name and not name.startswith("http"):
            return tidy(name), rule
    return None, ""


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
