"""What is the article of a page, and what is not; where its headline and people stand."""

from __future__ import annotations

import pytest

from kliping.corpus.html import explain, extract
from kliping.corpus.html.hints import verdict
from tests.corpus.html import making as pages
from tests.corpus.html.minimal import ARTICLE, MOMENT, ld, with_body

UNWANTED = [
    '<div class="baca-juga"><a href="/b">Sungai Lirih Meluap</a></div>',
    '<ul class="list-terkait"><li><a href="/b">Sungai Lirih Meluap</a></li></ul>',
    '<p>Baca juga:</p><ul><li><a href="/b">Sungai Lirih Meluap</a></li>'
    '<li><a href="/c">Tanggul Jebol Lagi</a></li></ul>',
    '<p><a href="/b"><b>Sungai Lirih Meluap, Ribuan Rumah Terendam</b></a></p>',
    "<aside><p>Kutipan pilihan redaksi yang diulang di tepi halaman.</p></aside>",
    '<div class="share-buttons">Bagikan ke teman</div>',
    '<div id="div-gpt-ad-123">ADVERTISEMENT</div>',
    "<p>ADVERTISEMENT</p><p>SCROLL TO CONTINUE WITH CONTENT</p>",
    '<div style="display: none">Teks untuk mesin pencari saja.</div>',
    "<div hidden>Teks yang tersembunyi.</div>",
    '<form class="newsletter-form"><p>Daftar buletin mingguan kami.</p></form>',
    '<script>document.write("<p>iklan</p>")</script><style>p{color:red}</style>',
    "<!-- <p>paragraf lama yang dibuang penyunting</p> -->",
    '<div class="komentar"><p>Saya juga mau membantu, di mana lokasinya, Pak?</p></div>',
    '<div class="paging"><a href="?page=1">1</a> <a href="?page=2">2</a></div>',
    '<blockquote class="instagram-media">Lihat kiriman ini di Instagram</blockquote>',
    "<p>Facebook Twitter WhatsApp</p>",
    "<noscript><p>Aktifkan JavaScript untuk melihat halaman ini.</p></noscript>",
    "<svg><text>logo</text></svg><button>Dengarkan</button>",
]


@pytest.mark.parametrize("unwanted", UNWANTED)
def test_what_is_not_the_article(unwanted: str) -> None:
    assert extract(with_body(unwanted)).body == pages.BODY


WANTED = [
    ('<p>Tokoh <a href="/t/1">Ningsih Wardani</a> memimpin kerja.</p>',
     "Tokoh Ningsih Wardani memimpin kerja."),
    ("<h2>Anggaran yang tertunda</h2>", "Anggaran yang tertunda"),
    ("<p>Biaya&nbsp;&nbsp;Rp&nbsp;1,5 miliar &amp; tenaga.</p>", "Biaya Rp 1,5 miliar & tenaga."),
    ("<p>Satu.<br>Dua.</p>", "Satu.\n\nDua."),
    ("<p>Jalan Melati 7,<br>Arunika</p>", "Jalan Melati 7, Arunika"),
    ("<p>Ka\u00adbupaten\u200b Arunika.</p>", "Kabupaten Arunika."),
    ("<ul><li>tali ijuk</li><li>paku</li></ul>", "- tali ijuk\n- paku"),
    ("<ol><li>tebang</li><li>angkut</li></ol>", "1. tebang\n2. angkut"),
    (
        "<table><tr><th>Desa</th><th>Batang</th></tr>"
        "<tr><td>Wening Hulu</td><td>340</td></tr></table>",
        "Desa | Batang\n\nWening Hulu | 340",
    ),
    ('<div class="shareholder-note"><p>Pemegang saham hadir dalam rapat itu.</p></div>',
     "Pemegang saham hadir dalam rapat itu."),
    ("<blockquote><p>Kami bangga.</p></blockquote>", "Kami bangga."),
    ("<p>lari 100 m<sup>2</sup> dan H<sub>2</sub>O</p>", "lari 100 m2 dan H2O"),
    ("<p>â€œTerima kasih,â€\x9d kata warga.</p>", "“Terima kasih,” kata warga."),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "text"), WANTED)
