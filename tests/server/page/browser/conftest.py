"""A browser: its tests are skipped, with the reason, where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.server.page.browser.browsing import chromium, launched


# No longer than these tests: the library keeps an event loop running, and others begin their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if (path := chromium()) is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(launched())
        except playwright.Error as error:
            pytest.skip(f"{path} does not start: {str(error).splitlines()[0]}")
        yield opened
