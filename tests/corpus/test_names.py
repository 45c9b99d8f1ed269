"""Files as crawlers name them: the content tells, and what was named by hand is answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.article import Article
from kliping.cli import main
from kliping.corpus import Problem, SourceFile, find_files, read_file
from tests.corpus.containers.making import page, zipped


def read(*sources: Path) -> list[Article | Problem]:
    return [
        item
        for found in find_files(sources)
        for item in (read_file(found) if isinstance(found, SourceFile) else [found])
    ]


@pytest.mark.parametrize(
    "name",
    [
        "index.html?page=all",
        "index.html@page=all",
        "index.html%3Fpage=2",
        "index.html.1",
        "read.php?id=5",
        "read.php?id=5.2",
        "berita.shtml",
        "berita.ASPX",
        "berita.jsp?no=1.html",
        "show.do?id=7",
        "pasar-lirih?page=all",
        "kurs-dolar-rp-15.750-sehari",
        "pasar-lirih",
    ],
)
def test_a_page_by_any_name_of_a_crawler(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(page(1))
    assert [type(item) for item in read(tmp_path)] == [Article]
    (tmp_path / "arsip.zip").write_bytes(zipped({name: page(2)}))
    assert [type(item) for item in read(tmp_path / "arsip.zip")] == [Article]


@pytest.mark.parametrize("head", ["HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", "HTTP/2 200\nA: b\n\n"])
def test_a_page_saved_with_the_servers_answer(tmp_path: Path, head: str) -> None:
    (tmp_path / "pasar").write_bytes((head + page(1)).encode())
    (article,) = read(tmp_path)
    assert isinstance(article, Article)
    assert "HTTP" not in article.body + (article.title or "")


@pytest.mark.parametrize(
    "text", ["<?php echo '<p>Air</p>' ?>", "<%@ page %><html></html>", "OK", "<? php galat"]
)
def test_a_program_is_no_page(tmp_path: Path, text: str) -> None:
    (tmp_path / "read.php").write_text(text)
    (problem,) = read(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.reason.split(",")[0]) == (
        "ignored",
        "the program or a fragment of a page",
    )


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.xml", "<?xml version='1.0'?><sitemap><loc>https://contoh.id</loc></sitemap>", "XML, "),
        ("read.php", "<?php galat();", "the program"),
        ("foto.jpg", "\xff\xd8\xff", "binary"),
        ("kosong.html", "", "empty"),
    ],
)
def test_a_file_named_by_hand_is_never_passed_over_in_silence(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="latin-1")
    result = CliRunner().invoke(main, ["extract", str(path)])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"skipped: {path}: {reason}")
    told: list[Problem] = []
    kliping.build([path], tmp_path / "index", on_problem=told.append)
    assert [(p.kind, p.reason.startswith(reason)) for p in told] == [("skipped", True)]


def test_a_folder_or_archive_without_articles_says_so(tmp_path: Path) -> None:
    (tmp_path / "foto.zip").write_bytes(zipped({"a.jpg": b"\xff\xd8", "b.css": b"p{}"}))
    result = CliRunner().invoke(main, ["extract", str(tmp_path / "foto.zip")])
    assert result.exit_code == 1
    assert result.stderr == "skipped: no file of an article format among 2\n"


def test_in_a_folder_other_formats_are_only_counted(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><sitemap/>")
    (tmp_path / "b.json").write_text(json.dumps({"judul": "Pasar", "isi": "Pasar dibuka lagi."}))
    result = CliRunner().invoke(main, ["extract", str(tmp_path)])
    assert (result.exit_code, result.stderr) == (0, "")
