"""How good is the ranking? Topics are searched, and the run is judged by TREC's measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kliping.errors import EngineUnavailable, EvaluationError, QueryError
from kliping.index import Index
from kliping.query import Asked

# our name → trec_eval's, and the depth to which the run is cut for those without a depth
MEASURES = {
    "MRR@10": ("recip_rank", 10),
    "Success@1": ("success_1", None),
    "Recall@10": ("recall_10", None),
    "Recall@100": ("recall_100", None),
    "nDCG@10": ("ndcg_cut_10", None),
}

_GRADE = re.compile(r"-?[0-9]{1,9}")

Topics = list[tuple[str, str]]
Qrels = dict[str, dict[str, int]]
Run = dict[str, dict[str, float]]


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
    index: Index, topics: Topics, /, *, limit: int = 100, match: Asked = "any"
) -> Iterator[tuple[str, list[tuple[float, str]]]]:
    """Yield each topic's id with the scores and ids of its best articles.

    Raises:
        QueryError: a topic's query cannot be meant; the message names the topic.
    """
    for topic, query in topics:
        try:
            yield topic, index.rank(query, limit=limit, match=match)
        except QueryError as error:
            raise QueryError(f"topic '{topic}': {error}") from error


def evaluate(
    index: Index, topics: Topics, qrels: Qrels, /, *, limit: int = 100, match: Asked = "any"
) -> dict[str, float]:
    """Return the mean of each measure over the judged topics.

    Raises:
        EngineUnavailable: pytrec_eval is not installed.
    """
    found = {
        topic: {article_id: score for score, article_id in hits}
        for topic, hits in run(index, topics, limit=limit, match=match)
    }
    return judge(found, qrels)


def judge(found: Run, qrels: Qrels, /) -> dict[str, float]:
    """Return the mean of each measure of a run: topic → article id → score.

    A judged topic that found nothing counts as nought.

    Raises:
        EngineUnavailable: pytrec_eval is not installed.
    """
    return {
        name: sum(values.values()) / len(values) if values else 0.0
        for name, values in judge_each(found, qrels).items()
    }


def judge_each(found: Run, qrels: Qrels, /) -> dict[str, dict[str, float]]:
    """Return each measure of each judged topic, as trec_eval computes them: measure → topic.

    Raises:
        EngineUnavailable: pytrec_eval is not installed.
    """
    try:
        import pytrec_eval
    except ImportError as error:
        raise EngineUnavailable(
            f"judging needs pytrec_eval ({error}); try: pip install 'kliping[evaluate]'"
        ) from error
    values: dict[str, dict[str, float]] = {}
    for name, (theirs, depth) in MEASURES.items():
        asked = re.sub(r"_(\d+)$", r".\1", theirs)
        run = {topic: _best(hits, depth) for topic, hits in found.items()} if depth else found
        rows = pytrec_eval.RelevanceEvaluator(qrels, {asked}).evaluate(run)
        values[name] = {topic: float(rows.get(topic, {}).get(theirs, 0.0)) for topic in qrels}
    return values


def _best(hits: dict[str, float], depth: int) -> dict[str, float]:
    """Return the best hits; of equal ones those that trec_eval puts first."""
    ranked = sorted(hits.items(), key=lambda hit: (hit[1], hit[0]), reverse=True)
    return dict(ranked[:depth])


def _lines(path: Path | str) -> Iterable[tuple[int, str]]:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise EvaluationError(f"cannot be read: {reason}", path=path) from error
    return ((n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip())
