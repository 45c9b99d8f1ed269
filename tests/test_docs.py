"""The documents say what the program does, and nothing about the machine they were written on."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from kliping.cli import COMMANDS
from kliping.corpus.limits import Limits
from kliping.indexing.patience import TIMEOUT

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "corpus", ROOT / "index")
    for path in folder.glob("*.md")
)
READMES = ("README.md", "README.id.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_reference_is_the_help_of_every_command() -> None:
    printed = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "make_cli.py")], capture_output=True, check=True
    )
    assert read("docs/cli.md") == printed.stdout.decode(), "run: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_reference_and_the_readme(name: str) -> None:
    assert f"## kliping {name}\n" in read("docs/cli.md")
    for readme in READMES:
        assert re.search(rf"(kliping|cli\.py) (--index \S+ )?{name}\b", read(readme)), name


@pytest.mark.parametrize(
    "what", [r"\]\((docs/[\w-]+\.md)\)", r"'(\.\[\w+\])'", r"^(#+) ", r"(--\w+)"]
)
def test_both_readmes_tell_of_the_same(what: str) -> None:
    english, indonesian = (re.findall(what, read(name), re.MULTILINE) for name in READMES)
    assert len(english) > 2
    assert indonesian == english


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", link):
            assert (path.parent / link).exists(), link


def test_the_architecture_names_files_that_exist() -> None:
    text = read("ARCHITECTURE.md")
    names = set(re.findall(r"`([a-z_]+(?:/[\w.-]*)+|[a-z_]+\.py)`", text))
    known = {path.name for path in (ROOT / "indexer").rglob("*.py")}
    assert len(names) > 20
    for name in names - known:
        # Some are named from the top, some from the package, as the reader comes upon them.
        assert (ROOT / name).exists() or (ROOT / "indexer" / "kliping" / name).exists(), name


def test_the_architecture_names_modules_that_exist() -> None:
    modules = set(re.findall(r"`(kliping(?:\.\w+)+)`", read("ARCHITECTURE.md")))
    assert modules
    for module in modules:
        assert find_spec(module), module


def test_no_file_names_a_place_on_the_machine_it_was_written_on() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    place = re.compile(rb"(?<![\w./])/(?:home|root|work|Users|tmp)/\w+")
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".cfg", ".toml", ".txt", ".json", ".yml", ""}
            and path.is_file()
        ):
            for found in place.findall(path.read_bytes()):
                assert found.startswith(b"/tmp/"), f"{name}: {found!r}"


def test_the_limits_are_those_that_hold() -> None:
    limits, text = Limits(), read("docs/indexing.md")
    told = [
        f"| {limits.text:,} characters | one article |",
        f"| {4 * limits.text >> 20} MB | a file of text",
        f"| {limits.whole >> 20} MB | a page, and one value of JSON |",
        f"| {limits.saved >> 20} MB | a page with its pictures",
        f"| {limits.line >> 20} MB | one line of records |",
        f"| {limits.ratio} times its size | what a file unpacks to, beyond {limits.free >> 20} MB",
        f"| {limits.unpacked >> 30} GB, {limits.members:,} files | one archive |",
        f"| {TIMEOUT:g} s (`--timeout`) |",
    ]
    assert [row for row in told if row not in text] == []
