"""Habits of pages that no other test has: older themes, print views, rich text, lone signatures."""

from __future__ import annotations

import json

import pytest

from kliping import Article
from kliping.corpus import extract
from kliping.errors import NotAnArticle
from tests.corpus.html.making import BODY, PARAGRAPHS, SENTENCES, TITLE, page
from tests.corpus.html.test_state import next_data
from tests.corpus.html.test_state import page as bare

TEXT = PARAGRAPHS.of(*SENTENCES)


def article(markup: str) -> Article:
    return extract(markup, url="https://kabar.example/a/7")


@pytest.mark.parametrize(
    "below",
    [
        "<p>2/7</p>",
        "<p>MEGA LINTANG</p>",
        "<p>Fotografer: Mega Lintang</p>",
        "<p>Keterangan foto utama: Jembatan dilihat dari udara. Foto: Mega Lintang</p>",
        "<p>*) Penulis adalah guru di Lembah Wening. Tulisan ini tidak mewakili sekolahnya.</p>",
        "<p>Bagian Humas Kabupaten Arunika<br>Telepon: (0299) 510077</p>",
        "<p>Sumber: https://kabar.example/a/7</p>",
        "<p>URL : https://kabar.example/a/7</p>",
        "<p>Kontributor Arunika Hulu: Mega Lintang</p>",
        "<p>Dicetak pada 9/3/2024 pukul 10.02</p>",
        "<p>Berita lain:</p><ul><li><a href='/1'>Sungai Lirih Meluap di Dua Desa</a></li></ul>",
        "<p>(mli)</p><p>Kabar Wening</p>",
    ],
)
def test_what_stands_below_is_no_text(below: str) -> None:
    assert article(page(f"<div class='isi'>{TEXT}{below}</div>")).body == BODY


@pytest.mark.parametrize(
    "ending",
    [
        "Penulis adalah orang yang pertama dicari warga ketika surat harus dibuat, kata Ningsih.",
        "Telepon genggam warga berdering bersamaan pada pukul 2/7 malam itu, kata Ningsih.",
        "Sebarkan kabar baik, begitu pesan Ningsih kepada warga. Ia lalu pulang.",
        "HARAPAN WARGA ADA DI JEMBATAN ITU DAN TIDAK DI TEMPAT LAIN",
    ],
)
def test_what_reads_alike_is_text(ending: str) -> None:
    inside = f"<p>{ending}</p><p>{SENTENCES[0]}</p><p>{SENTENCES[3]}</p>"
    assert ending in article(page(f"<div class='isi'>{TEXT}{inside}</div>")).body


@pytest.mark.parametrize("name", ["MEGA LINTANG", "MEGA LINTANG | BIMA ARUNA"])
def test_name_in_capitals_below_is_the_author(name: str) -> None:
    found = article(page(f"<div class='isi'>{TEXT}<p>{name}</p></div>"))
    assert found.authors == tuple(name.title().split(" | "))


@pytest.mark.parametrize("opening", ["ARUNIKA, BINTANG - ", "LEMBAH LIRIH, TV DELTA – "])
def test_place_and_source_in_capitals(opening: str) -> None:
    text = PARAGRAPHS.of(opening + SENTENCES[0], *SENTENCES[1:])
    assert article(page(f"<div class='isi'>{text}</div>")).body == BODY


def test_dateline_alone_with_date_and_headline_above() -> None:
    head = f"<p>Senin, 11 Maret 2024<br>{TITLE}</p><p>Pasirlunak, Kabar Senja</p>"
    assert article(page(f"<div class='isi'>{head}{TEXT}</div>")).body == BODY


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ditulis oleh Mega Lintang pada Senin, 11 Maret 2024, pukul 09.15 WIT", ("Mega Lintang",)),
        (
            "<span>Senin, 11 Maret 2024 09:15 WIT</span></div><div>Mega Lintang, Bima Aruna",
            ("Mega Lintang", "Bima Aruna"),
        ),
        ("<span>Senin, 11 Maret 2024 09:15 WIT</span></div><div>Gaya Hidup", ()),
    ],
)
def test_people_and_day_that_readers_see(line: str, authors: tuple[str, ...]) -> None:
    unset = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "1970-01-01T07:00:00+07:00",
    }
    head = f"<script type='application/ld+json'>{json.dumps(unset)}</script>"
    top = f"<div><h1>{TITLE}</h1><div>{line}</div></div>"
    found = article(page(f"<div class='isi'>{TEXT}</div>", head=head, top=top))
    assert found.authors == authors
    assert found.published is not None
    assert found.published.isoformat() == "2024-03-11T09:15:00+09:00"


