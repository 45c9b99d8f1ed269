"""Every file of an index cut, emptied, changed, gone, or a folder: one line, or a right answer.

And the line ends in a cure which, typed as it stands, cures.
"""

from __future__ import annotations

import json
import random
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main

WORDS = "gempa banjir longsor warga desa kota bupati menteri sekolah jalan korban hujan".split()
INFO = ["info", "--json"]
COMMANDS = [
    ["search", "gempa warga", "--json"],
    ["search", '"gempa warga" OR sumber:harian', "--json", "--facets"],
    ["search", "", "--ids", "-n", "100"],
    INFO,
    ["show", "a7", "--json"],
    ["show", "https://warta.example/berita/9", "--json"],
    ["suggest", "gem"],
    ["similar", "a7", "--json"],
]
KINDS = ("empty", "gone", "folder", "cut", "flip")
_CURE = re.compile(r"try: (kliping .*)$")


def build(folder: Path, engine: str) -> Path:
    """Make an index in two commits, with duplicates and a lexicon."""
    chance = random.Random(11)
    rows = []
    for n in range(60):
        place = "dusun" + "abcdefghijklmno"[n // 4] * 2  # what is like an article has its place too
        texts = (" ".join([place, *chance.choices(WORDS, k=9)]) for _ in range(8))
        rows.append(
            {"id": f"a{n}", "judul": " ".join(chance.choices(WORDS, k=5)), "isi": ". ".join(texts),
             "url": f"https://warta.example/berita/{n}", "tanggal": f"2024-0{n % 9 + 1}-11",
             "sumber": ("Harian Satu", "Kabar Dua")[n % 2]}
        )  # fmt: skip
    (folder / "arsip").mkdir()
    (folder / "kata.txt").write_text("!jakarta\n")
    for name, part in (("a", rows[:30]), ("b", [*rows[30:], {**rows[3], "id": "k"}])):
        lines = "".join(json.dumps(row) + "\n" for row in part)
        (folder / "arsip" / f"{name}.jsonl").write_text(lines)
        lexicon = folder / "kata.txt" if name == "a" else None
        kliping.build(folder / "arsip", folder / "index", engine=engine, lexicon=lexicon)
    return folder / "index"


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def index(request, tmp_path_factory):
    pytest.importorskip(request.param)
    return build(tmp_path_factory.mktemp(request.param), request.param)


def run(index: Path, arguments: list[str]) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["--index", str(index), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), arguments
    if (
        arguments == INFO
        and result.exit_code == 0
        and (told := json.loads(result.stdout))["damage"]
    ):
        # Where only the notes are damaged it answers what it can, and says there what is wrong.
        assert (told["articles"], told["files"]) == (61, None)
        return 2, "", f"Error: {told['damage']}\n"
    out = re.sub(r'"(took_ms|size)": [\d.]+', "", result.stdout).replace(str(index), "")
    return result.exit_code, out, result.stderr


def spoil(file: Path, kind: str, chance: random.Random) -> None:
    whole = bytearray(file.read_bytes())
    file.unlink()
    if kind == "folder":
        file.mkdir()
    elif kind == "cut":
        file.write_bytes(whole[: chance.randrange(len(whole))] if whole else b"")
    elif kind == "flip" and whole:
        whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        file.write_bytes(whole)
    elif kind != "gone":
        file.write_bytes(b"")


def check(index: Path, place: Path, kind: str, times: int, commands: list[list[str]]) -> set[str]:
    """Spoil each file of a copy, compare what commands say, and return the cures they named."""
    right = [run(index, command) for command in commands]
    assert not any(status for status, _, _ in right)
    chance, cures = random.Random(f"{kind}{times}"), set()
    names = sorted(p.relative_to(index) for p in index.rglob("*") if p.is_file())
    if times == 1:  # one file of each kind
        names = list({name.suffix or name.name: name for name in names}.values())
    for name in names * (times if kind in ("cut", "flip") else 1):
        while place.exists():  # a merge of the run before may still write there
            shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(index, place)
        spoil(place / name, kind, chance)
        for command, expected in zip(commands, right, strict=True):
            status, out, err = run(place, command)
            if status != 2:
                assert (status, out) == expected[:2], (name, kind, command)
                continue
            assert out == "", (name, kind, command)
            assert re.fullmatch(r"Error: [^\n]+\n", err), (name, kind, command, err)
            cure = _CURE.search(err.strip())
            if cure and (times > 1 or not cures or name.name == "manifest.json"):
                cure_it(place, cure[1], name, kind)
            if cure:
                cures.add(cure[1])
                break
    return cures


def cure_it(place: Path, cure: str, name: Path, kind: str) -> None:
    """Type a cure as it stands; what was asked for is there again."""
    program, *arguments = shlex.split(cure)
    assert program == "kliping"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, (name, kind, cure, result.output)
    with kliping.open(place) as opened:
        assert len(opened) == 61, (name, kind, cure)
        assert opened.search("gempa warga").total
        opened.info()


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_one_line_with_a_cure_that_cures_or_changes_nothing(index, tmp_path, kind):
    cures = check(index, tmp_path / "rusak", kind, 1, COMMANDS[::3])
    cure = f"kliping index --rebuild --index {tmp_path / 'rusak'}"
    assert cures == {cure} or (kind == "flip" and not cures)  # some bits change nothing


@pytest.mark.torture
@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_at_length(index, tmp_path, kind):
    check(index, tmp_path / "rusak", kind, 20, COMMANDS)
