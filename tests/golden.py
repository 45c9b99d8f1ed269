"""Rewrites the golden files: ``make golden``, then review with ``git diff``.

``tests/data/corpus.jsonl`` holds every article of the sample corpus as it comes out, one JSON line
each, and ``tests/data/corpus-problems.txt`` what the reader says about its files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, find_files, read_file
from kliping.corpus.pages import joined

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "tests" / "data" / "corpus.jsonl"
PROBLEMS = ROOT / "tests" / "data" / "corpus-problems.txt"


def corpus() -> tuple[str, str]:
    """Return the golden articles and problems as they come out now."""
    articles: list[str] = []
    problems: list[str] = []
    for item in joined(_items()):
        if isinstance(item, Problem):
            problems.append(str(item).replace(f"{ROOT}/", ""))
        else:
            row = item.to_dict()
            row["path"] = str(row["path"]).replace(f"{ROOT}/", "")
            articles.append(json.dumps(row, ensure_ascii=False, default=str))
    return "\n".join(articles) + "\n", "\n".join(problems) + "\n"


def _items() -> Iterator[Article | Problem]:
    for file in find_files([ROOT / "corpus"]):
        yield from read_file(file) if isinstance(file, SourceFile) else (file,)


if __name__ == "__main__":
    for path, text in zip((ARTICLES, PROBLEMS), corpus(), strict=True):
        path.write_text(text, encoding="utf-8")
