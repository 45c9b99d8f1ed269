"""JSON-LD: what a page's <script type="application/ld+json"> says of its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

# Past this size a block is data for a machine, not the description of one article.
_LONGEST = 1_000_000
_DEEPEST = 6
_MOST_NODES = 400
_PUBLISHERS = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})
# Repairs of the breakages that content systems make, tried in order, one upon the other.
_REPAIRS = (
    (re.compile(r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[)|(?:\]\]>|-->)\s*$"), ""),
    (re.compile(r",\s*(?=[}\]])"), ""),  # a comma before a closing bracket
    (re.compile(r",\s*(?=,)"), ""),  # two commas
    (re.compile(r"\\(?![\"\\/bfnrtu])"), r"\\\\"),  # a lone backslash
    (re.compile(r"}\s*(?={)"), "},"),  # two objects with no comma between
)
# When nothing helps (a bare quotation mark in a headline), these fields still stand on their own.
_SALVAGED = re.compile(
    r'"(@type|headline|datePublished|dateModified|articleSection|url)"\s*:\s*"((?:[^"\\\n]|\\.)*)"'
    r"(?=\s*[,}\]])"
)


# Objects in it have names and addresses of their own.
_INSIDE = re.compile(
    r'"(?:publisher|author|creator|editor|image|logo|thumbnail|isPartOf|about|video)"\s*+:\s*+\[?\s*+'
    r"\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}"
)


@dataclass(frozen=True, slots=True)
class Story:
    """One object of the JSON-LD, with the fields that an article may have, still as text."""

    kind: str
    headline: str | None = None
    body: str | None = None
    authors: tuple[tuple[str, bool], ...] = ()
    """Names, and whether each is said to be an organisation."""
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    image: str | None = None
    caption: str | None = None
    """What the picture's own object says that it shows."""
    logo: str | None = None
    """The publisher's, which some sites give as the picture of every article."""
    mended: str = ""
    """What was done to its JSON, if that was broken."""

    @property
    def is_article(self) -> bool:
        """Whether this describes an article: NewsArticle, Article, BlogPosting and their kin."""
        return self.kind.endswith(("Article", "Posting")) or self.kind in ("Report", "Review")

    @property
    def is_video(self) -> bool:
        """Whether this describes a video."""
        return self.kind in ("VideoObject", "Clip", "Movie", "TVEpisode")


def stories(blocks: Iterable[str], /) -> tuple[Story, ...]:
    """Return every typed object of these JSON-LD blocks, articles first.

    >>> stories(['{"@type": "NewsArticle", "headline": "Banjir surut",}'])[0].headline
    'Banjir surut'
    """
    nodes: list[dict[str, Any]] = []
    mended: dict[int, str] = {}
    for block in blocks:
        value, repair = _load(block)
        start = len(nodes)
        nodes += islice(_nodes(value), _MOST_NODES - start)
        mended |= dict.fromkeys(range(start, len(nodes)), repair) if repair else {}
    pictures = {
        str(node["@id"]): node
        for node in nodes
        if node.get("@id") and "ImageObject" in _as_list(node["@type"])
    }
    found = [_story(node, pictures, mended.get(at, "")) for at, node in enumerate(nodes)]
    return tuple(sorted(found, key=_rank))


def _rank(story: Story) -> tuple[bool, bool, bool]:
    return (not story.is_article, story.headline is None, story.published is None)


def _load(block: str) -> tuple[Any, str]:
    """Return the block's JSON, or the few fields that can be saved, and what was done to it."""
    if len(block) > _LONGEST:
        return _salvage(block[:_LONGEST]), "JSON-LD too large: its plain fields saved"
    for pattern, replacement in (None, None), *_REPAIRS:
        if pattern is not None:
            block = pattern.sub(replacement or "", block)
        try:
            # strict=False: a raw line break inside a string is the commonest breakage of all.
            value = json.loads(block if pattern is None else f"[{block}]", strict=False)
        except ValueError:
            continue
        except RecursionError:
            return None, ""
        return value, "" if pattern is None else "JSON-LD repaired"
    return _salvage(block), "JSON-LD beyond repair: its plain fields saved"


def _salvage(block: str) -> dict[str, str]:
    saved: dict[str, str] = {}
    for name, value in _SALVAGED.findall(_INSIDE.sub("null", block)):
        if name != "@type" or value.endswith(("Article", "Posting")):
            saved.setdefault(name, value.replace('\\"', '"').replace("\\/", "/"))
    return saved


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the typed objects in a JSON value: arrays, @graph, and what hangs off a page."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:_MOST_NODES]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if isinstance(value.get(key), (dict, list)):
                yield from _nodes(value[key], depth + 1)


def _story(node: dict[str, Any], pictures: dict[str, dict[str, Any]], mended: str) -> Story:
    kinds = [str(kind) for kind in _as_list(node.get("@type"))]
    kind = next((k for k in kinds if k.endswith(("Article", "Posting"))), "".join(kinds[:1]))
    picture = _picture(node.get("image"), pictures)
    publisher = node.get("publisher")
    logo = publisher.get("logo") if isinstance(publisher, dict) else None
    return Story(
        kind=kind.rpartition("/")[2],
        headline=_text(node.get("headline") or node.get("name")),
        body=_text(node.get("articleBody")),
        authors=tuple(_authors(node.get("author") or node.get("creator"))),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        section=_text(node.get("articleSection")),
        keywords=tuple(_keywords(node.get("keywords"))),
        publisher=_text(publisher),
        url=_text(node.get("url") or node.get("mainEntityOfPage")),
        image=_address(picture),
        caption=_text(picture.get("caption")) if isinstance(picture, dict) else None,
        logo=_address(logo),
        mended=mended,
    )


def _picture(value: Any, pictures: dict[str, dict[str, Any]]) -> Any:
    """Return the first picture of an article, looked up where another object describes it."""
    first = next(iter(_as_list(value)), None)
    return pictures.get(str(first.get("@id") or ""), first) if isinstance(first, dict) else first


def _address(picture: Any) -> str | None:
    if not isinstance(picture, dict):
        return _text(picture)
    return _text(picture.get("url") or picture.get("contentUrl") or picture.get("thumbnailUrl"))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str | None:
    """Return the text of a value: itself, its first item, or an object's name or address."""
    for item in _as_list(value)[:1]:
        if isinstance(item, dict):
            return _text(item.get("name") or item.get("url") or item.get("@id"))
        if isinstance(item, str) and item.strip():
            return item.strip()
    return None


def _authors(value: Any) -> Iterator[tuple[str, bool]]:
    for item in _as_list(value)[:20]:
        if name := _text(item):
            yield name, isinstance(item, dict) and item.get("@type") in _PUBLISHERS


def _keywords(value: Any) -> Iterator[str]:
    for item in _as_list(value)[:100]:
        if isinstance(item, str):
            yield from (word.strip() for word in item.split(",") if word.strip())
