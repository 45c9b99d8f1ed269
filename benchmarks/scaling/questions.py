"""What is asked of a corpus: "Which queries do people type, of each kind?".

Words come from titles, since that is what a person remembers, and are judged by how many of the
first articles have them. A smaller corpus is the beginning of a larger one, so the questions are
the same for all sizes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, pairwise
from math import log
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from kliping.evaluation import read_topics

T = TypeVar("T")
# A query, and the options that it is asked with.
Asked = tuple[str, dict[str, Any]]

_SAMPLE = 10_000
_WORD = re.compile(r"[a-z]{4,}")
# In what share of all articles; what stands in a fifth of them is mostly function words.
_FREQUENT, _RARE = 0.05, 0.0005
_QUESTIONS = Path("relevance", "facqa", "queries.tsv")


def choose(corpus: Path, data: Path, /, *, count: int, seed: int = 1) -> dict[str, list[Asked]]:
    """Return so many queries of each kind, or as many as there are, for ``Index.search``."""
    chance = Random(seed)
    counts, titles = _read(corpus)
    usual = sorted({word for title in titles for word in title})

    def some(values: Sequence[T]) -> list[T]:
        return chance.sample(values, min(count, len(values)))

    def near(share: float) -> list[str]:
        aim = share * len(titles)
        return some(sorted(usual, key=lambda word: abs(log(counts[word] / aim)))[: 4 * count])

    def keywords(number: int) -> list[str]:
        long = [title for title in titles if len(title) >= number]
        return [_rarest(title, number, counts) for title in some(long)]

    typed = {"two words": keywords(2), "four words": keywords(4)}
    typed["question"] = _questions(data, count)
    two = typed["two words"]
    kinds = {"rare word": _any(near(_RARE)), "frequent word": _any(near(_FREQUENT))}
    for name, queries in typed.items():
        kinds[name] = _any(queries)
        for match in ("all", "auto"):
            kinds[f"{name}, {match}"] = _with(queries, match=match)
    pairs = some([pair for title in titles for pair in pairwise(title)])
    kinds["phrase"] = _any([f'"{first} {second}"' for first, second in pairs])
    kinds["prefix"] = _any([word[:5] + "*" for word in some([w for w in usual if len(w) > 7])])
    kinds["two words, a month"] = [
        (query, {"match": "any", "since": str(at), "until": str(at + timedelta(days=30))})
        for query in two
        for at in [date(2015, 1, 1) + timedelta(days=chance.randrange(3600))]
    ]
    kinds["two words, newest"] = _with(two, match="any", sort="newest")
    kinds["two words, facets"] = _with(two, match="any", facets=True)
    return {name: asked for name, asked in kinds.items() if asked}


def _read(corpus: Path) -> tuple[Counter[str], list[list[str]]]:
    """Return in how many of the first articles each word stands, and the words of titles."""
    counts: Counter[str] = Counter()
    titles = []
    for article in _first(corpus):
        title = _WORD.findall((article["title"] or "").lower())
        counts.update({*title, *_WORD.findall(article["body"].lower())})
        titles.append(title)
    return counts, titles


def _first(corpus: Path) -> Iterator[dict[str, Any]]:
    with corpus.open(encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, _SAMPLE))


def _rarest(title: list[str], number: int, counts: Counter[str]) -> str:
    """Return the rarest words of a title, in its order."""
    kept = sorted(range(len(title)), key=lambda at: counts[title[at]])[:number]
    return " ".join(title[at] for at in sorted(kept))


def _questions(data: Path, count: int) -> list[str]:
    """Return natural questions at even distances; none where the data has none."""
    path = data / _QUESTIONS
    topics = [query for _, query in read_topics(path)] if path.exists() else []
    return topics[:: max(1, len(topics) // count)][:count]


def _any(queries: list[str]) -> list[Asked]:
    return _with(queries, match="any")


def _with(queries: list[str], **options: Any) -> list[Asked]:
    return [(query, options) for query in queries]
