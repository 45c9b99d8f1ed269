"""What an engine is given for an article: its terms, its facets, and the article itself."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from math import floor
from typing import NamedTuple

from kliping.analysis import Analyser, Terms
from kliping.analysis.acronyms import capitals, definitions
from kliping.analysis.folding import fold
from kliping.analysis.gluing import cases_of
from kliping.article import Article
from kliping.query.fields import (
    CAPITALS,
    DEFINITIONS,
    HAS,
    LEAD_CHARACTERS,
    PATH,
    TEXT,
    TITLE_ALONE,
    TITLE_TIMES,
)

# What has whole values, to be counted; in WIB, ``month`` is YYYY-MM and ``day`` YYYY-MM-DD.
FACETS = ("source", "section", "authors", "tags", "month", "day")
MONTH_CHARACTERS = 7
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
WIB = timezone(timedelta(hours=7), "WIB")


class Document(NamedTuple):
    """One article, analysed. ``terms`` maps a field to its terms, space-joined, in order.

    ``published`` is in seconds since 1970; ``stored``, which the engine packs, gives the article
    back (:func:`load_article`); ``facets`` maps a facet to its whole values.
    """

    id: str
    terms: dict[str, str]
    facets: dict[str, tuple[str, ...]]
    published: int | None
    stored: bytes


def document(article: Article, analyser: Analyser, /) -> Document:
    """Analyse ``article``: all that can go wrong with a text goes wrong here, not in an engine."""
    text = f"{article.title or ''}\n{article.body}"
    cases = cases_of(text)  # looked at more than once, so made once
    titled, rest = cases[: -len(article.body) - 1], cases[len(cases) - len(article.body) :]
    title = analyser.terms(article.title or "", titled)
    opening, body = _terms(article.body, rest, analyser)
    names = {
        "authors": " ".join(article.authors),
        "source": " ".join(filter(None, (article.source, article.channel))),
        "section": article.section or "",
        "tags": " ".join(article.tags),
        "url": article.url or "",
    }
    present = {**names, "title": title.words, "body": body.words}
    terms = {
        "title": title.stems,
        "title_words": title.words,
        "body_words": body.words,
        TITLE_ALONE: " ".join(_alone(title.stems, body.stems)),
        TEXT: " ".join((*[title.stems] * TITLE_TIMES, opening.stems, body.stems)),
        **{name: _words(text) for name, text in names.items() if text},
    }
    has = [name for name, text in present.items() if text.strip()]
    has += ["published"] if article.published else []
    terms[HAS] = " ".join(has)
    terms[CAPITALS] = capitals(text, cases)
    terms[DEFINITIONS] = " ".join(_definitions(text))
    terms[PATH] = _words(article.path or "")
    published = floor(article.published.timestamp()) if article.published else None
    return Document(plain(article.id), terms, _facets(article), published, dump_article(article))


def _terms(body: str, cases: bytes, analyser: Analyser) -> tuple[Terms, Terms]:
    """Return the terms of the opening of ``body`` and of all of it, each word analysed once."""
    start = lead(body)
    opening = analyser.terms(start, cases[: len(start)])
    if start == body:
        return opening, opening
    if not start.endswith(" "):  # cut within a word
        return opening, analyser.terms(body, cases)
    rest = analyser.terms(body[len(start) :], cases[len(start) :])
    return opening, Terms(
        *(" ".join(filter(None, each)) for each in zip(opening, rest, strict=True))
    )


def _alone(title: str, body: str) -> list[str]:
    """Return the stems of a title that its body lacks; to find the few costs less than to part all.

    >>> _alone("banjir surut", "air banjir reda")
    ['surut']
    """
    body = f" {body} "
    return [stem for stem in sorted(set(title.split())) if f" {stem} " not in body]


def lead(body: str, /) -> str:
    """Return the opening of ``body``, whole words of its first characters."""
    if len(body) <= LEAD_CHARACTERS:
        return body
    return body[: body.rfind(" ", 0, LEAD_CHARACTERS) + 1] or body[:LEAD_CHARACTERS]


def _definitions(text: str) -> list[str]:
    """Return the acronyms that ``text`` defines as terms, to be looked up from either side.

    In the order of the text: that of a set would be another in every process.
    """
    found = dict[str, None]()
    for acronym, words in definitions(text):
        expansion = "_".join(words)
        found |= dict.fromkeys((f"{acronym}={expansion}", f"{expansion}={acronym}"))
    return list(found)


@lru_cache(maxsize=4096)  # sources, sections and authors come again and again
def _words(text: str) -> str:
    return fold(text).replace(b"-", b" ").decode()


def _facets(article: Article) -> dict[str, tuple[str, ...]]:
    day = article.published.astimezone(WIB).date().isoformat() if article.published else None
    month = day[:MONTH_CHARACTERS] if day else None
    single = {"source": article.source, "section": article.section, "month": month, "day": day}
    several = {"authors": article.authors, "tags": article.tags}
    facets: dict[str, tuple[str, ...]] = {
        name: (plain(value),) for name, value in single.items() if value and value.strip()
    }
    for name, values in several.items():
        if values:
            facets[name] = tuple(plain(value) for value in values if value.strip())
    return facets


def plain(value: str, /) -> str:
    """Replace lone surrogates, which JSON can spell and no engine can store."""
    if value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()


def dump_article(article: Article, /) -> bytes:
    """Return ``article`` as what an engine stores: a line of JSON, and the body.

    The body is most of it, and bytes become text a good deal faster than JSON does.
    """
    fields = (
        article.id,
        article.title,
        article.authors,
        article.published.isoformat() if article.published else None,
        article.source,
        article.section,
        article.tags,
        article.url,
        article.path,
        article.modified.isoformat() if article.modified else None,
        article.language,
        article.image,
        article.caption,
        article.channel,
    )
    return f"{_as_json(fields)}\n{article.body}".encode("utf-8", "replace")


def load_article(stored: bytes, /) -> Article:
    """Return the article that :func:`dump_article` wrote.

    Raises:
        ValueError: it did not.
    """
    line, _, body = stored.partition(b"\n")
    (
        article_id, title, authors, published, source, section, tags, url, path,
        modified, language, image, caption, *later,
    ) = json.loads(line.decode())  # fmt: skip
    return Article(
        article_id,
        title,
        body.decode(),
        tuple(authors),
        datetime.fromisoformat(published) if published else None,
        source,
        section,
        tuple(tags),
        url,
        path,
        datetime.fromisoformat(modified) if modified else None,
        language,
        image,
        caption,
        *later,  # the channel, which older indexes do not know
    )
