"""A word may begin with a minus: what is an option, and what a word that is left out."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    place = tmp_path_factory.mktemp("words") / "index"
    kliping.build(CORPUS, place)
    return place


def kli(index, *arguments):
    return CliRunner().invoke(main, ["--index", str(index), *arguments])


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["banjir", "-jakarta"], "banjir -jakarta"),
        (["-jakarta", "banjir"], "-jakarta banjir"),
        (["banjir", "-nasional"], "banjir -nasional"),  # -n is an option, -nasional none
        (["banjir", "-hujan"], "banjir -hujan"),
        (["banjir", "-judul:gempa", "-5"], "banjir -judul:gempa -5"),
        (["banjir", "-frasa yang utuh"], "banjir -frasa yang utuh"),
        (["-n", "3", "banjir", "-jakarta", "--all"], "banjir -jakarta"),
        (["banjir", "-n3", "-jakarta"], "banjir -jakarta"),
        (["--limit", "3", "banjir", "--sort", "newest", "-x"], "banjir -x"),
        (["banjir", "--source", "-harian", "-x"], "banjir -x"),
        (["--", "-n", "banjir"], "-n banjir"),
        (["banjir", "-"], "banjir -"),
        (["banjir", "--no-expand", "-éa"], "banjir -éa"),
    ],
)
def test_what_is_no_option_is_part_of_the_query(sample, arguments, query):
    result = kli(sample, "search", *arguments, "--json")
    if "--" in arguments:
        result = kli(sample, "search", "--json", *arguments)
    assert result.exit_code in (0, 1), result.stderr
    assert json.loads(result.stdout)["query"] == query


def test_a_word_behind_a_minus_is_left_out(sample):
    def ids(*words):
        return set(kli(sample, "search", *words, "--ids", "-n", "1000").stdout.splitlines())

    assert ids("warga", "-gempa") < ids("warga")
    assert ids("warga", "-gempa") == ids("warga") - ids("gempa", "--match", "any")


def test_n_is_limit(sample):
    assert len(kli(sample, "search", "warga", "-n", "2", "--ids").stdout.splitlines()) == 2
    assert len(kli(sample, "search", "warga", "-n2", "--ids").stdout.splitlines()) == 2
    assert len(kli(sample, "suggest", "ge", "-n", "1").stdout.splitlines()) == 1


@pytest.mark.parametrize("option", ["--limt", "--nosuch", "--n"])
def test_a_long_option_that_is_none_is_an_error(sample, option):
    result = kli(sample, "search", "gempa", option)
    assert result.exit_code == 2
    assert "No such option" in result.stderr
    assert option in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_called_like_an_option_is_named_by_its_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-banjir 2.txt").write_text("Banjir Wening\n\nAir sungai naik lagi semalam.\n")

    def cure(*words):
        monkeypatch.setattr("sys.argv", ["kliping", *words])
        return CliRunner().invoke(main, words, prog_name="kliping").stderr.rpartition("try: ")[2]

    told = cure("index", "--wait", "3", "-banjir 2.txt")
    assert told == "kliping index --wait 3 './-banjir 2.txt'\n"
    assert CliRunner().invoke(main, shlex.split(told)[1:]).exit_code == 0
    assert cure("index", "--lain") == "kliping index --help\n"


@pytest.mark.parametrize("value", ["-3", "x", "", "2.5"])
def test_a_value_that_cannot_be_meant_is_an_error_still(sample, value):
    result = kli(sample, "search", "gempa", "-n", value)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_other_commands_of_words_take_them_too(sample):
    assert kli(sample, "stem", "-berlari").stdout == "-berlari\tlari\n"
    assert kli(sample, "analyze", "-berlari", "--json").exit_code == 0
    assert kli(sample, "suggest", "warga", "-gem").exit_code in (0, 1)
