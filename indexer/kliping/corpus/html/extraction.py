"""From markup to Article, with an account of what was taken and what was dropped."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from datetime import datetime

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborNode, SelectolaxError

from kliping.article import Article
from kliping.corpus.html.cards import cards_in
from kliping.corpus.html.finder import ELEMENT, Subtree, find
from kliping.corpus.html.jsonld import Story
from kliping.corpus.html.metadata import Metadata, read
from kliping.corpus.html.page import Page, letters, parse, text_of
from kliping.corpus.html.paging import page_number, without_page
from kliping.corpus.html.paragraphs import Parts, take_apart
from kliping.corpus.html.pictures import clean_caption, shown_caption, shown_image
from kliping.corpus.html.pruning import prune
from kliping.corpus.html.publisher import Publisher
from kliping.corpus.html.publishers import publisher_of
from kliping.corpus.html.refusal import MOST_IN_CARDS, Candidate, refused_markup, refused_page
from kliping.corpus.html.soup import soup_of
from kliping.corpus.html.state import state_story
from kliping.corpus.identity import article_id
from kliping.corpus.sources import host_of, source_of
from kliping.corpus.text.cleaning import FROM_TEXT, Cleaned, clean
from kliping.corpus.text.dates import parse_date
from kliping.corpus.text.decoding import decode, wide
from kliping.corpus.text.languages import language_of
from kliping.corpus.text.names import is_person, writers
from kliping.corpus.text.tidying import tidy
from kliping.errors import NotAnArticle

# What mojibake is made of, in UTF-8: Ã, Â, â and Ä; ¬; √.
_LEADS = (b"\xc3", b"\xc2\xac", b"\xe2\x88\x9a")
_NEXT_TO_NOTHING = 400  # characters shown by a page that its scripts draw
_DASH = re.compile(r"\s*[-–—]{1,2}\s+(?=[\"“'‘A-Z])")


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article, and how it was found.

    ``rules`` holds (field, the rule that filled it); ``dropped`` holds (rule, text) of what stood
    among the article's words and was not the article, in the order of the page. ``page`` is the
    number of the page where the site shows the article on several, 0 on the one that shows all.
    ``notes`` says what had to be repaired.
    """

    article: Article
    rules: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...] = ()
    captions: tuple[str, ...] = ()
    place: str | None = None
    page: int | None = None
    notes: tuple[str, ...] = ()


def extract(
    markup: str | bytes,
    /,
    *,
    url: str | None = None,
    path: str | None = None,
    now: datetime | None = None,
) -> Article:
    """Return the article of a page; NotAnArticle says why there is none.

    >>> page = "<h1>Banjir surut</h1><article>" + "<p>Warga pulang ke rumah, Kamis.</p>" * 20
    >>> extract(page).title
    'Banjir surut'
    """
    return explain(markup, url=url, path=path, now=now).article


def explain(
    markup: str | bytes,
    /,
    *,
    url: str | None = None,
    path: str | None = None,
    now: datetime | None = None,
    table: bool = True,
) -> Extraction:
    """Return the article of a page, which rule took what, and what was dropped.

    Without ``table`` the publishers' rows are left out: the general rules stand alone.
    """
    where = path or url or "<page>"
    data = _utf8(markup)
    if reason := refused_markup(data):
        raise NotAnArticle(f"not an article: {reason}", path=where)
    try:
        page = parse(data, url=url, now=now)
    except SelectolaxError:  # no memory for what its elements would become
        raise NotAnArticle("not an article: its markup cannot be parsed", path=where) from None
    publisher = publisher_of(page.host()) if table else None
    said = read(page, publisher)
    number = page_number(page)
    found, cards = _found(page, publisher)
    said = _pictured(said, page, publisher, found)
    rule, parts = _text(page, found, publisher, said)
    if sum(map(len, parts.paragraphs)) < _NEXT_TO_NOTHING and (
        story := state_story(page.markup, said.title)
    ):
        rule, parts = "the state for its scripts", Parts(_paragraphs(story.body or ""))
        said = _stated(said, story)
    if said.caption is None and parts.lead:
        said = _captioned(said, clean_caption(parts.lead, said.title))
    cleaned = _without_place(
        clean(parts.paragraphs, title=said.title, source=said.source), parts.bold
    )
    body = "\n\n".join(cleaned.paragraphs)
    dated = said.published is not None
    if reason := refused_page(Candidate(page, body, said.title, dated, cards)):
        raise NotAnArticle(f"not an article: {reason}", path=where)
    if number is not None and said.url:
        said = replace(said, url=without_page(said.url))
    return Extraction(
        article=_article(said, cleaned, body, path=path),
        rules=(("body", rule), *said.rules, *_rules_of(said, cleaned)),
        dropped=parts.dropped + cleaned.dropped,
        captions=parts.captions + cleaned.captions,
        place=cleaned.place,
        page=number,
        notes=tuple(dict.fromkeys(story.mended for story in page.stories if story.mended)),
    )


def _stated(said: Metadata, story: Story) -> Metadata:
    """Add what only the state for a page's scripts tells."""
    moment = parse_date(story.published) if story.published else None
    told = ", ".join(name for name, _ in story.authors)
    own = story.headline
    return replace(
        said,
        # The page's may have the site's name behind it.
        title=own if own and letters(own) in letters(said.title or own) else said.title,
        authors=said.authors or tuple(filter(is_person, writers(told))),
        published=said.published or moment,
        section=said.section or story.section,
    )


