"""Pages that are broken, hostile, or no article: repaired, or refused with the reason, and soon."""

from __future__ import annotations

import json
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping.corpus.html import extract
from kliping.errors import NotAnArticle
from tests.corpus.html import making as pages

ARTICLE = f"<article>{pages.PARAGRAPHS.of(*pages.SENTENCES)}</article>"
GOOD = pages.page(ARTICLE)


def refused(markup: str | bytes, *, url: str | None = None) -> str:
    with pytest.raises(NotAnArticle) as caught:
        extract(markup, url=url, path="arsip/a.html")
    assert str(caught.value).startswith("arsip/a.html: not an article: ")
    return caught.value.reason.removeprefix("not an article: ")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("", "empty"),
        (b"  \n\t ", "empty"),
        ("Warga mengungsi ke balai desa.", "no markup"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 300, "binary data"),
        ("<html><body></body></html>", "no article text"),
        (
            '<html><frameset cols="20%,80%"><frame src="menu.html"><frame src="isi.html">'
            "<noframes>Peramban Anda tidak mendukung bingkai.</noframes></frameset></html>",
            "a frameset: its text is in other files",
        ),
        (
            "<title>404 Not Found</title><h1>Halaman tidak ditemukan</h1>"
            "<p>Halaman yang Anda cari sudah dipindahkan atau dihapus.</p>",
            "an error page",
        ),
    ],
    ids=lambda x: x if isinstance(x, str) and len(x) < 50 else "page",
)
def test_no_page_at_all(markup: str | bytes, reason: str) -> None:
    assert refused(markup) == reason


def test_login_wall() -> None:
    form = '<form><input type="email"><input type="password"><button>Masuk</button></form>'
    body = f"<h1>{pages.TITLE}</h1><p>{pages.SENTENCES[0]}</p>{form}"
    assert refused(f"<html><body>{body}</body></html>") == "a login wall"
    words = f"<p>{pages.SENTENCES[0]}</p><div>Silakan masuk untuk melanjutkan membaca.</div>"
    assert refused(pages.page(words)) == "a login wall"


def test_login_form_beside_a_whole_article_is_no_wall() -> None:
    form = '<form class="login"><input type="password"></form>'
    assert extract(pages.page(form + ARTICLE)).body == pages.BODY


def test_front_page() -> None:
    markup = pages.page(pages.TEASERS * 5, head='<meta property="og:type" content="website">')
    assert refused(markup, url="https://kabarwening.example/") == "a front page"


def test_index_page() -> None:
    markup = pages.page(pages.TEASERS * 5, title="Indeks Berita Daerah")
    assert refused(markup, url="https://kabarwening.example/indeks/daerah") == "an index page"


def test_video_page() -> None:
    player = '<div class="pemutar"><iframe src="https://video.example/embed/9"></iframe></div>'
    head = '<meta property="og:type" content="video.other">'
    body = f"{player}<p>{pages.SENTENCES[1]}</p>"
    assert refused(pages.page(body, head=head)) == "a video page with two sentences"


def test_video_above_a_whole_article() -> None:
    player = '<iframe src="https://video.example/embed/9"></iframe>'
    assert extract(pages.page(player + ARTICLE)).body == pages.BODY


def test_nested_boxes() -> None:
    start = time.process_time()
    depth = 100_000
    deep = "<div>" * depth + ARTICLE + "</div>" * depth
    assert pages.SENTENCES[0] in extract(pages.page(deep)).body
    unclosed = pages.page(ARTICLE + "<b><div>" * depth)
    assert pages.SENTENCES[0] in extract(unclosed).body
    assert time.process_time() - start < 4


@pytest.mark.parametrize("value", ["", "=1", "='>'", '="<b>"', "=a/", " = x"])
def test_a_tag_of_50000_attributes(value: str) -> None:
    start = time.process_time()
    tag = f"<p {' '.join(f'a{n}{value}' for n in range(50_000))}>"
    assert extract(pages.page(ARTICLE.replace("<p>", tag))).body == pages.BODY
    assert time.process_time() - start < 2


def test_a_script_that_looks_like_a_tag_of_many_attributes() -> None:
    script = f"<script>if (a<b {'c ' * 20_000}) d = '</script>"
    assert extract(pages.page(script + ARTICLE + "<p>Jum'at")).body.startswith(pages.BODY)


