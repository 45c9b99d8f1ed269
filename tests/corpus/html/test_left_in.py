"""What stands among an article's words on the pages of today, and is none of them."""

from __future__ import annotations

import pytest

from kliping.corpus.html import explain, extract
from kliping.corpus.html.hints import verdict
from tests.corpus.html import making as pages

P = pages.PARAGRAPHS
DATE = '<meta property="article:published_time" content="2024-03-12T07:15:00+07:00">'
CAPTION = "Warga mengikat bambu di tepi Sungai Lirih, Selasa pagi, sebelum hujan turun lagi."


def around(inside: str, *, after: int = 2) -> str:
    before, behind = pages.SENTENCES[:after], pages.SENTENCES[after:]
    return pages.page(f"<article>{P.of(*before)}{inside}{P.of(*behind)}</article>")


@pytest.mark.parametrize(
    "inside",
    [
        "<h2>Cek Video di Bawah Ini</h2><iframe src='https://video.example/1'></iframe>",
        "<p>Yuk, Simak Juga</p>",
        "<p><b>Saksikan video pilihan berikut ini:</b></p>",
        "<div>Perbesar</div>",
        "<div><span>Scroll down </span>untuk melanjutkan membaca</div>",
        "<p>Selengkapnya…</p>",
        "<div>Lihat Foto</div>",
        "<p><em>** #JagaSungaiKita</em></p><p>Jangan Buang Sampah, Jaga Sungai Kita Bersama.</p>"
        "<p>Selalu Rawat Jembatan, Sayangi Tetangga.</p>",
        "<div><br>Baca juga artikel terkait <a href='/t/b'>BAMBU</a> atau tulisan menarik lainnya "
        "<a href='/p/r'>Rina Sari</a></div>",
        "<div>(kabarwening.id - Sosial)<br><br><span>Reporter: Rina Sari</span><br>"
        "<span>Penulis: Rina Sari</span><br><span>Editor: Budi Wening</span></div>",
        f'<amp-img src="a.jpg"></amp-img><div class="photo-gallery--item__description">{CAPTION}'
        "</div>",
        f'<amp-carousel><div class="slide"><amp-img></amp-img><p class="image-source">{CAPTION}</p>'
        "</div></amp-carousel>",
        "<p><em>Peta jembatan bambu di Lembah Wening ©2024 Kabarwening.id</em></p>",
        "<script>var a = \"<script src='x.js'></script>\";\n var lebar = 480; function tutup() { "
        'document.getElementById("a").style.display = "none"; }</script>',
        "<p>(adsbygoogle = window.adsbygoogle || []).push({});</p>",
        "<p>(The Herald/Twitter)</p>",
        "<p>Laporan jurnalis Kabar Wening, Rina Sari, dari Lembah Lirih</p>",
        "<p>Disadur dari: Kabar Lirih (Joko Lirih) published 12/3/2024</p>",
    ],
)
def test_among_the_paragraphs(inside: str) -> None:
    assert extract(around(inside)).body == pages.BODY


@pytest.mark.parametrize(
    "kept",
    [
        "Pakai masker, cuci tangan, dan jaga jarak, kata dokter yang datang ke desa itu.",
        "Simak juga cara warga mengikat bambu supaya tidak lapuk.",
        "Fungsi (function) jembatan itu berubah; kini sepeda motor boleh lewat.",
        "Video itu ditonton warga bersama-sama di balai desa.",
        "Ia menulis var di papan, lalu menghapusnya; murid-murid tertawa.",
        "Perbesar peluang menang, begitu pesan pelatih kepada para pemain.",
        "Hak cipta foto itu milik warga, bukan ©2024 siapa pun, katanya.",
    ],
)
def test_sentences_that_sound_alike(kept: str) -> None:
    assert kept in extract(around(f"<p>{kept}</p>")).body


@pytest.mark.parametrize("tag", ["h2", "h6", "p", "div class=lead"])
def test_a_deck_that_repeats_a_sentence(tag: str) -> None:
    deck = pages.SENTENCES[2].partition(". ")[0] + "."
    markup = f"<article><{tag}>{deck}</{tag.partition(' ')[0]}>{P.of(*pages.SENTENCES)}</article>"
    found = explain(pages.page(markup))
    assert found.article.body == pages.BODY
    assert ("deck repeated", deck) in found.dropped


