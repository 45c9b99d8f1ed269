"""What databases and search engines write."""

from __future__ import annotations

import csv
import json

from tests.corpus.records.exporting import DAYS, N, epoch, export, jsonl, plain, rows, table
from tests.corpus.records.making import BODIES, TITLES


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
