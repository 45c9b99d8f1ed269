"""What programs read of a search: JSON, JSON lines, CSV, ids."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from kliping.cli.output import echo_json
from tests.cli.running import CONTROLS, HIT_KEYS, NASTY, ROOT, found


def test_other_spellings_are_in_json_and_can_be_left_out(sample: Path) -> None:
    whole = json.loads(found("search", "gempa lmebah", "--json", index=sample))
    assert whole["suggestions"] == ["gempa lembah"]
    assert list(whole["word_counts"]) == ["gempa", "lmebah"]
    assert whole["word_counts"]["lmebah"] == 0
    quiet = found("search", "gempa lmebah", "--json", "--no-suggest", index=sample)
    assert (json.loads(quiet)["suggestions"], json.loads(quiet)["word_counts"]) == ([], {})
    text = found("search", "gempa lmebah", "--no-suggest", index=sample)
    assert "Each alone" not in text
    assert "mean" not in text


def test_json_has_the_keys_of_the_contract(sample: Path) -> None:
    whole = json.loads(found("search", "gempa lembah", "--match", "all", "--json", index=sample))
    assert list(whole)[:3] == ["query", "total", "total_relation"]
    assert set(whole) == {
        "query", "total", "total_relation", "took_ms", "match", "relaxed", "with_all", "notes",
        "suggestions", "word_counts", "next", "hits",
    }  # fmt: skip
    assert (whole["query"], whole["total"], len(whole["hits"])) == ("gempa lembah", 4, 4)
    for rank, hit in enumerate(whole["hits"], 1):
        assert list(hit) == HIT_KEYS
        assert hit["rank"] == rank
        for start, stop in hit["title_spans"]:
            assert hit["title"][start:stop].lower() in ("gempa", "lembah")
        for passage in hit["passages"]:
            assert list(passage) == ["text", "spans"]
            lit = [passage["text"][start:stop] for start, stop in passage["spans"]]
            assert {word.lower() for word in lit} <= {"gempa", "lembah"}
            assert lit


def test_json_says_what_was_mended_counted_and_asked(sample: Path) -> None:
    whole = json.loads(
        found("search", '"gempa lembah', "--json", "--facets", "--explain", index=sample, status=1)
    )
    assert whole["notes"] == ["a quotation mark was not closed; it is taken to close at the end"]
    assert "explain" in whole
    whole = json.loads(found("search", "gempa", "--json", "--facets", index=sample))
    assert list(whole["facets"]) == "year month day source section author tag".split()


def test_jsonl_csv_and_ids_say_the_same(sample: Path) -> None:
    whole = json.loads(found("search", "gempa lembah", "--json", index=sample))
    hits = [
        json.loads(line)
        for line in found("search", "gempa lembah", "--jsonl", index=sample).splitlines()
    ]
    assert hits == whole["hits"]
    ids = [hit["id"] for hit in hits]
    assert found("search", "gempa lembah", "--ids", index=sample).splitlines() == ids
    rows = list(csv.DictReader(io.StringIO(found("search", "gempa lembah", "--csv", index=sample))))
    assert [row["id"] for row in rows] == ids
    assert (
        list(rows[0])
        == "rank score id title source section author published url path passage".split()
    )


def test_every_key_is_documented(sample: Path) -> None:
    page = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    whole = json.loads(
        found("search", "gempa lembah", "--json", "--facets", "--explain", index=sample)
    )
    keys = {*whole, *whole["facets"], *whole["hits"][0], *whole["hits"][0]["explain"][0]}
    assert [key for key in keys if f"`{key}`" not in page] == []


def test_a_score_is_shown_as_a_sum(sample: Path) -> None:
    strict = "--match", "all"
    text = found(
        "search", "gempa lembah", "--explain", "--boost-recent", "1y", *strict, index=sample
    )
    sums = re.findall(r"^ {4} *(-?\d+\.\d{3})  (.+)$", text, re.MULTILINE)
    whole, scores = 0.0, 0
    for number, part in sums:
        if part == "score":
            assert whole == pytest.approx(float(number), abs=0.01)
            whole, scores = 0.0, scores + 1
        else:
            whole += float(number)
    assert scores == 4
    assert any(part.startswith("recency: × 0.") for _, part in sums)
    hits = json.loads(found("search", "gempa lembah", "--explain", "--json", index=sample))["hits"]
    for hit in hits:
        assert list(hit) == [*HIT_KEYS, "explain"]
        assert all(list(part) == ["clause", "score"] for part in hit["explain"])
        assert sum(part["score"] for part in hit["explain"]) == pytest.approx(hit["score"], 1e-4)


def test_json_keeps_every_value_and_escapes_what_acts(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"a": NASTY, "é": ["東", None, 1.5]}
    echo_json(value, indent=None)
    printed = capsys.readouterr().out
    assert json.loads(printed) == value
    assert not CONTROLS.search(printed)
    assert "東" in printed
