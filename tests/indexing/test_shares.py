"""Whatever number of processes prepares articles, the index is the same, and what is told of it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kliping
from kliping.analysis import Analyser, UserLexicon
from kliping.article import Article
from kliping.corpus import Problem, SourceFile, find_files, read_file
from kliping.corpus.shares import BLOCK, Share
from kliping.indexing import readers
from kliping.indexing.preparing import Prepared, prepare, preparing
from kliping.indexing.reading import read_share
from tests.corpus.containers.making import http, page, record, tarred, warc, zipped

pytest.importorskip("warcio", reason="the extra 'containers' is not installed")

_FOOTER = "Ikuti kabar terbaru kami hanya di kanal Kabar Wening setiap pagi."


def _rows(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Return records: some empty, some with one id, nearly all with what their source repeats."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        words = " ".join(
            chance.choice("air warga panen jalan kopi desa".split()) for _ in range(40)
        )
        row = {
            "id": f"a{chance.randrange(count) if number % 9 == 0 else number}",
            "judul": f"Panen {number}",
            "isi": f"{words} {number}.\n\n{_FOOTER}" if number % 11 else "",
            "sumber": "Kabar Wening" if number % 3 else "Warta Lembah",
            "tanggal": f"2024-01-{number % 28 + 1:02}" if number % 7 else "entah",
        }
        if number % 50 == 13:
            row[f"kolom {number}"] = "tanpa arti"
        rows.append(row)
    return rows


def _lines(rows: list[dict[str, str]]) -> bytes:
    lines = [json.dumps(row) for row in rows]
    lines[70:70] = ['{"judul": "terpotong', "[]", ""]
    return "\n".join(lines).encode()


def _table(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(
        text, ["id", "judul", "isi", "sumber", "tanggal"], extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _pages(rows: list[dict[str, str]]) -> Iterator[tuple[str, bytes]]:
    for number, row in enumerate(rows):
        yield f"{number:04}.txt", f"{row['judul']}\n\n{row['isi']}".encode()
        if number % 20 == 7:
            yield f"{number:04}.jsonl", _lines(rows[:5])
            yield f"{number:04}.exe", b"MZ"


def _warc(rows: list[dict[str, str]]) -> bytes:
    records = [
        record(f"https://kabar.example/{at}", http(page(at), kind="text/html" if at % 5 else "a/b"))
        for at in range(len(rows))
    ]
    records[5] = record("https://kabar.example/5", http("<p>Ya."))
    return warc(records, packed=True)


_KINDS = {
    "a.jsonl": _lines,
    "a.jsonl.gz": lambda rows: gzip.compress(_lines(rows)),
    "a.json": lambda rows: json.dumps({"berita": rows}).encode(),
    "a.csv": _table,
    "a.zip": lambda rows: zipped(dict(_pages(rows))),
    "a.tgz": lambda rows: tarred(dict(_pages(rows)), packed=True),
    "a.warc.gz": _warc,
    "a.txt": lambda rows: f"{rows[0]['judul']}\n\n{rows[1]['isi'] * 3}".encode(),
    "cut.tgz": lambda rows: tarred(dict(_pages(rows)), packed=True)[:-400],
    "cut.warc.gz": lambda rows: _warc(rows)[:-400],
    "cut.jsonl.gz": lambda rows: gzip.compress(_lines(rows))[:-900],
}


def _file(path: Path, content: bytes) -> SourceFile:
    path.write_bytes(content)
    (file,) = find_files([path])
    assert isinstance(file, SourceFile)
    return file


def _woven(file: SourceFile, of: int) -> list[Article | Problem]:
    """Return what several readers of a file give, put together by blocks."""
    blocks: list[tuple[int, Article | Problem]] = []
    shares = [Share(number, of) for number in range(of)]
    for share in shares:
        blocks += [(share.block, item) for item in read_share(file, share)[1]]
    items = [item for _, item in sorted(blocks, key=lambda pair: pair[0])]
    left = [share.left for share in shares if share.left]
    for other in left[1:]:
        left[0].add(other)
    return items + (list(left[0].notes()) if left else [])


@pytest.mark.parametrize("name", _KINDS)
@pytest.mark.parametrize("of", [2, 3])
def test_shares_of_a_file_are_the_file(tmp_path: Path, name: str, of: int) -> None:
    file = _file(tmp_path / name, _KINDS[name](_rows(3 * BLOCK + 20)))
    assert _woven(file, of) == list(read_file(file))


@settings(max_examples=20, deadline=None)
@given(count=st.integers(1, 4 * BLOCK), of=st.integers(2, 6), seed=st.integers(0, 9))
def test_shares_of_any_number_of_records(
    tmp_path_factory: pytest.TempPathFactory, count: int, of: int, seed: int
) -> None:
    file = _file(tmp_path_factory.mktemp("in") / "a.jsonl", _lines(_rows(count, seed)))
    assert _woven(file, of) == list(read_file(file))


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_index_is_the_same_and_what_is_told(
    tmp_path: Path, jobs: int, engine_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_LARGE_BYTES", 20_000)
    source = tmp_path / "in"
    source.mkdir()
    for at, (name, make) in enumerate(_KINDS.items()):
        (source / f"{at}{name}").write_bytes(make(_rows(2 * BLOCK + 9, seed=at % 4)))
    found = {}
    for number in (1, jobs):
        told: list[Problem] = []
        index = tmp_path / str(number)
        summary = kliping.build(
            source, index, engine=engine_name, jobs=number, memory=4096, on_problem=told.append
        )
        summary.seconds = 0.0
        with kliping.open(index) as opened:
            articles = sorted(opened, key=lambda article: article.id)
        found[number] = articles, [str(each).replace(str(index), "index") for each in told], summary
    assert found[1] == found[jobs]
    assert any("left out of" in line for line in found[1][1])  # what a source repeats


def test_processes_send_what_they_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_LARGE_BYTES", 1)
    file = _file(tmp_path / "a.jsonl", _lines(_rows(3 * BLOCK)))
    analyser = Analyser(UserLexicon.parse("panenan = kopi\n!desa"))
    reads = readers.read_all([file], jobs=2, preparing=preparing(analyser))
    items = [item for read in reads for batch in read.batches for item in batch]
    made = [item for item in items if isinstance(item, Prepared)]
    assert made == [
        prepare(item, analyser) for item in read_file(file) if isinstance(item, Article)
    ]
