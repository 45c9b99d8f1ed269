"""Takes the pictures of the page that the documents show: ``make screenshots``.

They are of the sample corpus. A test takes them too, and compares that each is there and small.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path
from typing import Any

import kliping
from tests.server.page.browser.browsing import Visit, chromium, launched, visiting
from tests.server.serving import serving

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screenshots"
_WIDE, _NARROW = {"width": 1120, "height": 760}, {"width": 360, "height": 680}
# A name, a window, light or dark, where to go, and whether into the first article found there.
SHOTS: dict[str, tuple[dict[str, int], str, str, bool]] = {
    "hasil": (_WIDE, "light", "/?q=gempa+lembah", False),
    "results": (_WIDE, "light", "/?q=gempa+lembah&lang=en", False),
    "artikel": (_WIDE, "dark", "/?q=gempa+warga", True),
    "ponsel": (_NARROW, "light", "/?q=banjir+warga", False),
}
_QUALITY = 60


def take(browser: Any, home: str, folder: Path, /) -> None:
    """Take all pictures into a folder."""
    for name, (window, scheme, path, opened) in SHOTS.items():
        with visiting(browser, home, viewport=window, color_scheme=scheme) as visit:
            visit.go(path)
            visit.go(path)  # the first search of a server says that it took long
            if opened:
                visit.follow(visit.page.locator(".hit h2 a").first)
            (folder / f"{name}.webp").write_bytes(_picture(visit))


def _picture(visit: Visit) -> bytes:
    session = visit.page.context.new_cdp_session(visit.page)
    options = {"format": "webp", "quality": _QUALITY}
    return base64.b64decode(session.send("Page.captureScreenshot", options)["data"])


def main() -> int:
    """Take them anew."""
    if chromium() is None:
        print("needs Chromium: apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, launched() as browser:
        kliping.build(ROOT / "corpus", Path(made, "index"))
        with serving(Path(made, "index"), Path(made, "log")) as server:
            take(browser, f"http://127.0.0.1:{server.port}", FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
