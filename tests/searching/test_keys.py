"""What a search prints opens an article: its id, its address however spelt, its path."""

from __future__ import annotations

import json
import os
from pathlib import Path
from zipfile import ZipFile

import pytest

import kliping
from kliping.errors import ArticleNotFound, QueryError, SeveralArticles

ROWS = [
    {"id": "k1", "judul": "Panen raya", "isi": "Panen padi di Arunika.",
     "url": "http://WARTA.example:80/berita/panen-raya/?utm_source=x&id=7#top"},
    {"id": "k2", "judul": "Panen kedua", "isi": "Panen jagung di Arunika.",
     "url": "https://warta.example/berita/panen-raya?id=8"},
    {"id": "k3", "judul": "Tanpa alamat", "isi": "Catatan tentang sawah."},
]  # fmt: skip
PAGE = "Judul berita sendiri\n\nIsi berita sendiri tentang irigasi di lembah yang kering.\n"


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def index(request, tmp_path_factory):
    pytest.importorskip(request.param)
    folder = tmp_path_factory.mktemp("kunci")
    (folder / "arsip").mkdir()
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    (folder / "arsip" / "banyak.jsonl").write_text(lines)
    (folder / "arsip" / "satu - 7.txt").write_text(PAGE)
    before = Path.cwd()
    os.chdir(folder)
    try:
        kliping.build("arsip", "index", engine=request.param)
        with kliping.open(folder / "index") as opened:
            yield opened
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    "key",
    [
        "k1",
        "http://WARTA.example:80/berita/panen-raya/?utm_source=x&id=7#top",
        "https://warta.example/berita/panen-raya?id=7",
        "https://warta.example/berita/panen-raya/?id=7&fbclid=abc",
        "//warta.example/berita/panen-raya?id=7",
        "warta.example/berita/panen-raya?id=7",
    ],
)
def test_an_id_or_any_spelling_of_an_address_is_the_article(index, key):
    assert index.get(key).id == "k1"
    assert key in index
    assert index.similar(key).query == "k1"


@pytest.mark.parametrize(
    "key",
    ["tidak-ada", "", "https://warta.example/berita/panen-raya", "https://warta.example/",
     "http://[oops", "arsip", "k1 ", "arsip/lain.txt", "\0", "\ud800", "/"],
)  # fmt: skip
def test_what_is_neither_is_not_found(index, key):
    assert key not in index
    assert index.find(key) == ()
    with pytest.raises(ArticleNotFound, match="no article has the id, address or path"):
        index.get(key)


def test_a_path_is_the_article_of_its_file_wherever_one_stands(index, tmp_path, monkeypatch):
    named = index.search("irigasi")[0].article.path
    absolute = index.path.parent / "arsip" / "satu - 7.txt"
    for key in (named, str(absolute), str(absolute.parent / ".." / "arsip" / absolute.name)):
        assert index.get(key).title == "Judul berita sendiri", key
    monkeypatch.chdir(tmp_path)
    assert index.get(named).title == "Judul berita sendiri"


def test_a_path_with_several_articles_names_them(index):
    path = index.get("k3").path
    assert {each.id for each in index.find(path)} == {"k1", "k2", "k3"}
    assert len(index.find(path, limit=2)) == 2
    assert path in index
    with pytest.raises(SeveralArticles, match="name one by its id: k") as caught:
        index.get(path)
    assert set(caught.value.ids) == {"k1", "k2", "k3"}


def test_the_path_of_an_archive_names_all_that_lies_in_it(tmp_path):
    with ZipFile(tmp_path / "arsip.zip", "w") as archive:
        for name in ("satu.txt", "dua/tiga.txt"):
            archive.writestr(name, f"Judul {name}\n\nIsi berita tentang irigasi di {name}.\n")
    kliping.build(tmp_path / "arsip.zip", tmp_path / "index")
    with kliping.open(tmp_path / "index") as opened:
        found = opened.find(str(tmp_path / "arsip.zip"))
        assert len(found) == 2
        assert opened.get(found[0].path).id == found[0].id


def test_all_articles_are_walked(index):
    assert sorted(article.id for article in index if article.id.startswith("k")) == [
        "k1", "k2", "k3",
    ]  # fmt: skip
    assert len(list(index)) == len(index) == 4


@pytest.mark.parametrize("key", [None, 7, b"k1"])
def test_a_key_that_is_no_text_is_refused(index, key):
    assert key not in index
    with pytest.raises(QueryError, match="named by an id, an address or a path"):
        index.get(key)


def test_a_key_from_another_machine_is_no_path_here(index, monkeypatch):
    """Else one could ask a server which files it has."""
    looked: list[str] = []
    monkeypatch.setattr(os.path, "realpath", lambda path: looked.append(path) or path)
    with kliping.open(index.path, local=False) as far:
        looked.clear()  # at the index itself
        assert far.get("arsip/satu - 7.txt").body.startswith("Isi berita")
        for key in (str(index.path.parent / "arsip" / "satu - 7.txt"), "/etc/passwd", "a\0b"):
            with pytest.raises(ArticleNotFound):
                far.get(key)
            with pytest.raises(ArticleNotFound):
                far.similar(key)
    assert looked == []
