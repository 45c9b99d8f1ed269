"""Pages whose text stands only in what they carry for their scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kliping.corpus import extract
from kliping.errors import NotAnArticle
from tests.corpus.html.making import SENTENCES, TITLE

PARAGRAPHS = [*SENTENCES, *(f"Kabar lain: {text}" for text in SENTENCES)]
MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
OTHER = {"title": "Panen kopi Anggara naik", "body": MARKUP.replace("Wening", "Anggara") * 2}
ARTICLE = {"id": 7, "title": TITLE, "content": MARKUP, "published_at": "2024-03-11T09:15:00+07:00"}
BLOCKS = {
    "judul": TITLE,
    "isi": [{"type": "paragraph", "text": text} for text in PARAGRAPHS],
    "tanggal": "2024-03-11 09:15",
}


def page(script: str, title: str = TITLE) -> str:
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<!DOCTYPE html><html>{head}<body><div id='__next'></div>{script}</body></html>"


def next_data(props: Any) -> str:
    data = json.dumps({"props": {"pageProps": props}, "page": "/read/[slug]"})
    return f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'


def nuxt2() -> str:
    call = json.dumps(MARKUP).replace("/", "\\u002F")
    made = f"{{data:[{{artikel:{{id:a,judul:b,isi:{call}}}}}],serverRendered:true}}"
    return f'<script>window.__NUXT__=(function(a,b){{return {made}}}(7,"{TITLE}"));</script>'


def nuxt3() -> str:
    values = [{"data": 1}, {"artikel": 2}, {"title": 3, "content": 4, "published": 5}]
    rest = [TITLE, MARKUP, "2024-03-11T09:15:00+07:00"]
    data = json.dumps([*values, *rest])
    return f'<script type="application/json" id="__NUXT_DATA__">{data}</script>'


def flight() -> str:
    inner = "5:" + json.dumps(["$", "div", None, {"html": MARKUP}])
    half = len(inner) // 2
    pieces = (inner[:half], inner[half:])
    return "".join(f"<script>self.__next_f.push([1,{json.dumps(p)}])</script>" for p in pieces)


@pytest.mark.parametrize(
    ("script", "is_dated"),
    [
        (next_data({"article": ARTICLE}), True),
        (next_data({"terkait": [OTHER], "detail": {"data": ARTICLE}}), True),
        (next_data({"berita": BLOCKS}), True),
        (next_data({"raw": json.dumps({"article": ARTICLE})}), True),
        (f"<script>window.__INITIAL_STATE__ = {json.dumps({'a': ARTICLE})};</script>", True),
        (nuxt3(), True),
        (nuxt2(), False),
        (flight(), False),
    ],
)
def test_the_text_is_in_the_state(script: str, is_dated: bool) -> None:
    article = extract(page(script))
    assert (article.title, article.body.split("\n\n")) == (TITLE, PARAGRAPHS)
    assert (article.published is not None) == is_dated
    if article.published:
        assert article.published.isoformat() == "2024-03-11T09:15:00+07:00"


@pytest.mark.parametrize(
    "script",
    [
        next_data({"list": [OTHER, {**OTHER, "title": "Pasar", "body": MARKUP}]}),
        next_data({"menu": [{"title": "Daerah", "url": "/daerah"}] * 40}),
        "<script>" + "function a(b){return b+1}" * 60 + "</script>",
        '<script>window.__X__ = {"broken": "' + "a" * 900 + "</script>",
    ],
)
def test_a_page_without_an_article_stays_one(script: str) -> None:
    with pytest.raises(NotAnArticle):
        extract(page(script, title="Kabar Wening"))


def test_what_a_page_shows_comes_first() -> None:
    shown = "".join(f"<p>{text} Begitu.</p>" for text in SENTENCES)
    markup = page(next_data({"article": ARTICLE})).replace(
        "<body>", f"<body><h1>{TITLE}</h1><article>{shown}</article>"
    )
    assert extract(markup).body.startswith(f"{SENTENCES[0]} Begitu.")
