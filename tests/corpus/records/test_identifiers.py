"""Ids that only count are none: two exports that count from 1 are different articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.corpus.records.making import BODIES, TITLES, articles


def export(*ids: object, urls: bool = False, first: int = 0) -> str:
    rows = [
        {"id": each, "judul": f"{TITLES[n % 3]} {first + n}", "isi": BODIES[n % 3]}
        | ({"url": f"https://kabar.example/{first + n}"} if urls else {})
        for n, each in enumerate(ids)
    ]
    return json.dumps(rows)


def ids(path: Path, data: str) -> list[str]:
    return [each.id for each in articles(path, data)]


@pytest.mark.parametrize(
    "given",
    [
        ("a-1", "a-2"),
        ("65f0a1b2c3d4e5f607182930", "65f0a1b2c3d4e5f607182931"),
        (5342101, 8710992, 6120877),
        ("0812-3", "0812-4"),
        (20240312000001, 20240312000002),
    ],
)
def test_identifiers_stay(tmp_path: Path, given: tuple[object, ...]) -> None:
    assert ids(tmp_path / "a.json", export(*given)) == [str(each) for each in given]


@pytest.mark.parametrize(
    "given",
    [(1, 2, 3), ("1", "2"), (0, 1), (1043, 1044, 1047, 1051), (3, 2, 1), (1.0, 2.0), (1, 2, 1)],
)
def test_numbers_that_count_are_none(tmp_path: Path, given: tuple[object, ...]) -> None:
    one = ids(tmp_path / "a.json", export(*given))
    other = ids(tmp_path / "b.json", export(*given, first=10))
    assert len({*one, *other}) == 2 * len(given)
    assert ids(tmp_path / "a.json", export(*given)) == one


def test_an_address_makes_the_id_and_a_number_does_when_rows_move(tmp_path: Path) -> None:
    one = ids(tmp_path / "a.json", export(1, 2, 3, urls=True))
    assert ids(tmp_path / "b.json", export(7, 8, 9, urls=True)) == one
    rows = json.loads(export(1, 2, 3))
    before = ids(tmp_path / "a.json", json.dumps(rows))
    newest = {"id": 4, "judul": "Kapal feri kandas", "isi": BODIES[0]}
    assert ids(tmp_path / "a.json", json.dumps([newest, *rows]))[1:] == before


def test_two_exports_pasted_together(tmp_path: Path) -> None:
    rows = json.loads(export(*range(1, 400))) + json.loads(export(*range(1, 400), first=400))
    found = ids(tmp_path / "a.json", json.dumps(rows))
    assert len(set(found)) == 798


def test_an_identifier_beside_a_number_is_the_id(tmp_path: Path) -> None:
    rows = [{"id": n, "uuid": f"u-{n}", "judul": TITLES[n], "isi": BODIES[n]} for n in range(3)]
    assert ids(tmp_path / "a.json", json.dumps(rows)) == ["u-0", "u-1", "u-2"]


def test_an_address_that_all_share_is_no_article_s(tmp_path: Path) -> None:
    rows = [
        {"judul": f"{title} {n}", "isi": BODIES[0], "url": "https://kabar.example/"}
        for n, title in enumerate(TITLES * 2)
    ]
    assert len(set(ids(tmp_path / "a.json", json.dumps(rows)))) == 6


def test_a_record_has_the_id_of_its_place_however_lines_part_the_records(tmp_path):
    rows = [
        json.dumps({"judul": title, "isi": body})
        for title, body in zip(TITLES, BODIES, strict=True)
    ]
    one, two, three = rows
    forms = f"{one}\n{two}\n{three}", f"[{one}, {two}]\n{three}", f"{one}\n[{two}, {three}]"
    ids = [[each.id for each in articles(tmp_path / "a.jsonl", text)] for text in forms]
    assert ids[0] == ids[1] == ids[2]
    assert len(set(ids[0])) == 3
