"""What columns are told by, where names mislead: addresses with days in them, numbers, escapes."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from tests.corpus.records.making import BODIES, TITLES, articles, problems, profile

DAYS = ("2024-05-03", "2024-05-04", "2024-05-07")
ROWS = list(zip(TITLES, BODIES, DAYS, strict=True))
ADDRESSES = [f"https://kabar.example/{day.replace('-', '/')}/pasar" for day in DAYS]


def days(path: Path, data: str) -> list[str]:
    return [str(each.published and each.published.date()) for each in articles(path, data)]


def test_an_address_with_a_day_in_it_is_no_date(tmp_path: Path) -> None:
    rows = "".join(
        f'{day},Kabar Wening,{title},"{body}",{url}\n'
        for (title, body, day), url in zip(ROWS, ADDRESSES, strict=True)
    )
    assert days(tmp_path / "a.csv", rows) == list(DAYS)
    assert [each.url for each in articles(tmp_path / "a.csv", rows)] == ADDRESSES


def test_a_number_whose_name_says_nothing_is_no_date(tmp_path: Path) -> None:
    docs = [
        {"title": [title], "content": [body], "_version_": 1_716_000_000 + at}
        for at, (title, body, _) in enumerate(ROWS)
    ]
    data = json.dumps({"response": {"docs": docs}})
    assert days(tmp_path / "a.json", data) == ["None"] * 3
    dated = [doc | {"date_dt": f"{day}T03:00:00Z"} for doc, day in zip(docs, DAYS, strict=True)]
    assert days(tmp_path / "b.json", json.dumps({"response": {"docs": dated}})) == list(DAYS)


@pytest.mark.parametrize(
    ("values", "field"),
    [(ADDRESSES, "url"), (["https://kabar.example/"] * 3, "source"), (["Kabar"] * 3, "source")],
)
def test_a_source_of_addresses_is_the_articles_own(
    tmp_path: Path, values: list[str], field: str
) -> None:
    rows = [
        {"title": title, "text": body, "source": value}
        for (title, body, _), value in zip(ROWS, values, strict=True)
    ]
    told = profile(tmp_path / "a.json", json.dumps(rows))
    assert told.assigned.fields[field] == ["source"]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_markup_that_was_escaped_is_markup(tmp_path: Path, times: int) -> None:
    body = "".join(f"<p>{text}</p>" for text in BODIES)
    for _ in range(times):
        body = html.escape(body)
    (one,) = articles(tmp_path / "a.json", json.dumps([{"title": TITLES[0], "content": body}]))
    assert one.body == "\n\n".join(BODIES)


def test_tags_that_a_text_speaks_of_stay(tmp_path: Path) -> None:
    body = f"<p>{BODIES[0]}</p><p>Tulislah &lt;p&gt; di depan, kata guru.</p>"
    (one,) = articles(tmp_path / "a.json", json.dumps([{"title": TITLES[0], "content": body}]))
    assert one.body == f"{BODIES[0]}\n\nTulislah <p> di depan, kata guru."


@pytest.mark.parametrize(
    "written",
    [
        [[body.replace(".", " .").split()] for body in BODIES],
        [body.split() for body in BODIES],
        str(list(BODIES)),
        {"document": {"nodes": [{"children": [{"text": body}]} for body in BODIES]}},
    ],
)
@pytest.mark.parametrize("name", ["text", "clean_article"])
def test_a_text_in_any_shape(tmp_path: Path, written: object, name: str) -> None:
    row = {"id": "7-pasar", "url": ADDRESSES[0], name: written, "gold_labels": [[0, 1]]}
    (one,) = articles(tmp_path / "a.json", json.dumps(row))
    assert one.body == "\n\n".join(BODIES)


def test_runs_of_one_paragraph(tmp_path: Path) -> None:
    runs = [{"text": BODIES[0][:6]}, {"text": BODIES[0][6:]}]  # "Pasar ", with its space
    row = {"title": TITLES[0], "content": [{"children": runs}, {"children": [{"text": BODIES[1]}]}]}
    (one,) = articles(tmp_path / "a.json", json.dumps(row))
    assert one.body == f"{BODIES[0]}\n\n{BODIES[1]}"


def test_records_by_their_addresses(tmp_path: Path) -> None:
    rows = {
        url: {"judul": title, "isi": body}
        for url, (title, body, _) in zip(ADDRESSES, ROWS, strict=True)
    }
    found = articles(tmp_path / "a.json", json.dumps(rows))
    assert [each.url for each in found] == ADDRESSES


@pytest.mark.parametrize(
    "name", ["Posting Date (dd-mm-yyyy)", "published_ts", "tgl_dt", "date (yyyy-mm-dd)"]
)
def test_dates_whose_names_say_how_they_are_written(tmp_path: Path, name: str) -> None:
    data = json.dumps([{"title": t, "isi": b, name: day} for t, b, day in ROWS])
    assert days(tmp_path / "a.json", data) == list(DAYS)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PAR1" + bytes(range(200)), "Parquet: save it as JSON lines or CSV"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "an Office file of before 2007: save it as .xlsx"),
        (b"SQLite format 3\0" + bytes(99), "a database or a dump of one: export its table"),
        (b"-- MySQL dump\n\nCREATE TABLE `berita` (`id` int);\n", "a database or a dump of one"),
        (b"/*!40101 SET NAMES utf8 */;\nINSERT INTO a VALUES (1);", "a database or a dump of one"),
    ],
)
def test_what_other_programs_must_turn_into_a_table(tmp_path: Path, data: bytes, said: str) -> None:
    (problem,) = problems(tmp_path / "arsip.txt", data)
    assert problem.startswith(f"skipped: {said}")
