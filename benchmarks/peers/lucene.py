"""Lucene with its own Indonesian analyser: stems, stop words, BM25, the title counting twice.

A class ``Bench`` on the class path that ``KLIPING_LUCENE`` names indexes JSON lines and answers a
file of topics with a TREC run; ``JAVA_HOME`` may say which Java.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from peers.corpus import Corpus

CLASS_PATH = "KLIPING_LUCENE"


class LuceneRanker:
    """One index of Lucene, asked by a process for all topics at once."""

    label = "Lucene, IndonesianAnalyzer"

    def __init__(self, folder: Path, /) -> None:
        if not os.environ.get(CLASS_PATH):
            raise ImportError("give its class path with --lucene")
        self._folder = folder

    def index(self, corpus: Corpus, /) -> int:
        path = self._folder / "docs.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for each in corpus:
                row = {"id": each.id, "title": each.title, "body": each.body}
                file.write(json.dumps(row) + "\n")
        self._bench("index", path, self._folder / "index", "2")
        return len(corpus)

    def run(self, topics: list[tuple[str, str]], /) -> dict[str, list[str]]:
        """Return the ids of the hundred best of each topic."""
        asked, answer = self._folder / "topics.tsv", self._folder / "run"
        asked.write_text("".join(f"{t}\t{query}\n" for t, query in topics), encoding="utf-8")
        self._bench("search", self._folder / "index", asked, "trec", answer)
        found: dict[str, list[str]] = {topic: [] for topic, _ in topics}
        for line in answer.read_text(encoding="utf-8").splitlines():
            topic, _, article_id, *_ = line.split()
            found[topic].append(article_id)
        return found

    def rank(self, query: str, /, *, limit: int) -> list[tuple[float, str]]:
        ids = self.run([("1", query)])["1"][:limit]
        return [(1 / rank, article_id) for rank, article_id in enumerate(ids, 1)]

    def close(self) -> None:
        """There is nothing to let go of."""

    @staticmethod
    def _bench(*arguments: str | Path) -> None:
        home = os.environ.get("JAVA_HOME")
        java = Path(home, "bin", "java") if home else Path("java")
        command = [java, "-cp", os.environ[CLASS_PATH], "Bench", *arguments]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
