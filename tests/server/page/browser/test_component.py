"""<kliping-search> in a page of another site, whose own policy is as strict as ours."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import kliping
from kliping.article import Article
from tests.conftest import WriteLines
from tests.server.page.browser.browsing import Visit, visiting
from tests.server.serving import Server, serving

DOCS = Path(__file__).parents[4] / "docs"
# What the documents tell to put into a page.
SNIPPETS = "\n".join(
    re.findall(r"```html\n(.*?)```", (DOCS / "web.id.md").read_text("utf-8"), re.DOTALL)
)
TITLE = "Gempa 😀 guncang <img src=x onerror=tertangkap(1)>"
ODD = Article(
    id="a/../b?c#d",
    title=TITLE.replace("<", "&amp;lt;").replace(">", "&amp;gt;"),
    body="🌋🌋 Gempa mengguncang desa, 3 < 4 & 5 > 4.",
    source="Kabar <b>Wening</b>",
)


class _Elsewhere(ThreadingHTTPServer):
    """A page of another site, in which the archive's element stands."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.archive = ""

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.server_port}"


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        archive = self.server.archive  # type: ignore[attr-defined]
        page = "<!doctype html><html lang=id><title>Situs lain</title><h1>Situs lain</h1>"
        page += SNIPPETS.replace("https://arsip.example", archive)
        policy = f"default-src 'none'; script-src {archive}; connect-src {archive}"
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[_Elsewhere]:
    with _Elsewhere() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def open_archive(
    elsewhere: _Elsewhere, tmp_path: Path, articles: tuple[Article, ...], write_lines: WriteLines
) -> Iterator[Server]:
    """A server that lets pages of the other site read its answers."""
    kliping.build(write_lines(tmp_path / "all.jsonl", [*articles, ODD]), tmp_path / "index")
    with serving(tmp_path / "index", tmp_path / "log", "--cors", elsewhere.origin) as running:
        elsewhere.archive = f"http://127.0.0.1:{running.port}"
        yield running


def test_an_archive_is_searched_from_another_site(
    browser: Any, elsewhere: _Elsewhere, open_archive: Server
) -> None:
    home = elsewhere.archive
    with visiting(browser, home, also=(elsewhere.origin,)) as visit:
        page = visit.page
        page.goto(f"{elsewhere.origin}/")
        search(visit, "*")
        assert page.locator("kliping-search li").count() == 5
        assert "Semua hasil (7)" in visit.texts("kliping-search [role=status] a")
        search(visit, "guncang desa")
        assert visit.texts("kliping-search li a")[0] == TITLE
        assert visit.texts("kliping-search li mark")[:1] == ["guncang"]
        assert "3 < 4 & 5 > 4" in visit.texts("kliping-search li p")[1]
        search(visit, "tidakada")
        assert visit.texts("kliping-search [role=status]") == ["Tidak ada yang ditemukan."]
        search(visit, "guncang desa")
        visit.follow(page.locator("kliping-search li a").first)
        assert page.url.startswith(f"{home}/artikel/")
        assert visit.texts("h1") == [TITLE]


def test_a_form_leads_to_the_archive_without_a_script(
    browser: Any, elsewhere: _Elsewhere, open_archive: Server
) -> None:
    options = {"also": (elsewhere.origin,), "java_script_enabled": False}
    with visiting(browser, elsewhere.archive, **options) as visit:
        visit.page.goto(f"{elsewhere.origin}/")
        visit.page.locator("form input").fill("gempa lembah")
        visit.follow(visit.page.locator("form").last.locator("button"))
        assert visit.path == "/?q=gempa+lembah"
        assert visit.texts("#hasil-1 h2 mark") == ["Gempa", "Lembah"]


def search(visit: Visit, query: str) -> None:
    page = visit.page
    page.locator("kliping-search input").fill(query)
    with page.expect_response("**/api/search*"):
        page.locator("kliping-search button").click()
    ended(visit)


def ended(visit: Visit) -> None:
    status = visit.page.locator("kliping-search [role=status]")
    status.filter(has_text="Mencari").wait_for(state="hidden")


def test_an_archive_that_does_not_let_it_says_so(
    browser: Any, elsewhere: _Elsewhere, home: str
) -> None:
    elsewhere.archive = home
    with visiting(browser, home, also=(elsewhere.origin,)) as visit:
        visit.page.goto(f"{elsewhere.origin}/")
        visit.page.locator("kliping-search input").fill("gempa")
        visit.page.keyboard.press("Enter")
        ended(visit)
        assert visit.texts("kliping-search [role=status]") == ["Arsip sedang tidak dapat dicari."]
