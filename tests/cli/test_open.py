"""``kliping open`` and ``kliping show``: what a search prints is opened, and nothing else is."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main

ROWS = [
    {"id": "alamat", "judul": "Satu", "isi": "Berita satu.", "url": "https://x.example/1"},
    {"id": "jahat", "judul": "Dua", "isi": "Berita dua.", "url": "javascript:alert(1)"},
    {"id": "polos", "judul": "Tiga", "isi": "Berita tiga."},
]
PAGE = "Judul halaman sendiri\n\nIsi halaman sendiri tentang irigasi di lembah yang kering.\n"


@pytest.fixture
def index(tmp_path):
    folder = tmp_path / "arsip"
    folder.mkdir()
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    (folder / "b.txt").write_text(PAGE)
    kliping.build(folder, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the browser, which is there."""
    places = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("webbrowser.open", lambda place: places.append(place) or True)
    return places


def kli(index, *arguments):
    return CliRunner().invoke(main, ["--index", str(index), *map(str, arguments)])


def test_the_address_is_opened_else_the_file(index, opened):
    page = index.parent / "arsip" / "b.txt"
    result = kli(index, "open", "alamat", page)
    assert (result.exit_code, result.output) == (0, "")
    assert opened == ["https://x.example/1", page.as_uri()]


def test_what_is_no_address_is_not_opened(index, opened):
    assert kli(index, "open", "jahat").exit_code == 0
    assert opened == [(index.parent / "arsip" / "a.jsonl").as_uri()]
    (index.parent / "arsip" / "a.jsonl").unlink()
    result = kli(index, "open", "jahat")
    assert result.exit_code == 2
    assert "try: kliping show jahat --index" in result.stderr
    assert len(opened) == 1


def test_where_there_is_no_display_the_address_is_printed(index, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    result = kli(index, "open", "alamat")
    assert (result.exit_code, result.stdout) == (0, "https://x.example/1\n")


def test_a_browser_that_fails_prints_the_address(index, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("webbrowser.open", lambda place: False)
    assert kli(index, "open", "alamat").stdout == "https://x.example/1\n"


@pytest.mark.parametrize("command", ["open", "show", "similar"])
def test_a_key_that_is_none_is_one_line(index, command):
    result = kli(index, command, "tidak-ada")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no article has the id, address or path 'tidak-ada'" in result.stderr


def test_show_takes_an_id_an_address_a_path_and_several(index):
    path = index.parent / "arsip" / "b.txt"
    text = kli(index, "show", "polos", "http://x.example/1?utm_source=y", path).stdout
    titles = ["Tiga", "Satu", "Judul halaman sendiri"]
    assert [line for line in text.splitlines() if line in titles] == titles
    several = json.loads(kli(index, "show", "polos", "alamat", "--json").stdout)
    assert [article["id"] for article in several] == ["polos", "alamat"]
    assert json.loads(kli(index, "show", path, "--json").stdout)["path"] == str(path)


def test_show_lists_the_articles_of_a_path_that_has_several(index):
    path = index.parent / "arsip" / "a.jsonl"
    assert sorted(kli(index, "show", path).stdout.splitlines()) == [
        "alamat  Satu", "jahat  Dua", "polos  Tiga",
    ]  # fmt: skip
    result = kli(index, "similar", path)
    assert result.exit_code == 2
    assert "has several articles; name one by its id: " in result.stderr


def test_whatever_a_search_prints_opens_an_article(index):
    lines = kli(index, "search", "berita OR irigasi").stdout.splitlines()
    places = [line.strip() for line in lines if line.startswith("    ") and ":" in line]
    assert len(places) == 4
    for place in places:
        assert kli(index, "show", place.rpartition("id: ")[2]).exit_code == 0, place
