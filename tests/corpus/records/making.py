"""Files of records, as somebody's program wrote them, and what comes out of them."""

from __future__ import annotations

from pathlib import Path

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.accounts import profiling
from kliping.corpus.records.mapping import parse_mapping
from kliping.corpus.records.profile import Profile

PASAR = (
    "Pasar Lirih dibuka kembali pada Senin pagi setelah dua bulan diperbaiki. Sebanyak empat "
    "puluh pedagang menempati kios baru, kata kepala pasar."
)
JEMBATAN = (
    "Jembatan Wening selesai dibangun pekan ini. Warga dua desa tidak lagi memutar dua belas "
    "kilometer untuk ke sekolah."
)
KOPI = (
    "Panen kopi di Anggara naik dua kali lipat. Petani menjual hasilnya ke koperasi desa dengan "
    "harga yang disepakati bersama."
)
TITLES = ("Pasar Lirih dibuka lagi", "Jembatan Wening rampung", "Panen kopi Anggara naik")
BODIES = (PASAR, JEMBATAN, KOPI)


def source(path: Path, data: str | bytes, *, columns: str = "") -> SourceFile:
    """Write a file, and return it as a source."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    mapping = parse_mapping([columns]) if columns else ()
    return SourceFile(path, f"in/{path.name}", path.stat().st_size, 0, columns=mapping)


def articles(path: Path, data: str | bytes, *, columns: str = "") -> list[Article]:
    """Return the articles of a file that holds these bytes."""
    found = read_file(source(path, data, columns=columns))
    return [item for item in found if isinstance(item, Article)]


def problems(path: Path, data: str | bytes, *, columns: str = "") -> list[str]:
    """Return what is said of a file that holds these bytes, each with its kind."""
    found = read_file(source(path, data, columns=columns))
    return [f"{item.kind}: {item.reason}" for item in found if isinstance(item, Problem)]


def profile(path: Path, data: str | bytes) -> Profile:
    """Return the profile of a file that holds these bytes."""
    with profiling() as told:
        list(read_file(source(path, data)))
    (found,) = told
    return found
