"""The files that pages use, read once: a request names one of them, never a path."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path

HERE = Path(__file__).parent
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@cache
def files() -> Mapping[str, tuple[bytes, str]]:
    """Return content and media type of each file of ``static`` by its name."""
    found = sorted((HERE / "static").iterdir())
    return {file.name: (file.read_bytes(), _KINDS[file.suffix]) for file in found}


def asset(name: str, /) -> str:
    """Return the address of a file, which changes when the file does."""
    return f"/static/{name}?v={digest(name)}"


@cache
def digest(name: str, /) -> str:
    """Return what tells one version of a file from another."""
    return _digest(files()[name][0])


@cache
def edition() -> str:
    """Return what tells the pages of this version of the program from those of another."""
    made_of = (path for path in sorted(HERE.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    return _digest(b"\0".join(path.read_bytes() for path in made_of))


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=6).hexdigest()
