"""Pages over HTTP: what they show, in which state, and with which headers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kliping.server.guarding import POLICY
from kliping.server.page import answers
from kliping.server.page.files import HERE, files
from kliping.server.page.question import Question
from kliping.server.problems import Problem
from tests.server.serving import Server, serving

MARKUP = r"\|\s*safe|Markup|innerHTML|outerHTML|insertAdjacentHTML|autoescape false"


def page(server: Server, path: str, status: int = 200) -> BeautifulSoup:
    answer = server.get(path, accept="text/html")
    assert answer.status == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == POLICY
    return BeautifulSoup(answer.body.decode(), "lxml")


def texts(tree: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in tree.select(selector)]


def links(tree: BeautifulSoup, selector: str) -> list[str]:
    return [str(each.get("href") or "") for each in tree.select(selector)]


def test_hits_are_shown_with_what_matched_lit(server: Server) -> None:
    tree = page(server, "/?q=gempa+lembah")
    assert tree.html["lang"] == "id"
    assert texts(tree, "head title") == ["gempa lembah – Kliping"]
    assert texts(tree, "h1") == ["2 artikel memuat semua kata"]
    assert texts(tree, ".hit h2")[0] == "Gempa guncang Lembah Wening"
    assert texts(tree, "#hasil-1 h2 mark") == ["Gempa", "Lembah"]
    assert texts(tree, "#hasil-1 .about span") == ["Harian Wening", "Daerah", "12 Maret 2024"]
    assert links(tree, "#hasil-1 h2 a") == ["/artikel/gempa-1?q=gempa+lembah"]
    (source,) = tree.select("#hasil-1 .at-source a")
    assert source.get("href") == "https://harian-wening.example/gempa-lembah"
    assert source.get("rel") == ["noopener", "nofollow"]


def test_the_same_in_english(server: Server) -> None:
    tree = page(server, "/?q=gempa+lembah&lang=en")
    assert tree.html["lang"] == "en"
    assert texts(tree, "h1") == ["2 articles with all words"]
    assert links(tree, ".language") == ["/?q=gempa+lembah"]
    assert "12 March 2024" in texts(tree, "#hasil-1 .about span")
    assert [e.get("value") for e in tree.select(".searchbox input[name=lang]")] == ["en"]


def test_without_a_question_all_is_shown_the_newest_first(server: Server) -> None:
    tree = page(server, "/")
    assert texts(tree, "h1") == ["6 artikel, yang terbaru lebih dulu"]
    assert texts(tree, ".hit h2")[0] == "Persewening juara"
    assert texts(tree, ".sort a") == ["Terbaru", "Terlama"]
    assert texts(tree, ".hit h2")[-1] == "(tanpa judul)"
    assert len(tree.select(".histogram a[href]")) == 3


def test_facets_offer_what_is_beside_what_is_chosen(server: Server) -> None:
    tree = page(server, "/?source=Gelanggang")
    chosen = tree.select("[aria-labelledby=saring-source] [aria-current]")
    assert [each.get_text() for each in chosen] == ["Gelanggang"]
    assert "Harian Wening" in " ".join(texts(tree, "[aria-labelledby=saring-source] li"))
    assert links(tree, ".chips a") == ["/"]


def test_a_slip_is_answered_with_what_may_have_been_meant(server: Server) -> None:
    tree = page(server, "/?q=gempaa")
    assert texts(tree, ".offered a") == ["gempa"]
    assert links(tree, ".offered a") == ["/?q=gempa"]


def test_filters_that_leave_nothing_say_what_there_is_without(server: Server) -> None:
    tree = page(server, "/?q=gempa&source=Gelanggang")
    assert texts(tree, "h1") == ["Tidak ada artikel untuk “gempa”"]
    assert "Tanpa saringan ada 2 artikel" in texts(tree, ".nothing a")


def test_hits_that_lack_words_are_set_apart(server: Server) -> None:
    tree = page(server, "/?q=gempa+mengungsi+beras")
    assert texts(tree, "h1")[0].startswith("Tidak ada artikel yang memuat semua kata; ")
    assert texts(tree, ".lacking") == ["Memuat sebagian kata"]
    assert texts(tree, "#hasil-1 .missing") == ["tanpa: beras"]


def test_pages_follow_one_another(archive: Server) -> None:
    seen: list[str] = []
    following = ["/"]
    while following:
        tree = page(archive, following[0])
        seen += texts(tree, ".hit h2")
        following = links(tree, ".paging [rel=next]")
    assert texts(tree, ".paging span") == ["Halaman 6 dari 6"]
    assert links(tree, ".paging [rel=prev]") == ["/?page=5"]
    assert len(seen) == len(set(seen)) == 60  # one of two that say the same
    beyond = page(archive, "/?page=100")
    assert links(beyond, ".paging a") == ["/?page=6"]


def test_an_article_is_lit_and_its_sentences_can_be_jumped_to(server: Server) -> None:
    tree = page(server, "/artikel/gempa-1?q=mengungsi+wening")
    assert texts(tree, "h1") == ["Gempa guncang Lembah Wening"]
    assert texts(tree, ".byline span") == ["Oleh Sari Puspa", "Selasa, 12 Maret 2024, 07.15 WIB"]
    assert texts(tree, ".text p")[1] == "Sedikitnya 12 rumah rusak. Warga mengungsi ke balai desa."
    assert links(tree, ".jumps a") == ["#k1", "#k3"]
    assert [each.get("id") for each in tree.select(".text .lit")] == ["k1", "k3"]
    assert links(tree, ".back a") == ["/?q=mengungsi+wening"]
    assert links(tree, ".tags a") == ["/?tag=gempa", "/?tag=bencana"]
    assert links(tree, ".likes li a")[0] == "/artikel/gempa-2?q=mengungsi+wening"


def test_an_article_without_anything_is_shown_too(server: Server) -> None:
    tree = page(server, "/artikel/tanpa-judul?lang=en")
    assert texts(tree, "h1") == ["(no title)"]
    assert tree.select(".jumps, .byline span, .at-source") == []


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/?q=tanggal:2021-13", 400, "Pencarian ini tidak dapat dijalankan"),
        ("/?q=a&since=apa&lang=en", 400, "This search cannot be run"),
        ("/?page=x", 400, "Pencarian ini tidak dapat dijalankan"),
        ("/artikel/tidak-ada", 404, "Tidak ditemukan"),
        ("/artikel/", 404, "Tidak ditemukan"),
        ("/artikel/..%2f..%2fetc%2fpasswd", 404, "Tidak ditemukan"),
        ("/lain", 404, "Tidak ditemukan"),
        ("/static/..%2froutes.py", 404, "Tidak ditemukan"),
        ("//jahat.example/", 404, "Tidak ditemukan"),
    ],
)
def test_what_goes_wrong_is_a_page(server: Server, path: str, status: int, title: str) -> None:
    tree = page(server, path, status)
    assert texts(tree, "h1") == [title]
    assert tree.select("#q")


def test_a_program_is_told_a_problem(server: Server) -> None:
    answer = server.get("/lain", accept="application/json")
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert server.get("/api/lain", accept="*/*").json["status"] == 404


def test_while_there_is_no_index_the_page_says_so_and_looks_again(tmp_path: Path) -> None:
    with serving(tmp_path / "index", tmp_path / "log") as server:
        tree = page(server, "/?q=gempa", 503)
        again = server.get("/?q=gempa").headers
    assert texts(tree, "h1") == ["Indeks sedang dibangun"]
    assert int(again["refresh"]) == int(again["retry-after"]) > 0
    assert str(tmp_path) not in str(tree)


def test_a_page_that_the_reader_has_is_not_sent_again(server: Server) -> None:
    first = server.get("/?q=gempa")
    again = server.get("/?q=gempa", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert server.get("/?q=gempa", if_none_match='W/"lain"').status == 200


def test_files_are_kept_by_their_digest(server: Server) -> None:
    tree = page(server, "/")
    kept = [*links(tree, "link[rel=stylesheet]"), *links(tree, "link[rel=icon]")]
    kept += [str(each["src"]) for each in tree.select("script")]
    assert len(kept) == 3
    for address in kept:
        assert "immutable" in server.get(address).headers["cache-control"]
        assert "immutable" not in server.get(address.partition("?")[0]).headers["cache-control"]


def test_nothing_becomes_markup_but_by_a_template() -> None:
    for path in [*HERE.rglob("*.py"), *HERE.rglob("*.html"), *HERE.rglob("*.js")]:
        assert not re.search(MARKUP, path.read_text(encoding="utf-8")), path


def test_no_page_has_style_or_script_of_its_own_and_none_comes_from_elsewhere() -> None:
    for path in (HERE / "templates").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! src=)", text), path
    for name, (content, _) in files().items():
        assert not re.search(rb"@import|url\(|https?://(?!www\.w3\.org|arsip\.example)", content), (
            name
        )


def test_a_search_that_takes_too_long_may_be_tried_again_by_hand() -> None:
    problem = Problem(503, "no answer within 10 seconds", headers={"Retry-After": "1"})
    text = answers.message_page("slow", problem, Question(q="gempa"), "/")
    tree = BeautifulSoup(text, "lxml")
    assert texts(tree, "h1") == ["Terlalu lama"]
    assert links(tree, ".message a") == ["/?q=gempa"]


def test_an_index_that_is_broken_tells_the_log_and_not_the_reader(tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    (index / "manifest.json").write_text("{")
    with serving(index, tmp_path / "log") as server:
        tree = page(server, "/artikel/a?q=gempa&lang=en", 503)
    assert texts(tree, "h1") == ["This archive cannot be searched now"]
    assert str(tmp_path) not in str(tree)
    assert str(tmp_path) in (tmp_path / "log").read_text()
