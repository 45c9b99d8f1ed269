"""axe-core finds nothing wrong in any state of the page, light or dark, wide or narrow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.page.browser.browsing import Visit, visiting

STATES = {
    "home": "/",
    "results": "/?q=gempa+lembah&lang=en",
    "copies": "/?q=kapal+wisata+kandas&source=Lentera5&since=2019&match=any",
    "nothing": "/?q=gempaa+zzqx&source=Gelanggang",
    "refused": "/?q=tanggal:2021-13&lang=en",
    "lost": "/tidak-ada",
}


# What differs in the dark is colours, of which these have all.
IN_THE_DARK = "results", "copies"


@pytest.mark.parametrize(
    ("scheme", "width", "states"),
    [("light", 1280, tuple(STATES)), ("dark", 320, IN_THE_DARK)],
    ids=["light-1280", "dark-320"],
)
def test_no_state_has_a_violation(
    browser: Any, home: str, scheme: str, width: int, states: tuple[str, ...]
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with visiting(browser, home, **options) as visit:
        for state in states:
            visit.go(STATES[state])
            unfold(visit)
            assert violations(visit) == [], state
            assert not visit.overflows(), state
        visit.go("/?q=gempa")
        visit.page.locator("#q").fill("")
        visit.page.locator("#q").press_sequentially("lemb")
        visit.page.locator(".options li").first.wait_for()
        assert violations(visit) == [], "suggestions"
        visit.page.keyboard.press("Escape")
        visit.follow(visit.page.locator(".hit h2 a").first)
        visit.follow(visit.page.locator(".jumps a").first)
        assert violations(visit) == [], "article"
        assert not visit.overflows()


def unfold(visit: Visit) -> None:
    visit.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def violations(visit: Visit) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")
    found = axe.Axe().run(visit.page).response["violations"]
    return [
        f"{each['id']}: {each['help']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for each in found
        for node in each["nodes"]
    ]
