"""An article whose parts stand in several elements: later pages, hidden or not, and subheads."""

from __future__ import annotations

import pytest

from kliping.corpus.html import explain, extract
from tests.corpus.html import making as pages

FIRST = pages.PARAGRAPHS.of(*pages.SENTENCES[:2])
LATER = pages.PARAGRAPHS.of(*pages.SENTENCES[2:])
SUBHEAD = "Lelang Menunggu Tahun Depan"
WITH_SUBHEAD = "\n\n".join((*pages.SENTENCES[:2], SUBHEAD, *pages.SENTENCES[2:]))
NUMBERS = '<div class="paging">Halaman: <a href="?page=1">1</a> <a href="?page=2">2</a></div>'


@pytest.mark.parametrize(
    "later",
    [
        '<div class="paging-content">{}</div>',
        '<div class="list-pagination">{}</div>',
        '<div class="paging-content" style="display:none">{}</div>',
        '<div class="text" style="display: none;">{}</div>',
        '<div class="text text_hidden">{}</div>',
        '<div class="text" hidden>{}</div>',
    ],
)
@pytest.mark.parametrize("beside", [False, True], ids=["inside", "beside"])
def test_later_pages(later: str, beside: bool) -> None:
    later = later.format(LATER)
    first = f'<div class="text">{FIRST}</div>'
    inside = f"{first}{later}" if beside else f'<div class="text">{FIRST}{later}</div>'
    assert extract(pages.page(f"<article>{inside}{NUMBERS}</article>")).body == pages.BODY


@pytest.mark.parametrize("wrap", ["{}", "<div>{}</div>"])
@pytest.mark.parametrize("name", ["article_paging_content", "multipage"])
def test_later_pages_beside_the_marked_body(wrap: str, name: str) -> None:
    marked = wrap.format(f'<div itemprop="articleBody">{FIRST * 2}</div>')
    body = f'<div>{marked}<div class="{name}">{LATER}</div>{NUMBERS}</div>'
    first = "\n\n".join(pages.SENTENCES[:2])
    assert (
        extract(pages.page(body)).body == f"{first}\n\n{first}\n\n" + pages.BODY[len(first) + 2 :]
    )


def test_every_element_that_markup_calls_the_body() -> None:
    part = '<div class="bagian"><h2>{}</h2><div itemprop="articleBody">{}</div></div>'
    body = f'<div itemprop="articleBody">{FIRST}</div>{part.format(SUBHEAD, LATER)}'
    found = explain(pages.page(f"<main>{body}</main>"))
    assert found.article.body == WITH_SUBHEAD
    assert dict(found.rules)["body"] == "itemprop articleBody"


@pytest.mark.parametrize(
    "between",
    [
        "<aside><h3>Kabar dari Desa Tetangga</h3></aside>",
        '<div class="related"><h3>Kabar dari Desa Tetangga</h3></div>',
        '<h3><a href="/b/8">Kabar dari Desa Tetangga</a></h3>',
    ],
)
def test_headings_of_other_things_between_the_parts(between: str) -> None:
    parts = f'<div itemprop="articleBody">{FIRST}</div>{between}'
    body = f'<main>{parts}<h3>{SUBHEAD}</h3><div itemprop="articleBody">{LATER}</div></main>'
    assert extract(pages.page(body)).body == WITH_SUBHEAD


def test_two_headlines_are_two_articles() -> None:
    def one(title: str, text: str) -> str:
        return f'<h2 itemprop="headline">{title}</h2><div itemprop="articleBody">{text}</div>'

    body = one(pages.TITLE, FIRST * 4) + one("Pasar Klewang Dibuka", LATER)
    found = explain(pages.page(body, top="<br>"))
    assert dict(found.rules)["body"] != "itemprop articleBody"


def test_subheads_beside_what_a_row_names() -> None:
    part = '<div class="detail__body"><h2>{}</h2><div class="detail__body-text">{}</div></div>'
    body = part.replace("<h2>{}</h2>", "").format(FIRST) + part.format(SUBHEAD, LATER)
    url = "https://news.detik.com/a/1"
    found = explain(pages.page(f"<div>{body}</div>", url=url))
    assert found.article.body == WITH_SUBHEAD
    assert dict(found.rules)["body"].startswith("publisher: detikcom")


def test_a_subhead_in_an_element_named_after_pages_stays() -> None:
    inside = f'{FIRST}<h3 class="title-paging">{SUBHEAD}</h3>{LATER}{NUMBERS}'
    assert extract(pages.page(f"<article>{inside}</article>")).body == WITH_SUBHEAD


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">Teks untuk mesin pencari saja, yang tidak dibaca orang '
        "dan tidak pernah muncul di layar siapa pun juga.</div>",
        '<div class="syarat" style="display:none"><p>Dengan memakai situs ini Anda setuju bahwa '
        "data kunjungan Anda kami simpan dan kami olah.</p></div>",
        '<div class="text" style="display:none"><a href="/b/4">Harga Cabai di Pasar Klewang '
        'Turun Lagi Pekan Ini</a> <a href="/b/5">Festival Layang-layang Digelar Besok</a></div>',
    ],
)
def test_other_hidden_text_is_not_the_article(hidden: str) -> None:
    body = f'<article><div class="text">{FIRST}{hidden}{LATER}</div></article>'
    assert extract(pages.page(body)).body == pages.BODY
