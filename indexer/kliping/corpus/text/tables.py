"""The word lists of data/."""

from __future__ import annotations

from importlib.resources import files


def words(name: str, /) -> tuple[str, ...]:
    """Return the entries of a list: lines of them, parted by commas; "#" begins a comment line."""
    text = (files("kliping.corpus.text") / "data" / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(word.strip() for line in lines for word in line.split(",") if word.strip())
