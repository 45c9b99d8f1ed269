"""What is refused, and on what evidence: an article is never refused for what stands beside it."""

from __future__ import annotations

import pytest

from kliping.corpus.html import extract
from kliping.errors import NotAnArticle
from tests.corpus.html import making as pages

ARTICLE = f"<article>{pages.PARAGRAPHS.of(*pages.SENTENCES)}</article>"
SHORT = f"<article><p>{pages.SENTENCES[0]}</p></article>"
DATE = "<span>Selasa, 12 Maret 2024 07:15 WIB</span>"
TOP = f"<h1>{pages.TITLE}</h1>{DATE}"
OG_ARTICLE = '<meta property="og:type" content="article">'
HEADLINES = (
    "Harga Cabai di Pasar Klewang Turun Lagi",
    "Festival Layang-layang Digelar Akhir Pekan",
    "Pelatih Baru Persewening Diperkenalkan",
    "Kereta Kabut Anggara Tambah Jadwal Malam",
    "Sekolah Apung Pertama Dibuka di Lirih",
)
TEASER = "Kabar itu disampaikan pejabat setempat kepada para wartawan yang datang sejak pagi."


def refused(markup: str, *, url: str = "https://kabarwening.example/daerah/") -> str:
    with pytest.raises(NotAnArticle) as caught:
        extract(markup, url=url)
    return caught.value.reason.removeprefix("not an article: ")


def cards(card: str, count: int = 20) -> str:
    return "".join(
        card.format(n=n, head=HEADLINES[n % len(HEADLINES)], teaser=TEASER) for n in range(count)
    )


CARDS = [
    '<li><div class="item"><h6><a href="/b/{n}">{head}</a></h6>'
    "<span>13 Oktober 2020 09:{n:02}</span><p>{teaser}</p></div></li>",
    '<article class="post"><h2><a href="/b/{n}">{head}</a></h2><p>oleh <a href="/p/r">Rina</a> '
    'di <a href="/d">Daerah</a></p><p>{teaser} {teaser} <a href="/b/{n}">Selengkapnya</a></p>'
    "</article>",
    '<a href="/b/{n}"><h3>{head}</h3><p>{teaser}</p></a>',
    '<div><div><a href="/b/{n}"><img></a></div><div><a href="/b/{n}">{head}</a></div>'
    "<div>{teaser} {teaser}</div></div>",
]


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("head", ["", OG_ARTICLE])
@pytest.mark.parametrize("count", [6, 40])
def test_a_page_of_cards_is_an_index(card: str, head: str, count: int) -> None:
    listed = f"<div><h1>Kabar Daerah</h1>{cards(card, count)}<a href='/daerah/2'>2</a></div>"
    markup = f"<html><head><title>Daerah - Kabar Wening</title>{head}</head><body>{listed}"
    assert refused(markup) == "an index page"


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("short", [False, True])
def test_an_article_above_cards_is_none(card: str, short: bool) -> None:
    article, body = (SHORT, pages.SENTENCES[0]) if short else (ARTICLE, pages.BODY)
    markup = pages.page(f"{article}<div class='bawah'>{cards(card)}</div>", top=TOP)
    assert extract(markup, url="https://kabarwening.example/b/7").body == body


def test_links_in_sentences_are_no_cards() -> None:
    linked = "".join(
        f'<p>Warga menyebut <a href="/b/{n}">{head.lower()}</a>, dan {TEASER.lower()}</p>'
        for n, head in enumerate(HEADLINES)
    )
    assert TEASER.lower() in extract(pages.page(f"<div>{linked}</div>", top=TOP)).body


@pytest.mark.parametrize(
    "beside",
    [
        '<form class="masuk"><input type="password"></form>',
        "<div>Daftarkan email Anda untuk berlangganan berita terbaru kami</div>",
        "<div>Silakan login untuk memberi komentar</div>",
        '<div><iframe src="https://video.example/embed/9"></iframe></div>',
        "".join(f'<h3><a href="/b/{n}">{head}</a></h3>' for n, head in enumerate(HEADLINES * 3)),
    ],
)
@pytest.mark.parametrize("head", ["", OG_ARTICLE])
def test_what_stands_beside_a_short_article_refuses_nothing(beside: str, head: str) -> None:
    two = f"<article>{pages.PARAGRAPHS.of(*pages.SENTENCES[:2])}</article>"
    markup = pages.page(f"{two}<section>{beside}</section>", top=TOP, head=head)
    assert extract(markup).body == "\n\n".join(pages.SENTENCES[:2])


@pytest.mark.parametrize(
    "wall",
    [
        "Silakan masuk untuk melanjutkan membaca artikel ini.",
        "Artikel ini khusus pelanggan Kabar Wening Plus.",
        "Anda harus berlangganan sebelum membaca.",
    ],
)
def test_words_that_bar_the_way(wall: str) -> None:
    assert refused(pages.page(f"{SHORT}<div>{wall}</div>", top=TOP)) == "a login wall"


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Tentang Kami", "/halaman/9"),
        ("Pedoman Media Siber", "/x"),
        ("Kabar Wening", "/info/disclaimer"),
        ("Kabar Wening dan Anda", "/privacy-policy.html"),
    ],
)
def test_a_page_about_the_site(title: str, path: str) -> None:
    markup = pages.page(ARTICLE * 9, title=title)
    assert refused(markup, url=f"https://kabarwening.example{path}") == "a page about the site"


@pytest.mark.parametrize("title", ["Redaksi Kabar Wening Digugat", "Syarat Jadi Lurah Diperketat"])
def test_news_about_such_things(title: str) -> None:
    assert extract(pages.page(ARTICLE, title=title)).body == pages.BODY
    dated = pages.page(ARTICLE, title="Kode Etik", top=f"<h1>Kode Etik</h1>{DATE}")
    assert extract(dated).body == pages.BODY


@pytest.mark.parametrize(
    ("head", "path"),
    [('<meta property="og:type" content="video.other">', "/b/7"), ("", "/video/b-7")],
)
def test_a_video_with_two_sentences(head: str, path: str) -> None:
    markup = pages.page(SHORT, head=head, top=TOP)
    reason = refused(markup, url=f"https://kabarwening.example{path}")
    assert reason == "a video page with two sentences"


def test_a_story_with_a_video_is_a_story() -> None:
    head = (
        '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Jembatan"},'
        '{"@type": "VideoObject", "name": "Jembatan"}]</script>'
    )
    assert extract(pages.page(SHORT, head=head, top=TOP)).body == pages.SENTENCES[0]


@pytest.mark.parametrize("card", CARDS)
def test_cards_in_an_article_element_under_a_channel_s_name(card: str) -> None:
    listed = f"<article><h1>Kabar Daerah</h1>{cards(card, 12)}</article>"
    markup = f"<html><head><title>Daerah</title>{OG_ARTICLE}</head><body>{listed}</body></html>"
    assert refused(markup) == "an index page"
