"""What a walk leaves out: by patterns, by where links lead, and indexes of our own."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main
from kliping.corpus import Problem, find_files
from kliping.corpus.leaving_out import Rules
from kliping.errors import CorpusError


@pytest.fixture
def folder(tmp_path):
    for name in ("a.txt", "draf/b.txt", "draf/c.md", "dalam/draf/d.txt", "dalam/e.txt"):
        path = tmp_path / "arsip" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Banjir {name}\n\nAir sungai {name} naik lagi semalam.\n")
    return tmp_path / "arsip"


def below(folder, **rules):
    rules = Rules(**rules)
    found = find_files([folder], rules_of=lambda path: rules)
    return [f.key.partition("/")[2] for f in found if not isinstance(f, Problem)]


EVERYTHING = ["a.txt", "dalam/draf/d.txt", "dalam/e.txt", "draf/b.txt", "draf/c.md"]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ((), EVERYTHING),
        (("draf/",), ["a.txt", "dalam/e.txt"]),
        (("/draf/",), ["a.txt", "dalam/draf/d.txt", "dalam/e.txt"]),
        (("*.txt", "!a.txt"), ["a.txt", "draf/c.md"]),
        (("# kata", "", "dalam/**"), ["a.txt", "draf/b.txt", "draf/c.md"]),
    ],
)
def test_patterns_are_those_of_gitignore_given_or_in_a_file(folder, patterns, left):
    assert below(folder, exclude=patterns) == left
    (folder / ".klipingignore").write_text("\n".join(patterns))
    assert below(folder) == left


def test_the_nearest_file_of_patterns_decides(folder):
    (folder / ".klipingignore").write_text("*.txt\n")
    (folder / "dalam" / ".klipingignore").write_text("!e.txt\n")
    assert below(folder) == ["dalam/e.txt", "draf/c.md"]


def test_a_pattern_that_cannot_be_understood_is_told(folder, tmp_path):
    with pytest.raises(CorpusError, match=r"--exclude: the pattern '!'"):
        kliping.build(folder, tmp_path / "index", exclude=["!"])
    (folder / "draf" / ".klipingignore").write_text("!\n")
    problems = [found for found in find_files([folder]) if isinstance(found, Problem)]
    assert [problem.path for problem in problems] == [str(folder / "draf" / ".klipingignore")]
    assert "b.txt" not in str(below(folder))


def test_what_is_left_out_is_kept_with_the_source_and_taken_out(folder, tmp_path):
    index = tmp_path / "index"
    assert kliping.build(folder, index).added == 5
    assert kliping.build(folder, index, exclude=["draf/"]).removed == 3
    assert kliping.build([], index).unchanged == 2
    assert kliping.build([], index, rebuild=True).added == 2
    assert kliping.build(folder, index, exclude=["e.txt"]).articles == 4


def test_an_index_is_never_read_wherever_it_lies(folder, monkeypatch):
    monkeypatch.chdir(folder)
    kliping.build(".", "index")
    shutil.copytree("index", "dalam/cadangan")
    problems = []
    summary = kliping.build(".", "index", on_problem=problems.append)
    assert (summary.unchanged, summary.added, summary.skipped, summary.ignored) == (5, 0, 0, 0)
    assert problems == []
    summary = kliping.build("index", "lain", on_problem=problems.append)
    assert (summary.articles, summary.skipped) == (0, 1)
    assert str(problems[0]).startswith("index: an index of kliping, no articles; name the folder")
    (folder / "dalam" / "cadangan" / "manifest.json").unlink()
    (folder / "dalam" / "cadangan" / "writer.lock").touch()
    assert kliping.build(".", "index").added == 0


def test_links_are_followed_below_the_source_and_outside_when_told(folder, tmp_path):
    (tmp_path / "luar").mkdir()
    shutil.copy(folder / "a.txt", tmp_path / "luar" / "z.txt")
    (folder / "keluar").symlink_to(tmp_path / "luar")
    (folder / "y.txt").symlink_to(tmp_path / "luar" / "z.txt")
    (folder / "dalam.txt").symlink_to(folder / "dalam" / "e.txt")
    (folder / "tautan").symlink_to(folder / "draf")
    found = list(find_files([folder]))
    (note,) = (each for each in found if isinstance(each, Problem))
    assert note.kind == "note"
    assert note.reason.startswith("2 links out of it, such as keluar")
    assert not {"keluar/z.txt", "y.txt"} & set(below(folder))
    assert len(below(folder)) == 5
    assert "keluar/z.txt" in below(folder, follow_links=True)
    (tmp_path / "pintas").symlink_to(folder)
    assert len(below(tmp_path / "pintas")) == 5


def test_the_command_takes_patterns_and_keeps_them(folder, tmp_path):
    line = ["--index", str(tmp_path / "index"), "index", str(folder), "--json"]
    result = CliRunner().invoke(main, [*line, "--exclude", "draf/", "--exclude", "e.txt"])
    assert '"added": 1,' in result.output
    result = CliRunner().invoke(main, [*line[:3], "--dry-run", str(folder), "--exclude", "x"])
    assert "4 new" in result.output
