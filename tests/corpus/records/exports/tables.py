"""What spreadsheets write, and data frames."""

from __future__ import annotations

import json

from tests.corpus.records.exporting import (
    DAYS,
    URLS,
    N,
    epoch,
    export,
    indonesian,
    plain,
    rows,
    table,
)
from tests.corpus.records.making import BODIES, TITLES


@export("a.csv")
def excel_in_indonesia() -> bytes:
    text = "sep=;\r\n" + table(
        "Judul|Isi|Tanggal|Jam",
        lambda n: (TITLES[n], BODIES[n], f"{DAYS[n]:%d/%m/%Y}", "09.15"),
        delimiter=";",
        lineterminator="\r\n",
    )
    return b"\xef\xbb\xbf" + text.encode()


@export("a.txt")
def excel_unicode_text() -> bytes:
    text = table(
        "Judul|Isi Berita|Tanggal Terbit",
        lambda n: (TITLES[n], BODIES[n], f"{DAYS[n]:%d/%m/%Y %H:%M}"),
        delimiter="\t",
        lineterminator="\r\n",
    )
    return text.encode("utf-16")


@export("a.csv")
def excel_in_america() -> str:
    return table(
        "Title|Body|Date",
        lambda n: (TITLES[n], BODIES[n], f"{DAYS[n]:%-m/%-d/%Y %-I:%M %p}"),
    )


@export("a.csv")
def excel_on_a_macintosh() -> bytes:
    text = table("Judul|Isi|Tanggal", lambda n: (TITLES[n], BODIES[n], indonesian(DAYS[n])))
    return text.replace("\n", "\r").encode("mac_roman")


@export("a.csv")
def google_sheets() -> str:
    return table(
        "Timestamp|Judul Berita|Isi Berita|Tautan|",
        lambda n: (f"{DAYS[n]:%d/%m/%Y %H:%M:%S}", TITLES[n], BODIES[n], URLS[n], ""),
        lineterminator="\r\n",
    )


@export("a.csv")
def excel_serial_days() -> str:
    return table("judul|isi|tgl", lambda n: (TITLES[n], BODIES[n], 45363 + n + 9.25 / 24))


@export("a.csv")
def pandas_to_csv() -> str:
    return table(
        "Unnamed: 0|title|text|date|label",
        lambda n: (n, TITLES[n], BODIES[n], f"{DAYS[n]:%Y-%m-%d %H:%M:%S}", 0),
    )


@export("a.csv")
def pandas_with_an_index_without_name() -> str:
    return table("|judul|isi|tanggal", lambda n: (n, TITLES[n], BODIES[n], f"{DAYS[n]}"))


@export("a.csv")
def r_write_table() -> str:
    return table(
        "judul|isi|tanggal", lambda n: (n + 1, TITLES[n], BODIES[n], f"{DAYS[n]}"), delimiter=";"
    )


@export("a.json")
def pandas_records() -> str:
    return json.dumps(rows(lambda n: {**plain(n), "tanggal": epoch(n) * 1000}))


@export("a.json")
def pandas_columns() -> str:
    return json.dumps({name: {str(n): plain(n)[name] for n in N} for name in plain(0)})


@export("a.json")
def pandas_list() -> str:
    return json.dumps({name: [plain(n)[name] for n in N] for name in plain(0)})


@export("a.json")
def pandas_index() -> str:
    return json.dumps({str(n): plain(n) for n in N})


@export("a.json")
def pandas_split() -> str:
    data = [list(plain(n).values()) for n in N]
    return json.dumps({"columns": list(plain(0)), "index": [0, 1, 2], "data": data})


@export("a.json")
def pandas_table() -> str:
    fields = [{"name": name, "type": "string"} for name in ("index", *plain(0))]
    return json.dumps(
        {"schema": {"fields": fields}, "data": rows(lambda n: {"index": n, **plain(n)})}
    )


@export("a.json")
def pandas_values() -> str:
    return json.dumps([[n, TITLES[n], BODIES[n], DAYS[n].isoformat()] for n in N])
