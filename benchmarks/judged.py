"""The judged collections: articles with topics, and which article answers which.

What a topic is made of decides what it can tell. A headline, and words taken from one, say little
of how much a title should count, since the title *is* the query: where both are indexed, ``says``
is small. ``graded`` topics are judged by reading, a pool deep.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import kliping
from kept import Kept
from kliping.evaluation import Qrels, Topics, read_qrels
from peers.corpus import Corpus, prepare

_KNOWN_ITEM = ("clickid", "detik-2025-tegar", "langscrape-2025")
_PROJECT = Path(__file__).resolve().parent.parent / "corpus"


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles with topics; ``says`` is how much it counts when weights are chosen."""

    name: str
    corpus: Corpus
    topics: Topics
    qrels: Qrels
    says: float = 1.0
    titles: bool = False
    graded: bool = False


def collections(data: Path, kept: Kept, limit: int) -> Iterator[Collection]:
    """Yield what is judged; the articles lie in folders that are ``kept``."""
    relevance = data / "relevance"

    def corpus(name: str, files: list[Path], *, bodies_only: bool = False) -> Corpus:
        fill = partial(prepare, files, bodies_only=bodies_only)
        return Corpus(kept.folder(f"corpora/{name}", fill))

    def judged(folder: Path, topics: str) -> tuple[Topics, Qrels]:
        chosen = read(folder / topics)
        chosen = chosen[:: max(1, len(chosen) // limit)][:limit]
        known = read_qrels(folder / "qrels.tsv")
        return chosen, {topic: known[topic] for topic, _ in chosen}

    for name, folder in (("FacQA", "facqa"), ("squad-id", "squad-id")):
        place = relevance / folder
        yield Collection(
            name, corpus(folder, [place / "docs.jsonl"]), *judged(place, "queries.tsv")
        )
    files = [data / "articles" / f"{name}.jsonl" for name in _KNOWN_ITEM]
    known, bodies = relevance / "known-item", corpus("bodies", files, bodies_only=True)
    yield Collection("Keywords, bodies", bodies, *judged(known, "topics-keywords.tsv"))
    yield Collection("Headlines, bodies", bodies, *judged(known, "topics-headline.tsv"))
    keywords = judged(known, "topics-keywords.tsv")
    titled = corpus("titled", files)
    yield Collection("Keywords, titles and bodies", titled, *keywords, 0.25, titles=True)
    adhoc, every = relevance / "adhoc", sorted((data / "articles").glob("*.jsonl"))
    yield Collection(
        "adhoc", corpus("all", every), *judged(adhoc, "topics.tsv"), titles=True, graded=True
    )
    project = Corpus(kept.folder("corpora/project", _exported))
    yield Collection(
        "The project's topics", project, *judged(_PROJECT, "topics.tsv"), 0.5, titles=True
    )


def read(path: Path) -> Topics:
    """Read topics; columns behind the query tell a person more."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(row[0], row[1]) for row in rows if len(row) > 1]


def _exported(folder: Path) -> None:
    """Write the project's sample articles, as kliping extracts them, for all to read."""
    with TemporaryDirectory() as index_folder:
        kliping.build(_PROJECT, index_folder)
        path = folder / "articles.jsonl"
        with kliping.open(index_folder) as index, path.open("w", encoding="utf-8") as file:
            for _, article_id in index.rank("ada:isi", limit=10_000):
                article = index.get(article_id)
                row = {"id": article.id, "title": article.title, "body": article.body}
                file.write(json.dumps(row) + "\n")
