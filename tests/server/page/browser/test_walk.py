"""A reader's way through the archive, in both languages, on a telephone and a desk, with the
script and without: search, facet, histogram, article, similar, back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kliping
from tests.server.page.browser.browsing import Visit, visiting
from tests.server.serving import serving

WAYS = [
    pytest.param(lang, width, script, id=f"{lang}-{width}-{'script' if script else 'plain'}")
    for lang in ("id", "en")
    for width in (320, 1280)
    for script in (True, False)
]


@pytest.mark.parametrize(("lang", "width", "script"), WAYS)
def test_search_facet_histogram_article_similar_back(
    browser: Any, home: str, lang: str, width: int, script: bool
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "java_script_enabled": script}
    with visiting(browser, home, **options) as visit:
        searches(visit, lang)
        chooses_a_facet(visit)
        chooses_a_time(visit)
        reads(visit)
        page = visit.page
        title = visit.texts("h1")
        visit.follow(page.locator(".likes li a").first)
        assert visit.texts("h1") != title
        page.go_back()
        assert visit.texts("h1") == title
        visit.follow(page.locator(".back a"))
        assert page.locator(".hit").count() >= 1
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("#q").input_value() == "gempa"


def searches(visit: Visit, lang: str) -> None:
    page = visit.page
    visit.go("/")
    if lang == "en":
        visit.follow(page.locator(".language"))
    page.locator("#q").fill("gempa")
    visit.follow(page.locator(".searchbox button"))
    assert visit.path == ("/?q=gempa&lang=en" if lang == "en" else "/?q=gempa")
    assert {"id": "7 artikel memuat semua kata", "en": "7 articles with all words"}[lang] in (
        visit.texts("h1")
    )
    assert page.locator(".hit mark").count() > 7
    assert script_free_overflow(visit) is False


def script_free_overflow(visit: Visit) -> bool:
    """Say whether the page is wider than the window, which a page without scripts cannot tell."""
    box = visit.page.locator("html").bounding_box()
    return bool(box["width"] > visit.page.viewport_size["width"])


def chooses_a_facet(visit: Visit) -> None:
    page = visit.page
    value = page.locator("[aria-labelledby=saring-source] li", has_text="kabarwening.com")
    count = int(value.locator(".count").text_content())
    visit.follow(value.locator("a"))
    assert page.locator(".hit").count() == count
    assert len(visit.texts(".chips li")) == 1
    assert page.locator("[aria-labelledby=saring-source] li").count() > 1
    visit.follow(page.locator("[aria-labelledby=saring-source] a", has_text="Lentera5"))
    assert len(visit.texts(".chips li")) == 3  # with the one that removes both
    assert page.locator(".hit").count() == count + 1
    visit.follow(page.locator(".chips a").first)
    visit.follow(page.locator(".chips a").first)
    assert page.locator(".chips").count() == 0


def chooses_a_time(visit: Visit) -> None:
    page = visit.page
    bar = page.locator(".histogram a[href]").first
    assert "2023" in bar.get_attribute("aria-label")
    visit.follow(bar)
    assert page.locator(".hit").count() == 1
    assert "2023" in visit.texts(".chips li")[0]


def reads(visit: Visit) -> None:
    page = visit.page
    visit.follow(page.locator(".hit h2 a").first)
    assert visit.path.startswith("/artikel/")
    assert page.locator("h1 mark").count() == 1
    jump = page.locator(".jumps a").last
    target = str(jump.get_attribute("href"))
    visit.follow(jump)
    assert visit.path.endswith(target)
    assert page.locator(f".text {target} mark").count() >= 1
    where = page.locator(target).bounding_box()
    assert 0 < where["y"] < page.viewport_size["height"]
    assert script_free_overflow(visit) is False


def test_copies_unfold_below_the_one_that_stands_for_them(browser: Any, home: str) -> None:
    with visiting(browser, home, java_script_enabled=False) as visit:
        visit.go("/?q=kapal+wisata+kandas")
        similar = visit.page.locator(".similar").first
        assert similar.locator("li").is_hidden()
        similar.locator("summary").click()
        assert similar.locator("li").is_visible()
        assert visit.texts(".similar summary")[0] == "+1 serupa"
        visit.follow(similar.locator("p a"))
        assert "termasuk yang serupa" in visit.texts(".chips li")[0]
        assert visit.page.locator(".similar").count() == 0


def test_a_period_may_be_typed(browser: Any, home: str) -> None:
    with visiting(browser, home, java_script_enabled=False) as visit:
        visit.go("/?q=gempa&sort=oldest")
        visit.page.locator("#since").fill("2024-03")
        visit.page.locator("#until").fill("2024-04")
        visit.follow(visit.page.locator(".period button"))
        assert visit.texts(".chips li")[0].startswith("Rentang waktu Maret 2024 sampai April 2024")
        assert visit.page.locator(".hit").count() == 3
        assert visit.texts(".sort [aria-current]") == ["Terlama"]


@pytest.mark.parametrize("width", [320, 1280])
def test_no_word_is_too_long_for_the_window(browser: Any, tmp_path: Path, width: int) -> None:
    word = "gempa" * 80
    named = dict.fromkeys(("judul", "sumber", "rubrik", "penulis", "keterangan"), f"{word} {word}")
    row = named | {"id": word, "isi": f"gempa {word}. {word}", "tags": [word, f"{word}2"]}
    (tmp_path / "long.jsonl").write_text(json.dumps(row) + "\n")
    kliping.build(tmp_path / "long.jsonl", tmp_path / "index")
    window = {"viewport": {"width": width, "height": 700}}
    with serving(tmp_path / "index", tmp_path / "log") as server:
        home = f"http://127.0.0.1:{server.port}"
        with visiting(browser, home, **window) as visit:
            for path in (f"/?q=gempa+{word}&tag={word[:250]}&match=any", "/?q=gempa"):
                visit.go(path)
                assert not visit.overflows(), path
            visit.follow(visit.page.locator(".hit h2 a"))
            assert word in visit.texts("h1")[0]
            assert not visit.overflows()
