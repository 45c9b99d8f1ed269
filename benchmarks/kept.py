"""What a long run has made and found out, kept so that one which was ended goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import kliping


class Kept:
    """Folders and values below a folder, each made once; other code of kliping has its own."""

    def __init__(self, place: Path) -> None:
        package = Path(kliping.__file__).parent
        code = blake2b(digest_size=8)
        for path in sorted(package.rglob("*.*")):
            if path.suffix in (".py", ".txt", ".tsv"):
                code.update(path.read_bytes())
        self.place = place / code.hexdigest()
        self.place.mkdir(parents=True, exist_ok=True)

    def folder(self, name: str, fill: Callable[[Path], object]) -> Path:
        """Return the folder of that name, filled."""
        whole, part = self.place / name, self.place / f"{name}.part"
        if not whole.exists():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            fill(part)
            part.rename(whole)
        return whole

    def value(self, name: str, find: Callable[[], Any]) -> Any:
        """Return what was found under that name, as JSON gives it back."""
        path = self.place / f"{name}.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(json.dumps(find()), encoding="utf-8")
            part.rename(path)
        return json.loads(path.read_text(encoding="utf-8"))
