"""What the script adds: suggestions, a time chosen by dragging, keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.page.browser.browsing import Visit, visiting


@pytest.fixture
def visit(browser: Any, home: str) -> Iterator[Visit]:
    with visiting(browser, home, viewport={"width": 1280, "height": 800}) as opened:
        yield opened


def test_suggestions_are_walked_through_by_arrows(visit: Visit) -> None:
    page = visit.page
    visit.go("/")
    page.locator("#q").focus()
    page.keyboard.type("gem")
    page.locator(".options li").first.wait_for()
    box = page.locator("#q")
    assert box.get_attribute("aria-expanded") == "true"
    assert visit.texts("#said")[0].endswith("saran; pilih dengan panah.")
    page.keyboard.press("ArrowDown")
    assert box.input_value() == "gempa"
    assert box.get_attribute("aria-activedescendant") == "option-0"
    page.keyboard.press("ArrowUp")
    assert box.input_value() == "gem"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert (box.input_value(), page.locator(".options").is_hidden()) == ("gem", True)
    page.keyboard.type("p")
    page.locator(".options li").first.wait_for()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert visit.path == "/?q=gempa"


def test_a_suggestion_is_chosen_by_pointing(visit: Visit) -> None:
    page = visit.page
    visit.go("/?lang=en")
    page.locator("#q").press_sequentially("lemb")
    visit.follow(page.locator(".options li").first)
    assert visit.path == "/?q=lembah&lang=en"


def test_a_time_is_chosen_by_dragging_across_bars(visit: Visit) -> None:
    page = visit.page
    visit.go("/?q=gempa")
    bars = page.locator(".histogram a")
    first, last = page.locator(".histogram a[href]").nth(1), bars.last
    start, stop = first.bounding_box(), last.bounding_box()
    with page.expect_navigation():
        page.mouse.move(stop["x"] + 3, stop["y"] + 40)
        page.mouse.down()
        page.mouse.move(start["x"] + 30, start["y"] + 40, steps=3)
        page.mouse.move(start["x"] + 3, start["y"] + 40)
        assert page.locator(".histogram .chosen").count() > 2
        page.mouse.up()
    assert visit.path == "/?q=gempa&since=2023-10-30&until=2024-05-05"
    assert visit.texts(".chips li") == [
        "Rentang waktu 30 Oktober 2023 sampai 5 Mei 2024: "
        "hapus saringan 30 Oktober 2023 sampai 5 Mei 2024"
    ]


def test_keys_walk_through_hits_and_lit_sentences(visit: Visit) -> None:
    page = visit.page
    visit.go("/?q=gempa")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("j")  # typed, not obeyed
    assert page.locator("#q").input_value() == "j"
    page.locator("h1").click()
    for key in "jjk":
        page.keyboard.press(key)
    title = page.evaluate("document.activeElement.textContent")
    assert title == visit.texts(".hit h2")[0]
    with page.expect_navigation():
        page.keyboard.press("o")
    assert visit.texts("h1") == [title]
    page.keyboard.press("j")
    page.keyboard.press("j")
    lit = page.locator(".text .lit").nth(1).get_attribute("id")
    assert page.evaluate("document.activeElement.id") == lit


def test_keys_can_be_turned_off_for_good(visit: Visit) -> None:
    page = visit.page
    visit.go("/?q=gempa")
    page.locator(".help summary").click()
    page.locator("#keys-on").uncheck()
    visit.go("/?q=gempa&lang=en")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.locator(".help summary").click()
    assert not page.locator("#keys-on").is_checked()


def test_paper_has_the_article_and_nothing_to_press(visit: Visit) -> None:
    page = visit.page
    visit.go("/?q=gempa")
    visit.follow(page.locator(".hit h2 a").first)
    page.emulate_media(media="print")
    assert page.locator(".text").is_visible()
    for gone in (".searchbox", ".likes", ".jumps", ".back", ".language"):
        assert page.locator(gone).is_hidden(), gone
    assert page.locator(".print-only").is_visible()
