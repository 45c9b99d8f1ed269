"""Where a word stands: in the title or in the body, and near which other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kliping
from kliping.article import Article
from kliping.index import Index

ARTICLES = (
    Article("judul", "Harga beras mahal", "Pedagang Pasar Wening mengeluh."),
    Article("isi", "Pedagang mengeluh", "Seharga itu, perberasan lesu karena mahalnya pupuk."),
    Article("dua", "Beras naik", "Harganya naik; warga desa di hulu tidak lagi membeli beras."),
    Article("tanpa", None, "Beras."),
)  # fmt: skip


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    pytest.importorskip(request.param)
    place: Path = tmp_path_factory.mktemp(request.param) / "index"
    with kliping.writer(place, engine=request.param) as writer:
        writer.add(ARTICLES)
    with kliping.open(place) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("isi:beras", {"isi", "dua", "tanpa"}),
        ("isi:mahal", {"isi"}),
        ("judul:beras", {"judul", "dua"}),
        ("isi:mengeluh", {"judul"}),
        ("isi:(beras pupuk)", {"isi"}),
        ("beras -isi:beras", {"judul"}),
        ("isi:harga OR judul:harga", {"judul", "isi", "dua"}),
        ('"harga beras"~0', {"judul"}),
        ('"harga beras"~1', {"judul", "isi"}),
        ('"beras harga"~1', {"judul", "isi"}),
        ('"harga beras"~7', {"judul", "isi"}),
        ('"harga beras"~8', {"judul", "isi", "dua"}),
        ('isi:"beras harga"~9', {"isi", "dua"}),
        ('judul:"mahal harga"~1', {"judul"}),
        ('"harga beras mahal"~3', {"judul", "isi"}),
        ('"beras berasnya"~9', set()),
    ],
)  # fmt: skip
def test_a_query_finds_where_words_stand(index: Index, query: str, found: set[str]) -> None:
    results = index.search(query, match="all")
    assert {hit.article.id for hit in results.hits} == found


def test_what_is_near_is_ranked_by_its_words(index: Index) -> None:
    hits = index.search('"harga beras"~8', match="all", explain=True).hits
    assert hits[0].article.id == "judul"
    assert {name for name, _ in hits[0].explanation} >= {"title:harga", "title:beras"}
