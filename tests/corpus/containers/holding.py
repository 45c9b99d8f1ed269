"""Folders of containers, and what is read out of them."""

from __future__ import annotations

import gc
from pathlib import Path

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.limits import Limits
from tests.corpus.containers import making as made


def counted(items) -> int:
    """Count the items; trees with cycles that wait for the collector are not held, so it runs."""
    count = 0
    for _ in items:
        count += 1
        if not count % 10:
            gc.collect()
    return count


class Folder:
    """A folder to write one file into and read it back."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def items(self, name: str, data: str | bytes, **limits: int) -> list[Article | Problem]:
        path = self.path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        file = SourceFile(path, f"x/{name}", path.stat().st_size, 0)
        return list(read_file(file, limits=Limits(**limits)))

    def read(self, name: str, data: str | bytes, **limits: int) -> tuple[list[Article], list[str]]:
        """Return the articles, and the problems but for those of other formats."""
        items = self.items(name, data, **limits)
        problems = [p for p in items if isinstance(p, Problem) and p.kind != "ignored"]
        articles = [item for item in items if isinstance(item, Article)]
        return articles, [str(p).removeprefix(f"{self.path}/") for p in problems]


def url(number: int) -> str:
    return f"{made.SITE}/daerah/jembatan-{number}"


def pages(*numbers: int) -> list[bytes]:
    return [made.record(url(n), made.http(made.page(n))) for n in numbers]