def test_what_is_the_article(markup: str, text: str) -> None:
    before, after = "\n\n".join(pages.SENTENCES[:2]), "\n\n".join(pages.SENTENCES[2:])
    assert extract(with_body(markup)).body == f"{before}\n\n{text}\n\n{after}"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("lewat melalui<a href=x>Chatbot</a> itu", "lewat melalui Chatbot itu"),
        ("lewat <a href=x>Cek Pilih</a>atau datang", "lewat Cek Pilih atau datang"),
        ("kata <a href=x>Amerika</a>Akhirnya", "kata Amerika Akhirnya"),
        ("usai rapat,<a href=x>Rupanya</a> batal", "usai rapat, Rupanya batal"),
        ("rumah <a href=x>Ningsih</a>nya roboh", "rumah Ningsihnya roboh"),
        ("yang di<a href=x>resmikan</a> kemarin", "yang diresmikan kemarin"),
        ("situs <a href=x>Kompas</a>.com itu", "situs Kompas.com itu"),
        ("<b>J</b>embatan <i>bambu</i>, kata dia", "Jembatan bambu, kata dia"),
    ],
)
def test_links_without_glue(markup: str, text: str) -> None:
    assert f"{text} kemudian." in extract(with_body(f"<p>Warga {markup} kemudian.</p>")).body


def test_captions_stand_apart() -> None:
    caption = "Warga mengangkut bambu. (Foto: Rina)"
    figure = f'<figure><img src="a.jpg"><figcaption>{caption}</figcaption></figure>'
    found = explain(with_body(figure))
    assert found.article.body == pages.BODY
    assert found.captions == (caption,)


def test_gallery_is_its_captions() -> None:
    shots = "".join(
        f"<figure><img><figcaption>{sentence}</figcaption></figure>" for sentence in pages.SENTENCES
    )
    head = '<meta property="article:published_time" content="2024-03-12T07:15:00+07:00">'
    markup = pages.page(f'<div itemprop="articleBody">{shots}</div>', head=head)
    assert extract(markup).body == pages.BODY


def test_dateline_in_bold_of_a_place_that_no_list_knows() -> None:
    first = f"<p><b>Arunika</b> - {pages.SENTENCES[0]}</p>"
    rest = pages.PARAGRAPHS.of(*pages.SENTENCES[1:])
    found = explain(pages.page(f"<div>{first}{rest}</div>"))
    assert found.article.body == pages.BODY
    assert found.place == "Arunika"


def test_text_that_only_json_ld_holds() -> None:
    markup = pages.page("<div id=app></div>", head=ld(articleBody=pages.BODY.replace("\n\n", "\n")))
    found = explain(markup)
    assert found.article.body == pages.BODY
    assert dict(found.rules)["body"].startswith("JSON-LD articleBody")


def test_json_ld_body_shows_where_the_article_is() -> None:
    decoy = "<div>" + "".join(
        f"<p>Kolom pembaca nomor {n}: {pages.SENTENCES[3]}</p>" for n in range(9)
    )
    markup = pages.page(f"{ARTICLE}{decoy}</div>", head=ld(articleBody=" ".join(pages.SENTENCES)))
    found = explain(markup)
    assert found.article.body == pages.BODY
    assert dict(found.rules)["body"] == "JSON-LD articleBody"


def test_amp() -> None:
    body = pages.PARAGRAPHS.of(*pages.SENTENCES)
    ad = '<amp-ad type="a"><p>Iklan.</p></amp-ad>'
    markup = pages.page(f'<div class="amp-wp-article-content">{body}{ad}</div>')
    assert extract(markup.replace("<html", "<html amp")).body == pages.BODY


