"""The state that a page carries for its scripts, where its text stands nowhere else.

Next.js, Nuxt and their like send what they draw as JSON in a script, or as a program that makes it.
An article in there is an object with a title and a text; where no JSON can be read, the one long
string that reads as prose. It is looked for only in a page that shows next to nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kliping.corpus.html.jsonld import Story
from kliping.corpus.html.page import letters
from kliping.corpus.records.naming import meaning
from kliping.corpus.records.shapes import first, strings
from kliping.corpus.text.tidying import has_markup, strip_markup, tidy

_SCRIPT = re.compile(rb"<(/?)script\b([^>]{0,500})>", re.IGNORECASE)
_MARK = re.compile(r"__(?:[A-Z][A-Z_]+)__|__next_f|^\s*[\[{]")
_ASSIGNED = re.compile(r"(?:=|\()\s*(?=[\[{])")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.){400,})"', re.DOTALL)
_FLIGHT = re.compile(r'__next_f\.push\(\[1,\s*("(?:[^"\\]|\\.)*")\]\)', re.DOTALL)
_JSON = json.JSONDecoder(strict=False)
_LEAST_TEXT = 400
_DEEPEST = 40
_MOST_NODES = 200_000
_SENTENCE = re.compile(r"[.!?][\"”’]?\s+[\"“‘A-Z]")


def state_story(markup: bytes, title: str | None, /) -> Story | None:
    """Return the article in a page's state, or None; of several, the one with the page's title.

    >>> text = "Air surut. Warga pulang ke rumah. " * 20
    >>> data = json.dumps({"props": {"berita": {"judul": "Banjir", "isi": text}}})
    >>> state_story(f'<script id="__NEXT_DATA__">{data}</script>'.encode(), "Banjir").headline
    'Banjir'
    """
    scripts = [text for text in _scripts(markup) if _MARK.search(text)]
    # Next.js sends its newer kind of state in pieces, cut anywhere.
    flight = "".join(json.loads(piece) for text in scripts for piece in _FLIGHT.findall(text))
    told = [story for text in scripts for value in _values(text) for story in _stories(value)]
    if found := _chosen(told, title):
        return found
    sources = [flight] if flight else scripts
    texts = [_plain(literal) for text in sources for literal in _literals(text)]
    prose = sorted({text for text in texts if len(_SENTENCE.findall(text)) > 2}, key=len)
    if not prose or (len(prose) > 1 and len(prose[-2]) * 2 > len(prose[-1])):
        return None
    return Story("NewsArticle", body=prose[-1]) if not told else None


def _scripts(markup: bytes) -> Iterator[str]:
    """Yield the long scripts of a page, but for JSON-LD; each tag is looked at once."""
    start: int | None = None
    for tag in _SCRIPT.finditer(markup):
        if not tag[1]:
            start = None if b"ld+json" in tag[2] else tag.end()
        elif start is not None:
            if tag.start() - start >= _LEAST_TEXT:
                yield markup[start : tag.start()].decode("utf-8", "replace")
            start = None


def _chosen(told: list[Story], title: str | None) -> Story | None:
    """Return the article that has the page's title, else the only one there is."""
    for story in sorted(told, key=lambda each: -len(each.body or "")):
        ours, theirs = letters(title or ""), letters(story.headline or "")
        if ours and theirs and (ours in theirs or theirs in ours):
            return story
    return told[0] if len({story.body for story in told}) == 1 else None


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON values that a script is, or assigns."""
    starts = [0, *(found.end() for found in _ASSIGNED.finditer(text))]
    end = 0
    for start in starts[:50]:
        if start < end:
            continue
        try:
            value, end = _JSON.raw_decode(text.lstrip() if start == 0 else text, start)
        except (ValueError, RecursionError):
            continue
        yield value


def _stories(value: Any) -> Iterator[Story]:
    """Yield the objects that have a title and a text, wherever they lie."""
    table = value if isinstance(value, list) else []
    waiting = [(value, 0)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, depth = waiting.pop()
        if isinstance(node, Mapping):
            if story := _story({name: _looked_up(node[name], table) for name in node}):
                yield story
            inner = list(node.values())
        elif isinstance(node, list):
            inner = node
        elif isinstance(node, str) and node[:1] in "{[" and len(node) > _LEAST_TEXT:
            inner = list(_values(node))  # JSON within JSON
        else:
            continue
        if depth < _DEEPEST:
            waiting += [(each, depth + 1) for each in inner]


def _looked_up(value: Any, table: list[Any]) -> Any:
    """Return what a number stands for, where Nuxt keeps all values in one list."""
    is_place = isinstance(value, int) and not isinstance(value, bool) and 0 < value < len(table)
    return table[value] if is_place else value


def _story(node: Mapping[str, Any]) -> Story | None:
    told = [(found, value) for name, value in node.items() if value and (found := meaning(name))]
    # The most telling name of each field comes last, and stays.
    told.sort(key=lambda each: -each[0].rank)
    fields = {found.field: value for found, value in told if not found.weak}
    headline = first(fields.get("title"))
    body = _plain("\n\n".join(strings(fields.get("body"))))
    if not headline or len(body) < _LEAST_TEXT:
        return None
    return Story(
        "NewsArticle",
        headline=tidy(strip_markup(headline)),
        body=body,
        authors=tuple((name, False) for name in strings(fields.get("authors"))),
        published=first(fields.get("published")),
        section=first(fields.get("section")),
    )


def _literals(text: str) -> Iterator[str]:
    for literal in _LITERAL.findall(text):
        try:
            yield _JSON.decode(f'"{literal}"')
        except ValueError:
            continue


def _plain(text: str) -> str:
    return strip_markup(text) if has_markup(text) else text.strip()
