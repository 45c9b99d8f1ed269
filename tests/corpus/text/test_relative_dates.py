"""Dates that count from now: *kemarin*, *dua jam lalu*, and what names no moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kliping.corpus.text.dates import WIB, parse_date

NOW = datetime(2024, 3, 31, 12, 0, tzinfo=WIB)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2 jam yang lalu", "2024-03-31T10:00"),
        ("2 jam lalu", "2024-03-31T10:00"),
        ("sejam yang lalu", "2024-03-31T11:00"),
        ("dua jam yg lalu", "2024-03-31T10:00"),
        ("45 menit yang lalu", "2024-03-31T11:15"),
        ("30 detik lalu", "2024-03-31T11:59:30"),
        ("3 hari yang lalu", "2024-03-28T12:00"),
        ("seminggu lalu", "2024-03-24T12:00"),
        ("2 pekan lalu", "2024-03-17T12:00"),
        ("sebulan lalu", "2024-02-29T12:00"),
        ("13 bulan lalu", "2023-02-28T12:00"),
        ("4 tahun lalu", "2020-03-31T12:00"),
        ("1 hour ago", "2024-03-31T11:00"),
        ("an hour ago", "2024-03-31T11:00"),
        ("kemarin", "2024-03-30T12:00"),
        ("Kemarin, 22:05 WIB", "2024-03-30T22:05"),
        ("kemarin lusa", "2024-03-29T12:00"),
        ("Hari ini, 07.05 WIB", "2024-03-31T07:05"),
        ("baru saja", "2024-03-31T12:00"),
        ("21 Januari 2019", "2019-01-21T00:00"),
    ],
)
def test_relative_dates_count_from_now(text: str, iso: str) -> None:
    assert parse_date(text, now=NOW) == datetime.fromisoformat(iso).replace(tzinfo=WIB)


def test_relative_dates_that_name_nothing() -> None:
    assert parse_date("Senin", now=NOW) is None
    assert parse_date("9999 tahun lalu", now=NOW) is None
    assert parse_date("kemarin", now=NOW.replace(tzinfo=None)) == NOW - timedelta(days=1)
