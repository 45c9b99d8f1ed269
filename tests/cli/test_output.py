"""What is printed: one line each, no formula, colours where they can be seen."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.cli import main
from kliping.cli.output import cut, width
from kliping.cli.tables import csv_line

ROOT = Path(__file__).parents[2]
LONG = "Gempa " + "panjang" * 15_000
ROWS = [
    {"id": "formula", "judul": "=HYPERLINK(\"http://x\")", "isi": "-2+3 gempa kecil.",
     "sumber": "@SUM(A1)", "penulis": "+62 dan kawan", "url": "https://x.example/gempa-1"},
    {"id": "panjang", "judul": LONG, "isi": "Gempa yang panjang.", "sumber": LONG},
    {"id": "baris", "judul": "Gempa\ndua\tbaris\r\nlagi", "isi": "Gempa di dua baris.",
     "rubrik": "a\nb"},
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output")
    (folder / "a\nb").mkdir()
    (folder / "a\nb" / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    kliping.build(folder / "a\nb", folder / "index")
    return folder / "index"


def kli(index, *arguments, env=None):
    return CliRunner().invoke(main, ["--index", str(index), *arguments], env=env)


def test_a_table_holds_no_formula_unless_asked_for(index):
    guarded = list(csv.DictReader(io.StringIO(kli(index, "search", "gempa", "--csv").stdout)))
    row = next(row for row in guarded if row["id"] == "formula")
    assert row["title"].startswith("'=HYPERLINK")
    assert row["source"] == "'@SUM(A1)"
    assert row["passage"].startswith("'-2+3")
    assert not row["score"].startswith("'")
    for cells in guarded:
        assert not any((cell or "").startswith(tuple("=+-@\t\r")) for cell in cells.values())
    raw = list(csv.DictReader(io.StringIO(kli(index, "search", "gempa", "--csv-raw").stdout)))
    assert next(row for row in raw if row["id"] == "formula")["source"] == "@SUM(A1)"


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1))
def test_a_line_of_a_table_is_one_row_without_a_formula(cells):
    (row,) = csv.reader(io.StringIO(csv_line(cells)))
    assert len(row) == len(cells)
    assert not any(cell.startswith(tuple("=+-@\t\r")) for cell in row)


@pytest.mark.parametrize(
    "forms", [("--json", "--csv"), ("--csv", "--csv-raw"), ("--ids", "--jsonl", "--json")]
)
def test_two_forms_at_once_are_an_error(index, forms):
    result = kli(index, "search", "gempa", *forms)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "choose one of them" in result.stderr


def test_long_and_broken_titles_are_one_line_and_whole_in_json(index):
    text = kli(index, "search", "gempa").stdout
    assert len(text) < 6_000
    assert "Gempa dua baris" in text
    assert "panjangpanjang" in text
    assert all(len(line) <= 80 for line in text.splitlines() if not line.startswith("    /"))
    titles = [
        hit["title"] for hit in json.loads(kli(index, "search", "gempa", "--json").stdout)["hits"]
    ]
    assert LONG in titles
    assert len(kli(index, "info").stdout) < 2_000
    assert len(kli(index, "suggest", "gempa").stdout) < 2_000


def test_the_id_is_shown_where_there_is_no_address(index):
    lines = kli(index, "search", "gempa").stdout.splitlines()
    places = [line for line in lines if "id: " in line or "https://" in line]
    assert len(places) == 3
    assert any(line.endswith("a b/c.jsonl · id: panjang") for line in places)
    assert any(line == "    https://x.example/gempa-1" for line in places)


def test_an_empty_query_browses(index):
    text = kli(index, "search", "").stdout
    assert "3 articles, the newest first" in text
    assert kli(index, "search", "*", "--ids").stdout == kli(index, "search", "", "--ids").stdout


def test_union_of_names(index):
    def ids(*arguments):
        return set(kli(index, "search", "gempa", "--ids", *arguments).stdout.split())

    assert ids("--section", "a b") == {"baris"}
    assert ids("--section", "a b", "--section", "tidak ada") == {"baris"}
    assert ids("--source", "sum") == {"formula"}
    assert ids("--source", "sum", "--source", "gempa") == {"formula", "panjang"}
    result = kli(index, "search", "gempa", "--since", "2024-05", "--until", "2024-03")
    assert result.exit_code == 2
    assert "since 2024-05 is after until 2024-03" in result.stderr


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "", "NO_COLOR": ""}, False),
    ],
)
def test_colours_in_a_pipe_are_those_that_the_environment_asks_for(index, env, expected):
    clear = {"NO_COLOR": None, "FORCE_COLOR": None}
    assert ("\x1b[" in kli(index, "search", "gempa", env={**clear, **env}).stdout) == expected


@pytest.mark.parametrize(("term", "expected"), [("xterm", True), ("dumb", False)])
def test_a_dumb_terminal_gets_neither_colours_nor_a_pager(index, term, expected):
    env = {"TERM": term, "PAGER": "sed s/^/PAGED:/", "LINES": "5", "COLUMNS": "80"}
    text = on_terminal(index, "search", "gempa", env=env)
    assert ("\x1b[" in text) == expected
    assert ("PAGED:" in text) == expected


def on_terminal(index, *arguments, env):
    kept = {name: value for name, value in os.environ.items() if "COLOR" not in name}
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "cli.py"), "--index", str(index), *arguments]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**kept, **env}
    )
    os.close(theirs)
    text = b""
    try:
        while part := os.read(ours, 65_536):
            text += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    process.wait()
    return text.decode()


@given(st.text(), st.integers(2, 100))
def test_what_is_cut_fits(text, wide):
    assert width(cut(text, wide)) <= wide
    if width(text) <= wide and len(text) <= 4 * wide:
        assert cut(text, wide) == text


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["search", "--help"], ["--version"], [], ["search", "gempa"], ["info"]],
)
def test_a_full_disk_or_a_closed_output_is_one_line(index, arguments):
    for redirection in (">/dev/full", ">&-"):
        line = '"$0" "$@" ' + redirection
        command = [sys.executable, str(ROOT / "cli.py"), "--index", str(index), *arguments]
        done = subprocess.run(
            ["/bin/sh", "-c", line, *command], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2, (redirection, done)
        assert len(done.stderr.splitlines()) == 1, done.stderr
        reasons = ("standard output is closed", "the output cannot be written", "Missing command")
        assert done.stderr.removeprefix("Error: ").startswith(reasons)
        assert "--index" not in done.stderr
