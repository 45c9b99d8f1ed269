"""Files that their writers broke: what is good comes in, and what is wrong is said by its line."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.limits import Limits
from kliping.corpus.records.literals import as_json
from tests.corpus.records.making import BODIES, TITLES, articles, problems, source

BODY = "Hujan deras mengguyur Kota Wening sejak Senin pagi"


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        ('Satu "kata" saja,isi,2024-03-12\n', ['Satu "kata" saja']),
        ('"Satu",isi\nDua,isi dua,2024-03-13\n', ["Satu", "Dua"]),
        (
            'Satu,isi\n"Dua,isi dua,2024-03-13\n"Tiga","isi ""tiga""",2024\n',
            ["Satu", "Dua", "Tiga"],
        ),
        ('Satu,"isi tanpa tutup,2024-03-12\nDua,isi,2024-03-13\n', ["Satu", "Dua"]),
        ('"Satu","baris\n\nbaris, lain",2024\nDua,"x\ny",2024\n', ["Satu", "Dua"]),
        ("Satu,isi,2024,,,\nDua,isi,2024\n", ["Satu", "Dua"]),
        ("\n\nSatu,isi,2024\n\n,,\nDua,isi,2024\n", ["Satu", "Dua"]),
    ],
)
def test_rows(tmp_path: Path, rows: str, titles: list[str]) -> None:
    found = articles(tmp_path / "a.csv", "judul,isi,tanggal\n" + rows)
    assert [each.title for each in found] == titles


def test_a_text_with_its_delimiter_unquoted_is_put_together(tmp_path: Path) -> None:
    data = (
        f"judul,isi,tanggal\nSatu,{BODY}, kata Rina, kemarin.,2024-03-12\nDua,{BODY}.,2024-03-13\n"
    )
    first, _ = articles(tmp_path / "a.csv", data)
    assert first.body == f"{BODY}, kata Rina, kemarin."
    assert first.published
    (said,) = problems(tmp_path / "a.csv", data)
    assert said == "repaired: 5 cells under 3 names: the text has a delimiter unquoted"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", "judul,isi\n", "skipped: holds no records"),
        ("a.csv", "suka,duka\n7,8\n", "skipped: no line names a column of ours"),
        ("a.tsv", "suka\tduka\n7\t8\n", "ignored: no line names a column of ours"),
        ("a.json", "[]", "skipped: holds no records"),
        ("a.json", '[{"judul": "A", "isi": "B', "skipped: broken JSON: Unterminated string"),
        ("a.json", "[1, 2]", "skipped: not a record with fields but a bare int"),
    ],
)
def test_what_is_no_use_is_said(tmp_path: Path, name: str, data: str, told: str) -> None:
    assert problems(tmp_path / name, data)[0].startswith(told)


def test_what_a_program_says_of_itself_is_no_article(tmp_path: Path) -> None:
    package = {"name": "kabar", "version": "7", "license": BODY, "description": BODIES[0]}
    assert not articles(tmp_path / "package.json", json.dumps(package, indent=1))


def test_a_whole_that_is_too_large_for_one_value(tmp_path: Path) -> None:
    rows = [{"judul": f"Banjir {n}", "isi": " ".join(BODIES) * 9} for n in range(3000)]
    whole = {"title": "Arsip", "foto": [{"url": "x"}], "hasil": {"artikel": rows, "lain": rows[:2]}}
    file = source(tmp_path / "a.json", json.dumps(whole))
    found = [each for each in read_file(file) if isinstance(each, Article)]
    assert [each.title for each in found] == [row["judul"] for row in (*rows, *rows[:2])]
    assert (
        len(articles(tmp_path / "b.json", json.dumps(whole | {"hasil": {"artikel": rows[:9]}})))
        == 9
    )


@pytest.mark.parametrize("text", ["['" + " " * 90_000 + "x", "{a" * 50_000, "[{" + "/*" * 90_000])
def test_no_text_takes_long(tmp_path: Path, text: str) -> None:
    articles(tmp_path / "a.jsonl", json.dumps({"judul": text, "isi": text}))
    articles(tmp_path / "a.json", text)


def test_two_arrays_one_behind_the_other(tmp_path: Path) -> None:
    arrays = (json.dumps([{"judul": t, "isi": b}]) for t, b in zip(TITLES, BODIES, strict=True))
    found = articles(tmp_path / "a.json", "\n".join(arrays))
    assert [each.title for each in found] == list(TITLES)


@pytest.mark.parametrize(
    "literal",
    [
        """const a = [{judul: 'Jum\\'at', isi: `baris\nbaris "dua" // tetap`, x: undefined,},];""",
        """[{'judul': "Jum'at", 'isi': 'baris\\nbaris "dua" // tetap', 'suka': None}]""",
    ],
)
def test_literals_of_scripts(tmp_path: Path, literal: str) -> None:
    (found,) = articles(tmp_path / "a.js" if "const" in literal else tmp_path / "a.json", literal)
    assert found.title == "Jum'at"
    assert 'baris "dua" // tetap' in found.body


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
))  # fmt: skip
def test_json_is_json_already(value: object) -> None:
    assert json.loads(as_json(json.dumps(value))) == value


