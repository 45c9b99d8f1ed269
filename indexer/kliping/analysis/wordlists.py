"""Word lists: text files with a header and ``#`` comments, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def lines(name: str, /) -> list[str]:
    """Return the entries of ``data/<name>``, comments and blank lines left out."""
    text = (files("kliping.analysis") / "data" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


@cache
def stop_words() -> frozenset[str]:
    """Return the words that need not match when other words do: no negations among them."""
    return frozenset(lines("stopwords.txt"))


@cache
def question_words() -> frozenset[str]:
    """Return the words that make a query a question (*siapa*, *berapa*) and name no subject."""
    return frozenset(lines("questionwords.txt"))


@cache
def normalisation() -> dict[str, str]:
    """Return variant spellings and their standard ones (*aktifitas* → *aktivitas*)."""
    pairs = (line.split("#")[0].split("=") for line in lines("normalisation.txt"))
    return {variant.strip(): standard.strip() for variant, standard in pairs}
