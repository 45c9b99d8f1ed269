"""The address that the saving program wrote, and an archive's before the page's."""

from __future__ import annotations

import pytest

from kliping.corpus import extract

PAGE = "https://daerah.contoh.id/read/2021/05/04/0915/pasar-lirih"
_BODY = "<p>Pasar Lirih dibuka kembali pada Senin pagi, dan pedagang menempati kios baru.</p>" * 6
_MARKUP = "<head><title>Pasar Lirih dibuka</title></head><h1>Pasar Lirih dibuka</h1>"


def _page(top: str = "", *, head: str = "", attributes: str = "") -> str:
    markup = _MARKUP.replace("</head>", f"{head}</head>")
    return f"<!DOCTYPE html>{top}<html{attributes}>{markup}<article>{_BODY}</article></html>"


@pytest.mark.parametrize(
    "markup",
    [
        _page(f"<!-- saved from url=({len(PAGE):04})\n{PAGE} -->"),
        _page(f"<!--\n Page saved with SingleFile \n url: {PAGE} \n saved date: Wed Mar 20 -->"),
        _page(f"<!-- Mirrored from {PAGE[8:]} by HTTrack Website Copier/3.x [XR&CO'2014] -->"),
        _page(f"<!-- Saved from {PAGE} at 2024-03-20 using monolith v2.7 -->"),
        _page(f"<!-- saved from url=(0099)about:reader?url={PAGE.replace(':', '%3A')} -->"),
        _page(head=f'<meta name="savepage-url" content="{PAGE}">'),
        _page(attributes=f' lang="id" data-scrapbook-source="{PAGE}"'),
        _page(f'<a class="domain reader-domain" href="{PAGE}">contoh.id</a>'),
        _page(head=f'<link rel="canonical" href="https://archive.ph/2024.03.20-031236/{PAGE}">'),
        _page(head=f'<link rel="canonical" href="/web/20240320031236/{PAGE}">'),
        _page(
            f"<!-- saved from url=(0042)https://web.archive.org/web/20240320031236/{PAGE} -->",
            head='<link rel="canonical" href="/read/2021/05/04/0915/pasar-lirih">',
        ),
    ],
)
def test_the_address_and_its_day_are_found(markup: str) -> None:
    article = extract(markup)
    assert article.url == PAGE
    assert article.published is not None
    assert article.published.date().isoformat() == "2021-05-04"
    assert article.id == extract(_page(head=f'<link rel="canonical" href="{PAGE}">')).id


def test_what_the_page_says_itself_comes_first() -> None:
    own = '<link rel="canonical" href="https://contoh.id/berita/pasar-lirih">'
    article = extract(_page(f"<!-- saved from url=(0059){PAGE} -->", head=own))
    assert article.url == "https://contoh.id/berita/pasar-lirih"


@pytest.mark.parametrize(
    "top",
    [
        "<!-- saved from url=(0014)about:internet -->",
        "<!-- saved from url=(0029)file:///D:/Unduhan/pasar.html -->",
        "<!-- Tema dari https://tema.contoh/pasar -->",
        "<!-- layout saved; see https://galat.contoh/123 -->",
    ],
)
def test_other_comments_name_no_page(top: str) -> None:
    assert extract(_page(top)).url is None


def test_a_given_address_of_an_archive_is_the_pages() -> None:
    article = extract(_page(), url=f"https://web.archive.org/web/20240320031236id_/{PAGE}")
    assert article.url == PAGE
