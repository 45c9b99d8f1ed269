"""What columns are told by, where names mislead: addresses with days in them, numbers, escapes."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from tests.corpus.records.making import BODIES, TITLES, articles, profile

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
