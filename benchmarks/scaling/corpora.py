"""Corpora of any size out of real articles: "What would a million look like?".

An article takes after a real one, its *pattern*: its title, source, section and author, and as many
sentences. Each sentence comes from the pattern or from one of three others of its source and
section, out of the same part of the article, so words keep the company that they keep in news, and
what says the point stays first. Some articles are copies: an earlier one under another's name, with
a sentence more or less. What has fewer than four sentences is no pattern: a million would hold
thousands that are the same by chance.

Article ``n`` is a function of the seed and ``n``. So whatever the size, memory is that of the real
articles, and a smaller corpus is the beginning of a larger one.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

COPIES = 0.02  # of 34,000 real articles so many are in groups

_SENTENCE = re.compile(r".+?(?:[.!?][\"”]?(?:,|\s+)(?=\S)|\Z)", re.DOTALL)
_PARTNERS = 3
_FEWEST = 4
_FIRST = datetime(2015, 1, 1, tzinfo=timezone(timedelta(hours=7)))
_MINUTES = 10 * 365 * 24 * 60

Record = dict[str, Any]


class Recombined:
    """Articles by number, made of those given; ``copies`` is the share of near-duplicates."""

    def __init__(
        self, articles: Iterable[Record], /, *, seed: int = 1, copies: float = COPIES
    ) -> None:
        self._seed, self._copies = seed, copies
        self._patterns: list[tuple[Record, list[str]]] = []
        self._alike: defaultdict[tuple[str | None, str | None], list[int]] = defaultdict(list)
        for article in articles:
            sentences = _SENTENCE.findall(article.pop("body") or "")
            if len(sentences) >= _FEWEST:
                self._alike[article["source"], article["category"]].append(len(self._patterns))
                self._patterns.append((article, sentences))

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def article(self, number: int, /) -> Record:
        """Return the article of that number, always the same one."""
        chance = Random(f"{self._seed} {number}")
        if number and chance.random() < self._copies:
            return self._copy(number, chance)
        pattern, own = chance.choice(self._patterns)
        alike = self._alike[pattern["source"], pattern["category"]]
        pool = [own, *(self._patterns[chance.choice(alike)][1] for _ in range(_PARTNERS))]
        body = "".join(map(_parted, _woven(pool, len(own), chance)))
        return self._dressed(number, pattern, chance) | {"title": pattern["title"], "body": body}

    def _copy(self, number: int, chance: Random) -> Record:
        """Return an earlier article as another publisher prints it."""
        original = self.article(chance.randrange(number))
        sentences = _SENTENCE.findall(original["body"])
        other, others = chance.choice(self._patterns)
        if chance.random() < 0.5:
            sentences.append(chance.choice(others))
        else:
            del sentences[chance.randrange(len(sentences))]
        body = "".join(map(_parted, sentences))
        return self._dressed(number, other, chance) | {"title": original["title"], "body": body}

    def _dressed(self, number: int, pattern: Record, chance: Random) -> Record:
        """Return what an article has besides its text: an address and a date of its own."""
        url, at = pattern["url"], _FIRST + timedelta(minutes=chance.randrange(_MINUTES))
        return {
            "id": f"scale-{number:08}",
            "title": None,
            "body": "",
            "date": at.isoformat() if pattern["date"] else None,
            "url": url and f"{url.partition('?')[0].rstrip('/')}-{number}",
            **{name: pattern[name] for name in ("source", "category", "author")},
        }


def read(folder: Path, /) -> Iterator[Record]:
    """Yield the real articles of a folder of JSON lines."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def write(recombined: Recombined, size: int, folder: Path, /) -> Path:
    """Write a corpus of that size, unless it lies there already; return its file.

    A file lies there if it ends with the line that this one would end with: that one has the
    number of all, and is made of seed, share and real articles.
    """
    path = folder / f"{name(size)}.jsonl"
    if path.exists() and _last_line(path) == _line(recombined.article(size - 1)):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        file.writelines(_line(recombined.article(number)) for number in range(size))
    partial.replace(path)
    return path


def name(size: int, /) -> str:
    """Return what tables and files call a size.

    >>> [name(size) for size in (10_000, 1_000_000, 1_500)]
    ['10k', '1m', '1500']
    """
    for unit, letter in ((1_000_000, "m"), (1_000, "k")):
        if size % unit == 0:
            return f"{size // unit}{letter}"
    return str(size)


def _woven(pool: list[list[str]], count: int, chance: Random) -> Iterator[str]:
    """Yield so many sentences, each from where it stands in one of the articles of a pool."""
    for place in range(count):
        sentences = chance.choice(pool)
        yield sentences[place * len(sentences) // count]


def _parted(sentence: str) -> str:
    """Return a sentence that others may follow."""
    return sentence if sentence.endswith((",", " ", "\n")) else sentence + "\n"


def _line(article: Record) -> bytes:
    return json.dumps(article, ensure_ascii=False).encode() + b"\n"


def _last_line(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 20)), os.SEEK_SET)
        return file.read().rpartition(b"\n")[0].rpartition(b"\n")[2] + b"\n"
