"""The pictures in the documents are those that the page gives, and small."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.screenshots import FOLDER, ROOT, SHOTS, take

LARGEST = 60_000  # bytes


def test_the_pictures_can_be_taken_anew(browser: Any, home: str, tmp_path: Path) -> None:
    take(browser, home, tmp_path)
    for name in SHOTS:
        taken = (tmp_path / f"{name}.webp").read_bytes()
        kept = (FOLDER / f"{name}.webp").read_bytes()
        for picture in (taken, kept):
            assert picture.startswith(b"RIFF")
            assert len(picture) < LARGEST
        # Fonts differ between machines; a page that shows something else differs by more.
        assert 0.5 < len(taken) / len(kept) < 2, "run: make screenshots"


def test_every_picture_is_shown_and_every_picture_shown_is_there() -> None:
    texts = [
        path.read_text(encoding="utf-8") for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
    ]
    shown = set(re.findall(r"screenshots/([\w-]+)\.webp", "\n".join(texts)))
    assert shown == set(SHOTS) == {path.stem for path in FOLDER.iterdir()}
