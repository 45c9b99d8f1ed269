"""Two corpora that grow otherwise: files that stay as they were, and notices from one mould.

Useful for what a run costs that has nothing to do, and for grouping where all texts are alike.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from itertools import islice
from operator import attrgetter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from scaling.watching import KLIPING, watched

_ROUNDS = 3
_LONG_AGO = 1_600_000_000_000_000_000  # nanoseconds
_NAMES = "Wening Lirih Sagara Tirta Kelam Rawa Arunika Anggara Kesuma Nirmala Puspa".split()
_WHAT = "pasar malam,kerja bakti,lomba layang-layang,pemeriksaan mata,bazar buku".split(",")
_NOTICE = (
    "Pemerintah Desa {place} mengumumkan {what} ke-{number} yang akan diadakan di balai desa pada "
    "tanggal {day} bulan depan mulai pukul {hour} pagi. Warga {place} yang hendak ikut diminta "
    "mendaftarkan diri kepada {who} di kantor desa paling lambat tiga hari sebelumnya dengan "
    "membawa kartu keluarga. Acara tidak dipungut biaya, dan warga dari desa lain boleh datang. "
    "Keterangan lebih lanjut dapat diminta di kantor desa pada jam kerja, nomor surat {number}."
)


def unchanged(corpus: Path, count: int, /) -> dict[str, float]:
    """Return what a run over so many files that are as they were takes, and how many it says are.

    Before it, each file's content is replaced under the same size and time, so a run that read any
    would say so.
    """
    with TemporaryDirectory() as folder:
        source, index = Path(folder, "source"), Path(folder, "index")
        source.mkdir()
        with corpus.open("rb") as lines:
            for number, line in enumerate(islice(lines, count)):
                _write(source / f"{number}.json", line)
        run = [*KLIPING, "--index", index, "index", source, "--quiet", "--json"]
        watched(run)
        for path in source.iterdir():
            _write(path, b" " * path.stat().st_size)
        best = min((watched(run) for _ in range(_ROUNDS)), key=attrgetter("seconds"))
        said = json.loads(best.output)["unchanged"]
        return {"seconds": best.seconds, "cpu_seconds": best.cpu_seconds, "unchanged": said}


def notices(sizes: Iterable[int], /, *, seed: int = 1) -> dict[int, float]:
    """Return the processor seconds that so many notices from one mould take to index."""
    spent = {}
    for size in sizes:
        with TemporaryDirectory() as folder:
            path, chance = Path(folder, "notices.jsonl"), Random(seed)
            rows = (json.dumps(_notice(number, chance)) + "\n" for number in range(size))
            with path.open("w", encoding="utf-8") as file:
                file.writelines(rows)
            run = [*KLIPING, "--index", Path(folder, "index"), "index", path, "--quiet"]
            spent[size] = watched(run).cpu_seconds
    return spent


def _write(path: Path, content: bytes) -> None:
    """Write a file that seems to be as it was long ago."""
    path.write_bytes(content)
    os.utime(path, ns=(_LONG_AGO, _LONG_AGO))


def _notice(number: int, chance: Random) -> dict[str, str]:
    place, who = chance.choice(_NAMES), chance.choice(_NAMES)
    what, day, hour = chance.choice(_WHAT), chance.randint(1, 28), chance.randint(7, 11)
    text = _NOTICE.format(place=place, who=who, what=what, number=number, day=day, hour=hour)
    return {"id": f"notice-{number}", "title": f"Pengumuman {what} di {place}", "body": text}
