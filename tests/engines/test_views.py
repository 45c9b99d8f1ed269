"""What an engine gives to those who look at it while others change it."""

from __future__ import annotations

import pytest

from kliping.analysis import Analyser
from kliping.engines import create, open_engine
from kliping.engines.documents import document
from kliping.query.clauses import Everything, Term


@pytest.fixture
def writer(engine_name, tmp_path, articles):
    engine = create(engine_name, tmp_path)
    analyser = Analyser()
    for part in (articles[:3], articles[3:]):
        engine.add([document(article, analyser) for article in part])
        engine.commit()
    yield engine
    engine.close()


def remove(writer, *ids):
    writer.delete(ids)
    writer.commit()


def test_all_articles_come_once(writer, articles):
    found = list(writer.every())
    assert len(found) == len(articles)
    assert {each.id: each for each in found} == {each.id: each for each in articles}
    remove(writer, "gempa-1")
    assert {each.id for each in writer.every()} == {each.id for each in articles[1:]}


def test_all_articles_are_those_of_the_moment_that_they_were_asked_for(writer, articles):
    walk = writer.every()
    first = next(walk)
    remove(writer, *(each.id for each in articles))
    assert {first.id, *(each.id for each in walk)} == {each.id for each in articles}


def test_a_pinned_engine_keeps_to_its_commit(writer, engine_name, tmp_path):
    reader = open_engine(engine_name, tmp_path)
    pinned = reader.pinned()
    before = pinned.search(Everything(), limit=10)
    remove(writer, "gempa-1")
    reader.refresh()
    assert reader.fetch("gempa-1") is None
    assert pinned.fetch("gempa-1") is not None
    assert pinned.search(Everything(), limit=10) == before
    assert pinned.count(Term("id", "gempa-1")) == 1
    reader.close()


def test_the_stamp_differs_after_a_commit_and_only_then(writer, engine_name, tmp_path):
    reader = open_engine(engine_name, tmp_path)
    stamp = reader.stamp()
    reader.search(Everything(), limit=10)
    reader.refresh()
    assert reader.stamp() == stamp
    remove(writer, "gempa-1")
    assert reader.stamp() != stamp
    reader.close()
