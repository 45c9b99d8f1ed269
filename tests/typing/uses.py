"""What a type checker must say of uses of the library: lines that end in ``# wrong`` are errors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import assert_type

import kliping
from kliping.searching.completing import Suggestion


def right(index: kliping.Index, article: kliping.Article) -> None:
    """Use it as it is meant."""
    results = index.search("gempa", limit=3, since=date(2024, 1, 1), source=["A", "B"])
    assert_type(results, kliping.Results)
    assert_type(results[0], kliping.Hit)
    assert_type(results[:2], tuple[kliping.Hit, ...])
    assert_type(results[0].passages[0].spans, tuple[tuple[int, int], ...])
    assert_type(results.to_dict()["hits"][0]["score"], float)
    assert_type(article.to_dict()["published"], str | None)
    assert_type(index.get("a"), kliping.Article)
    assert_type(list(index), list[kliping.Article])
    assert_type("a" in index, bool)
    assert_type(index.suggest("gem"), tuple[Suggestion, ...])
    assert_type(kliping.build(["a", Path("b")], "index", jobs=2), kliping.Summary)
    assert_type(kliping.extract(b"<p>", url="https://x.example"), kliping.Article)
    assert_type(kliping.analysis.stem("menewaskan"), str)
    with kliping.open("index", follow=True) as opened:
        assert_type(opened, kliping.Index)
    with kliping.writer(Path("index"), clean=True) as writer:
        writer.add(article)
        writer.add({"judul": "a", "isi": "b"})
        writer.add([article, {"judul": "a"}])
        writer.add(rows())
        assert_type(writer.delete("a", "b"), int)
        assert_type(writer.commit(), kliping.Summary)


def rows() -> Iterator[dict[str, str]]:
    """Yield what a scraper would."""
    yield {"judul": "a"}


def wrong(index: kliping.Index, writer: kliping.Writer, results: kliping.Results) -> None:
    """Use it as it is not."""
    index.search(3)  # wrong
    index.search("a", 10)  # wrong
    index.search("a", limit="10")  # wrong
    index.search("a", sort="best")  # wrong
    index.search("a", since=2024)  # wrong
    index.search(query="a")  # wrong
    index.get(3)  # wrong
    writer.add(3)  # wrong
    writer.add([3])  # wrong
    writer.delete(["a"])  # wrong
    kliping.open("a", True)  # wrong
    kliping.build("a", "b", "c")  # wrong
    kliping.Article("a", "b")  # wrong
    kliping.Article("a", "b", "c", authors="d")  # wrong
    results.hits = ()  # wrong
    results["hits"]  # wrong
    results.to_dict()["hit"]  # wrong
    print(kliping.tidak_ada)  # wrong
