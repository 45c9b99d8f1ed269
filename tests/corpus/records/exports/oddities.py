"""What somebody wrote once: archives, forms, and tables that lack what others have."""

from __future__ import annotations

import gzip
import json
from datetime import UTC

from tests.corpus.records.exporting import (
    DAYS,
    URLS,
    N,
    export,
    indonesian,
    jsonl,
    plain,
    rows,
    table,
)
from tests.corpus.records.making import BODIES, TITLES


@export("berita.js")
def a_constant() -> str:
    return f"// arsip\nexport const berita = {json.dumps(rows(plain), indent=1)};\n"


@export("tweets.js")
def an_archive_of_posts() -> str:
    return "window.YTD.posts.part0 = " + json.dumps(
        rows(
            lambda n: {
                "post": {
                    "title": TITLES[n],
                    "full_text": BODIES[n],
                    "created_at": DAYS[n].isoformat(),
                }
            }
        )
    )


@export("a.json")
def a_chat() -> str:
    messages = rows(
        lambda n: {
            "id": n, "type": "message", "date": f"{DAYS[n]:%Y-%m-%dT%H:%M:%S}", "title": TITLES[n],
            "text": [BODIES[n], {"type": "link", "text": "kabar.example"}, ""],
        }
    )  # fmt: skip
    return json.dumps({"name": "Kabar Wening", "type": "channel", "id": 9, "messages": messages})


@export("a.jsonl")
def posts_of_a_network() -> str:
    return jsonl(
        lambda n: {
            "created_at": f"{DAYS[n].astimezone(UTC):%a %b %d %H:%M:%S +0000 %Y}",
            "id_str": f"17{n}", "headline": TITLES[n], "full_text": BODIES[n], "retweet_count": 7,
            "user": {"name": "Kabar Wening", "screen_name": "kabar"}, "lang": "in",
        }
    )  # fmt: skip


@export("a.json")
def a_newspaper_s_service() -> str:
    results = rows(
        lambda n: {
            "id": f"daerah/{n}", "type": "article", "webTitle": TITLES[n], "webUrl": URLS[n],
            "webPublicationDate": DAYS[n].isoformat(), "sectionName": "Daerah",
            "fields": {"headline": TITLES[n], "byline": "Rina Sari", "bodyText": BODIES[n]},
        }
    )  # fmt: skip
    return json.dumps({"response": {"status": "ok", "total": 3, "results": results}})


@export("a.csv")
def a_form_in_indonesian() -> str:
    return table(
        "No.|Hari/Tanggal|Judul Berita|Isi Berita|Nama Wartawan|Nama Media|Ket.",
        lambda n: (n + 1, indonesian(DAYS[n]), TITLES[n], BODIES[n], "Rina Sari", "Kabar", ""),
    )


@export("a.json")
def a_callback() -> str:
    return f"muat({json.dumps({'data': rows(plain)})});"


@export("a.csv")
def without_a_header() -> str:
    return table(None, lambda n: (n, TITLES[n], BODIES[n], f"{DAYS[n]}", URLS[n]))


@export("a.csv")
def with_names_that_say_nothing() -> str:
    return table(
        "kolom_a|kolom_b|kolom_c|kolom_d", lambda n: (URLS[n], BODIES[n], TITLES[n], f"{DAYS[n]}")
    )


@export("a.csv")
def with_a_name_twice() -> str:
    return table(
        "judul|isi|isi|tanggal|tanggal",
        lambda n: (TITLES[n], "", BODIES[n], "", indonesian(DAYS[n])),
    )


@export("a.csv")
def two_dates_and_a_scrape() -> str:
    return table(
        "scraped_at|tanggal_update|tanggal_terbit|judul|ringkasan|isi_lengkap",
        lambda n: (
            "2025-05-05 10:00:00", "2024-12-01 10:00:00", indonesian(DAYS[n]), TITLES[n],
            "Ringkas.", BODIES[n],
        ),
    )  # fmt: skip


@export("a.csv")
def a_date_and_a_clock() -> str:
    return table(
        "judul|isi|tanggal|waktu",
        lambda n: (TITLES[n], BODIES[n], f"{DAYS[n]:%d-%m-%Y}", f"{DAYS[n]:%H:%M} WIB"),
    )


@export("a.csv")
def with_nul_bytes_and_a_mark() -> bytes:
    text = table("judul|isi|tanggal", lambda n: (TITLES[n], BODIES[n] + "\x00", f"{DAYS[n]}"))
    return b"\xef\xbb\xbf" + text.encode()


@export("a.csv")
def rows_of_other_widths() -> str:
    return "judul,isi,tanggal\n" + "".join(
        f"{TITLES[n]},{BODIES[n]},{DAYS[n]}{',' * n}\n"
        for n in N  # the text's comma unquoted
    )


@export("a.csv")
def breaks_written_out() -> str:
    return table(
        "judul|isi|tanggal", lambda n: (TITLES[n], BODIES[n] + "\\n\\nTamat.", f"{DAYS[n]}")
    )


@export("a.jsonl")
def lines_parted_by_bare_returns() -> str:
    return jsonl(plain).replace("\n", "\r")


@export("a.jsonl")
def lines_that_end_otherwise_than_the_file() -> str:
    return jsonl(plain).replace("\n", "\r", 2)


@export("a.jsonl")
def records_that_nothing_parts() -> str:
    return jsonl(plain).replace("\n", "")


@export("a.jsonl")
def records_with_a_mark_before_each() -> str:  # RFC 7464
    return "".join(f"\x1e{line}\n" for line in jsonl(plain).splitlines())


@export("a.jsonl.gz")
def packed_by_a_server_and_again_by_who_kept_it() -> bytes:
    return gzip.compress(gzip.compress(jsonl(plain).encode()))


@export("a.jsonl.gz.gz")
def packed_twice_by_hand() -> bytes:
    return packed_by_a_server_and_again_by_who_kept_it()
