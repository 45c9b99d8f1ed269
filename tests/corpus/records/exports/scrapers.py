"""What scrapers, crawlers and collections of data write."""

from __future__ import annotations

import json

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


@export("a.jsonl")
def scrapy() -> str:
    return jsonl(
        lambda n: {
            "url": URLS[n],
            "headline": [TITLES[n]],
            "article_text": [f"\n\t{BODIES[n]}", "\n"],
            "publish_date": indonesian(DAYS[n]),
            "crawled_at": "2025-01-01 00:00:00",
        }
    )


@export("a.json")
def scrapy_array() -> str:
    lines = ",\n".join(json.dumps(each) for each in rows(plain))
    return f"[\n{lines}\n]"


@export("a.jsonl")
def printed_by_python() -> str:
    return "".join(f"{ {**plain(n), 'penulis': None} }\n" for n in N)


@export("a.json")
def news_please() -> str:
    return jsonl(
        lambda n: {
            "authors": [],
            "date_download": "2025-01-01 00:00:00",
            "date_modify": None,
            "date_publish": f"{DAYS[n]:%Y-%m-%d %H:%M:%S}",
            "description": "Ringkasan.",
            "filename": "x.json",
            "maintext": BODIES[n],
            "source_domain": "kabar.example",
            "title": TITLES[n],
            "title_page": None,
            "url": URLS[n],
        }
    )


@export("a.csv")
def newspaper3k() -> str:
    return table(
        "url|source_url|title|authors|text|summary|publish_date|top_image|keywords|movies",
        lambda n: (
            URLS[n], "https://kabar.example", TITLES[n], "['Rina Sari']", BODIES[n], "Ringkas.",
            f"{DAYS[n]}", "", "['banjir', 'air']", "[]",
        ),
    )  # fmt: skip


@export("a.json")
def trafilatura() -> str:
    return jsonl(
        lambda n: {
            "title": TITLES[n],
            "author": "Rina Sari",
            "hostname": "kabar.example",
            "date": f"{DAYS[n]:%Y-%m-%dT%H:%M}",
            "fingerprint": "ab12",
            "id": None,
            "raw_text": BODIES[n],
            "text": BODIES[n],
            "source": URLS[n],
            "source-hostname": "kabar.example",
            "excerpt": "Ringkas.",
        }
    )


@export("train.csv")
def kaggle() -> str:
    return table(
        "No|JUDUL|FULL TEXT|TANGGAL PUBLIKASI|LABEL|clean_text",
        lambda n: (n, TITLES[n].upper(), BODIES[n], indonesian(DAYS[n]), 1, BODIES[n].lower()[:40]),
    )


@export("a.json")
def hugging_face_rows() -> str:
    wrapped = rows(lambda n: {"row_idx": n, "row": plain(n), "truncated_cells": []})
    features = [{"feature_idx": 0, "name": "judul", "type": {"dtype": "string"}}]
    return json.dumps({"features": features, "rows": wrapped, "num_rows_total": 3})


@export("a.jsonl")
def common_crawl() -> str:
    return jsonl(
        lambda n: {
            "text": BODIES[n],
            "timestamp": "2025-01-01T00:00:00Z",
            "url": URLS[n],
            "meta": {"title": TITLES[n], "date": DAYS[n].isoformat()},
        }
    )


@export("a.csv")
def gdelt_like() -> str:
    return table(
        "DATEADDED|SOURCEURL|PageTitle|PageText",
        lambda n: (f"{DAYS[n]:%Y%m%d%H%M%S}", URLS[n], TITLES[n], BODIES[n]),
        delimiter="\t",
    )
