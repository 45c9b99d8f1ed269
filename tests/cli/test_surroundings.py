"""Where the program runs: from any folder, into any pipe, disk, terminal and encoding."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kliping
from kliping.cli import COMMANDS
from kliping.cli.output import clean, columns, day, one_line, width
from tests.cli.running import CONTROLS, CORPUS, ROOT, found, kli, on_terminal, shell


def test_a_checkout_runs_from_anywhere(sample: Path, tmp_path: Path) -> None:
    result = shell("--index", sample, "search", "gempa lembah", cwd=tmp_path)
    assert result.returncode == 0
    assert b"4 articles with all words" in result.stdout
    assert result.stderr == b""
    assert shell("--index", sample, "search", "cashback", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_index_on_both_sides(name: str) -> None:
    assert "--index PATH" in kli(name, "--help").stdout


def test_the_index_is_named_before_or_behind_the_command(sample: Path, tmp_path: Path) -> None:
    before = found("search", "gempa", "--ids", index=sample)
    assert found("search", "gempa", "--ids", "--index", sample, index=tmp_path / "none") == before
    assert found("info", index=sample) == kli("info", "--index", sample).stdout
    wrong = kli("search", "gempa", "--index", tmp_path / "none", index=sample)
    assert wrong.exit_code == 2
    assert f"no index at {tmp_path}/none" in wrong.stderr


def test_the_index_can_be_named_by_the_environment(sample: Path) -> None:
    result = shell("search", "gempa lembah", "--ids", env={"KLIPING_INDEX": str(sample)})
    assert result.stdout.decode() == found("search", "gempa lembah", "--ids", index=sample)


def test_a_reader_may_leave_early(sample: Path) -> None:
    command = (
        f"'{sys.executable}' '{ROOT / 'cli.py'}' --index '{sample}' run '{CORPUS / 'topics.tsv'}'"
    )
    result = subprocess.run(
        ["/bin/bash", "-c", f"{command} | head -n 1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0
    assert result.stderr == b""
    assert result.stdout.startswith(b"t01 Q0 ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error(sample: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "--index", str(sample), "search", "gempa"]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith(b"Error: ")
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_the_terminal_cannot_write_is_a_question_mark(sample: Path, encoding: str) -> None:
    result = shell("--index", sample, "search", "gempa", env={"PYTHONIOENCODING": encoding})
    assert result.returncode == 0
    assert result.stderr == b""


def test_bytes_that_are_no_text_are_searched_for_in_peace(sample: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "--index",
        str(sample),
        "search",
        b"gempa\xff",
        "--json",
    ]
    result = subprocess.run(command, capture_output=True, check=False)
    assert result.returncode in (0, 1)
    assert result.stderr == b""
    assert json.loads(result.stdout)["query"].startswith("gempa")


def test_a_terminal_gets_colours_and_its_own_width(sample: Path) -> None:
    shown = on_terminal("--index", sample, "search", "gempa lembah", "--limit", "1")
    assert "\x1b[33m\x1b[1mgempa\x1b[0m" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert not CONTROLS.search(plain.replace("\r", ""))
    passage = [line for line in plain.splitlines() if not line.strip().startswith("http")]
    assert 50 < max(width(line) for line in passage) <= 60


def test_no_color_is_respected(sample: Path) -> None:
    shown = on_terminal("--index", sample, "search", "gempa", "--limit", "1", env={"NO_COLOR": "1"})
    assert "\x1b" not in shown
    assert "Gempa" in shown


def test_articles_cannot_act_on_the_terminal(nasty: Path) -> None:
    (article_id,) = kliping.open(nasty).search("gempa")[0:1]
    article = article_id.article.id
    runs = [["search", "gempa", "--facets", "--explain"], ["search", "gempa", "--json", "--facets"]]
    runs += [["search", "gempa", form] for form in ("--jsonl", "--csv", "--ids")]
    runs += [["show", article], ["show", article, "--json"], ["info"], ["info", "--json"]]
    for arguments in runs:
        result = kli(*arguments, index=nasty)
        assert result.exit_code == 0, result.output
        assert not CONTROLS.search(result.output), arguments
    shown = on_terminal("--index", nasty, "search", "gempa")
    assert not CONTROLS.search(re.sub(r"\x1b\[[0-9;]*m|\r", "", shown))
    assert "\x1b[31m" not in shown


def test_a_search_imports_no_parser_and_no_other_engine(sample: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'indexer'); from kliping.cli import main\n"
        f"main(['--index', {str(sample)!r}, 'search', 'gempa', '--ids'], standalone_mode=False)\n"
        "heavy = {'whoosh', 'bs4', 'lxml', 'selectolax', 'ftfy', 'Sastrawi', 'sqlite3', 'csv',\n"
        "         'socket', 'filelock', 'charset_normalizer', 'kliping.building',\n"
        "         'kliping.writing', 'kliping.indexing.sync', 'hashlib', 'shutil', 'tempfile',\n"
        "         'locale', *(('dis', 'tokenize') if sys.version_info < (3, 13) else ())}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False
    )
    assert result.stderr.strip() == b"[]"


def test_parts_of_the_output() -> None:
    from datetime import datetime, timedelta, timezone

    def at(hours: float) -> str:
        return day(datetime(2024, 8, 5, 7, 5, tzinfo=timezone(timedelta(hours=hours))))

    assert at(7) == "5 Agu 2024 07:05 WIB"
    assert at(8) == "5 Agu 2024 07:05 WITA"
    assert at(9) == "5 Agu 2024 07:05 WIT"
    assert at(0) == "5 Agu 2024 07:05 UTC"
    assert at(5.5) == "5 Agu 2024 07:05 +0530"
    assert clean("a\x1b[31mb\tc\u202ed") == "a [31mb\tc d"
    assert one_line("a\n b\x00c\t d") == "a b c d"
    assert width("a東e\u0301") == 4
    assert columns() == 80
