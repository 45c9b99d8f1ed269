"""Errors are one line with a cure; help and version are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import COMMANDS, main
from tests.cli.running import CONTROLS, kli, shell


def test_version_and_help() -> None:
    assert kli("--version").stdout == f"kliping, version {kliping.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", kliping.__version__)
    assert kli().exit_code == 0
    assert kli().stdout == kli("--help").stdout == kli("-h").stdout
    for name in COMMANDS:
        assert kli(name, "--help").exit_code == 0


ERRORS = [
    (["search", "gempa", "--limit", "0"], "choose 1 to 10,000"),
    (["search", "gempa", "--offset", "-1"], "choose 0 or more"),
    (["search", "tanggal:2021-13"], "column 9: '2021-13' is not a date; write 2021"),
    (["search", "gempa", "--since", "kapan"], "is not a date; write 2021"),
    (["search", "gempa", "--sort", "best"], "try: kliping search --help"),
    (["search", "gempa", "--limit", "x"], "try: kliping search --help"),
    (["search", "--nosuch"], "try: kliping search --help"),
    (["search"], "try: kliping search --help"),
    (["serach", "gempa"], "try: kliping --help"),
    (["--nosuch"], "try: kliping --help"),
    (["show", "no-such-id"], "these are what search prints"),
    (["show", "no\nsuch\x1b[31m"], "these are what search prints"),
    (["run", "no-such-file"], "cannot be read"),
    (["evaluate", "no-such-file", "nor-this"], "cannot be read"),
    (["extract", "no-such-file"], "check the spelling"),
    (["index", "no-such-file"], "check its name"),
]


@pytest.mark.parametrize(("arguments", "cure"), ERRORS, ids=[" ".join(a)[:40] for a, _ in ERRORS])
def test_an_error_is_one_line_with_the_cure(sample: Path, arguments: list[str], cure: str) -> None:
    result = CliRunner().invoke(main, ["--index", str(sample), *arguments], prog_name="kliping")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert not CONTROLS.search(result.stderr)
    assert cure in result.stderr


def test_a_missing_index_says_how_to_make_one(tmp_path: Path) -> None:
    result = shell("--index", tmp_path / "none", "search", "gempa")
    assert result.returncode == 2
    assert re.fullmatch(
        rb"Error: there is no index at (.*none); make one with: "
        rb"kliping index FOLDER --index \1\n",
        result.stderr,
    )
    (tmp_path / "notes.txt").write_text("x")
    result = shell("--index", tmp_path, "search", "gempa")
    assert result.returncode == 2
    assert b"is not an index; name another place with --index\n" in result.stderr