@pytest.mark.parametrize(
    ("line", "day", "authors"),
    [
        ("By <a>Mega Lintang</a> | Published: Mar 11, 2024 3:15 PM", "11 15:15", "Mega Lintang"),
        ("Submitted by humas on Mon, 03/11/2024 - 07:10", "11 07:10", ""),
        ("Senin, 11/03/2024 - 07:10", "11 07:10", ""),
        ("Teks: Mega Lintang | Foto: Bima Aruna | 11 Maret 2024 07:10", "11 07:10", "Mega Lintang"),
        ("<i itemprop=datePublished content=2024-03-11T07:10>2 jam lalu</i>", "11 07:10", ""),
    ],
)
def test_day_in_the_order_that_its_name_says(line: str, day: str, authors: str) -> None:
    top = f"<div><h1>{TITLE}</h1><p class='byline'>{line}</p></div>"
    found = article(page(f"<div class='isi'>{TEXT}</div>", top=top))
    assert found.published is not None
    assert found.published.strftime("%m/%d %H:%M") == f"03/{day}"
    assert ", ".join(found.authors) == authors


def test_headline_in_capitals_is_as_the_page_names_it() -> None:
    top = (
        f"<div><h1>{TITLE.upper()}</h1><p>Ditulis oleh: Mega Lintang, 11 Maret 2024 07:10</p></div>"
    )
    head = f"<meta property='og:title' content='{TITLE}'>"
    found = article(page(f"<div class='isi'>{TEXT}</div>", head=head, top=top))
    assert (found.title, found.authors) == (TITLE, ("Mega Lintang",))
    assert found.published is not None


def test_old_blog_says_below_when_it_was_posted() -> None:
    below = (
        "<p>This entry was posted on Friday, June 3rd, 2011 at 2:02 pm and is filed under Berita. "
        "You can follow any responses to this entry through the feed.</p>"
    )
    found = article(page(f"<div class='isi'>{TEXT}{below}</div>"))
    assert found.body == BODY
    assert found.published is not None
    assert found.published.isoformat() == "2011-06-03T14:02:00+07:00"


def test_theme_with_the_site_in_its_first_heading() -> None:
    stamp = "<abbr class='published' title='2018-01-20T21:15:00+07:00'>21.15</abbr>"
    signed = f"<div>Diposting oleh <span>Pak Lintang</span> di <a href='#'>{stamp}</a></div>"
    found = article(
        "<html><head><title>Kampung Lirih: " + TITLE + "</title></head><body>"
        f"<h1><a href='/'>Kampung Lirih</a></h1><h2>Sabtu, 20 Januari 2018</h2>"
        f"<div class='post'><h3 class='post-title'>{TITLE}</h3><div>{TEXT}</div>{signed}</div>"
    )
    assert (found.title, found.authors, found.body) == (TITLE, ("Pak Lintang",), BODY)
    assert found.published is not None
    assert found.published.hour == 21


def test_text_that_stands_in_no_element_of_its_own() -> None:
    text = "<br><br>".join(SENTENCES)
    line = "11 Maret 2024 10:12 WITA<br>Penulis Mega Lintang<br><br>"
    found = article(f"<title>{TITLE}</title><body><h1>{TITLE}</h1>{line}{text}<br><br>Editor Bima")
    assert (found.body, found.authors) == (BODY, ("Mega Lintang",))


def test_place_before_the_day_wrote_nothing() -> None:
    text = PARAGRAPHS.of(f"Arunika (11/3/2024) - {SENTENCES[0]}", *SENTENCES[1:])
    found = article(page(f"<div class='isi'>{text}</div>"))
    assert (found.body, found.authors) == (BODY, ())


@pytest.mark.parametrize("title", ["Internet Positif", "Situs Dalam Perbaikan"])
def test_a_block_page_is_refused(title: str) -> None:
    text = "Situs yang Anda tuju tidak dapat dibuka dari jaringan ini. " * 4
    with pytest.raises(NotAnArticle, match="an error page"):
        article(f"<html><title>{title}</title><body><h1>{title}</h1><p>{text}</p></body></html>")


def test_addresses_alone_are_no_text() -> None:
    addresses = " ".join(f"https://iklan.example/banner/2020/09/{n}.html" for n in range(20))
    with pytest.raises(NotAnArticle, match="no article text"):
        article(f"<html><body>{addresses}</body></html>")


def test_title_that_names_only_the_office() -> None:
    markup = f"<title>Dinas Perikanan - Siaran Pers</title><h2>{TITLE}</h2><div>{TEXT}</div>"
    assert article(f"<html><head></head><body>{markup}").title == TITLE


def test_cache_names_its_page() -> None:
    banner = "<div id='x__google-cache-hdr'>This is a cache of <a href='https://kabar.example/b/8'>it</a>"
    found = extract(f"<html><body>{banner}</div><h1>{TITLE}</h1><div>{TEXT}</div>")
    assert found.url == "https://kabar.example/b/8"


def test_rich_text_in_the_state_for_scripts() -> None:
    first, *others = SENTENCES
    runs = [{"text": first[:20], "bold": True}, {"text": first[20:32]}, {"text": first[32:]}]
    nodes = [{"type": "paragraph", "children": runs}]
    nodes += [{"type": "paragraph", "children": [{"text": text}]} for text in others]
    story = {
        "title": TITLE,
        "editor": {"name": "Bima Aruna"},
        "author": {"name": "Mega Lintang"},
        "content": {"document": {"nodes": nodes}},
    }
    found = article(bare(next_data({"story": story}), f"{TITLE} - Kabar Wening"))
    assert (found.title, found.body, found.authors) == (TITLE, BODY, ("Mega Lintang",))
