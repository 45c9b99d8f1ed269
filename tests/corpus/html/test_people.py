"""Who wrote it: by-lines before machines' metadata, and editors, sections and dates nobody."""

from __future__ import annotations

import json

import pytest

from kliping.corpus.html import extract
from tests.corpus.html import making as pages

ARTICLE = f'<div class="x1">{pages.PARAGRAPHS.of(*pages.SENTENCES)}</div>'
H1 = f"<h1>{pages.TITLE}</h1>"


def ld(**fields: object) -> str:
    block = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


EDITOR = ld(author={"@type": "Person", "name": "Budi Wening"})


def authors(top: str, *, head: str = "", below: str = "", url: str = "") -> tuple[str, ...]:
    markup = pages.page(ARTICLE + below, top=f"{H1}{top}", head=head, url=url)
    return extract(markup).authors


@pytest.mark.parametrize(
    ("top", "below"),
    [
        ("<div>Penulis: Rina Sari</div>", ""),
        ("<div>Reporter : <a href='/r/rina'>Rina Sari</a></div>", ""),
        ("", '<p id="penulis"><span>Penulis</span><a href="/p/1">Rina Sari</a></p>'
             '<p id="editor"><span>Editor</span><a href="/p/2">Budi Wening</a></p>'),
        ("<div>Rep: Rina Sari/ Red: Budi Wening</div>", ""),
        ("<div>Oleh <span>Rina Sari</span></div>", ""),
        ("<span>Pewarta: Rina Sari</span><span>Editor: Budi Wening</span>", ""),
        ('<div class="author-2">Rina Sari</div>', "<p>Editor : Budi Wening</p>"),
        ('<div class="author">Rina Sari</div>', "<script>a = {'editor': 'Budi Wening'}</script>"),
        ('<a class="header__author-link">Rina Sari</a>',
         '<script>x = {"editors": "Budi Wening"}</script>'),
        ("<div>12-03-2024 07:15 | Rina Sari</div>", "<p>Editor: Budi Wening</p>"),
        ("<div>12 Maret 2024 07:15 WIB</div><h2>| Rina Sari</h2>", "<p>Editor: Budi Wening</p>"),
        ("<div>Rina Sari - Selasa, 12 Maret 2024 07:15 WIB</div>", "<p>Redaktur: Budi Wening</p>"),
        ("<p>PENULIS: RINA SARI</p>", ""),
    ],
)  # fmt: skip
def test_the_by_line_before_an_editor(top: str, below: str) -> None:
    assert authors(top, head=EDITOR, below=below) == ("Rina Sari",)


@pytest.mark.parametrize(
    "below",
    [
        "<p>Editor : Budi Wening</p>",
        "<div>Red: Budi Wening</div>",
        '<div id="editor"><span>Editor</span><a href="/p/2">Budi Wening</a></div>',
        '<script>window.kabar = {"authors": {"type": "editor", "names": "Budi Wening"}}</script>',
    ],
)
def test_who_is_called_an_editor_is_not_taken_from_the_metadata(below: str) -> None:
    markup = pages.page(ARTICLE, top=H1, head=EDITOR + below.join(("<!---->", "")))
    assert extract(markup.replace("</footer>", f"</footer>{below}")).authors == ()


@pytest.mark.parametrize(
    "also",
    [
        "<script>x = {author: 'Budi Wening', editor: 'Budi Wening'}</script>",
        "<div>Penulis: Budi Wening</div><div>Editor: Budi Wening</div>",
        '<div class="content-text-editor"><p>Budi Wening menulis dari Lirih.</p></div>',
        "<p>Para editor rapat sejak pagi di balai kota bersama wali kota dan Budi Wening.</p>",
    ],
)
def test_an_author_who_edits_is_an_author(also: str) -> None:
    markup = pages.page(ARTICLE, top=H1, head=EDITOR).replace("</footer>", f"</footer>{also}")
    assert extract(markup).authors == ("Budi Wening",)


def test_the_role_behind_the_name() -> None:
    credits = (
        "<ul><li><b>Budi Wening</b><i>Editor</i></li><li><b>Rina Sari</b><i>Reporter</i></li>"
        "<li><b>Joko Lirih</b><i>Fotografer</i></li></ul>"
    )
    head = ld(author={"@type": "Person", "name": "Rina Sari"})
    assert authors("", head=head, below=credits) == ("Rina Sari",)


@pytest.mark.parametrize(
    ("top", "names"),
    [
        ("<div>Penulis: Rina Sari dan Budi Wening</div>", ("Rina Sari", "Budi Wening")),
        ("<div>Reporter: <a>Rina Sari</a>, <a>Budi Wening</a></div>", ("Rina Sari", "Budi Wening")),
        ("<div>Reporter: Rina Sari</div><div>Penulis: Budi Wening</div>",
         ("Rina Sari", "Budi Wening")),
        ("<div>Reporter: Rina Sari</div><div>Penulis: Rina Sari</div>", ("Rina Sari",)),
        ("<div>Penulis: Tim Redaksi</div>", ("Tim Redaksi",)),
        ("<div>Penulis: Rina binti Sari</div>", ("Rina binti Sari",)),
    ],
)  # fmt: skip
def test_several_and_teams(top: str, names: tuple[str, ...]) -> None:
    assert authors(top) == names


@pytest.mark.parametrize(
    "top",
    [
        '<div class="author"><a href="/kanal/khas">KHAS</a> | 17 September 2020 06:04</div>',
        '<div class="byline">Jumat, 29 Mei 2020 17:01</div>',
        '<div class="author">Surabaya</div>',
        '<div class="author-bio">Menulis tentang sungai dan jembatan sejak lama.</div>',
        '<div class="reporter">Terjemahan</div>',
        "<p>Penulis buku itu datang dari Lirih.</p>",
        "<div>Penulis</div><div>Hukum Adat Lirih berlaku sejak lama.</div>",
    ],
)
def test_what_names_nobody(top: str) -> None:
    assert authors(top, url="https://kabarwening.id/khas/jembatan-bambu-baru") == ()


def test_other_articles_by_lines() -> None:
    cards = "".join(
        f'<div class="kartu"><h3><a href="/b/{n}">Kabar Nomor {n} dari Desa</a></h3>'
        f"<p>Penulis: Orang {name}</p></div>"
        for n, name in enumerate(("Satu", "Dua", "Tiga"))
    )
    top = "<div>Penulis: Rina Sari</div>"
    assert authors(top, below=f"<section>{cards}</section>") == ("Rina Sari",)


@pytest.mark.parametrize(("source", "names"), [("Kabar Wening", ("Antara",)), ("ANTARA News", ())])
def test_an_agency_where_no_one_else_is_named(source: str, names: tuple[str, ...]) -> None:
    head = ld(author={"@type": "Person", "name": "Antara"})
    head += f'<meta property="og:site_name" content="{source}">'
    assert authors("", head=head) == names


def test_a_by_line_beside_a_headline_that_stands_in_the_body_alone() -> None:
    line = '<div class="author-2">Rina Sari</div>'
    text = f"{pages.PARAGRAPHS.of(*pages.SENTENCES)}<p>Editor : Budi Wening</p>"
    side = '<div class="sidebar"><p class="author">Joko Lirih</p></div>'
    for inside, names in ((line + text, ("Rina Sari",)), (text + side, ("Budi Wening",))):
        markup = f"<html lang=id><head><title>{pages.TITLE}</title>{EDITOR}</head>"
        assert extract(f"{markup}<body>{H1}<div>{inside}</div></body>").authors == names
