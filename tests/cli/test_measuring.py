"""What the commands print that measure: `stem`, `analyze`, `run`, `evaluate`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import CORPUS, found, kli


def test_stem_reads_arguments_or_standard_input() -> None:
    assert kli("stem", "menewaskan", "anak-anak").stdout == "menewaskan\ttewas\nanak-anak\tanak\n"
    assert kli("stem", stdin="menewaskan anak-anak\n\nBekasi").stdout.splitlines() == [
        "menewaskan\ttewas",
        "anak-anak\tanak",
        "Bekasi\tbekasi",
    ]
    assert kli("stem", "dua kata").stdout.splitlines() == ["dua\tdua", "kata\tkata"]
    broken = kli("stem", stdin=b"menewaskan\xff\n")
    assert broken.exit_code == 0


def test_analyze_prints_offsets_words_and_stems() -> None:
    rows = json.loads(kli("analyze", "Banjir menewaskan", "Covid-19", "--json").stdout)
    assert [(row["start"], row["stop"], row["surface"]) for row in rows] == [
        (0, 6, "Banjir"),
        (7, 17, "menewaskan"),
        (18, 26, "Covid-19"),
    ]
    assert rows[2]["words"] == rows[2]["stems"] == ["covid", "19"]
    assert rows[1]["stems"] == ["tewas"]
    lines = kli("analyze", "Banjir menewaskan").stdout.splitlines()
    assert lines[0].split() == ["start", "stop", "surface", "words", "stems", "rules", "means"]
    assert lines[2].split()[:5] == ["7", "17", "menewaskan", "menewaskan", "tewas"]
    assert json.loads(kli("analyze", "KPK", "--json").stdout)[0]["means"] == [
        "Komisi Pemberantasan Korupsi"
    ]
    assert kli("analyze", "…").exit_code == 0


def test_run_prints_trec_lines(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("q1\tgempa lembah\nq2\ttidakadakataini\n")
    text = found("run", tmp_path / "t.tsv", "--limit", "3", "--tag", "a b", index=sample)
    rows = [line.split(" ") for line in text.splitlines()]
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("q1", "Q0", str(rank), "a_b") for rank in (1, 2, 3)
    ]
    assert all(re.fullmatch(r"\d+\.\d{6}", row[4]) for row in rows)


def test_evaluate_prints_the_measures(sample: Path) -> None:
    pytest.importorskip("pytrec_eval")
    files = CORPUS / "topics.tsv", CORPUS / "qrels.tsv"
    names = ["MRR@10", "Success@1", "Recall@10", "Recall@100", "nDCG@10"]
    assert list(json.loads(found("evaluate", *files, "--json", index=sample))) == names
    lines = found("evaluate", *files, index=sample).splitlines()
    assert [line.split()[0] for line in lines] == names
