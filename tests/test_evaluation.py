"""Evaluation: topics, judgements, runs, and the floor that the ranking must not fall under."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import kliping
from kliping.errors import EngineUnavailable, EvaluationError, QueryError
from kliping.evaluation import MEASURES, evaluate, judge, judge_each, read_qrels, read_topics, run

ROOT = Path(__file__).parents[1]
measured = pytest.mark.skipif(
    importlib.util.find_spec("pytrec_eval") is None, reason="needs pytrec_eval"
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> kliping.Index:
    """The sample corpus, indexed."""
    place = tmp_path_factory.mktemp("sample") / "index"
    kliping.build(ROOT / "corpus", place)
    return kliping.open(place)


def written(folder: Path, text: str) -> Path:
    path = folder / "file.tsv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_topics_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeff1\tgempa cianjur \r\n\n2\tjudul:a\tb\n")
    assert read_topics(path) == [("1", "gempa cianjur"), ("2", "judul:a\tb")]


def test_judgements_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "1 0 a 2\n1\t0\tb\t-1\n\n2 0 a 0\n")
    assert read_qrels(path) == {"1": {"a": 2, "b": -1}, "2": {"a": 0}}


@pytest.mark.parametrize("line", ["gempa", "\tgempa", "a b\tgempa"])
def test_a_broken_topic_is_named(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, f"1\tx\n{line}\n")
    with pytest.raises(EvaluationError, match=r"file\.tsv:2: write an id without spaces, a tab"):
        read_topics(path)


def test_a_topic_that_comes_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r":3: topic '1' comes twice; keep one"):
        read_topics(written(tmp_path, "1\ta\n2\tb\n1\tc\n"))


@pytest.mark.parametrize(
    "line", ["1 0 a", "1 0 a b c", "1 0 a x", "1 0 a --1", "1 0 a ²", "1 0 a 1.5"]
)
def test_a_broken_judgement_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(EvaluationError, match=r"file\.tsv:1: write a topic, 0, an article's id"):
        read_qrels(written(tmp_path, line))


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be read: No such file"):
        read_topics(tmp_path / "none.tsv")
    (tmp_path / "latin.tsv").write_bytes(b"1\tcaf\xe9")
    with pytest.raises(EvaluationError, match="it is not UTF-8"):
        read_topics(tmp_path / "latin.tsv")


@measured
def test_measures_are_those_of_the_contract() -> None:
    qrels = {"1": {"a": 1, "b": 0}, "2": {"c": 1}}
    values = judge({"1": {"b": 2.0, "a": 1.0}}, qrels)
    assert list(values) == list(MEASURES)
    assert values["MRR@10"] == pytest.approx(0.25)
    assert values["Success@1"] == 0.0
    assert values["Recall@10"] == values["Recall@100"] == pytest.approx(0.5)
    assert 0.31 < values["nDCG@10"] < 0.32


def test_a_missing_library_names_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pytrec_eval", None)
    with pytest.raises(EngineUnavailable, match=r"pip install 'kliping\[evaluate\]'"):
        judge({}, {})


def test_a_run_ranks_every_topic(sample: kliping.Index) -> None:
    topics = [("1", "gempa lembah"), ("2", "tidakadakataini")]
    ranked = dict(run(sample, topics, limit=3))
    assert list(ranked) == ["1", "2"]
    assert len(ranked["1"]) == 3
    assert ranked["2"] == []
    scores = [score for score, _ in ranked["1"]]
    assert scores == sorted(scores, reverse=True)


def test_a_topic_that_cannot_be_meant_is_named(sample: kliping.Index) -> None:
    with pytest.raises(QueryError, match=r"topic '7': .*'2024-13' is not a date"):
        list(run(sample, [("6", "gempa"), ("7", "tanggal:2024-13")]))


@pytest.fixture(scope="module")
def qrels(sample: kliping.Index) -> dict[str, dict[str, int]]:
    """The judgements of the sample corpus; ``path:`` and a file's path stand for its article."""
    corpus = ROOT / "corpus"
    everything = sample.search("-tidakadakataini", limit=1000, collapse=False)
    by_path = {
        f"path:{Path(hit.article.path).resolve().relative_to(corpus).as_posix()}": hit.article.id
        for hit in everything
        if hit.article.path
    }
    return {
        topic: {by_path.get(article_id, article_id): grade for article_id, grade in judged.items()}
        for topic, judged in read_qrels(corpus / "qrels.tsv").items()
    }


def test_every_judged_article_is_in_the_corpus(
    sample: kliping.Index, qrels: dict[str, dict[str, int]]
) -> None:
    assert qrels.keys() == {topic for topic, _ in read_topics(ROOT / "corpus" / "topics.tsv")}
    # The second page of a story has the address of the first, and is not taken in twice.
    second_page = "path:harian-wening/kereta-wisata-halaman-2.html"
    for article_id in {each for judged in qrels.values() for each in judged} - {second_page}:
        assert sample.get(article_id).id == article_id


@measured
def test_a_measure_looks_no_deeper_than_it_says() -> None:
    hits = {f"{rank:02}": 100.0 - rank for rank in range(1, 20)}
    values = judge({"1": hits}, {"1": {"11": 1}})
    assert values["MRR@10"] == values["Recall@10"] == values["nDCG@10"] == 0.0
    assert values["Recall@100"] == 1.0
    assert judge({"1": hits}, {"1": {"10": 1}})["MRR@10"] == pytest.approx(0.1)


@measured
def test_each_topic_is_judged_even_if_it_found_nothing() -> None:
    each = judge_each({"1": {"a": 1.0}, "3": {"x": 1.0}}, {"1": {"a": 2}, "2": {"b": 1}})
    assert each["MRR@10"] == {"1": 1.0, "2": 0.0}


@measured
def test_relevance_does_not_fall(sample: kliping.Index, qrels: dict[str, dict[str, int]]) -> None:
    values = evaluate(sample, read_topics(ROOT / "corpus" / "topics.tsv"), qrels)
    assert values["MRR@10"] >= 0.85
    assert values["Recall@10"] >= 0.85
    assert values["nDCG@10"] >= 0.80
