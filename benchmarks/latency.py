"""Latency: where a search's time goes, beside the bare library, in one run.

    python benchmarks/latency.py --data ../shared/data [--index DIR] [--topics 200]

The bare library is given the same index and the stems of the words that were typed, in title and
body, and asked for the addresses of the ten best. Every row is timed in turn for each topic, in
rounds; a topic's figure is its best round, so that a busy moment of the machine falls out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import kliping
from kliping.analysis import analyser
from kliping.article import Article
from kliping.evaluation import read_topics
from kliping.index import Index
from kliping.query import Planner, Query, parse
from kliping.searching.results import Highlighter, passages
from kliping.searching.results.highlighting import Match

_TOPICS = "relevance/known-item/topics-keywords.tsv"
_FIVE = "gempa bumi mengguncang lembah wening"


def main() -> None:
    """Print a Markdown table of microseconds, and the ratios."""
    options = _options()
    if not (options.data / _TOPICS).is_file():
        print("skipped: no data")
        return
    with TemporaryDirectory() as folder:
        path = options.index or Path(folder, "index")
        if options.index is None:
            print("indexing …", file=sys.stderr)
            kliping.build(options.data / "articles", path, jobs=2)
        with kliping.open(path) as index:
            topics = [query for _, query in read_topics(options.data / _TOPICS)]
            step = max(1, len(topics) // options.topics)
            _report(_timed(index, topics[::step][: options.topics], options.rounds), len(index))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--index", type=Path, help="search this index instead of making one")
    parser.add_argument("--topics", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    return parser.parse_args()


def _timed(index: Index, queries: list[str], rounds: int) -> dict[str, list[float]]:
    """Return for each row one figure a query, in microseconds of this thread's processor time."""
    rows: dict[str, list[float]] = {}
    for query in queries:
        for name, run in _rows(index, query).items():
            run()  # what is remembered between searches is remembered here too
            rows.setdefault(name, []).append(min(_once(run) for _ in range(rounds)))
    return rows


def _once(run: Callable[[], object]) -> float:
    started = time.thread_time_ns()
    run()
    return (time.thread_time_ns() - started) / 1000


def _rows(index: Index, query: str) -> dict[str, Callable[[], object]]:
    """Return what is timed: the bare library, the stages of a search, and whole searches."""
    parsed, planner = parse(query), Planner(analyser(), match="any")
    clause = planner.plan(parsed)
    hits = index.search(query, match="any", collapse=False).hits
    articles = [hit.article for hit in hits]
    lit = _lit(parsed, articles)
    engine = index._now.engine  # the stages are not a caller's business, but they are this one's
    return {
        "bare library, two fields": _bare(engine, query),
        "parse": lambda: parse(query),
        "parse, five words": lambda: parse(_FIVE),
        "plan": lambda: planner.plan(parsed),
        "engine, with the articles": lambda: engine.search(clause, limit=10),
        "words to light": lambda: _lit(parsed, articles),
        "passages": lambda: [passages(body, matches) for body, matches in lit],
        "search": lambda: index.search(query, match="any"),
        "search, all words": lambda: index.search(query, match="all"),
        "search, all words and then most": lambda: index.search(query),
        "search, with facets": lambda: index.search(query, match="any", facets=True),
        "search, with facets, days read": lambda: dict(
            index.search(query, match="any", facets=True).facets
        ),
    }


def _lit(parsed: Query, articles: list[Article]) -> list[tuple[str, list[Match]]]:
    light = Highlighter(parsed, analyser())
    return [(each.body, light.matches(each.body, field="body")) for each in articles]


def _bare(engine: Any, query: str) -> Callable[[], object]:
    """Return a search by the library alone: its own query objects, no articles, no count."""
    import tantivy

    searcher, schema = engine._searcher, engine._schema
    stems = [stem for word in query.split() for stem in analyser().stems(word)]
    terms = [
        tantivy.Query.term_query(schema, field, stem)
        for stem in stems
        for field in ("title", "body")
    ]
    bare = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
    return lambda: searcher.search(bare, 10, count=False)


def _report(rows: dict[str, list[float]], articles: int) -> None:
    queries = len(next(iter(rows.values())))
    print(f"{articles:,} articles, {queries} topics of three words, any may match; microseconds\n")
    print("| what | p50 | p95 |", "|---|--:|--:|", sep="\n")
    for name, times in rows.items():
        print(f"| {name} | {median(times):,.0f} | {quantiles(times, n=20)[-1]:,.0f} |")
    middle = {name: median(times) for name, times in rows.items()}
    print(f"\n- a search is {middle['search'] / middle['bare library, two fields']:.1f} x bare")
    without, whole = (
        middle[f"search, with facets{days}"] / middle["search"] - 1 for days in ("", ", days read")
    )
    print(f"- facets of every match cost {without:.2f} x the search, with days {whole:.2f} x")


if __name__ == "__main__":
    main()
