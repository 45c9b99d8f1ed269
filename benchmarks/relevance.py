"""Relevance: kliping beside Whoosh, tantivy-py, SQLite FTS5 and bm25s, in one run.

    python benchmarks/relevance.py --data ../shared/data [--engines tantivy whoosh] [--topics 100]

Every system indexes the same articles and ranks the ten best for the same topics, any word
matching. ``p`` says how likely the difference to kliping in MRR@10 would be if the two were alike:
a paired randomisation test, two-sided, of 10,000 rounds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import numpy as np

import kliping
from kliping.evaluation import Qrels, Topics, judge_each, read_qrels, read_topics
from peers import OURS, PEERS, RANKERS, Corpus, create, prepare

_MEASURES = ("MRR@10", "Success@1", "Recall@10", "nDCG@10")
_KNOWN_ITEM = ("clickid", "detik-2025-tegar", "langscrape-2025")
_ROUNDS = 10_000
_PROJECT = Path(__file__).resolve().parent.parent / "corpus"

# Measure → one value a topic, in the topics' order.
Values = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles with topics, and which article answers which."""

    name: str
    corpus: Corpus
    topics: Topics
    qrels: Qrels


def main() -> None:
    """Print a Markdown table for each collection."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    engines, peers = [name.removeprefix("kliping-") for name in OURS], [*PEERS, *RANKERS]
    add("--data", type=Path, default=Path("../shared/data"), help="holds articles/, relevance/")
    add("--engines", nargs="+", choices=engines, default=["tantivy"], help="engines of kliping")
    add("--peers", nargs="*", choices=peers, default=peers, help="what to compare with")
    add("--topics", type=int, default=10_000, metavar="N", help="topics of each set")
    options = parser.parse_args()
    if not all((options.data / part).is_dir() for part in ("articles", "relevance")):
        print("skipped: no data")
        return
    systems = [f"kliping-{engine}" for engine in options.engines] + options.peers
    for collection in collections(options.data, options.topics):
        print(f"\n{collection.name}: {len(collection.topics)} topics\n")
        print(f"| system | {' | '.join(_MEASURES)} | p |")
        print(f"|---|{'--:|' * (len(_MEASURES) + 1)}")
        _compare(collection, systems)


def collections(data: Path, limit: int) -> Iterator[Collection]:
    """Yield what is judged, the articles of each in a folder that lasts until the next."""
    known, facqa = data / "relevance" / "known-item", data / "relevance" / "facqa"
    files = [data / "articles" / f"{name}.jsonl" for name in _KNOWN_ITEM]
    yield from _collection(
        "FacQA", [facqa / "docs.jsonl"], facqa / "queries.tsv", facqa / "qrels.tsv", limit
    )
    topics, qrels = known / "topics-keywords.tsv", known / "qrels.tsv"
    yield from _collection("Keywords, titles and bodies", files, topics, qrels, limit)
    yield from _collection("Keywords, bodies", files, topics, qrels, limit, bodies_only=True)
    topics = known / "topics-headline.tsv"
    yield from _collection("Headlines, bodies", files, topics, qrels, limit, bodies_only=True)
    with TemporaryDirectory() as folder:
        articles = [_exported(Path(folder))]
        topics, qrels = _PROJECT / "topics.tsv", _PROJECT / "qrels.tsv"
        yield from _collection("The project's topics", articles, topics, qrels, limit)


def _collection(
    name: str,
    files: list[Path],
    topics: Path,
    qrels: Path,
    limit: int,
    *,
    bodies_only: bool = False,
) -> Iterator[Collection]:
    with TemporaryDirectory() as folder:
        corpus = prepare(files, Path(folder), bodies_only=bodies_only)
        chosen = read_topics(topics)[:limit]
        judged = read_qrels(qrels)
        yield Collection(name, corpus, chosen, {topic: judged[topic] for topic, _ in chosen})


def _exported(folder: Path) -> Path:
    """Write the project's sample articles, as kliping extracts them, for all to read."""
    kliping.build(_PROJECT, folder / "index")
    path = folder / "articles.jsonl"
    with kliping.open(folder / "index") as index, path.open("w", encoding="utf-8") as file:
        for _, article_id in index.rank("ada:isi", limit=10_000):
            article = index.get(article_id)
            row = {"id": article.id, "title": article.title, "body": article.body}
            file.write(json.dumps(row) + "\n")
    return path


def _compare(collection: Collection, systems: list[str]) -> None:
    """Print a row for each system, as soon as it is known; the first is what p compares with."""
    first: Values | None = None
    for name in systems:
        try:
            label, values = _judged(name, collection)
        except ImportError as error:
            print(f"{name}: skipped: {error}", file=sys.stderr)
            continue
        first = first or values
        chance = "" if first is values else _chance(first["MRR@10"] - values["MRR@10"])
        means = " | ".join(f"{values[measure].mean():.4f}" for measure in _MEASURES)
        print(f"| {label} | {means} | {chance} |", flush=True)


def _judged(name: str, collection: Collection) -> tuple[str, Values]:
    with TemporaryDirectory() as folder:
        system = create(name, Path(folder))
        system.index(collection.corpus)
        run = {
            topic: {found: score for score, found in system.rank(query, limit=10)}
            for topic, query in collection.topics
        }
        label = system.label
        system.close()
    each = judge_each(run, collection.qrels)
    return label, {
        measure: np.array([each[measure].get(topic, 0.0) for topic, _ in collection.topics])
        for measure in _MEASURES
    }


def _chance(differences: np.ndarray) -> str:
    """Return how often signs drawn at random make the mean differ at least as much."""
    told = differences[differences != 0]
    signs = np.random.default_rng(1).integers(0, 2, (_ROUNDS, len(told)), dtype=np.int8) * 2 - 1
    # A little leeway: sums of the same numbers in another order are not quite the same.
    as_far = np.abs(signs @ told) >= abs(told.sum()) - 1e-9
    return f"{(as_far.sum() + 1) / (_ROUNDS + 1):.4f}"


if __name__ == "__main__":
    main()
