"""What an engine reads on: when the server forgets, others write, or the index is gone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

pytest.importorskip("opensearchpy")

from kliping.article import Article
from kliping.engines import Engine, create, open_engine, opensearch_reading
from kliping.engines.documents import Document, dump_article
from kliping.engines.opensearch_address import Address
from kliping.errors import IndexDamaged, IndexMismatch, QueryError, StorageError
from kliping.query.clauses import Bool, Everything, Term, Wildcard
from tests.opensearch.servers import Servers


def documents(*names: str) -> list[Document]:
    return [
        Document(name, {"body_words": "gempa"}, {}, None, dump_article(Article(name, None, "isi")))
        for name in names
    ]


@pytest.fixture
def address(server: Servers) -> Address:
    return Address.parse(f"{server.address}/uji-{secrets.token_hex(4)}")


@pytest.fixture
def engine(address: Address) -> Iterator[Engine]:
    """An index of five articles."""
    made = create("opensearch", address)
    made.add(documents(*"abcde"))
    made.commit()
    yield made
    made.close()


def _moments(server: Servers) -> int:
    """Return how many moments the server keeps."""
    found = server.ask("_search/point_in_time/_all")
    return len(found["pits"])


def _forget(server: Servers) -> None:
    server.ask("_search/point_in_time/_all", method="DELETE")


def test_a_moment_that_the_server_forgot_is_replaced_by_the_present(engine, address, server):
    other = open_engine("opensearch", address)
    other.add(documents("f"))
    other.commit()
    other.close()
    assert engine.count(Everything()) == 5
    _forget(server)
    assert engine.count(Everything()) == 6


def test_reading_all_goes_on_where_it_was_if_nothing_has_changed(engine, server, monkeypatch):
    monkeypatch.setattr(opensearch_reading, "_PAGE", 2)
    articles = engine.every()
    first = next(articles)
    _forget(server)
    assert [first.id, *(article.id for article in articles)] == list("abcde")


def test_reading_all_never_mixes_two_commits(engine, address, server, monkeypatch):
    monkeypatch.setattr(opensearch_reading, "_PAGE", 2)
    articles = engine.every()
    next(articles)
    other = open_engine("opensearch", address)
    other.delete(["c"])
    other.commit()
    other.close()
    _forget(server)
    with pytest.raises(StorageError, match="changed while all of it was read; begin again"):
        list(articles)


def test_moments_are_let_go_with_the_last_who_holds_them(engine, server):
    before = _moments(server)
    pinned = engine.pinned()
    for _ in range(3):
        engine.refresh()
    assert _moments(server) == before + 1
    assert pinned.count(Everything()) == 5
    del pinned
    assert _moments(server) == before


def test_each_commit_has_a_word_of_its_own_and_an_empty_one_none(engine, address):
    reader = open_engine("opensearch", address)
    words = [engine.version]
    engine.commit()
    assert engine.version == words[0]
    for name in "fg":
        engine.add(documents(name))
        engine.commit()
        words.append(engine.version)
    assert len({*words}) == 3
    assert reader.stamp() == engine.stamp() == words[-1]
    reader.close()


def test_an_index_that_is_gone_is_not_made_again_by_a_commit(engine, address, server):
    engine.add(documents("f"))
    server.ask(address.name, method="DELETE")
    with pytest.raises(IndexDamaged, match="--rebuild"):
        engine.commit()
    assert not server.ask(f"_cat/indices/{address.name}*?format=json")


def test_an_index_of_another_mapping_or_of_somebody_else_is_refused(engine, address, server):
    other = {"_meta": {"version": 99, "commit": "x"}}
    server.ask(f"{address.name}/_mapping", other, method="PUT")
    with pytest.raises(IndexMismatch, match="mapping 99, this kliping uses"):
        open_engine("opensearch", address)
    server.ask(f"{address.name}/_mapping", {"_meta": {}}, method="PUT")
    with pytest.raises(IndexDamaged, match="does not say what it is"):
        open_engine("opensearch", address)


@pytest.mark.parametrize(
    "clause",
    [
        Wildcard("body_words", "*a" + "?" * 14),
        Bool(should=tuple(Term("body_words", f"w{n}") for n in range(3_000))),
    ],
)
def test_what_is_more_than_the_server_takes_is_the_query_s_fault(engine, clause):
    with pytest.raises(QueryError, match="write fewer"):
        engine.search(clause, limit=3)
