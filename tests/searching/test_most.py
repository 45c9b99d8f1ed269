"""All words first, then most of them: what follows, what it lacks, and what is counted."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.query import parse
from kliping.query.clauses import Bool, Clause, Nothing, Term
from kliping.query.most import MOST, Part, most, typed, weights

BODIES = {
    "both-1": "Kapal kandas di Karang Wening.",
    "both-2": "Karang Wening: kapal itu kandas lagi di karang.",
    "ship-1": "Kapal berlabuh di dermaga.",
    "ship-2": "Kapal dicat warga.",
    "aground": "Perahu kandas, warga menolong.",
    "other": "Warga menjemur kopi.",
    "another": "Warga memanen padi.",
}


@pytest.fixture
def index(engine_name: str, write_lines: Callable[..., None], tmp_path: Path):
    rows = [Article(name, None, body) for name, body in BODIES.items()]
    write_lines(tmp_path / "rows.jsonl", rows)
    kliping.build(tmp_path / "rows.jsonl", tmp_path / "index", engine=engine_name)
    with kliping.open(tmp_path / "index") as opened:
        yield opened


def ids(results: kliping.Results) -> list[str]:
    return [hit.article.id for hit in results]


def test_articles_with_all_words_lead_and_the_others_say_what_they_lack(index) -> None:
    results = index.search("kapal kandas")
    assert set(ids(results)[:2]) == {"both-1", "both-2"}
    assert set(ids(results)[2:]) == {"ship-1", "ship-2", "aground"}
    assert (results.total, results.with_all, results.relaxed, results.match) == (5, 2, True, "any")
    lacking = {hit.article.id: hit.missing for hit in results}
    assert lacking["both-1"] == ()
    assert lacking["ship-1"] == ("kandas",)
    assert lacking["aground"] == ("kapal",)
    assert [hit.rank for hit in results] == [1, 2, 3, 4, 5]


def test_what_fills_a_page_needs_no_others(index) -> None:
    results = index.search("kapal kandas", limit=2)
    assert (results.total, results.with_all, results.relaxed) == (2, 2, False)
    assert index.search("kapal kandas", limit=1, offset=1).total == 2


@pytest.mark.parametrize("match", ["all", "any"])
def test_all_and_any_are_strict(index, match) -> None:
    results = index.search("kapal kandas", match=match)
    assert results.total == {"all": 2, "any": 5}[match]
    assert not results.relaxed
    assert all(hit.missing == () for hit in results)
    assert index.search("kapal zebra", match="all").total == 0


def test_what_weighs_little_alone_does_not_follow(index) -> None:
    assert set(ids(index.search("warga kandas karang"))) == {"both-1", "both-2", "aground"}


def test_a_word_that_nothing_has_is_lacked_by_all(index) -> None:
    results = index.search("kandas zebra")
    assert {hit.missing for hit in results} == {("zebra",)}
    assert results.with_all == 0
    assert results.word_counts == {"kandas": 3, "zebra": 0}
    assert index.search("zebra jerapah").total == 0


@pytest.mark.parametrize(
    ("query", "lacking"),
    [
        ('"kapal itu" dermaga', '"kapal itu"'),
        ("isi:perahu dermaga", "body:perahu"),
        ("perah* dermaga", "perah*"),
        ("(perahu OR sampan) dermaga", "perahu OR sampan"),
        ("+kapal perahu", "perahu"),
        ("dermaga perahu^3", "perahu"),
    ],
)
def test_parts_are_named_as_queries(index, query, lacking) -> None:
    named = {name for hit in index.search(query) for name in hit.missing}
    assert lacking in named


def test_exclusions_demands_and_filters_hold_for_those_that_follow(index) -> None:
    assert "ship-2" not in ids(index.search("kapal kandas -dicat"))
    assert set(ids(index.search("+kapal kandas"))) == {"both-1", "both-2", "ship-1", "ship-2"}
    assert set(ids(index.search("+warga kandas perahu dermaga"))) == {
        "aground", "ship-2", "other", "another",
    }  # fmt: skip
    assert index.search("kapal kandas", since="2024").total == 0


def test_by_date_others_are_taken_only_where_none_has_all(index) -> None:
    assert set(ids(index.search("kapal kandas", sort="newest"))) == {"both-1", "both-2"}
    assert set(ids(index.search("kandas zebra", sort="newest"))) == {
        "both-1", "both-2", "aground",
    }  # fmt: skip


def test_pages_go_on_where_the_first_ended(index) -> None:
    whole = ids(index.search("kapal kandas"))
    for size in (3, 4):
        first = index.search("kapal kandas", limit=size)
        assert ids(first) == whole[:size]
        second = index.search("kapal kandas", limit=size, after=first.next)
        assert ids(second) == whole[size : 2 * size]
        assert [hit.missing for hit in second] != [()] * len(second)
        assert ids(index.search("kapal kandas", limit=size, offset=size)) == whole[size : 2 * size]
        assert second.total == first.total == 5


def test_a_page_that_others_fill_leads_to_the_last_that_lacks_a_word(
    engine_name: str, write_lines: Callable[..., None], tmp_path: Path
) -> None:
    def write(**more: str) -> None:
        rows = [Article(name, None, body) for name, body in (BODIES | more).items()]
        write_lines(tmp_path / "rows.jsonl", rows)
        kliping.build(tmp_path / "rows.jsonl", tmp_path / "index", engine=engine_name)

    write()
    with kliping.open(tmp_path / "index") as opened:
        first = opened.search("kapal kandas", limit=4)
        write(new="Kapal feri kandas di muara.", newer="Kandas lagi, kapal barang ditarik.")
        opened.refresh()
        second = opened.search("kapal kandas", limit=2, after=first.next)
        assert set(ids(second)) == {"new", "newer"}
        assert second.next is not None
        last = opened.search("kapal kandas", limit=2, after=second.next)
        assert {*ids(first), *ids(second), *ids(last)} >= {"ship-1", "ship-2", "aground"}


def test_scores_are_sums_and_facets_count_all(index) -> None:
    results = index.search("kapal kandas", explain=True, facets=True)
    for hit in results:
        assert sum(part for _, part in hit.explanation) == pytest.approx(hit.score, rel=1e-4)


def test_where_few_have_most_not_all_that_have_any_are_walked(
    engine_name: str, write_lines: Callable[..., None], tmp_path: Path
) -> None:
    rows = [Article(name, None, body) for name, body in BODIES.items()]
    rows += [Article(f"crowd-{n}", None, f"Warga bersantai, hari {n}.") for n in range(200)]
    write_lines(tmp_path / "rows.jsonl", rows)
    kliping.build(tmp_path / "rows.jsonl", tmp_path / "index", engine=engine_name)
    with kliping.open(tmp_path / "index") as opened:
        engine, asked = opened._snapshot.engine, []
        search = engine.search
        engine.search = lambda *clause, **how: asked.append(how) or search(*clause, **how)
        assert set(ids(opened.search("warga kandas karang", suggest=False))) == {
            "both-1", "both-2", "aground",
        }  # fmt: skip
    assert len(asked) <= 3


def test_a_ranking_keeps_the_order_and_its_scores_fall(index) -> None:
    ranked = index.rank("kapal kandas", match="auto")
    assert [name for _, name in ranked] == ids(index.search("kapal kandas"))
    scores = [score for score, _ in ranked]
    assert scores == sorted(scores, reverse=True)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.data())
def test_most_is_most_of_the_weight(counts: list[int], data: st.DataObject) -> None:
    parts = tuple(Part(f"w{n}", Term("text", f"w{n}")) for n in range(len(counts)))
    known = {part.clause: count for part, count in zip(parts, counts, strict=True)}
    weighed = weights(parts, known.__getitem__, 40)
    has = data.draw(st.sets(st.sampled_from(range(len(counts)))))
    mine, whole = sum(weighed[n] for n in has), sum(weighed)
    found = holds(most(parts, weighed), {f"w{n}" for n in has})
    assert found == (whole > 0 and mine >= MOST * whole)


def holds(clause: Clause, words: set[str]) -> bool:
    """Whether an article with these words matches."""
    if isinstance(clause, Nothing):
        return False
    if isinstance(clause, Term):
        return clause.text in words
    assert isinstance(clause, Bool)
    must = all(holds(each, words) for each in clause.must)
    return must and (not clause.should or any(holds(each, words) for each in clause.should))


def test_the_rarest_weighs_most_and_what_none_has_nothing() -> None:
    parts = tuple(Part(name, Term("text", name)) for name in "abc")
    counts = {Term("text", "a"): 1, Term("text", "b"): 90, Term("text", "c"): 0}
    rare, common, absent = weights(parts, counts.__getitem__, 100)  # type: ignore[arg-type]
    assert (rare, absent) == (255, 0)
    assert common == round(255 * math.log(1 + 10.5 / 90.5) / math.log(1 + 99.5 / 1.5))


@pytest.mark.parametrize(
    "query",
    ['"a b"', '"a b"~3', "=a", "a~", "a~1", "a*", "title:(a b)", "a", 'title:"a b"', "a -(b c)"],
)
def test_a_part_as_typed_means_the_same(query: str) -> None:
    assert typed(parse(query).root) == query
    assert typed(parse("(a OR b)").root) == "a OR b"


def test_of_a_long_row_only_the_words_that_decide_make_most() -> None:
    """Three words of eight are most, whatever twelve others weigh that do not count."""
    parts = tuple(Part(f"w{n}", Term("text", f"w{n}")) for n in range(20))
    clause = most(parts, bytes([255] * 20))
    assert holds(clause, {"w0", "w1", "w2"})
    assert not holds(clause, {"w0", "w1"})
    assert not holds(clause, {"w17", "w18", "w19"})