def _rules_of(said: Metadata, cleaned: Cleaned) -> list[tuple[str, str]]:
    """Name the rule behind what only the text told."""
    return [
        (name, "the text")
        for name in FROM_TEXT
        if not getattr(said, name) and getattr(cleaned, name)
    ]


def _utf8(markup: str | bytes) -> bytes:
    """Return the page in UTF-8, which is what Lexbor reads.

    Mojibake waits: it is cheaper to mend in the few lines that are kept.
    """
    if isinstance(markup, str):
        return markup.encode("utf-8", "replace")
    try:
        if wide(markup):
            return decode(markup).text.encode("utf-8", "replace")
        markup.decode("utf-8")
    except UnicodeDecodeError:
        return decode(markup).text.encode("utf-8", "replace")
    return markup.removeprefix(codecs.BOM_UTF8)


def _article(said: Metadata, cleaned: Cleaned, body: str, *, path: str | None) -> Article:
    source, channel = source_of(said.source, host_of(said.url), hinted=cleaned.source)
    return Article(
        id=article_id(url=said.url, key=path or f"{said.title}\n{body[:500]}"),
        title=said.title,
        body=body,
        authors=said.authors or cleaned.authors,
        published=said.published or cleaned.published,
        source=source,
        section=said.section,
        tags=said.tags or cleaned.tags,
        url=said.url,
        path=path,
        modified=said.modified,
        language=language_of(body),
        image=said.image,
        caption=said.caption or cleaned.caption,
        channel=channel,
    )


def _found(page: Page, publisher: Publisher | None) -> tuple[Subtree | None, float]:
    """Return the article's elements, and the share in cards of what was taken for them first.

    Twenty teasers outweigh a short article: where most of the text stands in cards, these are
    named what they are, and the page is looked at again.
    """
    found = find(page, publisher)
    if found is None:
        return None, cards_in((page.tree.body,)).share if page.tree.body is not None else 0.0
    if found.rule == ELEMENT:
        return found, 0.0
    cards = cards_in(found.nodes)
    if cards.share >= MOST_IN_CARDS:
        for box in cards.boxes:
            box.attrs["class"] = "related-articles"
        found = find(page, publisher)
    return found, cards.share


def _pictured(
    said: Metadata, page: Page, publisher: Publisher | None, found: Subtree | None
) -> Metadata:
    """Add the picture and the caption that the page shows and does not name."""
    if found is None or (said.image and said.caption):
        return said
    node = found.nodes[0]
    if said.image is None and (image := shown_image(page, node)):
        said = replace(said, image=image, rules=(*said.rules, ("image", "first figure")))
    if said.caption is None:
        caption = shown_caption(page, node, publisher, title=said.title)
        return _captioned(said, caption)
    return said


def _captioned(said: Metadata, caption: str | None) -> Metadata:
    if caption is None:
        return said
    return replace(said, caption=caption, rules=(*said.rules, ("caption", "lead figure")))


def _text(
    page: Page, found: Subtree | None, publisher: Publisher | None, said: Metadata
) -> tuple[str, Parts]:
    """Return the rule that found the text, and its parts."""
    parts = _take(found, publisher, said) if found else Parts(())
    told = page.story.body if page.story else None
    if told and len(told) > 2 * sum(map(len, parts.paragraphs)) and len(told) > 400:
        # The page draws its text with scripts; what it tells the search engines is all there is.
        lines = (
            take_apart(BeautifulSoup(told, "html.parser"))
            if "<" in told
            else Parts(_paragraphs(told))
        )
        return "JSON-LD articleBody, as the page shows none", lines
    return (found.rule if found else ""), parts


def _without_place(cleaned: Cleaned, bold: tuple[str, ...]) -> Cleaned:
    """Take the place of a dateline out of the first sentence, if bold type says that it is one.

    ``<b>Arunika</b> - Warga antre``: no list knows every village, but the page sets it apart.
    """
    first = cleaned.paragraphs[0] if cleaned.paragraphs else ""
    for place in () if cleaned.place else bold:
        dash = _DASH.match(first, len(place)) if first.startswith(place) else None
        if dash and place.replace(" ", "").isalpha() and (place.istitle() or place.isupper()):
            return cleaned._replace(
                paragraphs=(first[dash.end() :], *cleaned.paragraphs[1:]),
                place=place.title(),
                dropped=(("dateline in bold", first[: dash.end()].strip()), *cleaned.dropped),
            )
    return cleaned


def _take(found: Subtree, publisher: Publisher | None, said: Metadata) -> Parts:
    pruned = prune(found, drop=publisher.drop if publisher else "")
    strong = found.nodes[0].css("b, strong")[:3]
    soup = soup_of(found.nodes)
    parts = take_apart(
        soup, title=said.title, people=said.authors, mojibake=_is_suspect(found.nodes)
    )
    bold = tuple(text for node in strong if (text := text_of(node)) and len(text) < 40)
    return replace(parts, dropped=(*pruned, *parts.dropped), bold=bold)


def _is_suspect(nodes: tuple[LexborNode, ...]) -> bool:
    """Whether the text has a character that begins mojibake: far quicker than looking for it."""
    data = "".join(node.text() for node in nodes).encode("utf-8", "replace")
    return not data.isascii() and any(lead in data for lead in _LEADS)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line for part in text.splitlines() if (line := tidy(part.strip())))
