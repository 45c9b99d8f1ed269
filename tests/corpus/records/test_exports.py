"""Exports as real programs write them: every one comes in whole, with title, text and date."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kliping.corpus.text.dates import WIB
from tests.corpus.records.making import BODIES, TITLES, articles

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


# Databases.


@export("a.csv")
def phpmyadmin() -> str:
    return table(
        "id_berita|judul_berita|isi_berita|tgl_posting|id_kategori|gambar|dibaca|penulis",
        lambda n: (n + 7, TITLES[n], BODIES[n], f"{DAYS[n]:%Y-%m-%d %H:%M:%S}", 3, "", 12, "NULL"),
        quoting=csv.QUOTE_ALL,
    )


@export("a.csv")
def phpmyadmin_backslashes() -> str:
    head = '"judul","isi","tanggal"\n'
    return head + "".join(
        f'"{TITLES[n]}","{BODIES[n]} \\"Lega\\", katanya.","{DAYS[n]:%Y-%m-%d %H:%M:%S}"\n'
        for n in N
    )


@export("a.tsv")
def mysql_batch() -> str:
    return "id\tjudul\tisi\ttanggal\n" + "".join(
        f"{n}\t{TITLES[n]}\t{BODIES[n]}\\nTamat sudah.\t{DAYS[n]:%Y-%m-%d %H:%M:%S}\n" for n in N
    )


@export("berita.txt")
def mysqldump_tab() -> str:
    return "".join(
        f"{n}\t{TITLES[n]}\t{BODIES[n]}\\\nTamat sudah.\t{DAYS[n]:%Y-%m-%d %H:%M:%S}\t\\N\n"
        for n in N
    )


@export("a.csv")
def postgres_copy() -> str:
    return table(
        "id|created_at|updated_at|title|content|slug",
        lambda n: (n, f"{DAYS[n]:%Y-%m-%d %H:%M:%S}+07", f"{DAYS[n]}", TITLES[n], BODIES[n], "x"),
    )


@export("a.json")
def mongoexport() -> str:
    return jsonl(
        lambda n: {
            "_id": {"$oid": f"65f0a1b2c3d4e5f60718293{n}"},
            "headline": TITLES[n],
            "content": BODIES[n],
            "publishedAt": {"$date": {"$numberLong": str(epoch(n) * 1000)}},
        }
    )


@export("a.json")
def mongo_array_relaxed() -> str:
    return json.dumps(
        rows(
            lambda n: {
                "_id": {"$oid": f"65f0a1b2c3d4e5f60718293{n}"},
                "judul": TITLES[n],
                "konten": BODIES[n],
                "waktu": {"$date": DAYS[n].isoformat()},
            }
        )
    )


@export("a.json")
def elasticsearch() -> str:
    hits = rows(
        lambda n: {
            "_index": "berita",
            "_id": f"es-{n}",
            "_score": 1.0,
            "_source": {"title": TITLES[n], "text": BODIES[n], "@timestamp": DAYS[n].isoformat()},
        }
    )
    return json.dumps({"took": 3, "hits": {"total": {"value": 3}, "hits": hits}})


@export("a.json")
def elasticdump() -> str:
    return jsonl(
        lambda n: {"_index": "b", "_id": f"es-{n}", "_source": plain(n), "sort": [1]},
    )


@export("a.json")
def solr() -> str:
    docs = rows(
        lambda n: {
            "id": f"so-{n}",
            "title": [TITLES[n]],
            "content": [BODIES[n]],
            "date_published": DAYS[n].isoformat(),
            "_version_": 179,
        }
    )
    return json.dumps({"responseHeader": {"status": 0}, "response": {"numFound": 3, "docs": docs}})


@export("a.json")
def firebase() -> str:
    return json.dumps({"berita": {f"-Nx{n}abc": plain(n) for n in N}, "versi": 3})


# Spreadsheets' text.


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


# Crawlers, data sets, data frames.


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


# Services and content management.


@export("a.json")
def newsapi() -> str:
    return json.dumps(
        {
            "status": "ok",
            "totalResults": 3,
            "articles": rows(
                lambda n: {
                    "source": {"id": None, "name": "Kabar Wening"},
                    "author": "Rina Sari",
                    "title": TITLES[n],
                    "description": BODIES[n][:60],
                    "url": URLS[n],
                    "urlToImage": f"{URLS[n]}.jpg",
                    "publishedAt": DAYS[n].isoformat(),
                    "content": BODIES[n],
                }
            ),
        }
    )


@export("a.json")
def gnews() -> str:
    found = rows(
        lambda n: {
            "title": TITLES[n], "description": "Ringkas.", "content": BODIES[n], "url": URLS[n],
            "image": f"{URLS[n]}.jpg", "publishedAt": DAYS[n].isoformat(),
            "source": {"name": "Kabar", "url": "https://kabar.example"},
        }
    )  # fmt: skip
    return json.dumps({"totalArticles": 3, "articles": found})


@export("a.json")
def mediastack() -> str:
    data = rows(
        lambda n: {
            "author": None, "title": TITLES[n], "description": BODIES[n], "url": URLS[n],
            "source": "Kabar", "image": None, "category": "general", "language": "id",
            "country": "id", "published_at": DAYS[n].isoformat(),
        }
    )  # fmt: skip
    return json.dumps({"pagination": {"limit": 3, "offset": 0}, "data": data})


@export("a.json")
def drupal_rest() -> str:
    return json.dumps(
        rows(
            lambda n: {
                "nid": [{"value": n}],
                "title": [{"value": TITLES[n]}],
                "body": [{"value": f"<p>{BODIES[n]}</p>", "format": "html", "summary": ""}],
                "created": [{"value": DAYS[n].isoformat(), "format": "Y-m-d"}],
                "changed": [{"value": "2025-01-01T00:00:00+00:00"}],
            }
        )
    )


@export("a.json")
def drupal_views() -> str:
    nodes = rows(
        lambda n: {"node": {"title": TITLES[n], "Body": BODIES[n], "Post date": str(epoch(n))}}
    )
    return json.dumps({"nodes": nodes})


@export("a.json")
def json_api() -> str:
    data = rows(
        lambda n: {
            "type": "node--article",
            "id": f"9e1c2f7a-{n}",
            "attributes": {
                "title": TITLES[n],
                "created": DAYS[n].isoformat(),
                "body": {"value": BODIES[n], "format": "html", "processed": BODIES[n]},
            },
        }
    )
    return json.dumps({"jsonapi": {"version": "1.0"}, "data": data})


@export("a.csv")
def joomla() -> str:
    return table(
        "id|asset_id|title|alias|introtext|fulltext|state|catid|created|modified|publish_up",
        lambda n: (
            n, 77, TITLES[n], "x", "<p>Pembuka.</p>", f"<p>{BODIES[n]}</p>", 1, 8,
            "2023-01-01 00:00:00", "0000-00-00 00:00:00", f"{DAYS[n]:%Y-%m-%d %H:%M:%S}",
        ),
        delimiter=";",
    )  # fmt: skip


@export("a.csv")
def wordpress_all_export() -> str:
    return table(
        "ID|Title|Content|Excerpt|Date|Post Type|Permalink|Categories|Tags|Status|Author Username",
        lambda n: (
            n, TITLES[n], f"<!-- wp:paragraph --><p>{BODIES[n]}</p><!-- /wp:paragraph -->", "",
            f"{DAYS[n]:%Y-%m-%d %H:%M:%S}", "post", URLS[n], "Daerah|Ekonomi", "air|banjir",
            "publish", "rina",
        ),
    )  # fmt: skip


@export("a.json")
def wordpress_rest() -> str:
    return json.dumps(
        rows(
            lambda n: {
                "id": n + 5,
                "date": f"{DAYS[n]:%Y-%m-%dT%H:%M:%S}",
                "date_gmt": f"{DAYS[n]:%Y-%m-%dT02:%M:%S}",
                "guid": {"rendered": f"https://kabar.example/?p={n}"},
                "modified": "2025-01-01T00:00:00",
                "title": {"rendered": TITLES[n]},
                "content": {"rendered": f"<p>{BODIES[n]}</p>", "protected": False},
                "excerpt": {"rendered": "<p>Ringkas.</p>", "protected": False},
                "author": 3,
                "categories": [4, 5],
                "tags": [],
                "link": URLS[n],
            }
        )
    )


@export("a.json")
def blogger() -> str:
    entry = rows(
        lambda n: {
            "id": {"$t": f"tag:blogger.com,1999:blog-1.post-{n}"},
            "published": {"$t": DAYS[n].isoformat()},
            "updated": {"$t": "2025-01-01T00:00:00+07:00"},
            "title": {"type": "text", "$t": TITLES[n]},
            "content": {"type": "html", "$t": f"<p>{BODIES[n]}</p>"},
            "author": [{"name": {"$t": "Rina Sari"}}],
        }
    )
    return json.dumps({"version": "1.0", "feed": {"title": {"$t": "Kabar"}, "entry": entry}})


@export("a.json")
def ghost() -> str:
    posts = rows(
        lambda n: {
            "id": f"65f{n}", "uuid": f"u-{n}", "title": TITLES[n], "slug": "x",
            "html": f"<p>{BODIES[n]}</p>", "plaintext": BODIES[n], "feature_image": None,
            "status": "published", "created_at": "2023-01-01T00:00:00.000Z",
            "published_at": DAYS[n].isoformat(),
        }
    )  # fmt: skip
    return json.dumps({"db": [{"meta": {"version": "5"}, "data": {"posts": posts}}]})


@export("a.json")
def json_feed() -> str:
    items = rows(
        lambda n: {
            "id": str(n), "url": URLS[n], "title": TITLES[n], "content_html": f"<p>{BODIES[n]}</p>",
            "date_published": DAYS[n].isoformat(),
        }
    )  # fmt: skip
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Kabar",
        "description": "Tentang",
    }
    return json.dumps({**head, "items": items})


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


# Tables that nobody named, or named twice.


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


@pytest.mark.parametrize("case", EXPORTS)
def test_it_comes_in_whole(tmp_path: Path, case: str) -> None:
    found = articles(tmp_path / case.partition("-")[2], EXPORTS[case]())
    assert [(each.title or "").casefold() for each in found] == [t.casefold() for t in TITLES]
    for each, body, day in zip(found, BODIES, DAYS, strict=True):
        assert each.body.startswith(body)
        assert "\\" not in each.body
        assert each.published is not None
        assert each.published.astimezone(WIB).replace(second=0) == day
    assert len({each.id for each in found}) == len(found)
    assert not {each.id for each in found} & {"0", "1", "2"}


def test_cells_of_a_hundred_thousand_characters(tmp_path: Path) -> None:
    long = " ".join(BODIES) * 1000
    data = table("judul|isi", lambda n: (TITLES[n], f"{long} {n}."))
    assert [len(each.body) for each in articles(tmp_path / "a.csv", data)] == [len(long) + 3] * 3


SHORT = ("Pasar Lirih", "Jembatan Wening", "Panen Kopi")


@pytest.mark.parametrize(
    ("beside", "titles"),
    [
        (SHORT, list(SHORT)),
        (("Rina Sari", "Budi Lembah", "Sekar Ayu"), [None] * 3),  # of whom no text speaks
        (("Kabar Wening",) * 3, [None] * 3),
        (("pasar-lirih", "jembatan-wening", "panen-kopi"), [None] * 3),
    ],
)
def test_short_titles_without_a_header_are_known_by_their_texts(
    beside: Sequence[str], titles: list[str | None], tmp_path: Path
) -> None:
    rows = "".join(f'{one},"{body} {body}"\n' for one, body in zip(beside, BODIES, strict=True))
    assert [each.title for each in articles(tmp_path / "a.csv", rows)] == titles
