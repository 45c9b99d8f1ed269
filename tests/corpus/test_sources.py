"""One publisher, one name, in articles, facets and filters."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.corpus.html.publishers import PUBLISHERS
from kliping.corpus.sources import host_of, known, known_host, source_of
from kliping.searching.facets import as_one

DETIK = ["detik.com", "www.detik.com", "finance.detik.com", "detikNews", "Detik", "detikcom"]


@pytest.mark.parametrize("said", DETIK)
def test_one_publisher_has_one_name(said: str) -> None:
    assert source_of(said, "") == ("detikcom", None if said == "detikcom" else said)


@pytest.mark.parametrize(
    ("said", "host", "expected"),
    [
        (None, "megapolitan.kompas.com", ("Kompas.com", "megapolitan.kompas.com")),
        (None, "www.kompas.com", ("Kompas.com", None)),
        ("KOMPAS.com", "bola.kompas.com", ("Kompas.com", None)),
        ("Nasional", "nasional.tempo.co", ("Tempo.co", "Nasional")),
        ("Tribun Wening", "", ("Tribunnews.com", "Tribun Wening")),
        (None, "www.kompas.tv", ("Kompas TV", None)),
        # What no table knows.
        ("Kabar  Wening", "www.kabarwening.co.id", ("Kabar Wening", None)),
        (None, "www.kabarwening.co.id", ("kabarwening.co.id", None)),
        (None, "kota.kabarwening.co.id", ("kabarwening.co.id", "kota.kabarwening.co.id")),
        ("www.kabarwening.id", "", ("kabarwening.id", "www.kabarwening.id")),
        (None, "kominfo.wening.go.id", ("wening.go.id", "kominfo.wening.go.id")),
        (None, "kabarwening.com.au", ("kabarwening.com.au", None)),
        (None, "kabarwening.blogspot.co.id", ("kabarwening.blogspot.co.id", None)),
        # Nobody's, and nothing.
        (None, "archive.ph", (None, None)),
        ("Kabar Wening", "bit.ly", ("Kabar Wening", None)),
        ("t.co", "", (None, None)),
        ("", "", (None, None)),
    ],
)
def test_a_source_by_its_word_and_its_host(
    said: str | None, host: str, expected: tuple[str | None, str | None]
) -> None:
    assert source_of(said, host) == expected


def test_a_dateline_is_asked_after_the_table() -> None:
    assert source_of(None, "bola.contoh.id", hinted="ANTARA").source == "ANTARA News"
    assert source_of(None, "www.detik.com", hinted="ANTARA").source == "detikcom"
    assert source_of("Kabar Wening", "", hinted="ANTARA").source == "Kabar Wening"


@pytest.mark.parametrize("row", PUBLISHERS, ids=lambda row: row.name)
def test_the_rows_of_pages_and_the_table_agree(row: object) -> None:
    domain, *others = row.domains.split()  # type: ignore[attr-defined]
    assert known_host(domain) == row.name == known(row.name)  # type: ignore[attr-defined]
    assert all(known_host(other) or "." in other for other in others)


def test_names_are_counted_whatever_their_capitals() -> None:
    assert as_one({"Nasional": 3, "Daerah": 2, "NASIONAL ": 1, "nasional": 1}) == {
        "Nasional": 5,
        "Daerah": 2,
    }


@pytest.fixture
def index(tmp_path: Path) -> Path:
    rows = [
        {"id": f"a{n}", "judul": f"Pasar {n}", "isi": "Pasar dibuka lagi.", "sumber": said}
        for n, said in enumerate([*DETIK, "Kabar Wening", "KABAR WENING"])
    ]
    for n, row in enumerate(rows):
        row["rubrik"] = ("Ekonomi", "EKONOMI ", "ekonomi")[n % 3]
    lines = "\n".join(map(json.dumps, rows))
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    kliping.build(tmp_path / "a.jsonl", tmp_path / "index")
    return tmp_path / "index"


def test_facets_and_filters_know_a_publisher_by_one_name(index: Path) -> None:
    with kliping.open(index) as opened:
        facets = opened.search("pasar", facets=True).facets
        assert facets["source"] == {"detikcom": 6, "Kabar Wening": 2}
        assert list(facets["section"].values()) == [8]
        assert opened.info().sources == {"detikcom": 6, "Kabar Wening": 2}
        for name in (*DETIK, "DETIK.COM"):
            assert opened.search("pasar", source=name).total == 6
        assert opened.search("pasar", source="kabar wening").total == 2
        article = opened.get("a2")
        assert (article.source, article.channel) == ("detikcom", "finance.detik.com")
        assert opened.search("pasar sumber:finance.detik.com").total == 1


def test_what_is_exported_comes_back(index: Path, tmp_path: Path) -> None:
    with kliping.open(index) as opened:
        rows = [opened.get(f"a{n}").to_dict() for n in range(8)]
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    kliping.build(tmp_path / "b.jsonl", tmp_path / "again")
    with kliping.open(tmp_path / "again") as opened:
        again = [opened.get(f"a{n}").to_dict() for n in range(8)]
    assert [row | {"path": ""} for row in again] == [row | {"path": ""} for row in rows]


_PIECES = [
    "http",
    "https",
    "://",
    "//",
    "Contoh.id",
    "www.",
    ":80",
    "@",
    "/",
    "?",
    "#",
    "[",
    "é",
    " ",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_a_host_is_what_the_address_says(url: str) -> None:
    try:
        expected = urlsplit(url).hostname or ""
    except ValueError:
        expected = ""
    assert host_of(url) == expected
