"""The picture of an article and its caption, not those of others."""

from __future__ import annotations

import json

import pytest

from kliping.corpus.html import explain, extract
from tests.corpus.html import making as pages
from tests.corpus.html.minimal import ARTICLE, ld, with_body

PICTURE = "https://kabarwening.id/foto/7.jpg"

LOGO = '<meta property="og:image" content="https://kabarwening.id/img/logo-kabar-2.png">'

FIGURE = '<figure><img src="/foto/7.jpg"></figure>'


@pytest.mark.parametrize(
    ("head", "first", "rule"),
    [
        (ld(image=PICTURE), "", "JSON-LD image"),
        (ld(image=[PICTURE, "/foto/8.jpg"]), "", "JSON-LD image"),
        (ld(image={"@type": "ImageObject", "name": "Bambu", "url": "/foto/7.jpg"}), "",
         "JSON-LD image"),
        (ld(image={"@type": "ImageObject", "contentUrl": PICTURE}), "", "JSON-LD image"),
        (ld(image="/foto/7.jpg") + '<meta property="og:image" content="/foto/8.jpg">', "",
         "JSON-LD image"),
        (f'<meta property="og:image" content="{PICTURE}">', FIGURE.replace("7", "8"),
         "<meta> og:image"),
        ('<base href="https://kabarwening.id/foto/"><meta property="og:image" content="7.jpg">',
         "", "<meta> og:image"),
        ('<meta name="twitter:image" content="//kabarwening.id/foto/7.jpg">', "",
         "<meta> twitter:image"),
        ("", FIGURE, "first figure"),
        ("", FIGURE.replace("src", 'src="data:image/gif;base64,R0" data-src'), "first figure"),
        (LOGO, '<figure><img src="/p.gif" width="1"></figure>' + FIGURE, "first figure"),
        (LOGO + ld(image="/i/kabar.png", publisher={"logo": {"url": "/i/kabar.png"}}), FIGURE,
         "first figure"),
    ],
)  # fmt: skip
def test_picture(head: str, first: str, rule: str) -> None:
    body = ARTICLE.replace("<p>", f"{first}<p>", 1)
    found = explain(pages.page(body, head=head, url="https://kabarwening.id/b/7"))
    assert found.article.image == PICTURE
    assert dict(found.rules)["image"] == rule


@pytest.mark.parametrize(
    "head",
    [
        "",
        LOGO,
        '<meta property="og:image" content="/assets/default.jpg">',
        '<meta property="og:image" content="https://[oops/7.jpg">',
        '<meta property="og:image" content="data:image/png;base64,R0">',
        ld(image={"@type": "ImageObject"}),
        ld(image=[]),
        ld(image=7),
    ],
)
def test_no_picture(head: str) -> None:
    article = extract(pages.page(ARTICLE, head=head, url="https://kabarwening.id/b/7"))
    assert (article.image, article.caption) == (None, None)


def test_picture_of_a_logo_that_the_article_is_about() -> None:
    address = "https://kabarwening.id/foto/logo-baru-kabupaten-arunika-dipasang.jpg"
    assert extract(pages.page(ARTICLE, head=ld(image=address))).image == address


def test_picture_that_another_object_describes() -> None:
    graph = [
        {"@type": "Article", "headline": pages.TITLE, "image": {"@id": "#utama"}},
        {"@type": "ImageObject", "@id": "#utama", "url": PICTURE, "caption": "Warga mengikat ijuk"},
    ]
    block = json.dumps({"@context": "https://schema.org", "@graph": graph})
    head = f'<script type="application/ld+json">{block}</script>'
    article = extract(pages.page(ARTICLE, head=head))
    assert (article.image, article.caption) == (PICTURE, "Warga mengikat ijuk")


CAPTION = "Warga mengangkut bambu (Foto: Rina Sari)"

UNDER = f"<figcaption>{CAPTION}</figcaption>"


@pytest.mark.parametrize(
    ("top", "first"),
    [
        (f"<figure><img>{UNDER}</figure>", ""),
        ("", f"<figure><img>{UNDER}</figure>"),
        (f'<div class="foto"><img><p class="foto-caption">{CAPTION}</p></div>', ""),
        (f'<div><img><span id="caption_foto">{CAPTION}</span></div>', ""),
        (f"<figure><img>{UNDER.replace('>Warga', '>Lihat Foto Warga')}</figure>", ""),
        (f"<figure><img>{UNDER.replace('Rina', '<a href=/r>Rina</a>')}</figure>", ""),
        (f"<figure><img><figcaption>{pages.TITLE}</figcaption>{UNDER}</figure>", ""),
    ],
)
def test_caption(top: str, first: str) -> None:
    body = ARTICLE.replace("<p>", f"{first}<p>", 1)
    found = explain(pages.page(body, top=f"<h1>{pages.TITLE}</h1>{top}"))
    assert found.article.caption == CAPTION
    assert found.article.body == pages.BODY
    assert dict(found.rules)["caption"] == "lead figure"


@pytest.mark.parametrize(
    "markup",
    [
        with_body(f"<figure><img>{UNDER}</figure>"),
        pages.page(ARTICLE + f"<figure><img>{UNDER}</figure>"),
        pages.page(ARTICLE).replace("<nav>", f"<figure><img>{UNDER}</figure><nav>"),
        pages.page(ARTICLE, top=f'<div class="box-caption"><h1>{pages.TITLE}</h1>Warga</div>'),
    ],
)
def test_captions_of_other_pictures(markup: str) -> None:
    assert extract(markup).caption is None


OTHER = FIGURE.replace("7", "9").replace(
    "</figure>", "<figcaption>Petani kopi</figcaption></figure>"
)

OWN = FIGURE.replace("</figure>", f"{UNDER}</figure>")

BOXES_OF_OTHERS = [
    f'<div class="terpopuler"><div>{OTHER}</div></div>',
    f'<div><div class="related">{OTHER}</div></div>',
    f'<div class="byline">{OTHER}</div>',
    f"<div><aside>{OTHER}</aside></div>",
]


@pytest.mark.parametrize("box", BOXES_OF_OTHERS)
@pytest.mark.parametrize(
    ("top", "first", "last"),
    [("{box}", "", ""), ("{own}{box}", "", ""), ("", "{box}{own}", ""), ("", "{own}", "{box}")],
)
def test_pictures_in_boxes_of_other_articles(box: str, top: str, first: str, last: str) -> None:
    own = "own" in top + first
    top, first, last = (part.format(box=box, own=OWN) for part in (top, first, last))
    body = f"<article>{first}{pages.PARAGRAPHS.of(*pages.SENTENCES)}{last}</article>"
    article = extract(pages.page(body, top=f"<h1>{pages.TITLE}</h1>{top}"), url=PICTURE + "/a")
    assert (article.image, article.caption) == ((PICTURE, CAPTION) if own else (None, None))


def test_a_figure_below_the_article_is_not_its_lead() -> None:
    body = f"<article>{pages.PARAGRAPHS.of(*pages.SENTENCES * 2)}{OTHER}</article>"
    article = extract(pages.page(body), url=PICTURE + "/a")
    assert (article.image, article.caption) == (None, None)


def test_a_masthead_holds_the_lead_figure() -> None:
    top = f'<h1>{pages.TITLE}</h1><div id="article-masthead">{OWN}</div>'
    article = extract(pages.page(ARTICLE, top=top), url=PICTURE + "/a")
    assert (article.image, article.caption) == (PICTURE, CAPTION)
