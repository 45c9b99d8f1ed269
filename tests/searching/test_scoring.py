"""Scores as sums: what the parts of a query brought adds up to each hit's score."""

from __future__ import annotations

import pytest

QUERIES = [
    "gempa",
    "gempa warga",
    "gempa -lumpur",
    "warga tanggal:2024",
    '"lembah wening" gempa^3',
    '"warga gempa"~3',
    "judul:gempa OR penulis:dimas",
    "(gempa OR banjir) warga",
    "=menewaskan OR anak-anak",
    "guncan* OR lumpr~ OR w?rga",
    "ada:penulis",
    "(gempa lembah) OR (banjir zebra)",
    "BNPB OR gempa",
]


@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_add_up(built_index, query, match) -> None:
    results = built_index.search(query, match=match, explain=True)
    assert results.hits
    for hit in results:
        parts = [score for _, score in hit.explanation]
        assert sum(parts) == pytest.approx(hit.score, rel=1e-4)
        assert parts == sorted(parts, reverse=True)
        assert all(parts)


def test_parts_are_named_as_in_the_plan(built_index) -> None:
    [hit] = built_index.search("judul:surut", explain=True)
    assert [name for name, _ in hit.explanation] == ["title:surut", "title_words:surut × 0.15"]
    plan = built_index.explain("judul:surut")
    assert all(name in plan for name, _ in hit.explanation)


def test_what_stands_beside_a_part_that_does_not_match_brings_nothing(built_index) -> None:
    [hit] = built_index.search("source:gelanggang OR (judul:juara zebra)", explain=True)
    assert [name for name, _ in hit.explanation] == ["source:gelanggang"]


def test_recency_is_a_part(built_index) -> None:
    hit = built_index.search("gempa", boost_recent="1y", explain=True)[0]
    name, score = hit.explanation[-1]
    assert name.startswith("recency: × 0.")
    assert score < 0
    assert sum(part for _, part in hit.explanation) == pytest.approx(hit.score, rel=1e-4)


def test_only_who_asks_gets_them_and_only_where_there_are_scores(built_index) -> None:
    assert built_index.search("gempa")[0].explanation == ()
    assert built_index.search("gempa", sort="newest", explain=True)[0].explanation == ()
    assert built_index.search("zebra", explain=True).hits == ()
