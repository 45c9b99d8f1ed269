"""OpenSearch: does it answer as tantivy does, and what does kliping cost beside the bare library?

    python benchmarks/opensearch.py --server http://127.0.0.1:9200 --data ../shared/data
    python benchmarks/opensearch.py --server http://127.0.0.1:9200 --shards 3 --articles 20000

Both engines are given the same articles (`scaling.corpora`) and asked the same queries, taken from
titles. Then the
same JSON goes to the server by the library's own `bulk` and by ours, in turn, and the same query by
its `search` and by ours. Indexes are named `kliping-bench-…` and taken away at the end.
"""

from __future__ import annotations

import argparse
import json
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

from opensearchpy import OpenSearch, helpers

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.engines import Engine, create
from kliping.engines.documents import Document, document
from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_client import connect
from kliping.engines.opensearch_mapping import lines
from kliping.engines.opensearch_queries import query as dsl
from kliping.query import Planner, parse
from kliping.query.clauses import Clause
from scaling import corpora

_WORD = re.compile(r"[A-Za-z]{4,}")
_SAME = 1e-4  # scores that differ by less are equal


def main() -> None:
    """Print what was found, a line each."""
    options = _options()
    recombined = corpora.Recombined(corpora.read(options.data / "articles"))
    if not recombined:
        print("skipped: no data")
        return
    rows = [recombined.article(number) for number in range(options.articles)]
    analyser = Analyser()
    documents = [document(_article(row), analyser) for row in rows]
    asked = clauses(analyser, [row["title"] or "" for row in rows], options.queries)
    with TemporaryDirectory() as folder, _made(options, documents) as engine:
        local = create("tantivy", Path(folder))
        local.add(documents)
        local.commit()
        equal, taus = compared(local, engine, asked)
        print(f"equal sets {equal}/{len(asked)}, Kendall tau of the first ten {mean(taus):.4f}")
        print(f"of which below .98: {sum(tau < 0.98 for tau in taus)}")
        local.close()
        _report("search, ms", *_searched(engine, options, asked), 1_000.0)
    bare, ours = _written(options, documents)
    count = len(documents)
    rates = count / median(bare), count / median(ours)
    print(f"bulk, articles/s: bare {rates[0]:,.0f}, kliping {rates[1]:,.0f}: ", end="")
    print(f"{rates[1] / rates[0]:.2f} times the rate")


def compared(one: Engine, other: Engine, asked: Sequence[Clause], /) -> tuple[int, list[float]]:
    """Return how many clauses find the same articles in both, and how their first ten agree."""
    equal, taus = 0, []
    for clause in asked:
        first = one.rank(clause, limit=one.articles)
        second = {article_id: score for score, article_id in other.rank(clause, limit=10**9)}
        equal += {article_id for _, article_id in first} == second.keys()
        scores = [(score, second.get(article_id, 0.0)) for score, article_id in first[:10]]
        taus.append(_tau(scores))
    return equal, taus


def _tau(scores: Sequence[tuple[float, float]]) -> float:
    """Return Kendall's tau of two lists of scores; what one of them ties says nothing."""
    signs = []
    for (a, b), (c, d) in combinations(scores, 2):
        if abs(a - c) > _SAME * a and abs(b - d) > _SAME * b:
            signs.append(1 if (a > c) == (b > d) else -1)
    return mean(signs) if signs else 1.0


def clauses(analyser: Analyser, titles: Sequence[str], count: int) -> list[Clause]:
    """Return what queries of one to four words of titles ask, in every way of asking in turn."""
    chance, made = Random(1), []
    planners = [Planner(analyser, match=match) for match in ("any", "all")]
    while len(made) < count:
        words = _WORD.findall(chance.choice(titles))[: 1 + len(made) % 4]
        forms = "{}", "{}", '"{}"', '"{}"~4', "{}*", "judul:({})"
        if words:
            text = forms[len(made) // 4 % len(forms)].format(" ".join(words))
            made.append(planners[len(made) % 2].plan(parse(text)))
    return made


def _article(row: dict[str, Any]) -> Article:
    at = datetime.fromisoformat(row["date"]) if row["date"] else None
    authors = (row["author"],) if row["author"] else ()
    return Article(
        row["id"], row["title"], row["body"] or "", authors, at,
        row["source"], row["category"], (), row["url"],
    )  # fmt: skip


@contextmanager
def _made(options: argparse.Namespace, documents: Sequence[Document]) -> Iterator[Engine]:
    """Give an index of the documents, and take it away again."""
    address = _address(options)
    engine = create("opensearch", address)
    try:
        engine.add(documents)
        engine.commit()
        yield engine
    finally:
        engine.close()
        connect(address).indices.delete(index=address.name)


def _address(options: argparse.Namespace) -> Address:
    name = f"kliping-bench-{secrets.token_hex(4)}"
    return Address.parse(f"{options.server}/{name}?shards={options.shards}&replicas=0")


def _written(
    options: argparse.Namespace, documents: Sequence[Document]
) -> tuple[list[float], list[float]]:
    """Return the seconds that the bare library takes for the JSON, and ours for the documents."""
    rows = [[json.loads(line) for line in lines(each).splitlines()] for each in documents]
    bare, ours = [], []
    for _ in range(options.rounds):
        with _made(options, ()) as engine:
            client, name = engine._client, engine._address.name  # type: ignore[attr-defined]
            actions = [{"_index": name, **named["index"], "_source": row} for named, row in rows]

            def send(client: OpenSearch = client, actions: Any = actions, name: str = name) -> None:
                helpers.bulk(client, actions)
                client.indices.refresh(index=name)

            bare.append(_seconds(send))
        with _made(options, ()) as engine:
            began = time.perf_counter()
            engine.add(documents)
            engine.commit()
            ours.append(time.perf_counter() - began)
    return bare, ours


def _searched(
    engine: Engine, options: argparse.Namespace, asked: Sequence[Clause]
) -> tuple[list[float], list[float]]:
    """Return the best time of each clause, asked of the bare library and of ours in turn."""
    client, name = engine._client, engine._address.name  # type: ignore[attr-defined]
    bare, ours = [], []
    for clause in asked:
        body = {"query": dsl(clause), "size": 10, "track_total_hits": 10_000}
        times = [
            (
                _seconds(lambda body=body: client.search(index=name, body=body)),  # type: ignore[misc]
                _seconds(lambda clause=clause: engine.search(clause, limit=10)),  # type: ignore[misc]
            )
            for _ in range(options.rounds)
        ]
        bare.append(min(pair[0] for pair in times))
        ours.append(min(pair[1] for pair in times))
    return bare, ours


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _report(what: str, bare: Sequence[float], ours: Sequence[float], unit: float) -> None:
    one, other = median(bare) * unit, median(ours) * unit
    print(f"{what}, p50: bare {one:.2f}, kliping {other:.2f}: {other / one:.2f} times as long")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--server", required=True, help="such as http://127.0.0.1:9200")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
