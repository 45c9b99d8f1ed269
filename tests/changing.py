"""A folder of sources that comes in versions, with all that a run has to put together.

Files of records, among them a text that each of them has alike, and an article saved page by page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

FILES, RECORDS = 6, 40
ARTICLES = FILES * (RECORDS + 1) + 1

_WIRE = " ".join(f"kabar{n} kopi" for n in range(40))
_URL = "https://kabar.example/daerah/jembatan-bambu-lirih"
_VERSION = re.compile(r"musim (\d+)")


def write(source: Path, version: int = 0) -> None:
    """Write one version of the folder; files that did not change are left alone."""
    source.mkdir(exist_ok=True)
    for name in range(FILES):
        rows = [
            {
                "id": f"a{name}-{at}",
                "judul": f"Panen {at}",
                "isi": f"Kopi {at} musim {version}. " * 9,
            }
            for at in range(RECORDS)
        ]
        rows.append({"id": f"kawat-{name}", "judul": "Kawat", "isi": f"{_WIRE} musim {version}"})
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (source / f"f{name}.jsonl").write_text(lines, "utf-8")
    for number in (1, 2):
        (source / f"halaman-{number}.html").write_text(_page(number, version), "utf-8")


def is_of_one_version(body: str, latest: int, /) -> bool:
    """Say whether a body tells of one version alone, of those up to the latest."""
    versions = set(map(int, _VERSION.findall(body)))
    return len(versions) == 1 and versions.pop() <= latest


def _page(number: int, version: int) -> str:
    paragraphs = "".join(
        f"<p>Warga tepi sungai menanam kopi di halaman {number} kebun ke-{at} sejak pagi, kata "
        f"ketua panitia, dan memanennya pada musim {version} bersama anak-anak sekolah.</p>"
        for at in range(6)
    )
    return (
        "<!doctype html><html lang='id'><head><meta charset='utf-8'><title>Jembatan bambu"
        f"</title><link rel='canonical' href='{_URL}?page={number}'></head><body><article>"
        f"<h1>Jembatan bambu dibangun warga</h1>{paragraphs}</article></body></html>"
    )
