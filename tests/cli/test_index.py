"""What `index` prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.running import CORPUS, kli

SUMMARY_KEYS = "added updated removed unchanged skipped failed articles seconds moved same".split()


def test_index_sums_up_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    result = kli("index", CORPUS, "--json", "--jobs", "1", index=tmp_path / "i")
    summary = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(summary) == SUMMARY_KEYS
    assert summary["added"] == summary["articles"] > 50
    again = json.loads(kli("index", CORPUS, "--json", "--jobs", "1", index=tmp_path / "i").stdout)
    assert (again["added"], again["updated"], again["removed"]) == (0, 0, 0)
    assert again["articles"] == summary["articles"]
    text = kli("index", CORPUS, "--jobs", "1", index=tmp_path / "i").stdout
    assert re.search(rf"^{again['articles']} articles in ", text, re.MULTILINE)


def test_index_reports_each_problem_once_on_stderr(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"isi": "Gempa besar terjadi tadi pagi."}\n{broken\n')
    result = kli("index", tmp_path / "a.jsonl", "--jobs", "1", index=tmp_path / "i")
    assert result.exit_code == 0
    assert re.search(r"a\.jsonl:2", result.stderr)
    strict = kli(
        "index", tmp_path / "a.jsonl", "--strict", "--rebuild", "--jobs", "1", index=tmp_path / "i"
    )
    assert strict.exit_code == 2
