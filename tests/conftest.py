"""Fixtures that several test modules share: the engines, some articles, an index of them."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import settings

import kliping
from kliping.article import Article

# The first example of a run pays for the word lists, and a busy machine for its neighbours.
settings.register_profile("kliping", deadline=None)
settings.load_profile("kliping")

WriteLines = Callable[[Path, Iterable[Article]], Path]
OpenIndex = Callable[[Iterable[Article], str], kliping.Index]

_WIB = timezone(timedelta(hours=7))
_PACKAGES = {"tantivy": "tantivy", "whoosh": "whoosh"}


@pytest.fixture(params=_PACKAGES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; one whose library is missing is skipped by name."""
    name: str = request.param
    if importlib.util.find_spec(_PACKAGES[name]) is None:
        pytest.skip(f"engine '{name}' needs {_PACKAGES[name]}")
    return name


@pytest.fixture(scope="session")
def articles() -> tuple[Article, ...]:
    """Six invented articles; the last has no title, date, author or source."""
    return (
        Article(
            id="gempa-1",
            title="Gempa guncang Lembah Wening",
            body="Gempa bermagnitudo 5,1 mengguncang Lembah Wening, Selasa pagi.\n\n"
            "Sedikitnya 12 rumah rusak. Warga mengungsi ke balai desa.",
            authors=("Sari Puspa",),
            published=datetime(2024, 3, 12, 7, 15, tzinfo=_WIB),
            source="Harian Wening",
            section="Daerah",
            tags=("gempa", "bencana"),
            url="https://harian-wening.example/gempa-lembah",
        ),
        Article(
            id="gempa-2",
            title="Warga korban gempa menunggu bantuan",
            body="Korban gempa di Lembah Wening masih menunggu bantuan.\n\n"
            "Anak-anak belajar di tenda.",
            authors=("Sari Puspa", "Dimas Arga"),
            published=datetime(2024, 3, 14, 9, 0, tzinfo=_WIB),
            source="Harian Wening",
            section="Daerah",
            tags=("gempa",),
        ),
        Article(
            id="banjir",
            title="Banjir Sungai Lirih surut",
            body="Banjir yang menewaskan dua warga telah surut. Petugas membersihkan lumpur.",
            authors=("Dimas Arga",),
            published=datetime(2023, 1, 2, 18, 30, tzinfo=_WIB),
            source="Kabar Wening",
            section="Nasional",
        ),
        Article(
            id="bola",
            title="Persewening juara",
            body="Persewening menang 3-1 atas PS Arunika. "
            "Anak anak asuh pelatih baru tampil tenang.",
            published=datetime(2024, 5, 1, 22, 0, tzinfo=_WIB),
            source="Gelanggang",
            section="Bola",
            tags=("sepak bola",),
        ),
        Article(
            id="pantun",
            title="بيت الشعر dan 東京",
            body="Penyair membaca 東京 di panggung. Pembaca bertepuk tangan.",
            published=datetime(1969, 8, 17, 8, 0, tzinfo=_WIB),
            source="Kabar Wening",
        ),
        Article(id="tanpa-judul", title=None, body="Catatan tanpa judul tentang harga beras."),
    )


def _write_lines(path: Path, articles: Iterable[Article]) -> Path:
    rows = [
        {
            "id": article.id,
            "judul": article.title,
            "isi": article.body,
            "penulis": list(article.authors),
            "tanggal": article.published.isoformat() if article.published else None,
            "sumber": article.source,
            "rubrik": article.section,
            "tags": list(article.tags),
            "url": article.url,
        }
        for article in articles
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="session")
def write_lines() -> WriteLines:
    """Return what writes articles as JSON lines, a source for an index, and returns the path."""
    return _write_lines


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIndex]:
    """Return what opens an index of a module's articles by an engine: made once, kept open."""
    folder = tmp_path_factory.mktemp("indexes")
    opened: dict[str, kliping.Index] = {}

    def index(articles: Iterable[Article], engine: str) -> kliping.Index:
        if engine not in opened:
            source = _write_lines(folder / "articles.jsonl", articles)
            kliping.build(source, folder / engine, engine=engine)
            opened[engine] = kliping.open(folder / engine)
        return opened[engine]

    yield index
    for each in opened.values():
        each.close()


@pytest.fixture
def source(tmp_path: Path, articles: tuple[Article, ...]) -> Path:
    """A file of JSON lines that holds ``articles``."""
    folder = tmp_path / "source"
    folder.mkdir()
    return _write_lines(folder / "articles.jsonl", articles)


@pytest.fixture(scope="session")
def _built(
    tmp_path_factory: pytest.TempPathFactory, articles: tuple[Article, ...]
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("built")
    path = _write_lines(folder / "articles.jsonl", articles)
    places = {}
    for name, package in _PACKAGES.items():
        if importlib.util.find_spec(package):
            places[name] = folder / name
            kliping.build(path, places[name], engine=name)
    return places


@pytest.fixture
def built_index(engine_name: str, _built: dict[str, Path]) -> Iterator[kliping.Index]:
    """An open index of ``articles``, made once a session by each engine: not to be changed."""
    with kliping.open(_built[engine_name]) as index:
        yield index
