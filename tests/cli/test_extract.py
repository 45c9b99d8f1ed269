"""What `extract` prints of files, without an index."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import kliping
from tests.cli.running import ARTICLE_KEYS, CORPUS, found, kli


def test_extract_prints_articles_as_json_lines() -> None:
    result = kli("extract", CORPUS / "harian-wening" / "gempa-lembah.html")
    article = json.loads(result.stdout)
    assert list(article) == ARTICLE_KEYS
    assert article["title"] == "Gempa M5,1 guncang Lembah Wening, warga mengungsi"
    many = kli("extract", CORPUS)
    assert len(many.stdout.splitlines()) > 50
    assert all(list(json.loads(line)) == ARTICLE_KEYS for line in many.stdout.splitlines())


def test_extract_prints_the_ids_that_index_gives_for_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "arsip" / "2024").mkdir(parents=True)
    (tmp_path / "arsip" / "2024" / "a.txt").write_text("Banjir Wening\n\nAir sungai naik lagi.\n")
    kliping.build(tmp_path / "arsip", tmp_path / "index")
    (row,) = map(json.loads, kli("extract", tmp_path / "arsip").stdout.splitlines())
    assert found("search", "banjir", "--ids", index=tmp_path / "index").split() == [row["id"]]


def test_extract_explains_which_rule_took_what() -> None:
    text = kli("extract", CORPUS / "lentera5" / "inflasi-cabai.html", "--explain").stdout
    title, path, *lines = text.splitlines()
    assert title == json.loads(kli("extract", path).stdout)["title"]
    names = [line.split()[0] for line in lines if line]
    assert names[:4] == ["title", "authors", "published", "modified"]
    assert {"image", "caption", "body", "dropped"} <= set(names)
    assert any(re.match(r"  published  JSON-LD datePublished: 2022-12-01T", line) for line in lines)
    assert not any(line.endswith("…") for line in lines)  # no terminal, nothing cut


def test_extract_explains_every_article_once_and_each_page_of_one() -> None:
    told = kli("extract", CORPUS, "--explain").stdout.strip().split("\n\n")
    profiles = [block for block in told if " row" in block.partition("\n")[0]]
    assert {Path(block.partition(": ")[0]).suffix for block in profiles} == {
        ".csv", ".gz", ".json", ".jsonl", ".ndjson",
    }  # fmt: skip
    blocks = [block for block in told if block not in profiles]
    assert len(blocks) == len(kli("extract", CORPUS).stdout.splitlines())
    assert all("\n  body " in block for block in blocks)
    pages = [block for block in blocks if "kereta-wisata-halaman-1.html" in block]
    assert len(pages) == 1
    assert "kereta-wisata-halaman-2.html" in pages[0]


def test_extract_explains_records_by_their_fields_and_texts_by_what_was_cleaned() -> None:
    text = kli("extract", CORPUS / "gelanggang" / "arsip.csv", "--explain").stdout
    assert "  authors    field penulis: Reza Maulidan" in text
    assert "  dropped    dateline: GELANGGANG -" in text


def test_extract_takes_the_address_of_a_saved_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    paragraph = (
        "<p>Gempa mengguncang lembah itu pada Selasa pagi dan warga mengungsi ke balai desa.</p>"
    )
    page.write_text(f"<html><h1>Gempa di lembah</h1><article>{paragraph * 6}</article></html>")
    result = kli("extract", page, "--url", "https://a.example/gempa")
    assert json.loads(result.stdout)["url"] == "https://a.example/gempa"


def test_extract_unpacks_a_page_whose_address_is_given() -> None:
    page = CORPUS / "harian-wening" / "harga-beras-medium.html.gz"
    with_address = json.loads(kli("extract", page, "--url", "https://a.example/beras").stdout)
    assert with_address["body"] == json.loads(kli("extract", page).stdout)["body"]


@pytest.mark.parametrize("url", ["http://[oops", "gempa", "ftp://a.example/gempa"])
def test_extract_refuses_an_address_that_is_none(url: str) -> None:
    result = kli("extract", CORPUS / "lentera5" / "inflasi-cabai.html", "--url", url)
    assert result.exit_code == 2
    assert "not an address on the web" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_extract_counts_relative_dates_only_when_asked(tmp_path: Path) -> None:
    body = "<p>Warga Lembah Wening pulang ke rumah setelah banjir surut, Kamis.</p>" * 20
    page = tmp_path / "a.html"
    page.write_text(f"<article><h1>Banjir surut</h1><time>2 jam yang lalu</time>{body}</article>")
    saved = datetime(2024, 3, 12, 9, 15, tzinfo=timezone(timedelta(hours=7)))
    os.utime(page, (saved.timestamp(), saved.timestamp()))
    assert json.loads(kli("extract", page).stdout)["published"] is None
    asked = json.loads(kli("extract", page, "--relative-dates").stdout)
    assert asked["published"] == "2024-03-12T07:15:00+07:00"