@pytest.mark.parametrize(
    "top",
    [
        f'<h1 class="logo">Kabar Wening</h1><h2>{pages.TITLE}</h2>',
        f'<h1>Daerah</h1><div itemprop="headline">{pages.TITLE}</div>',
        f"<h1>{pages.TITLE.replace('Jembatan', '<i>Jembatan</i>')}</h1>",
        f'<p><font size="5"><b>{pages.TITLE}</b></font></p>',
        "<div>tanpa judul</div>",
    ],
)
def test_headline(top: str) -> None:
    assert extract(pages.page(ARTICLE, top=top)).title == pages.TITLE


def test_headline_differs_from_what_search_engines_get() -> None:
    head = f'<meta property="og:title" content="Kabar Wening: {pages.TITLE} (Foto) ">'
    assert extract(pages.page(ARTICLE, head=head)).title == pages.TITLE


@pytest.mark.parametrize(
    ("head", "top", "authors"),
    [
        (ld(author={"@type": "Person", "name": "Rina Sari"}), "", ("Rina Sari",)),
        (ld(author=[{"name": "Rina Sari"}, {"name": "Budi Wening"}]), "",
         ("Rina Sari", "Budi Wening")),
        (ld(author={"@type": "Organization", "name": "Kabar Wening"}), "", ()),
        (ld(author={"@type": "Organization", "name": "Tim Redaksi"}), "", ("Tim Redaksi",)),
        ('<meta name="author" content="Rina Sari">', "", ("Rina Sari",)),
        ('<meta name="author" content="https://www.facebook.com/kabarwening">', "", ()),
        ('<meta property="og:site_name" content="Kabar Wening">'
         '<meta name="author" content="Kabar Wening">', '<a rel="author">Rina Sari</a>',
         ("Rina Sari",)),
        ("", '<div class="byline">Oleh: Rina Sari</div>', ("Rina Sari",)),
        ("", "<font size=1>Laporan: Rina Sari</font>", ("Rina Sari",)),
        ("", "", ()),
    ],
)  # fmt: skip
def test_authors(head: str, top: str, authors: tuple[str, ...]) -> None:
    markup = pages.page(ARTICLE, head=head, top=f"<h1>{pages.TITLE}</h1>{top}")
    article = extract(markup)
    assert article.authors == authors
    assert article.body == pages.BODY


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<meta property="og:site_name" content="Harian Wening">', "Harian Wening"),
        (ld(publisher={"@type": "Organization", "name": "Harian Wening"}), "Harian Wening"),
        ('<meta name="publisher" content="Harian Wening">', "Harian Wening"),
        ("", "Kabar Wening"),  # from <title>
    ],
)
def test_source(head: str, source: str) -> None:
    assert extract(pages.page(ARTICLE, head=head)).source == source


def test_section_and_tags() -> None:
    crumbs = (
        '<ol class="breadcrumb"><li><a href="/">Beranda</a></li>'
        '<li><a href="/d">Daerah</a></li></ol>'
    )
    links = '<a href="/tag/bambu">#bambu</a> <a href="/tag/jembatan">jembatan</a>'
    tags = f'<div class="tag-list">{links}</div>'
    article = extract(pages.page(ARTICLE + tags, top=f"{crumbs}<h1>{pages.TITLE}</h1>"))
    assert (article.section, article.tags) == ("Daerah", ("bambu", "jembatan"))
    head = ld(articleSection="Regional", keywords="bambu, Penulis:Rina, jembatan, bambu")
    article = extract(pages.page(ARTICLE, head=head))
    assert (article.section, article.tags) == ("Regional", ("bambu", "jembatan"))


BROKEN = [
    '{"@type": "NewsArticle", "headline": "x", "datePublished": "2024-03-12T07:15:00+07:00",}',
    '{"@type": "NewsArticle",, "datePublished": "2024-03-12T07:15:00+07:00"}',
    '<!-- {"@type": "NewsArticle", "datePublished": "2024-03-12T07:15:00+07:00"} -->',
    '{"@type": "NewsArticle", "description": "baris\nbaru", '
    '"datePublished": "2024-03-12T07:15:00+07:00"}',
    '{"@type": "NewsArticle", "description": "Kata \\d", '
    '"datePublished": "2024-03-12T07:15:00+07:00"}',
    '{"@type": "WebSite"} {"@type": "NewsArticle", "datePublished": "2024-03-12T07:15:00+07:00"}',
    '{"@type": "NewsArticle", "headline": "Kata "kutip" telanjang", '
    '"datePublished": "2024-03-12T07:15:00+07:00"}',
    '{"@graph": [{"@type": "WebPage"}, {"@type": ["Article", "NewsArticle"], '
    '"datePublished": "2024-03-12T07:15:00+07:00"}]}',
    '[{"@type": "BreadcrumbList"}, [{"@type": "ReportageNewsArticle", '
    '"datePublished": "2024-03-12T07:15:00+07:00"}]]',
]


