"""Which files are found, and which are passed over."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from kliping.corpus import Problem, SourceFile, find_files
from kliping.errors import SourceNotFound
from tests.unprivileged import as_nobody, open_folder


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def keys(*sources: Path) -> list[str]:
    return [found.key for found in find_files(sources) if isinstance(found, SourceFile)]


@pytest.fixture
def arsip(tmp_path: Path) -> Path:
    folder = tmp_path / "arsip"
    folder.mkdir()
    return folder


def test_recursive_and_sorted(arsip: Path) -> None:
    write(arsip, "b.txt", "a/z.html", "a/c.jsonl.gz", "C.CSV", "tanpa-akhiran")
    assert keys(arsip) == [
        "arsip/C.CSV",
        "arsip/a/c.jsonl.gz",
        "arsip/a/z.html",
        "arsip/b.txt",
        "arsip/tanpa-akhiran",
    ]


def test_path_is_as_it_was_named(arsip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(arsip, "a.txt")
    monkeypatch.chdir(arsip)
    (found,) = find_files(["."])
    assert isinstance(found, SourceFile)
    assert (found.path.as_posix(), found.key, found.size) == ("a.txt", "arsip/a.txt", 5)
    assert found.mtime_ns == (arsip / "a.txt").stat().st_mtime_ns


def test_what_is_passed_over_in_silence(arsip: Path) -> None:
    write(arsip, ".rahasia.txt", ".git/a.txt", "README.md", "sub/readme", "README.id.md", "a.txt")
    write(arsip, "a.txt~", "a.html.~2~", "#a.txt#", "~$a.docx", ".#a.txt", ".a.txt.swp")
    assert [str(found) for found in find_files([arsip]) if isinstance(found, Problem)] == []
    assert keys(arsip) == ["arsip/a.txt"]


def test_names_that_only_look_like_backups(arsip: Path) -> None:
    write(arsip, "~rina/a.txt", "#banjir.txt", "a~b.txt", "c#.txt")
    assert [key.removeprefix("arsip/") for key in keys(arsip)] == [
        "#banjir.txt", "a~b.txt", "c#.txt", "~rina/a.txt"
    ]  # fmt: skip


def test_the_folder_that_a_browser_saves_beside_a_page(arsip: Path) -> None:
    write(arsip, "Banjir.html", "Banjir_files/iklan.html", "Gempa.htm", "Gempa_files/x.html")
    write(arsip, "catatan_files/a.txt")
    assert keys(arsip) == ["arsip/Banjir.html", "arsip/Gempa.htm", "arsip/catatan_files/a.txt"]


def test_other_formats_are_ignored_with_a_line(arsip: Path) -> None:
    write(arsip, "foto.JPG", "topik.ppt")
    problems = list(find_files([arsip]))
    assert [str(p) for p in problems] == [
        f"{arsip}/foto.JPG: not an article format",
        f"{arsip}/topik.ppt: not an article format",
    ]
    assert {p.kind for p in problems if isinstance(p, Problem)} == {"ignored"}


def test_a_file_named_directly_is_taken_whatever_its_name(arsip: Path) -> None:
    write(arsip, "halaman.php", ".tersembunyi.txt", "README.md")
    assert keys(arsip / "halaman.php") == ["arsip/halaman.php"]
    assert keys(arsip / ".tersembunyi.txt", arsip / "README.md") == [
        "arsip/.tersembunyi.txt",
        "arsip/README.md",
    ]


def test_nothing_twice(arsip: Path) -> None:
    write(arsip, "a.txt", "sub/b.txt")
    (arsip / "tautan.txt").symlink_to(arsip / "a.txt")
    (arsip / "sub" / "lingkaran").symlink_to(arsip)
    os.link(arsip / "a.txt", arsip / "kembar.txt")
    assert keys(arsip, arsip, arsip / "sub", arsip / "a.txt") == ["arsip/a.txt", "arsip/sub/b.txt"]


def test_a_broken_link_is_a_problem(arsip: Path) -> None:
    (arsip / "putus.txt").symlink_to(arsip / "tidak-ada")
    (problem,) = find_files([arsip])
    assert str(problem) == f"{arsip}/putus.txt: cannot be read: No such file or directory"


def test_a_pipe_is_not_waited_for(arsip: Path) -> None:
    os.mkfifo(arsip / "pipa.txt")
    (problem,) = find_files([arsip, arsip / "pipa.txt"])
    assert isinstance(problem, Problem)
    assert problem.reason == "not a regular file"


def test_an_unreadable_folder_is_a_problem() -> None:
    with open_folder() as arsip:
        write(arsip, "a.txt", "kunci/b.txt")
        (arsip / "kunci").chmod(0)
        with as_nobody():
            found = list(find_files([arsip]))
        (arsip / "kunci").chmod(0o700)
        assert [str(p) for p in found if isinstance(p, Problem)] == [
            f"{arsip}/kunci: folder cannot be read: Permission denied"
        ]


def test_a_missing_source_raises_before_anything_is_read(arsip: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"tidak-ada: no such file or folder; check"):
        next(find_files([arsip, arsip / "tidak-ada"]))


def test_a_very_deep_folder(arsip: Path) -> None:
    deep = arsip
    for _ in range(300):
        deep = deep / "d"
    deep.mkdir(parents=True)
    write(deep, "a.txt")
    assert len(keys(arsip)) == 1


def test_values_are_plain() -> None:
    problem = Problem("a.jsonl", "broken JSON", 7)
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert str(problem) == "a.jsonl:7: broken JSON"
    file = SourceFile(Path("a"), "x/a", 1, 2)
    assert pickle.loads(pickle.dumps(file)) == file
