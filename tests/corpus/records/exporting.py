"""Exports of three invented articles, as programs write them; each registers a file of its kind."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from kliping.corpus.text.dates import WIB
from tests.corpus.records.making import BODIES, TITLES

N = range(3)

DAYS = [datetime(2024, 3, day, 9, 15, tzinfo=WIB) for day in (12, 13, 14)]

URLS = [f"https://kabar.example/{n}" for n in N]

MONTHS = "Januari Februari Maret April".split()

WEEKDAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()

Export = Callable[[], "str | bytes"]

EXPORTS: dict[str, Export] = {}


def export(name: str) -> Callable[[Export], Export]:
    """Let a function write the export of a file of this name."""

    def keep(write: Export) -> Export:
        EXPORTS[f"{write.__name__}-{name}"] = write
        return write

    return keep


def table(header: str | None, row: Callable[[int], tuple[object, ...]], **dialect: Any) -> str:
    kept = io.StringIO()
    writer = csv.writer(kept, **{"lineterminator": "\n", **dialect})
    if header is not None:
        writer.writerow(header.split("|"))
    writer.writerows(map(row, N))
    return kept.getvalue()


def indonesian(moment: datetime) -> str:
    day = f"{WEEKDAYS[moment.weekday()]}, {moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return f"{day} {moment:%H:%M} WIB"


def epoch(n: int) -> int:
    return int(DAYS[n].timestamp())


def rows(row: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
    return [row(n) for n in N]


def jsonl(row: Callable[[int], dict[str, Any]]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows(row))


def plain(n: int) -> dict[str, Any]:
    return {"judul": TITLES[n], "isi": BODIES[n], "tanggal": DAYS[n].isoformat()}
