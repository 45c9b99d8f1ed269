"""How many match: exactly up to a number, and at least that many beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.article import Article
from kliping.cli import main
from kliping.engines import tantivy_engine
from kliping.query.clauses import Bool, Exists, Term

MANY = 8
BODIES = {f"both-{n}": f"Kapal kandas di karang {n}." for n in range(3)} | {
    f"ship-{n}": f"Kapal berlabuh di dermaga {n}." for n in range(MANY)
}


@pytest.fixture
def path(tmp_path: Path, write_lines: Callable[..., None]) -> Path:
    write_lines(tmp_path / "rows.jsonl", [Article(n, None, body) for n, body in BODIES.items()])
    kliping.build(tmp_path / "rows.jsonl", tmp_path / "index", engine="tantivy")
    return tmp_path / "index"


@pytest.fixture
def index(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[kliping.Index]:
    monkeypatch.setattr(tantivy_engine, "COUNTED", MANY)
    with kliping.open(path) as opened:
        yield opened


def every_page(index: kliping.Index, query: str, **options: object) -> list[str]:
    results = index.search(query, limit=2, **options)
    found = [hit.article.id for hit in results]
    while results.next:
        results = index.search(query, limit=2, after=results.next, **options)
        found += [hit.article.id for hit in results]
    return found


@pytest.mark.parametrize(
    ("query", "total", "relation"),
    [("kapal", MANY, "gte"), ("kapal kandas", MANY, "gte"), ("dermaga", MANY, "eq"),
     ("kapal -kandas", MANY, "eq"), ("kandas", 3, "eq"), ("zebra", 0, "eq")],
)  # fmt: skip
def test_what_is_known_to_be_many_is_not_counted(index, query, total, relation) -> None:
    results = index.search(query, match="any")
    assert (results.total, results.total_relation) == (total, relation)
    told = results.to_dict()
    assert (told["total"], told["total_relation"]) == (total, relation)


def test_all_words_are_counted_and_most_are_many(index) -> None:
    strict = index.search("kapal kandas", match="all")
    assert (strict.total, strict.total_relation) == (3, "eq")
    few, many = index.search("kandas dermaga"), index.search("kapal zebra")
    assert (few.with_all, few.total, few.total_relation) == (0, 3, "eq")
    assert (many.with_all, many.total, many.total_relation) == (0, MANY, "gte")
    assert len(many) == 10


@pytest.mark.parametrize("query", ["kapal", "kapal zebra"])
def test_beside_facets_all_are_counted(index, query) -> None:
    results = index.search(query, facets=True)
    assert (results.total, results.total_relation) == (len(BODIES), "eq")


@pytest.mark.parametrize("match", ["any", "auto"])
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_pages_go_on_to_the_last_match(index, match, sort) -> None:
    found = every_page(index, "kapal", match=match, sort=sort)
    assert sorted(found) == sorted(BODIES)


def test_an_offset_reaches_what_lies_beyond_the_count(index) -> None:
    behind = index.search("kapal", offset=MANY + 1, limit=9)
    assert len(behind) == len(BODIES) - MANY - 1


def test_deleted_articles_count_for_nothing(index, monkeypatch) -> None:
    engine, kapal = index._now.engine, Term("text", "kapal")
    engine.delete(f"ship-{n}" for n in range(4))
    engine.commit()
    for counted in (6, 7):
        monkeypatch.setattr(tantivy_engine, "COUNTED", counted)
        found = engine.search(kapal, limit=1)
        assert (found.total, found.at_least) in {(7, False)} | {(n, True) for n in range(7)}


def test_a_filter_or_an_exclusion_makes_an_engine_count(index) -> None:
    engine, many = index._now.engine, Term("text", "kapal")
    for clause, total in (
        (Bool(must=(many,), filter=(Term("text", "kandas"),)), 3),
        (Bool(must=(many,), must_not=(Term("text", "kandas"),)), MANY),
        (Bool(must=(many, Exists("body"))), len(BODIES)),
    ):
        found = engine.search(clause, limit=1)
        assert (found.total, found.at_least) == (total, False)
    assert engine.search(Bool(filter=(many,)), limit=1).at_least
    assert engine.search(Bool(must=(many,), should=(Term("text", "karang"),)), limit=1).at_least


def test_a_person_is_told_that_there_are_more(path, monkeypatch) -> None:
    monkeypatch.setattr(tantivy_engine, "COUNTED", MANY)
    for query, text in (
        ("kapal", "More than 8 articles with all words, "),
        ("kapal zebra", "No article has all words, more than 8 with some of them, "),
        ("kandas", "3 articles with all words, "),
    ):
        said = CliRunner().invoke(main, ["search", query, "--index", str(path)])
        assert text in said.output
