"""An index as JSON lines and back, made small, and looked through for damage."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main
from kliping.indexing import upkeep
from kliping.indexing.checking import check
from kliping.store.groups import read_groups, write_groups

CORPUS = Path(__file__).parents[2] / "corpus"


def kli(index, *arguments, stdin=None):
    line = ["--index", str(index), *map(str, arguments)]
    result = CliRunner().invoke(main, line, input=stdin)
    assert result.exit_code in (0, 2), result.exception
    return result


@pytest.fixture
def made(tmp_path, engine_name):
    kliping.build(CORPUS, tmp_path / "index", engine=engine_name)
    return tmp_path / "index"


def seen(index):
    """Return all that a search sees, but for scores: they count what was deleted since a merge."""
    with kliping.open(index) as opened:
        articles = sorted(opened, key=lambda article: article.id)
        found = opened.search("gempa OR banjir OR warga", limit=99)
        return articles, sorted((hit.article.id, hit.similar) for hit in found)


def test_what_export_prints_makes_the_same_index(made, tmp_path, engine_name):
    lines = kli(made, "export").stdout
    assert len(lines.splitlines()) == len(seen(made)[0])
    result = kli(tmp_path / "lain", "index", "-", "--engine", engine_name, "--json", stdin=lines)
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["added"] == len(lines.splitlines())
    assert seen(tmp_path / "lain") == seen(made)
    assert check(tmp_path / "lain").problems == ()


def test_what_comes_again_by_standard_input_replaces_and_adds(tmp_path, engine_name):
    def line(key, text):
        return json.dumps({"id": key, "judul": f"Judul {key}", "isi": text}) + "\n"

    index = tmp_path / "index"
    kli(index, "index", "-", "--engine", engine_name, stdin=line("k1", "satu") + line("k2", "dua"))
    result = kli(index, "index", "-", "--json", stdin=line("k2", "tiga") + line("k3", "empat"))
    told = json.loads(result.stdout)
    assert (told["added"], told["updated"], told["removed"], told["articles"]) == (1, 1, 0, 3)
    assert [article.body for article in seen(index)[0]] == ["satu", "tiga", "empat"]


def test_lines_that_are_no_articles_are_told(tmp_path, made):
    lines = kli(made, "export").stdout.splitlines()[:2]
    result = kli(tmp_path / "lain", "index", "-", stdin="\n".join([lines[0], "{", lines[1]]))
    assert "-:2: not an article that export prints" in result.stderr
    assert "2 articles in" in result.stdout
    assert kli(tmp_path / "lain", "index", "-", "x", stdin="").exit_code == 2


@pytest.mark.parametrize(
    "asked",
    [
        ["--rebuild"], ["--dry-run"], ["--lexicon", "kata.txt"], ["--map", "judul=x"],
        ["--exclude", "*"], ["--follow-links"], ["--keep-repeats"],
    ],
)  # fmt: skip
def test_what_only_files_can_be_asked_for_is_refused(tmp_path: Path, asked: list[str]) -> None:
    result = kli(tmp_path / "lain", "index", "-", *asked, stdin="")
    assert result.exit_code == 2
    assert f"without {asked[0]}: it cannot be read again" in result.stderr
    assert not (tmp_path / "lain").exists()


def test_a_compacted_index_is_the_same_and_smaller(made, tmp_path, engine_name):
    before = seen(made)
    upkeep.remove([article.id for article in before[0][::2]], made)
    before = seen(made)
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    saved = kli(made, "compact")
    assert saved.exit_code == 0
    assert saved.stdout.endswith("MB saved\n")
    assert seen(made)[0] == before[0]
    assert sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) < size
    assert check(made).problems == ()
    assert kliping.build([], made).unchanged == len(before[0])


def test_a_sound_index_is_called_so_after_every_kind_of_run(made, tmp_path):
    assert kli(made, "check").stdout.startswith("sound: ")
    kliping.build(CORPUS, made, rebuild=True)
    upkeep.remove([seen(made)[0][0].id], made)
    assert check(made).problems == ()


def _flip(index):
    path = max((index / "generation-1" / "engine").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    new = path.with_name("new")
    new.write_bytes(data)
    new.replace(path)


def _swap(index):
    with closing(sqlite3.connect(index / "generation-1" / "state.sqlite")) as notes:
        notes.execute("UPDATE articles SET id = id || 'x'")
        notes.commit()


def _lose(index):
    (index / "generation-1" / "state.sqlite").unlink()


def _group(index):
    write_groups(index / "generation-1", [(1, ["tidak", "ada"])])


def _ungroup(index):
    generation = index / "generation-1"
    write_groups(generation, [(number, []) for number, _ in read_groups(generation).every()])


# Whoosh leaves a file open when it cannot read it.
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_flip, "is not as it was"),
        (_swap, "does not know"),
        (_lose, "missing"),
        (_group, "names"),
        (_ungroup, "not as it is noted"),
    ],
)
def test_damage_is_found_and_the_cure_cures(made, damage, said):
    damage(made)
    result = kli(made, "check")
    assert result.exit_code == 2
    text = result.stdout + result.stderr
    assert said in text or "damaged" in text
    assert not (damage is _lose and (made / "generation-1" / "state.sqlite").exists())
    cure = text.splitlines()[0].rpartition("try: kliping ")[2].split()
    assert kli(made, *cure).exit_code == 0
    assert kli(made, "check").exit_code == 0
