"""The date that readers see, beside the headline; and what it says of the page's own stamps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kliping.corpus.html import explain, extract
from tests.corpus.html import making as pages

WIB, WITA = (timezone(timedelta(hours=hours)) for hours in (7, 8))
MOMENT = datetime(2024, 3, 12, 7, 15, tzinfo=WIB)
DAY = datetime(2024, 3, 12, tzinfo=WIB)
ARTICLE = f'<div class="isi">{pages.PARAGRAPHS.of(*pages.SENTENCES)}</div>'
H1 = f"<h1>{pages.TITLE}</h1>"
TIME = '<time datetime="2024-03-12T07:15:00+07:00">{}</time>'


def plain(inside: str) -> str:
    """A page with nothing but what is given in its <body>."""
    return f"<html><head><title>{pages.TITLE}</title></head><body>{inside}</body></html>"


@pytest.mark.parametrize(
    ("markup", "moment"),
    [
        (f"<div>{H1}{TIME.format('12 Maret 2024')}{ARTICLE}</div>", MOMENT),
        (f"<div>{H1}{TIME.format('')}{ARTICLE}</div>", MOMENT),
        (f"<div><div>{H1}</div><div>{TIME.format('12 Maret')}</div>{ARTICLE}</div>", MOMENT),
        (f"<div>{TIME.format('12 Maret 2024')}{H1}{ARTICLE}</div>", MOMENT),
        (f"<div>{H1}<div>Diposting pada 12 Maret 2024 oleh Admin</div>{ARTICLE}</div>", DAY),
        (f"<div>{H1}<span>12/03/2024</span>{ARTICLE}</div>", DAY),
        (f"{H1}<p>Selasa, 12 Maret 2024 07:15 WIB</p>{ARTICLE}", MOMENT),
        (f"{H1}<p>12 Maret 2024</p>{ARTICLE}", DAY),
        (f"<header>{H1}</header><p>Selasa, 12 Maret 2024 07:15 WIB</p>{ARTICLE}", MOMENT),
    ],
)
def test_beside_the_headline(markup: str, moment: datetime) -> None:
    assert extract(plain(markup)).published == moment


SIDE = TIME.format("12 Maret 2024")
LONG = f'<div class="isi">{pages.PARAGRAPHS.of(*pages.SENTENCES * 3)}</div>'


@pytest.mark.parametrize(
    "markup",
    [
        f'<div>{H1}{ARTICLE}</div><div class="sidebar">{SIDE}</div>',
        f"<main>{H1}{ARTICLE}<aside>{SIDE}</aside></main>",
        f'<main>{H1}{ARTICLE}<a href="/b/2">{SIDE} Kabar Lain dari Desa Sebelah</a></main>',
        f'<div class="row"><div>{H1}{LONG}</div><div class="col-4"><p>{SIDE}</p></div></div>',
        f"<main><div>{H1}{LONG}</div><article><h3>Kabar Lain</h3><p>{SIDE}</p></article></main>",
        f'<div class="sidebar">{SIDE.replace("<time", "<time class=entry-date")}</div>{H1}{LONG}',
        f"<footer>{SIDE}</footer><div>{H1}{ARTICLE}</div>",
        f"<div>{H1}{ARTICLE}<p>Rapat itu diadakan pada 12 Maret 2024 di balai desa.</p></div>",
        f"<div>{H1}<p>Pada 12 Maret 2024 warga berkumpul di balai desa untuk rapat, lalu "
        f"pulang ke rumah masing-masing.</p>{ARTICLE}</div>",
    ],
)
def test_dates_of_other_things(markup: str) -> None:
    assert extract(plain(markup)).published is None


def test_the_nearest_of_several() -> None:
    others = "".join(
        f"<article><h3>Kabar {n}</h3><time datetime='2023-01-0{n}T10:00:00+07:00'>{n} Januari 2023"
        "</time></article>"
        for n in range(1, 6)
    )
    markup = f"<main><section>{others}</section><div>{H1}{SIDE}{ARTICLE}</div></main>"
    assert extract(plain(markup)).published == MOMENT


@pytest.mark.parametrize(
    ("stamp", "line", "moment"),
    [
        # Local time that calls itself UTC.
        ("2024-03-12T07:15:19+00:00", "Selasa, 12 Maret 2024 — 07:15 WIB", MOMENT),
        ("2024-03-12T07:15:00Z", "12/03/2024, 07:15 WIB", MOMENT),
        ("2024-03-12T08:15:00Z", "12/03/2024, 08:15 WITA", MOMENT),
        ("2024-03-12T07:15:00Z", "Selasa, 12 Maret 2024 07:15", MOMENT),
        # True UTC, as readers see it.
        ("2024-03-12T00:15:00Z", "12/03/2024, 07:15 WIB", MOMENT),
        ("2024-03-12T00:15:00Z", "12/03/2024, 08:15 WITA", MOMENT),
        ("2024-03-12T00:15:00Z", "", MOMENT),
    ],
)
@pytest.mark.parametrize("host", ["kabarwening.id", "kabarwening.com"])
def test_the_line_decides_the_zone(stamp: str, line: str, moment: datetime, host: str) -> None:
    head = f'<meta property="article:published_time" content="{stamp}">'
    markup = pages.page(ARTICLE, head=head, top=f"{H1}<div>{line}</div>")
    found = extract(markup, url=f"https://{host}/b/7").published
    assert found is not None
    assert found.replace(second=0) == moment
    assert found.utcoffset() == timedelta(hours=8 if "WITA" in line else 7)


def test_a_foreign_page_keeps_its_utc() -> None:
    head = '<meta property="article:published_time" content="2024-03-12T07:15:00Z">'
    text = "<p>Villagers have built a bridge of bamboo across the river Lirih.</p>" * 9
    top = "<h1>A bridge of bamboo, built by hand</h1><div>March 12, 2024 7:15 am</div>"
    markup = f'<html lang="en"><head>{head}</head><body><div>{top}{text}</div></body></html>'
    found = explain(markup, url="https://news.example.com/b/7").article.published
    assert found == datetime(2024, 3, 12, 7, 15, tzinfo=UTC)