def test_nesting_below_the_limit() -> None:
    deep = "<div>" * 2000 + ARTICLE + "</div>" * 2000
    assert pages.SENTENCES[-1] in extract(pages.page(deep)).body


def test_inline_script_of_20_megabytes() -> None:
    script = "<script>var a = '" + "x < y && <p>bukan berita</p> " * 700_000 + "';</script>"
    start = time.process_time()
    assert extract(pages.page(script + ARTICLE)).body == pages.BODY
    assert time.process_time() - start < 3


def test_json_ld_of_5_megabytes() -> None:
    block = '{"@type": "NewsArticle", "headline": "' + "ha" * 2_500_000 + '"}'
    head = f'<script type="application/ld+json">{block}</script>'
    assert extract(pages.page(ARTICLE, head=head)).title == pages.TITLE


def test_json_ld_nested_for_ever() -> None:
    head = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    assert extract(pages.page(ARTICLE, head=head)).body == pages.BODY


def test_unclosed_comment() -> None:
    assert extract(GOOD.replace("<article>", "<!-- iklan <article>")).body == pages.BODY


def test_cut_off_in_the_middle() -> None:
    cut = GOOD[: GOOD.index("Sebanyak 60 orang") + 40]
    assert extract(cut).body.startswith(pages.SENTENCES[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding: str) -> None:
    markup = GOOD.replace("utf-8", encoding.removesuffix("-sig")).replace('"Kami', "“Kami")
    assert "“Kami tidak mau" in extract(markup.encode(encoding)).body


def test_nul_bytes_left_out() -> None:
    markup = GOOD.replace("jembatan", "jem\x00batan")
    assert extract(markup.encode()).body == pages.BODY


def test_base_and_relative_canonical() -> None:
    head = '<base href="https://kabarwening.example/arsip/"><link rel="canonical" href="b/7">'
    assert extract(pages.page(ARTICLE, head=head)).url == "https://kabarwening.example/arsip/b/7"


ADDRESSES = ["http://[x", "//[x", "http://\u2100.example/a", "https://a.example/b-c?q=\ud800"]
PLACES = [
    '<link rel="canonical" href={}>',
    '<meta property="og:url" content={}>',
    '<base href={}><link rel="canonical" href="b/7">',
    '<link rel="next" href={}>',
    '<meta property="og:image" content={}>',
    '<script type="application/ld+json">{{"@type": "NewsArticle", "url": {}}}</script>',
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("place", PLACES)
def test_addresses_that_are_none(place: str, address: str) -> None:
    head = place.format(json.dumps(address))
    assert extract(pages.page(ARTICLE, head=head)).body == pages.BODY
    assert extract(pages.page(ARTICLE), url=address).url is None
    assert refused(pages.page(pages.TEASERS * 5, head=head, title="Indeks"))


def test_canonical_to_the_front_page_is_no_address() -> None:
    markup = pages.page(ARTICLE, url="https://kabarwening.example/")
    assert extract(markup, url="https://kabarwening.example/b/7").url == (
        "https://kabarwening.example/b/7"
    )


def test_xhtml_with_prefix() -> None:
    markup = (
        '<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>'
        f"{pages.TITLE}</h:title></h:head><h:body><h:h1>{pages.TITLE}</h:h1><h:div>"
        + "".join(f"<h:p>{sentence}</h:p>" for sentence in pages.SENTENCES)
        + "</h:div></h:body></h:html>"
    )
    assert extract(markup).body == pages.BODY


def test_entities_are_never_resolved(tmp_path: pytest.TempPathFactory) -> None:
    bomb = '<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 10 + '"><!ENTITY c "' + "&b;" * 10 + '">'
    markup = (
        f'<!DOCTYPE html [{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        + GOOD.removeprefix("<!doctype html>").replace("Bambunya", "&c;&f; Bambunya")
    )
    body = extract(markup).body
    assert "haha" not in body
    assert "&c;&f; Bambunya" in body


def test_memory_stays_flat() -> None:
    for _ in range(30):
        extract(GOOD)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(60):
        extract(GOOD)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 2_000_000


@given(st.text(alphabet=st.sampled_from("<>/ap div\"'=&;!-hlu{}[]"), max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_markup_is_read_or_refused(text: str) -> None:
    with suppress(NotAnArticle):
        extract(f"<p>{text}")


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(NotAnArticle):
        extract(data)
