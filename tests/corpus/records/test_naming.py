"""What the name of a column says: composed, not listed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.records.naming import known_fields, meaning

# Each field's names as exports have them, of several languages, cases and programs.
NAMES = """
title: judul Judul_Artikel judulBerita JUDUL post_title og:title dc.title headline
title: news_headline title.rendered judulnya
body: isi ISI_BERITA isiberita konten_lengkap kontenArtikel teks_berita maintext textContent
body: post_content content_html
body: article_text articleBody full_text FULLTEXT body_text naskah _source.isi
body: content.rendered isi-artikel
published: tanggal tgl_publikasi tanggalTerbit waktu_posting publishedAt datePublished
published: date_publish post_date pubDate
published: article:published_time publishedTime tgl_tayang createdAt waktu tanggal_berita
published: isoDate date_gmt release_date
modified: updatedAt last_modified tanggal_diperbarui tgl_update dateModified lastmod
modified: waktu_perubahan
authors: penulis nama_penulis authorName post_author reporter dc:creator pewarta author.name
source: sumber nama_media siteName source_domain portal_berita publisher situs source.name
url: url link_berita tautan sourceUrl article_url permalink canonical_url post_link
section: kategori_berita rubrik kanal news_category section_name
tags: tags kata_kunci news_keywords topik hashtags
image: image_url urlToImage gambar_utama foto thumbnailUrl featured_image og:image top_image
image: url_gambar
caption: keterangan_foto image_caption caption
id: id id_berita article_id newsId docno _id post_id guid
language: bahasa lang inLanguage kode_bahasa
summary: ringkasan excerpt description meta_description subjudul contentSnippet post_excerpt
fetched: scraped_at crawled_date date_download tanggal_diambil fetchTime
row: no No. index row_idx
clock: jam pukul jam_terbit
None: id_penulis author_id category_id id_kategori source.id authorUrl post_name status slug
None: likes jumlah_komentar suka
None: comment_count word_count kejadian movies sentiment label
"""
PAIRS = [
    (name, field.strip())
    for line in NAMES.strip().splitlines()
    for field, _, names in [line.partition(": ")]
    for name in names.split()
]


@pytest.mark.parametrize(("name", "field"), PAIRS)
def test_what_a_name_says(name: str, field: str) -> None:
    found = meaning(name)
    said = found.field if found and not found.weak else None
    assert str(said) == field


@pytest.mark.parametrize(
    "name", ["tanggal_lahir", "tanggal_kejadian", "title_length", "isi_komentar"]
)
def test_a_word_that_says_nothing_makes_a_name_weak(name: str) -> None:
    found = meaning(name)
    assert found
    assert found.weak
    assert not known_fields([name])


@pytest.mark.parametrize(
    "names",
    [
        ("tanggal_terbit", "tanggal", "waktu", "timestamp", "created_at"),
        ("isi", "text", "artikel"),
        ("published_at", "date", "date_gmt"),
        ("url", "source_url"),
        ("full_text", "text"),
    ],
)
def test_the_most_telling_name_comes_first(names: tuple[str, ...]) -> None:
    found = [meaning(name) for name in names]
    ranks = [each.rank for each in found if each]
    assert len(ranks) == len(names)
    assert ranks == sorted(ranks)


@given(st.text(max_size=100))
def test_any_name_is_asked_of(name: str) -> None:
    meaning(name)
