"""axe-core finds nothing wrong in any state of the page, light or dark, wide or narrow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.page.browsing import Visit, visiting

WINDOWS = [
    pytest.param("light", 1280, id="light-1280"),
    pytest.param("dark", 320, id="dark-320"),
]
STATES = {
    "home": "/",
    "results": "/?q=gempa+lembah&lang=en",
    "copies": "/?q=kapal+wisata+kandas&source=Lentera5&since=2019&match=any",
    "nothing": "/?q=gempaa+zzqx&source=Gelanggang",
    "refused": "/?q=tanggal:2021-13&lang=en",
    "lost": "/tidak-ada",
}


@pytest.mark.parametrize(("scheme", "width"), WINDOWS)
def test_no_state_has_a_violation(browser: Any, home: str, scheme: str, width: int) -> None:
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with visiting(browser, home, **options) as visit:
        for state, path in STATES.items():
            visit.go(path)
            unfold(visit)
            assert violations(visit) == [], state
            assert not visit.overflows(), state
        visit.go("/?q=gempa")
        visit.page.locator("#q").fill("")
        visit.page.locator("#q").press_sequentially("lemb")
        visit.page.locator(".options li").first.wait_for()
        assert violations(visit) == [], "suggestions"
        visit.page.keyboard.press("Escape")
        visit.page.locator(".hit h2 a").first.click()
        visit.page.locator(".jumps a").first.click()
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
