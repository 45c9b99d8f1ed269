"""How good is the ranking? Topics are searched, and the run is judged by TREC's measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kliping.errors import EngineUnavailable, EvaluationError
from kliping.index import Index
from kliping.query import Match

# our name → the name in ir-measures
MEASURES = {
    "MRR@10": "RR@10",
    "Success@1": "Success@1",
    "Recall@10": "R@10",
    "Recall@100": "R@100",
    "nDCG@10": "nDCG@10",
}

_GRADE = re.compile(r"-?[0-9]{1,9}")

Topics = list[tuple[str, str]]
Qrels = dict[str, dict[str, int]]


def read_topics(path: Path | str, /) -> Topics:
    """Read topics: lines ``id TAB query``.

    Raises:
        EvaluationError: the file cannot be read, or a line has no tab, or an id comes twice.
    """
    topics: dict[str, str] = {}
    for number, line in _lines(path):
        topic, tab, query = line.partition("\t")
        if not tab or len(topic.split()) != 1:
            raise EvaluationError(
                "write an id without spaces, a tab and the query", path=path, line=number
            )
        if topic.strip() in topics:
            raise EvaluationError(f"topic '{topic}' comes twice; keep one", path=path, line=number)
        topics[topic.strip()] = query.strip()
    return list(topics.items())


def read_qrels(path: Path | str, /) -> Qrels:
    """Read judgements: lines ``topic 0 id grade``, parted by white space.

    Raises:
        EvaluationError: the file cannot be read, or a line has another shape.
    """
    qrels: Qrels = {}
    for number, line in _lines(path):
        cells = line.split()
        if len(cells) != 4 or not _GRADE.fullmatch(cells[3]):
            raise EvaluationError(
                "write a topic, 0, an article's id and a grade", path=path, line=number
            )
        qrels.setdefault(cells[0], {})[cells[2]] = int(cells[3])
    return qrels


def run(
    index: Index, topics: Topics, /, *, limit: int = 100, match: Match = "any"
) -> Iterator[tuple[str, list[tuple[float, str]]]]:
    """Yield each topic's id with the scores and ids of its best articles."""
    for topic, query in topics:
        yield topic, index.rank(query, limit=limit, match=match)


def evaluate(
    index: Index, topics: Topics, qrels: Qrels, /, *, limit: int = 100, match: Match = "any"
) -> dict[str, float]:
    """Return the mean of each measure over the judged topics.

    Raises:
        EngineUnavailable: ir-measures is not installed.
    """
    found = {
        topic: {article_id: score for score, article_id in hits}
        for topic, hits in run(index, topics, limit=limit, match=match)
    }
    return judge(found, qrels)


def judge(found: dict[str, dict[str, float]], qrels: Qrels, /) -> dict[str, float]:
    """Return the mean of each measure of a run: topic → article id → score.

    A judged topic that found nothing counts as nought.
    """
    try:
        import ir_measures
    except ImportError as error:
        raise EngineUnavailable(
            f"judging needs ir-measures ({error}); try: pip install 'kliping[evaluate]'"
        ) from error
    measures = {name: ir_measures.parse_measure(theirs) for name, theirs in MEASURES.items()}
    values = ir_measures.calc_aggregate(list(measures.values()), qrels, found)
    return {name: float(values[measure]) for name, measure in measures.items()}


def _lines(path: Path | str) -> Iterable[tuple[int, str]]:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise EvaluationError(f"cannot be read: {reason}", path=path) from error
    return ((n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip())
