"""A browser that notes whatever a page must not do: what every test of the page looks through."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
).split()
# Tells of what the policy forbade, and of what a page did to be forbidden it.
_WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  tertangkap(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def chromium() -> str | None:
    """Return where the browser is, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Any]:
    """Start the browser that there is, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page of a browser, and what was noted of all that it did.

    ``wrong`` has every dialog, script error, breach of the policy, and request to another host.
    """

    page: Any
    home: str
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> Any:
        """Go to an address of the server."""
        return self.page.goto(self.home + path)

    def follow(self, link: Any) -> None:
        """Click what leads to another address, and wait until that is there as a whole."""
        with self.page.expect_navigation(wait_until="load"):
            link.click()

    @property
    def path(self) -> str:
        """The address that is shown, without the server's."""
        return str(self.page.url).removeprefix(self.home)

    def texts(self, selector: str) -> list[str]:
        """Return the texts of what a selector finds, white space as one."""
        found = self.page.locator(selector).all_text_contents()
        return [" ".join(text.split()) for text in found]

    def overflows(self) -> bool:
        """Say whether the page is wider than the window."""
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(self.page.evaluate(wide))


@contextmanager
def visiting(
    browser: Any, home: str, *, also: tuple[str, ...] = (), **options: Any
) -> Iterator[Visit]:
    """Open a page of its own; what it did wrong fails the test when the block ends.

    Requests may go to ``home``, and to the other origins that are named.
    """
    context = browser.new_context(reduced_motion="reduce", **options)
    context.set_default_timeout(10_000)
    visit = Visit(context.new_page(), home)
    context.expose_binding("tertangkap", lambda _, text: visit.wrong.append(f"ran: {text}"))
    context.add_init_script(_WATCH)
    hosts = {urlsplit(each).netloc for each in (home, *also)}
    context.on("request", lambda sent: _note_host(visit, sent.url, hosts))
    context.on("page", lambda page: _watch(visit, page))
    _watch(visit, visit.page)
    try:
        yield visit
        assert not visit.wrong, visit.wrong
    finally:
        context.close()


def _watch(visit: Visit, page: Any) -> None:
    page.on(
        "dialog", lambda dialog: (visit.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss())
    )
    page.on("pageerror", lambda error: visit.wrong.append(f"error: {error}"))


def _note_host(visit: Visit, address: str, hosts: set[str]) -> None:
    if urlsplit(address).netloc not in hosts:
        visit.wrong.append(f"request to {address}")
