"""The articles, the same for every system: "Which lines do they all read?"."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Record:
    """What a peer indexes of an article; a missing title is empty for all of them."""

    id: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of JSON-lines files; iterating reads them, so no system holds them in memory."""

    folder: Path

    def __iter__(self) -> Iterator[Record]:
        for path in sorted(self.folder.glob("*.jsonl")):
            with path.open(encoding="utf-8") as lines:
                yield from map(_record, lines)

    def __len__(self) -> int:
        return sum(_count(path) for path in self.folder.glob("*.jsonl"))


def prepare(
    files: Iterable[Path], into: Path, /, *, limit: int | None = None, bodies_only: bool = False
) -> Corpus:
    """Copy articles into an empty folder, file by file, for every system to read.

    Of articles with one id the first is kept. ``limit`` keeps that many, spread evenly over the
    files; ``bodies_only`` takes the titles away.
    """
    files = sorted(files)
    total = sum(map(_count, files))
    kept = _spread(total, total if limit is None else limit)
    seen: set[str] = set()
    for path in files:
        with path.open(encoding="utf-8") as lines, _new(into / path.name) as copy:
            for line in lines:
                article = json.loads(line)
                if next(kept) and article["id"] not in seen:
                    seen.add(article["id"])
                    copy.write(_without_title(article) if bodies_only else line)
    return Corpus(into)


def _spread(total: int, limit: int) -> Iterator[bool]:
    """Say of each of ``total`` lines whether it is one of ``limit`` at even distances.

    >>> list(_spread(5, 2))
    [False, False, True, False, True]
    """
    return ((number + 1) * limit // total > number * limit // total for number in range(total))


def _without_title(article: dict[str, object]) -> str:
    return json.dumps({**article, "title": None}, ensure_ascii=False) + "\n"


def _record(line: str) -> Record:
    article = json.loads(line)
    return Record(article["id"], article.get("title") or "", _body(article))


def _body(article: dict[str, str | None]) -> str:
    return article.get("body") or article.get("text") or ""


def _new(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8")


def _count(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines)
