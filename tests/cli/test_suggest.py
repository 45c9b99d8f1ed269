"""What `suggest` prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import CONTROLS, found, kli


def test_suggest_prints_articles_kind_and_text(sample: Path) -> None:
    text = found("suggest", "gempa", "lem", index=sample)
    lines = [re.fullmatch(r" *([\d,]+)  (word|name|headline) +(.+)", x) for x in text.splitlines()]
    assert all(lines)
    assert lines[0].groups()[1:] == ("word", "gempa lembah")  # type: ignore[union-attr]
    assert len(found("suggest", "g", "--limit", "3", index=sample).splitlines()) == 3


def test_suggest_prints_json(sample: Path) -> None:
    whole = json.loads(found("suggest", "gempa lem", "--json", index=sample))
    assert list(whole) == ["prefix", "suggestions"]
    assert whole["prefix"] == "gempa lem"
    assert [list(each) for each in whole["suggestions"]] == [
        ["text", "kind", "articles"] for _ in whole["suggestions"]
    ]


@pytest.mark.parametrize("prefix", ["", "?!", "zzzz", "gempa zzzz\x1b[2J"])
def test_suggest_of_what_nothing_begins_with_is_one_line_and_status_1(
    sample: Path, prefix: str
) -> None:
    result = kli("suggest", prefix, index=sample)
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Nothing begins with '[^\n\x1b]*'\n", result.stderr)
    result = kli("suggest", prefix, "--json", index=sample)
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == {"prefix": prefix, "suggestions": []}


def test_suggest_refuses_an_impossible_limit(sample: Path) -> None:
    result = kli("suggest", "gempa", "--limit", "0", index=sample)
    assert result.exit_code == 2
    assert result.stderr == "Error: a limit of 0 is not possible; choose 1 to 300\n"


def test_suggest_cleans_what_an_article_holds(nasty: Path) -> None:
    text = found("suggest", "merah", index=nasty)
    assert "headline" in text
    assert not CONTROLS.search(text.replace("\n", ""))