@pytest.mark.parametrize("block", BROKEN)
def test_json_ld(block: str) -> None:
    head = f'<script type="application/ld+json">{block}</script>'
    assert extract(pages.page(ARTICLE, head=head)).published == MOMENT


def test_json_ld_of_something_else_is_not_the_article() -> None:
    block = '{"@type": "Event", "name": "Pasar Malam", "datePublished": "2020-01-01"}'
    head = f'<script type="application/ld+json">{block}</script>'
    article = extract(pages.page(ARTICLE, head=head))
    assert (article.title, article.published) == (pages.TITLE, None)


def test_explain_says_which_rule_took_what() -> None:
    found = explain(with_body(pages.READ_ALSO + pages.SHARE))
    assert dict(found.rules)["body"] == "scorer"
    assert dict(found.rules)["title"] == "<h1>"
    assert {text.split(":")[0] for _, text in found.dropped} >= {"Baca juga"}
    assert found.notes == ()


@pytest.mark.parametrize(
    ("block", "note"),
    [(BROKEN[0], "JSON-LD repaired"), (BROKEN[6], "JSON-LD beyond repair: its plain fields saved")],
)
def test_explain_says_what_was_repaired(block: str, note: str) -> None:
    head = f'<script type="application/ld+json">{block}</script>'
    assert explain(pages.page(ARTICLE, head=head)).notes == (note,)


def test_explain_says_what_stood_above_the_headline() -> None:
    above = f"<p>Daerah Arunika</p><h1>{pages.TITLE}</h1>"
    markup = f'<div itemprop="articleBody">{above}{ARTICLE}</div>'
    dropped = explain(pages.page(markup, top="<br>")).dropped
    assert ("above the headline", "Daerah Arunika") in dropped
    assert ("the headline", pages.TITLE) in dropped


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("detail__bacaJuga", "never"),
        ("article-share", "hardly"),
        ("single-comments", "never"),
        ("wp-caption-text", "caption"),
        ("entry-content", "body"),
        ("shareholder unrelated adsorption", ""),
    ],
)
def test_hints(names: str, said: str) -> None:
    assert verdict(names) == said


@pytest.mark.parametrize(
    "order",
    [
        '"headline": "{h}", "publisher": {{"@type": "Organization", "name": "Kabar Wening", "url": '
        '"https://kabarwening.id/tentang/kami", "logo": {{"url": "https://kabarwening.id/l.png"}}}}',
        '"author": [{{"@type": "Person", "url": "https://kabarwening.id/penulis/rina"}}], '
        '"publisher": {{"url": "https://kabarwening.id/tentang/kami"}}, "headline": "{h}"',
    ],
)
def test_what_is_saved_of_broken_json_ld_is_the_article_s_own(order: str) -> None:
    fields = order.format(h="Kata " + '"kutip"' + " telanjang")
    block = f'{{"@type": "NewsArticle", {fields}, "datePublished": "2024-03-12T07:15:00+07:00"}}'
    head = f'<script type="application/ld+json">{block}</script>'
    article = extract(pages.page(ARTICLE, head=head))
    assert (article.url, article.published) == (None, MOMENT)
    own = block[:-1] + ', "url": "https://kabarwening.id/b/jembatan-bambu"}'
    article = extract(pages.page(ARTICLE, head=head.replace(block, own)))
    assert article.url == "https://kabarwening.id/b/jembatan-bambu"