def test_a_whole_page_in_a_field(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><body><nav><a href='/'>Beranda</a></nav><article><h1>Pasar</h1>"
        + "".join(f"<p>{body}</p>" for body in BODIES)
        + "</article></body></html>"
    )
    (found,) = articles(tmp_path / "a.jsonl", json.dumps({"judul": "Pasar", "html": page}))
    assert BODIES[2] in found.body
    assert "Beranda" not in found.body
    assert "<" not in found.body


def test_memory_does_not_grow_with_an_array(tmp_path: Path) -> None:
    def peak(records: int) -> int:
        record = {"judul": "Banjir di Wening", "isi": " ".join(BODIES) * 9}
        file = source(tmp_path / "a.json", json.dumps([record] * records))
        tracemalloc.start()
        assert sum(isinstance(each, Article) for each in read_file(file)) == records
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(250), peak(500)
    assert many < few * 1.3


@given(data=st.binary(max_size=200), name=st.sampled_from(["a.csv", "a.tsv", "a.json", "a.jsonl"]))
def test_any_bytes_behind_a_good_beginning(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    good = {"judul": "Banjir", "isi": BODY}
    heads = {"a.csv": "judul,isi\n", "a.tsv": "judul\tisi\n", "a.json": f"[{json.dumps(good)},"}
    path = tmp_path_factory.getbasetemp() / name
    file: SourceFile = source(path, heads.get(name, json.dumps(good) + "\n").encode() + data)
    assert all(isinstance(each, (Article, Problem)) for each in read_file(file))


@pytest.mark.parametrize("levels", [59, 400, 5_000])
@pytest.mark.parametrize(
    ("begins", "within", "ends"),
    [
        ('{"judul": "Lain", "isi": ', '["x", {}]', "}"),
        ('{"judul": "Lain", "isi": ', '{{"text": {}}}', "}"),
        ("", '{{"data": {}}}', ""),
        ('{"data": ', '[{{"a": {}}}]', "}"),
        ('{"foto": ', "[{}]", "}"),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_however_deep_a_value_is_the_others_are_read(
    tmp_path: Path, begins: str, within: str, ends: str, levels: int, name: str
) -> None:
    left, right = within.split("{}") if "{}" in within else (within, "")
    deep = left.format() * levels + "1" + right.format() * levels
    good = json.dumps({"judul": "Banjir", "isi": BODY})
    rows = [good, begins + deep + ends, good]
    data = "\n".join(rows) if name == "a.jsonl" else f"[{','.join(rows)}]"
    found = [each.title for each in articles(tmp_path / name, data)]
    # Where an array's parser gives up depends on the Python: what stands before is never lost.
    fewest = 1 if levels > 1_000 and name == "a.json" else 2
    assert fewest <= found.count("Banjir") <= 2


def test_a_file_of_nothing_but_depth_is_told(tmp_path: Path) -> None:
    for levels in (500, 900, 100_000):
        for deep in ("[" * levels + "]" * levels, '{"data":' * levels + "1" + "}" * levels):
            assert articles(tmp_path / "a.json", deep) == []
            assert problems(tmp_path / "a.json", deep)


def test_an_array_may_begin_with_nothing(tmp_path: Path) -> None:
    good = json.dumps({"judul": "Banjir", "isi": BODY})
    assert [each.title for each in articles(tmp_path / "a.json", f"[null, {good}]")] == ["Banjir"]


def test_of_records_parted_by_returns_one_that_is_too_long_costs_itself_alone(tmp_path):
    rows = [{"judul": title, "isi": body} for title, body in zip(TITLES, BODIES, strict=True)]
    rows[1]["isi"] *= 200
    file = source(tmp_path / "a.jsonl", "\r".join(map(json.dumps, rows)))
    items = list(read_file(file, limits=Limits(line=9_000)))
    assert [item.title for item in items if isinstance(item, Article)] == [TITLES[0], TITLES[2]]
    assert [item.line for item in items if isinstance(item, Problem)] == [2]


def test_what_is_good_comes_out_of_a_gzip_in_a_gzip_that_is_cut(tmp_path):
    text = "".join(
        json.dumps({"judul": f"{title} {n}", "isi": f"{body} {n}"}) + "\n"
        for n in range(500)
        for title, body in zip(TITLES, BODIES, strict=True)
    )
    packed = gzip.compress(gzip.compress(text.encode(), 1), 1)
    found = articles(tmp_path / "a.jsonl.gz", packed[:-2_000])
    assert 100 < len(found) < 1_500
    (told,) = problems(tmp_path / "a.jsonl.gz", packed[:-2_000])
    assert "cut off or damaged after line" in told


@pytest.mark.parametrize("broken", range(48, 53))
def test_a_broken_line_ends_nothing_once_one_was_good(tmp_path, broken):
    lines = [json.dumps({"judul": f"{TITLES[0]} {n}", "isi": f"{BODY} {n}."}) for n in range(60)]
    lines[broken - 1] = '{"judul": "Panen'
    assert len(articles(tmp_path / "a.jsonl", "\n".join(lines))) == 59
