"""Weights chosen by leaving one set out: "What would they be had we never seen it?".

For each collection the weights are chosen on all others, by coordinate search for the greatest mean
of relative gains over bare BM25 (no title, form, synonym or nearness counting more), and judged on
it: that figure is out of fold. Chosen on all collections, they are in fold. How often the title
stands in the text is settled in an index, so the engine is filled once for every number tried.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path

import numpy as np

import kliping
from graded import ndcg
from judged import Collection
from kept import Kept
from kliping.engines import Engine, create, documents, open_engine
from kliping.evaluation import Topics, judge_each
from kliping.index import Index
from kliping.query.clauses import Everything
from kliping.query.weights import Weights

# Few and smooth, so that they carry over: each value is about half as much again as the one before.
GRID: dict[str, tuple[float, ...]] = {
    "title": (2, 4, 6),
    "exact": (0.0, 0.1, 0.2, 0.3, 0.45),
    "synonym": (0.0, 0.1, 0.2, 0.3),
    "near": (0.0, 0.05, 0.1, 0.2, 0.3),
    "reach": (1, 2, 3),
}
BARE = {"title": 2, "exact": 0.0, "synonym": 0.0, "near": 0.0, "reach": 1}
_TOPICS = 200
_LEAST_GAIN = 1e-4

Setting = dict[str, float]


@dataclass(slots=True)
class Folds:
    """The collections, indexed, and every figure found so far."""

    sets: list[Collection]
    kept: Kept
    stack: ExitStack
    _indexes: dict[Path, Index] = field(default_factory=dict)
    _engines: dict[tuple[Path, int], Engine] = field(default_factory=dict)
    _known: dict[str, float] = field(default_factory=dict)

    def choose(self, sets: Iterable[Collection]) -> Setting:
        """Return the setting that is best on ``sets``, from that in force on."""
        chosen = list(sets)
        best = dict(in_force())
        score = self._score(chosen, best)
        better = True
        while better:
            better = False
            for name, values in GRID.items():
                for value in values:
                    tried = {**best, name: value}
                    if (found := self._score(chosen, tried)) > score + _LEAST_GAIN:
                        best, score, better = tried, found, True
        return best

    def _score(self, sets: list[Collection], setting: Setting) -> float:
        gains = [
            each.says * self._figure(each, setting) / self._figure(each, BARE) for each in sets
        ]
        return sum(gains) / sum(each.says for each in sets)

    def _figure(self, one: Collection, setting: Setting) -> float:
        """Return the main figure of a sample of the topics: MRR@10, or nDCG@10 where graded."""
        setting = setting if one.titles else {**setting, "title": documents.TITLE_TIMES}
        what = one.name, len(one.topics), sorted(setting.items())
        key = blake2b(repr(what).encode(), digest_size=8).hexdigest()
        if key not in self._known:
            self._known[key] = self.kept.value(f"figures/{key}", lambda: self._found(one, setting))
        return self._known[key]

    def _found(self, one: Collection, setting: Setting) -> float:
        step = max(1, len(one.topics) // _TOPICS)
        return main_figure(one, self.run(one, setting, one.topics[::step]))

    def run(
        self, one: Collection, setting: Setting, topics: Topics, *, limit: int = 100
    ) -> dict[str, list[str]]:
        """Return the ids of the best articles of each topic, any word matching."""
        now, engine = self._index(one)._now, self._engine(one, int(setting["title"]))
        named = {each: setting[each] for each in ("exact", "synonym", "near")}
        weights = Weights(**named, reach=int(setting["reach"]))
        planner = now.planner("any", weights)
        return {
            topic: [
                found
                for _, found in engine.rank(
                    planner.plan(now.parse(query, expand=True)), limit=limit
                )
            ]
            for topic, query in topics
        }

    def _index(self, one: Collection) -> Index:
        key = one.corpus.folder
        if key not in self._indexes:
            build = partial(kliping.build, key, jobs=2)
            index = self.kept.folder(f"indexes/{key.name}", build)
            self._indexes[key] = self.stack.enter_context(kliping.open(index))
        return self._indexes[key]

    def _engine(self, one: Collection, title: int) -> Engine:
        """Return the same articles, the title standing so often in their text."""
        now = self._index(one)._now
        if title == documents.TITLE_TIMES or not one.titles:
            return now.engine
        key = one.corpus.folder, title
        if key not in self._engines:
            articles = (hit[1] for hit in now.engine.search(Everything(), limit=10**6).hits)

            def fill(folder: Path) -> None:
                engine = create("tantivy", folder)
                usual, documents.TITLE_TIMES = documents.TITLE_TIMES, title  # type: ignore[misc]
                try:
                    engine.add(documents.document(each, now.analyser) for each in articles)
                finally:
                    documents.TITLE_TIMES = usual  # type: ignore[misc]
                engine.commit()
                engine.close()

            folder = self.kept.folder(f"engines/{one.corpus.folder.name}-{title}", fill)
            self._engines[key] = open_engine("tantivy", folder)
        return self._engines[key]


def in_force() -> Setting:
    """Return what kliping uses."""
    usual = Weights()
    return {
        "title": documents.TITLE_TIMES,
        "exact": usual.exact,
        "synonym": usual.synonym,
        "near": usual.near,
        "reach": usual.reach,
    }


def main_figure(one: Collection, run: dict[str, list[str]]) -> float:
    """Return the mean of MRR@10, or of nDCG@10 of what was judged where topics are graded."""
    if one.graded:
        return float(np.mean([ndcg(run[t], one.qrels[t], condensed=True) for t in run]))
    return float(np.mean(list(judged(one, run)["MRR@10"].values())))


def judged(one: Collection, run: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """Return each measure of each topic of ``run``."""
    scores = {t: {found: 1 / rank for rank, found in enumerate(ids, 1)} for t, ids in run.items()}
    return judge_each(scores, {topic: one.qrels[topic] for topic in run})
