"""The catalogues: complete in both languages, used entirely, and right about dates."""

from __future__ import annotations

import re
import string
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kliping.query import parse
from kliping.server.page import words as module
from kliping.server.page.words import CODES, Words, words

HERE = Path(module.__file__).parent
ID, EN = (words(code) for code in CODES)


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_catalogues_have_the_same_entries_with_the_same_gaps() -> None:
    assert list(ID.texts) == list(EN.texts)
    assert len(ID.help) == len(EN.help)
    for name, text in ID.texts.items():
        forms = [*text.split("|"), *EN.texts[name].split("|")]
        assert len({frozenset(gaps(form)) for form in forms}) == 1, name
        assert all(form.strip() for form in forms), name


def test_every_entry_is_used_and_every_use_has_an_entry() -> None:
    sources = [*HERE.glob("*.py"), *HERE.glob("templates/*")]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    quoted = set(re.findall(r"[\"']([a-z_]+)[\"']", whole))
    # Made of two parts: what a page of an error says, how words were taken.
    made = {f"{name}_more" for name in quoted} | {
        f"{a}_{b}" for a in ("found", "match") for b in ("all", "any")
    }
    assert set(ID.texts) - quoted - made == set()
    called = set(re.findall(r"\b(?:w|words|said)\([\"']([a-z_]+)[\"']", whole))
    assert len(called) > 50
    assert called - set(ID.texts) <= set(CODES)


@pytest.mark.parametrize("said", [ID, EN], ids=CODES)
def test_what_the_help_offers_is_understood(said: Words) -> None:
    for typed in said.help:
        assert parse(typed).notes == (), typed


@pytest.mark.parametrize(
    ("name", "n", "in_indonesian", "in_english"),
    [
        ("articles", 1, "1 artikel", "1 article"),
        ("articles", 0, "0 artikel", "0 articles"),
        ("articles", 12345, "12.345 artikel", "12,345 articles"),
    ],
)
def test_numbers_choose_their_form(name: str, n: int, in_indonesian: str, in_english: str) -> None:
    assert (ID(name, n=n), EN(name, n=n)) == (in_indonesian, in_english)


def test_braces_in_what_fills_a_gap_are_no_gaps() -> None:
    assert ID("nothing_for", query="{n} {0.__class__}") == (
        "Tidak ada artikel untuk “{n} {0.__class__}”"
    )


@pytest.mark.parametrize(
    ("hours", "clock", "shown"),
    [
        (7, (7, 5), "Selasa, 12 Maret 2024, 07.05 WIB"),
        (8, (7, 5), "Selasa, 12 Maret 2024, 07.05 WITA"),
        (9, (23, 59), "Selasa, 12 Maret 2024, 23.59 WIT"),
        (5.5, (7, 5), "Selasa, 12 Maret 2024, 07.05 +0530"),
        (0, (7, 5), "Selasa, 12 Maret 2024, 07.05 UTC"),
        (7, (0, 0), "Selasa, 12 Maret 2024"),
    ],
)
def test_moments(hours: float, clock: tuple[int, int], shown: str) -> None:
    zone = timezone(timedelta(hours=hours))
    assert ID.moment(datetime(2024, 3, 12, *clock, tzinfo=zone)) == shown


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("2024-03", "2024-03", "Maret 2024"),
        ("2024", "2024", "2024"),
        ("2024-03-05", None, "sejak 5 Maret 2024"),
        (None, "2023", "sampai 2023"),
        ("2023-12", "2024-01", "Desember 2023 sampai Januari 2024"),
        ("7-hari", None, "sejak 7-hari"),
        ("2024-13", None, "sejak 2024-13"),
        ("12/3/2024", "kemarin", "12/3/2024 sampai kemarin"),
    ],
)
def test_periods(since: str | None, until: str | None, shown: str) -> None:
    assert ID.period(since, until) == shown


def test_rows_of_names() -> None:
    assert ID.row(("Sari",)) == "Sari"
    assert EN.row(("Sari", "Dimas", "Rina")) == "Sari, Dimas and Rina"
    assert (ID.decimal(2.61), EN.decimal(2.61), ID.decimal(1234.5)) == ("2,6", "2.6", "1.234")
