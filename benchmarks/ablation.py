"""Ablation: what stemmer, stop words, exact forms and the lead each bring, in one run.

Every row ranks the same bodies by the same BM25 (k1 = 1.2, b = 0.75) of one library, any word
matching; only the terms differ. The last row is kliping as it comes, with its planner's weights.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import tantivy
from tantivy import Occur, Query

import kliping
from kliping.analysis import Analyser
from kliping.analysis.tokens import words_of
from kliping.analysis.wordlists import question_words, stop_words
from kliping.engines.documents import lead
from kliping.evaluation import judge, read_qrels, read_topics

# How much the very form and the lead count here, beside a stem of the body.
EXACT, LEAD = 0.4, 0.4
KNOWN_ITEM = ("clickid", "detik-2025-tegar", "langscrape-2025")
DEPTH = 10

Stem = Callable[[str], str]


def stemmers() -> dict[str, Stem]:
    """Return the stemmers compared, each a function from word to stem."""
    import Stemmer as Snowball
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    snowball = Snowball.Stemmer("indonesian").stemWord
    sastrawi = StemmerFactory().create_stemmer(isDev=True).stem
    ours = Analyser()
    return {
        "none": lambda word: word,
        "Snowball": snowball,
        "PySastrawi": sastrawi,
        "ours": lambda word: " ".join(ours.stems(word)) or word,
    }


class Memo(dict[str, str]):
    """Word → stem, each found once."""

    def __init__(self, stem: Stem) -> None:
        super().__init__()
        self._stem = stem

    def __missing__(self, word: str) -> str:
        self[word] = stem = self._stem(word)
        return stem


class Ranker:
    """The bodies of one collection, stemmed by one stemmer."""

    def __init__(self, bodies: dict[str, str], stem: Stem) -> None:
        self._memo = Memo(stem)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("stems", "words", "lead"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(200_000_000, 2)
        for name, body in bodies.items():
            writer.add_document(self._document(name, body))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def _document(self, name: str, body: str) -> tantivy.Document:
        words = words_of(body)
        document = tantivy.Document()
        document.add_text("id", name)
        document.add_text("words", " ".join(words))
        document.add_text("stems", " ".join(self._memo[word] for word in words))
        document.add_text("lead", " ".join(self._memo[word] for word in words_of(lead(body))))
        return document

    def rank(self, query: str, *, stop: bool, exact: float, lead: float) -> dict[str, float]:
        """Return the best articles of a query and their scores."""
        words = words_of(query)
        if stop:
            dull = stop_words() | question_words()
            words = tuple(word for word in words if word not in dull) or words
        terms = [("stems", self._memo[word], 1.0) for word in words]
        terms += [("words", word, exact) for word in words if exact]
        terms += [("lead", self._memo[word], lead) for word in words if lead]
        found = self._searcher.search(self._any(terms), DEPTH, count=False)
        return {
            str(self._searcher.doc(address).get_first("id")): score for score, address in found.hits
        }

    def _any(self, terms: list[tuple[str, str, float]]) -> Query:
        return Query.boolean_query(
            [
                (
                    Occur.Should,
                    Query.boost_query(Query.term_query(self._schema, field, term, "freq"), weight),
                )
                for field, term, weight in terms
            ]
        )


def collections(data: Path) -> Iterator[tuple[str, dict[str, str], list[tuple[Path, Path]]]]:
    """Yield each collection: its name, bodies, and topics with their judgements."""
    facqa = data / "relevance" / "facqa"
    yield (
        "FacQA",
        {row["id"]: row["text"] for row in _rows(facqa / "docs.jsonl")},
        [(facqa / "queries.tsv", facqa / "qrels.tsv")],
    )
    known = data / "relevance" / "known-item"
    bodies = {
        row["id"]: row["body"] or ""
        for name in KNOWN_ITEM
        for row in _rows(data / "articles" / f"{name}.jsonl")
    }
    topics = [known / "topics-keywords.tsv", known / "topics-headline.tsv"]
    yield "known-item", bodies, [(each, known / "qrels.tsv") for each in topics]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def whole(bodies: dict[str, str], topics: list[tuple[Path, Path]], limit: int) -> list[float]:
    """Return the figures of kliping as it comes, over the same bodies without titles."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bodies.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for name, body in bodies.items():
                file.write(json.dumps({"id": name, "body": body}) + "\n")
        kliping.build(source, Path(folder) / "index")
        with kliping.open(Path(folder) / "index") as index:
            return [
                _mrr(
                    path,
                    qrels,
                    limit,
                    lambda query: {name: s for s, name in index.rank(query, limit=DEPTH)},
                )
                for path, qrels in topics
            ]


def _mrr(topics: Path, qrels: Path, limit: int, rank: Callable[[str], dict[str, float]]) -> float:
    chosen = read_topics(topics)[:limit]
    judged = read_qrels(qrels)
    found = {topic: rank(query) for topic, query in chosen}
    return judge(found, {topic: judged[topic] for topic, _ in chosen})["MRR@10"]


def main() -> None:
    """Print the ablation as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--topics", type=int, default=10_000, help="topics of each set")
    options = parser.parse_args()
    if not options.data.exists():
        print("skipped: no data")
        return
    rows: dict[tuple[str, str, str], list[float]] = {}
    last: list[float] = []
    names: list[str] = []
    for _, bodies, topics in collections(options.data):
        names += [path.stem for path, _ in topics]
        for name, stem in stemmers().items():
            ranker = Ranker(bodies, stem)
            for stop in (False, True):
                for label, exact, opening in (
                    ("stems", 0.0, 0.0),
                    ("stems + exact", EXACT, 0.0),
                    ("stems + exact + lead", EXACT, LEAD),
                ):

                    def rank(
                        query: str,
                        ranker: Ranker = ranker,
                        stop: bool = stop,
                        exact: float = exact,
                        opening: float = opening,
                    ) -> dict[str, float]:
                        return ranker.rank(query, stop=stop, exact=exact, lead=opening)

                    figures = [_mrr(path, qrels, options.topics, rank) for path, qrels in topics]
                    row = rows.setdefault((name, "stop words" if stop else "", label), [])
                    row += figures
        last += whole(bodies, topics, options.topics)
    print(f"MRR@10 | | | {' | '.join(names)}")
    print("|".join(["---"] * (3 + len(names))))
    for key, figures in rows.items():
        print(" | ".join([*key, *(f"{figure:.4f}" for figure in figures)]))
    print(" | ".join(["kliping", "", "as it comes", *(f"{figure:.4f}" for figure in last)]))
    base = rows["Snowball", "stop words", "stems"]
    ratios = " | ".join(f"{ours / theirs:.3f}" for ours, theirs in zip(last, base, strict=True))
    print(f"kliping ÷ Snowball with stop words | | | {ratios}")


if __name__ == "__main__":
    main()
