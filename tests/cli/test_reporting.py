"""Of each kind of problem one line; the bar and the lines do not write over one another."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kliping.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def source(tmp_path):
    """A file of which 40 lines are no JSON, 20 are no article, and one is one."""
    rows = [*["{bukan json"] * 40, *['{"id": 1}'] * 20]
    rows.append(json.dumps({"id": "a", "judul": "Panen raya", "isi": "Panen padi di Arunika."}))
    (tmp_path / "a.jsonl").write_text("\n".join(rows) + "\n")
    return tmp_path / "a.jsonl"


def index(source, *arguments):
    place = str(source.parent / "index")
    result = CliRunner().invoke(main, ["index", str(source), "--index", place, *arguments])
    assert result.exit_code == 0, result.output
    return result


def test_each_kind_of_problem_is_one_line_with_a_count(source):
    lines = index(source).stderr.splitlines()
    told = [line for line in lines if "more like it: --verbose names each)" in line]
    assert len(lines) < 6
    assert any("(and 39 more like it" in line for line in told)
    assert all(line.startswith(("skipped: ", "note: ", "repaired: ")) for line in lines)


def test_each_is_named_on_demand(source):
    lines = index(source, "--verbose").stderr.splitlines()
    assert len([line for line in lines if line.startswith("skipped: ")]) >= 60
    assert not any("more like it" in line for line in lines)


def test_what_is_no_article_format_is_named_on_demand_alone(tmp_path):
    (tmp_path / "naskah.rtf").write_text("{\\rtf1 Panen raya}")
    assert index(tmp_path).stderr == ""
    told = index(tmp_path, "--verbose", "--rebuild").stderr
    assert told == f"ignored: {tmp_path}/naskah.rtf: not an article format\n"


def test_each_is_noted_in_a_file_on_demand(source, tmp_path):
    report = tmp_path / "laporan.jsonl"
    assert index(source, "--quiet", "--report", str(report)).stderr == ""
    noted = [json.loads(line) for line in report.read_text().splitlines()]
    skipped = [each for each in noted if each["kind"] == "skipped"]
    assert len(skipped) >= 60
    assert {"path", "reason", "line", "kind"} <= skipped[0].keys()


def test_a_report_that_cannot_be_written_is_one_line(source, tmp_path):
    place = str(tmp_path / "index")
    result = CliRunner().invoke(
        main, ["index", str(source), "--index", place, "--report", str(tmp_path)]
    )
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.endswith("; name another file with --report\n")


@pytest.mark.parametrize(("term", "expected"), [("xterm", True), ("dumb", False)])
def test_lines_stand_above_the_bar(source, term, expected):
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "index",
        str(source),
        "--verbose",
        "--jobs",
        "1",
    ]
    command += ["--index", str(source.parent / "index")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": term}
    ) as process:
        os.close(theirs)
        text = b""
        try:
            while part := os.read(ours, 65_536):
                text += part
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        assert process.wait() == 0
    assert (b"Indexing" in text) == expected
    told = [line for line in text.decode().splitlines() if "skipped: " in line]
    assert len(told) >= 60
    assert not any("Indexing" in line.partition("skipped: ")[2] for line in told)
