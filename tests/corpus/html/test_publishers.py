"""Each publisher's row finds its article: in every design it names, in each way to write text."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from selectolax.lexbor import LexborHTMLParser

from kliping.corpus.html import explain
from kliping.corpus.html.publisher import Publisher
from kliping.corpus.html.publishers import PUBLISHERS, publisher_of
from tests.corpus.html import making as pages

WIB = timezone(timedelta(hours=7))
DESIGNS = [(row, selector) for row in PUBLISHERS for selector in row.body]
DATE = "Selasa, 12 Maret 2024 | 07:15 WIB"
MOMENT = datetime(2024, 3, 12, 7, 15, tzinfo=WIB)


def _first(selectors: str) -> str:
    return selectors.split(",", maxsplit=1)[0].strip()


def _page(row: Publisher, selector: str, shape: pages.Shape) -> str:
    unwanted = "".join(
        pages.element(drop, '<a href="/b/7">Judul Berita Lain yang Ikut Terbawa</a>')
        for drop in row.drop.split(",")
        if drop.strip()
    )
    sentences = pages.SENTENCES
    inside = shape.of(*sentences[:2]) + unwanted + pages.READ_ALSO + shape.of(*sentences[2:])
    top = (
        pages.element(_first(row.title), pages.TITLE, tag="h1")
        + pages.element(_first(row.author), "Rina Sari", tag="span")
        + pages.element(_first(row.date), DATE, tag="span")
    )
    body = pages.element(selector, inside) + pages.SHARE
    url = f"https://www.{row.domains.split()[0]}/read/2024/03/12/jembatan-bambu"
    return pages.page(body, url=url, top=top)


@pytest.mark.parametrize(("row", "selector"), DESIGNS, ids=lambda x: getattr(x, "name", x))
@pytest.mark.parametrize("shape", [pages.PARAGRAPHS, pages.BREAKS], ids=lambda shape: shape.name)
def test_design(row: Publisher, selector: str, shape: pages.Shape) -> None:
    found = explain(_page(row, selector, shape))
    assert found.article.body == pages.BODY
    assert dict(found.rules)["body"] == f"publisher: {row.name}, {selector}"
    assert found.article.title == pages.TITLE
    assert found.article.published == MOMENT
    assert found.article.authors == ("Rina Sari",)


@pytest.mark.parametrize("row", PUBLISHERS, ids=lambda row: row.name)
def test_selectors_are_understood(row: Publisher) -> None:
    """The finder forgives a selector that Lexbor cannot read; the table must not need that."""
    empty = LexborHTMLParser("<p>")
    for selector in (*row.body, row.title, row.author, row.date, row.drop, row.caption):
        if selector:
            empty.css(selector)


@pytest.mark.parametrize("row", PUBLISHERS, ids=lambda row: row.name)
@pytest.mark.parametrize(
    "shape",
    [pages.PARAGRAPHS, pages.BREAKS, pages.BOXES, pages.SPANS],
    ids=lambda shape: shape.name,
)
def test_new_design_falls_to_the_general_rules(row: Publisher, shape: pages.Shape) -> None:
    body = f'<div class="redesign-2031">{shape.of(*pages.SENTENCES)}</div>'
    url = f"https://{row.domains.split()[0]}/a/1"
    article = explain(pages.page(body, url=url)).article
    assert article.body == pages.BODY
    assert article.source == row.name


def test_subdomains_share_a_row() -> None:
    assert publisher_of("nextren.grid.id") == publisher_of("intisari.grid.id") is not None
    assert publisher_of("kompas.com.example.org") is None


def test_every_publisher_has_its_own_domain() -> None:
    domains = [domain for row in PUBLISHERS for domain in row.domains.split()]
    assert len(domains) == len(set(domains))


@pytest.mark.parametrize("row", PUBLISHERS, ids=lambda row: row.name)
def test_a_row_says_of_which_years_pages_confirmed_it(row: Publisher) -> None:
    years = row.confirmed.split()
    assert years == sorted(set(years))
    assert all(1995 <= int(year) <= 2026 for year in years)


def test_what_was_written_from_memory_is_marked_so() -> None:
    confirmed = {row.name for row in PUBLISHERS if row.confirmed}
    assert confirmed == {
        *("ANTARA News", "CNN Indonesia", "KapanLagi.com", "Kompas.com", "Liputan6.com"),
        *("Merdeka.com", "Okezone", "Republika", "SINDOnews", "Tempo.co", "Tirto.id", "detikcom"),
    }
