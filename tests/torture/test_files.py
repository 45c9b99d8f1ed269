"""Files that change, grow, shrink and vanish while they are read; clocks and names that lie."""

from __future__ import annotations

import json
import os
import random
import unicodedata
from pathlib import Path

import pytest

import kliping
from kliping.corpus import Problem
from tests.torture import long_too

_HOUR = 3600 * 10**9


def _lines(name: str, count: int, version: int) -> str:
    rows = (
        {
            "id": f"{name}-{at}",
            "judul": f"Panen {name} {at}",
            "isi": f"Warga {name} memanen kopi ke-{at}, versi {version}.",
        }
        for at in range(count)
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def _held(index: Path) -> dict[str, str]:
    with kliping.open(index) as opened:
        return {article.id: article.body for article in opened}


def _sound(index: Path, source: Path) -> None:
    """Say that an index holds, after one run more, what a fresh one of the same files holds."""
    kliping.build([], index)
    fresh = index.with_name("fresh")
    kliping.build(source, fresh, rebuild=fresh.exists())
    assert _held(index) == _held(fresh)
    again = kliping.build([], index)
    assert (again.added, again.updated, again.removed) == (0, 0, 0)


@pytest.mark.parametrize("rounds", long_too(2, 200))
def test_files_that_do_not_hold_still(tmp_path: Path, rounds: int) -> None:
    source, index = tmp_path / "in", tmp_path / "index"
    source.mkdir()
    chance = random.Random(rounds)
    paths = [source / f"{name}.jsonl" for name in "abcdef"]
    for number in range(rounds):
        for path in paths:
            path.write_text(_lines(path.stem, 300, number), "utf-8")

        def meddle(done: int, total: int, number: int = number) -> None:
            path = chance.choice(paths)
            deed = chance.choice(["vanish", "grow", "shrink", "change", "replace"])
            if deed == "vanish":
                path.unlink(missing_ok=True)
            elif deed == "grow":
                with path.open("a", encoding="utf-8") as file:
                    file.write(_lines(f"{path.stem}-baru", 3, number))
            elif deed == "shrink" and path.exists():
                os.truncate(path, chance.randrange(path.stat().st_size + 1))
            else:
                new = path.with_suffix(".tmp")
                new.write_text(_lines(path.stem, chance.randrange(1, 400), -number), "utf-8")
                new.replace(path)

        kliping.build(source, index, on_progress=meddle)
        _sound(index, source)


@pytest.mark.parametrize("shift", [-(10**6) * _HOUR // 10**6, 0, 24 * _HOUR, 10**5 * _HOUR])
def test_times_that_lie(tmp_path: Path, shift: int) -> None:
    """Times from before, from the future and back again hide no change and make none."""
    source, index = tmp_path / "in", tmp_path / "index"
    source.mkdir()
    path = source / "a.jsonl"
    path.write_text(_lines("a", 5, 1), "utf-8")
    now = path.stat().st_mtime_ns
    kliping.build(source, index)
    os.utime(path, ns=(now + shift, now + shift))
    assert kliping.build([], index).unchanged == 5
    path.write_text(_lines("a", 6, 2), "utf-8")
    os.utime(path, ns=(now - _HOUR, now - _HOUR))  # newer content, older time
    summary = kliping.build([], index)
    assert (summary.added, summary.updated) == (1, 5)
    _sound(index, source)


@pytest.mark.parametrize(
    "name",
    [
        unicodedata.normalize("NFC", "berita-kué.jsonl"),
        unicodedata.normalize("NFD", "berita-kué.jsonl"),
        "berita\nbaru.jsonl",
        "berita\tbaru \u202egpj.jsonl",
        "-berita.jsonl",
        "berita'; DROP.jsonl",
    ],
)
def test_names_that_lie(tmp_path: Path, name: str) -> None:
    source, index = tmp_path / "in", tmp_path / "index"
    source.mkdir()
    (source / name).write_text(_lines("a", 3, 1), "utf-8")
    told: list[Problem] = []
    assert kliping.build(source, index, on_problem=told.append).added == 3
    _sound(index, source)
    (source / name).unlink()
    assert kliping.build([], index).removed == 3
    assert told == []


def test_one_name_in_two_forms(tmp_path: Path) -> None:
    """Where the system takes both for files of their own, so does the index."""
    source, index = tmp_path / "in", tmp_path / "index"
    source.mkdir()
    for form in ("NFC", "NFD"):
        path = source / unicodedata.normalize(form, "kué.jsonl")
        path.write_text(_lines(form, 2, 1), "utf-8")
    if len(list(source.iterdir())) == 2:
        assert kliping.build(source, index).added == 4
        _sound(index, source)


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    source, index = tmp_path / "in", tmp_path / "index"
    source.mkdir()
    try:
        (source / os.fsdecode(b"berita-\xff\xfe.jsonl")).write_text(_lines("a", 3, 1), "utf-8")
    except OSError:
        pytest.skip("this system takes no such names")
    (source / "b.jsonl").write_text(_lines("b", 2, 1), "utf-8")
    summary = kliping.build(source, index)
    assert summary.articles == 5
    with kliping.open(index) as opened:
        json.dumps([hit.article.path for hit in opened.search("kopi", limit=9, collapse=False)])
    assert kliping.build([], index).unchanged == 5
