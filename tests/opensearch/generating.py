"""Articles about invented events, as many as are wanted, and the same ones each time."""

from __future__ import annotations

import json
import random
from pathlib import Path

_PLACES = "Lembah Wening", "Kota Arunika", "Desa Lirih", "Pulau Sendang", "Kecamatan Randu"
_WHO = "warga", "petani", "nelayan", "pedagang", "guru", "pelajar", "peneliti", "relawan"
_DID = "membangun", "memperbaiki", "menanam", "mencatat", "membersihkan", "menjual", "merawat"
_WHAT = "jembatan", "saluran air", "kebun kopi", "sekolah", "pasar", "perahu", "jalan", "sumur"
_WHEN = "sejak pagi", "pekan lalu", "pada musim hujan", "tahun ini", "setiap hari Minggu"


def written(path: Path, count: int, *, seed: int = 0, sentences: int = 8) -> Path:
    """Write so many articles to a file of JSON lines, and return its path."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(
                json.dumps(_article(f"{seed}-{number}", sentences), ensure_ascii=False) + "\n"
            )
    return path


def _article(name: str, count: int) -> dict[str, str]:
    chance = random.Random(name)
    sentences = []
    for _ in range(count):
        who, did, what = chance.choice(_WHO), chance.choice(_DID), chance.choice(_WHAT)
        amount, where, when = (
            chance.randrange(2, 9_999),
            chance.choice(_PLACES),
            chance.choice(_WHEN),
        )
        sentences.append(f"Sebanyak {amount} {who} {did} {what} di {where} {when}.")
    return {
        "id": f"artikel-{name}",
        "judul": f"{chance.choice(_WHO).title()} {chance.choice(_PLACES)} {name}",
        "isi": " ".join(sentences),
        "tanggal": f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-11",
        "sumber": chance.choice(["Harian Wening", "Kabar Lirih", "Suara Randu"]),
    }
