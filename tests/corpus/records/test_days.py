"""Day or month first: the rows of a column say it together, and no date is silently wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.records.days import Order, day_first, order_of
from kliping.corpus.text.dates import WIB, parse_date
from tests.corpus.records.making import articles, problems

BODY = "Hujan deras mengguyur Kota Wening sejak Senin pagi, kata Rina Sari di kantornya."


def dated(*dates: str, more: str = "") -> str:
    head = f"judul,isi,tanggal{',tautan' if more else ''}\n"
    rows = (f'Banjir Wening {n},"{BODY}",{day}{more and "," + more}' for n, day in enumerate(dates))
    return head + "\n".join(rows) + "\n"


def days(path: Path, data: str, *, columns: str = "") -> list[str | None]:
    found = articles(path / "a.csv", data, columns=columns)
    return [each.published and each.published.strftime("%m-%d") for each in found]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (("10/7/2025 20:51", "10/21/2025 9:00"), ["10-07", "10-21"]),
        (("7/10/2025", "21/10/2025"), ["10-07", "10-21"]),
        (("10-07-25", "10-21-25"), ["10-07", "10-21"]),
        (("7.10.2025", "21.10.2025"), ["10-07", "10-21"]),
        # Nothing says otherwise: as is the custom.
        (("2/9/2019", "3/9/2019"), ["09-02", "09-03"]),
        # One month, read with its day behind; read the other way, a day of every month.
        (("10/1/2025", "10/2/2025", "10/3/2025", "10/5/2025", "10/6/2025"),
         ["10-01", "10-02", "10-03", "10-05", "10-06"]),
        (("1/10/2025", "2/10/2025", "3/10/2025", "5/10/2025", "6/10/2025"),
         ["10-01", "10-02", "10-03", "10-05", "10-06"]),
        (("24/03/12", "24/03/13", "24/03/14", "24/03/15", "24/04/01"),
         ["03-12", "03-13", "03-14", "03-15", "04-01"]),
        # Both orders: what can be read one way only is so read, the others are left out.
        (("10/21/2025", "21/10/2025", "7/10/2025", "8/8/2025"), ["10-21", "10-21", None, "08-08"]),
        # No numbers to order.
        (("2025-10-07", "7 Oktober 2025"), ["10-07", "10-07"]),
    ],
)  # fmt: skip
def test_a_column(tmp_path: Path, column: tuple[str, ...], expected: list[str | None]) -> None:
    assert days(tmp_path, dated(*column)) == expected


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    data = dated("10/21/2025", "21/10/2025", "7/10/2025")
    (said,) = problems(tmp_path / "a.csv", data)
    assert said.startswith("repaired: the date '7/10/2025': day or month may stand first")


def test_the_address_tells_a_row_and_a_column(tmp_path: Path) -> None:
    url = "https://kabar.example/2025/10/07/banjir"
    assert days(tmp_path, dated("7/10/2025", more=url)) == ["10-07"]
    assert days(tmp_path, dated("10/7/2025", more=url)) == ["10-07"]
    mixed = dated("10/21/2025", "21/10/2025", "10/7/2025", more=url)
    assert days(tmp_path, mixed)[2] == "10-07"


def test_the_custom_is_said_and_can_be_overruled(tmp_path: Path) -> None:
    data = dated("7/10/2025", "8/10/2025")
    (said,) = problems(tmp_path / "a.csv", data)
    assert said.endswith("try: --map 'tanggal=tanggal:mdy'")
    assert days(tmp_path, data, columns="tanggal=tanggal:mdy") == ["07-10", "08-10"]
    assert not problems(tmp_path / "a.csv", data, columns="tanggal=tanggal:dmy")


def test_a_slip_among_hundreds_changes_no_order(tmp_path: Path) -> None:
    column = [f"{day}/{month}/2024" for month in range(1, 11) for day in range(1, 20)]
    found = days(tmp_path, dated(*column, "10/21/2024"))
    assert found[:3] == ["01-01", "01-02", "01-03"]


def test_what_tells_stands_far_behind(tmp_path: Path) -> None:
    start = date(2024, 1, 1)
    column = [start + timedelta(days=n % 12) for n in range(4000)] + [date(2024, 1, 25)] * 400
    data = dated(*(f"{day.month}/{day.day}/{day.year}" for day in column))
    found = days(tmp_path, data)
    assert found[:3] == ["01-01", "01-02", "01-03"]
    assert found[-1] == "01-25"


@given(
    st.lists(st.dates(date(2001, 1, 1), date(2060, 1, 1)), min_size=1, max_size=30),
    st.sampled_from(["day first", "month first"]),
)
def test_no_date_is_wrong_where_the_column_tells(moments: list[date], order: Order) -> None:
    shape = "{0.day}/{0.month}/{0.year}" if order == "day first" else "{0.month}/{0.day}/{0.year}"
    texts = [shape.format(moment) for moment in moments]
    told = order_of([(text, ()) for text in texts])
    assert told
    if any(moment.day > 12 for moment in moments):
        for text, moment in zip(texts, moments, strict=True):
            plain = day_first(text, told.order)
            assert plain is not None
            assert parse_date(plain) == datetime(moment.year, moment.month, moment.day, tzinfo=WIB)
