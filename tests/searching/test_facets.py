"""Facets: what is counted when, and that nobody sees the difference."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

import kliping
from kliping.searching.facets import as_one
from kliping.values import Deferred


def test_what_is_deferred_is_made_once_and_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def days() -> dict[str, int]:
        asked.append("day")
        return {"2024-03-12": 2}

    counts = Deferred({"year": {"2024": 2}, "day": days})
    assert (list(counts), len(counts), "day" in dict.fromkeys(counts)) == (["year", "day"], 2, True)
    assert counts["year"] == {"2024": 2}
    assert asked == []
    for _ in range(2):
        assert {**counts} == counts == {"year": {"2024": 2}, "day": {"2024-03-12": 2}}
    assert asked == ["day"]
    with pytest.raises(KeyError):
        counts["month"]


def test_facets_are_those_of_the_moment_of_the_search(tmp_path: Path) -> None:
    row = {"judul": "Gempa di Lembah Wening", "isi": "Gempa mengguncang lembah."}
    with kliping.writer(tmp_path) as writer:
        writer.add({**row, "id": "a", "tanggal": "2024-03-12"})
    index = kliping.open(tmp_path)
    results, other = (index.search("gempa", facets=True) for _ in range(2))
    with kliping.writer(tmp_path) as writer:
        writer.add({**row, "id": "b", "tanggal": "2024-03-13", "isi": "Gempa lain terasa."})
    index.refresh()
    assert index.search("gempa", facets=True).facets["day"] == {"2024-03-12": 1, "2024-03-13": 1}
    index.close()
    assert results.facets["month"] == {"2024-03": 1}
    assert results.facets["day"] == {"2024-03-12": 1}
    assert json.loads(json.dumps(other.to_dict()))["facets"]["day"] == {"2024-03-12": 1}
    assert pickle.loads(pickle.dumps(results.facets)) == results.facets
    assert repr(results.facets) == repr(dict(results.facets))


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ({"POLRI": 9, "Polri": 1}, {"POLRI": 10}),
        ({"polri": 2, "Polri": 2, "POLRI": 2}, {"Polri": 6}),
        ({"Bola ": 1, "bola": 1, "Ekonomi": 2}, {"Bola ": 2, "Ekonomi": 2}),
    ],
)
def test_a_name_is_spelt_as_most_spell_it(counts, named):
    assert as_one(counts) == named