def test_a_deck_that_says_more_stays() -> None:
    deck = "Jembatan lama hanyut, warga tidak menunggu pemerintah."
    markup = f"<article><h2>{deck}</h2>{P.of(*pages.SENTENCES)}</article>"
    assert extract(pages.page(markup)).body == f"{deck}\n\n{pages.BODY}"


@pytest.mark.parametrize("place", ["Jakarta", "Arunika"])
@pytest.mark.parametrize("dash", [" - ", " &ndash; ", " -- "])
def test_a_dateline_before_the_first_paragraph(place: str, dash: str) -> None:
    markup = f"<div><strong>{place}</strong>{dash}{P.of(*pages.SENTENCES)}</div>"
    found = explain(pages.page(markup))
    assert found.article.body == pages.BODY
    assert found.place == place


SHOTS = "".join(
    f'<figure><img src="{n}.jpg"><figcaption>{sentence}</figcaption></figure>'
    for n, sentence in enumerate(pages.SENTENCES)
)


@pytest.mark.parametrize(
    "box",
    [
        '<div class="foto">{}</div>',
        "<main>{}</main>",
        '<div><div class="swiper"><div>{}</div></div></div>',
        '<div class="photo-gallery">{}</div>',
    ],
)
def test_a_picture_story(box: str) -> None:
    assert extract(pages.page(box.format(SHOTS), head=DATE)).body == pages.BODY


def test_a_gallery_of_divs() -> None:
    shots = SHOTS.replace("<figcaption", '<div class="image-description"').replace(
        "</figcaption", "</div"
    )
    assert extract(pages.page(f"<section>{shots}</section>", head=DATE)).body == pages.BODY


def test_a_gallery_with_an_introduction() -> None:
    lead = "Jembatan itu dibangun tanpa paku, hanya dengan ijuk dan kesabaran warga setempat."
    markup = f"<article><p>{lead}</p>{SHOTS}</article>"
    assert extract(pages.page(markup, head=DATE)).body == f"{lead}\n\n{pages.BODY}"


def test_captions_of_teasers_are_no_story() -> None:
    cards = "".join(
        f'<a href="/b/{n}"><figure><img><figcaption>{s}</figcaption></figure></a>'
        for n, s in enumerate(pages.SENTENCES)
    )
    article = extract(pages.page(f"<article>{P.of(*pages.SENTENCES)}</article>{cards}"))
    assert article.body == pages.BODY


def test_the_caption_of_a_later_picture_is_not_the_lead_s() -> None:
    late = "<p>Peta jembatan bambu. (Kabarwening.id/Rina Sari)</p>"
    assert extract(around(late, after=4)).caption is None
    first = f"<article>{late}{P.of(*pages.SENTENCES)}</article>"
    assert extract(pages.page(first)).caption == "Peta jembatan bambu. (Kabarwening.id/Rina Sari)"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("article-photo-gallery--item__description", "caption"),
        ("image-copyright", "caption"),
        ("product-description photo", ""),
        ("gallery", ""),
        ("meta-description", ""),
        ("hidden", "hidden"),
        ("paging-content", "paging"),
    ],
)
def test_names_of_words_under_pictures(names: str, said: str) -> None:
    assert verdict(names) == said


def test_half_linked_teasers_are_no_article() -> None:
    teasers = "".join(
        f'<p>Kabar {n}: <a href="/b/{n}">warga menangkap ikan besar di Sungai Lirih</a> menurut '
        "saksi yang melihat.</p>"
        for n in range(40)
    )
    markup = pages.page(f"<div>{P.of(*pages.SENTENCES)}</div><div>{teasers}</div>")
    assert extract(markup).body == pages.BODY


def test_a_paragraph_half_linked_stays() -> None:
    text = "Menurut catatan desa, sejarah jembatan gantung di Lembah Wening panjang sekali."
    linked = text.replace(
        "sejarah jembatan gantung di Lembah Wening", "<a href='/s'>{}</a>"
    ).format("sejarah jembatan gantung di Lembah Wening")
    assert text in extract(around(f"<p>{linked}</p>")).body
