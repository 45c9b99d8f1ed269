"""The sample corpus: every article as it should come out, and a floor for the ranking."""

from __future__ import annotations

import json

import pytest

import kliping
from kliping.evaluation import evaluate, read_qrels, read_topics
from tests import golden


def test_the_sample_articles_come_out_as_reviewed():
    articles, problems = golden.corpus()
    assert articles == golden.ARTICLES.read_text(encoding="utf-8")
    assert problems == golden.PROBLEMS.read_text(encoding="utf-8")


FURNITURE = ("baca juga", "advertisement", "scroll to", "artikel terkait", "pilihan editor",
             "simak video", "gambas", "cashback", "kuki", "buletin", "zodiak", "whatsapp channel",
             "halaman selanjutnya", "copyright", "penulis:", "editor:")  # fmt: skip


@pytest.mark.parametrize("line", golden.ARTICLES.read_text(encoding="utf-8").splitlines())
def test_no_page_furniture_is_left_in_a_sample_article(line):
    article = json.loads(line)
    assert article["title"]
    assert not [each for each in FURNITURE if each in article["body"].lower()]


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def index(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "index"
    kliping.build(golden.ROOT / "corpus", path, engine=request.param)
    with kliping.open(path) as opened:
        yield opened


def test_every_judged_article_is_in_the_index(index):
    judged = {each for row in read_qrels(golden.ROOT / "corpus/qrels.tsv").values() for each in row}
    for article_id in sorted(judged):
        assert index.get(article_id).id == article_id


def test_the_judged_topics_are_answered_well(index):
    topics = read_topics(golden.ROOT / "corpus/topics.tsv")
    measures = evaluate(index, topics, read_qrels(golden.ROOT / "corpus/qrels.tsv"))
    assert len(topics) == 30
    assert measures["nDCG@10"] >= 0.85
    assert measures["MRR@10"] >= 0.9
    assert measures["Recall@100"] >= 0.95


def test_four_sample_articles_have_both_words_of_the_readmes_example(index):
    results = index.search("gempa lembah")
    assert results.with_all == 4
    assert results[0].article.title == "Gempa M5,1 guncang Lembah Wening, warga mengungsi"


@pytest.mark.parametrize("word", ["cashback", "kuki", "buletin", "zodiak"])
def test_words_that_stand_only_in_page_furniture_find_nothing(index, word):
    assert index.search(word).total == 0
