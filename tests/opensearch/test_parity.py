"""The same 2,000 articles and 300 queries: the same matches as tantivy finds, in the same order."""

from __future__ import annotations

import importlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

import pytest

pytest.importorskip("opensearchpy")

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.engines import Engine, create
from kliping.engines.documents import document
from kliping.engines.opensearch_address import Address
from tests.opensearch.servers import Servers

_BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
_ROOTS = """
gempa banjir kebakaran panen pasar jalan jembatan sekolah guru murid dokter obat harga beras
cabai telur ikan nelayan perahu pantai gunung hutan sungai hujan kemarau listrik air minum
rumah sakit warga desa bupati camat polisi tentara hakim jaksa sidang pemilu suara partai calon
menteri anggaran pajak utang bank kredit saham ekspor impor pabrik buruh upah sepak bola
pelatih pemain juara turnamen konser film lagu penyanyi seni budaya bahasa agama doa puasa
mudik kereta pesawat bandara pelabuhan kapal truk motor mobil bensin kebun sawit karet kopi teh
tebu gula garam
""".split()
_FORMS = "{}", "{}", "{}", "{}nya", "me{}", "di{}kan", "pe{}an", "ber{}", "ter{}", "{}-{}"
_PLACES = "Wening Lirih Arunika Tirta Sagara Madu Rimba Jenggala Kahuripan Bayu".split()


def _articles() -> Iterator[Article]:
    """Yield articles of words of very different rarity; some lack a title, a date or an author."""
    chance = Random(7)
    syllables = [first + then for first in "bdgjklmnprst" for then in "aiueo"]
    roots = [*_ROOTS, *("".join(chance.choices(syllables, k=3)) for _ in range(3_000))]
    weights = [1 / rank for rank in range(1, len(roots) + 1)]
    start = datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=7)))

    def words(count: int) -> str:
        found = chance.choices(roots, weights, k=count)
        forms = [chance.choice(_FORMS).format(root, root) for root in found]
        return " ".join([*forms, chance.choice(_PLACES), str(chance.randrange(30))])

    for number in range(2_000):
        body = "\n\n".join(
            ". ".join(words(chance.randint(4, 12)) for _ in range(3))
            for _ in range(chance.randint(1, 6))
        )
        yield Article(
            f"a{number}",
            words(chance.randint(2, 6)) if number % 17 else None,
            body,
            (f"Sari {chance.choice(_PLACES)}",) if number % 3 else (),
            start + timedelta(hours=chance.randrange(30_000)) if number % 11 else None,
            f"Kabar {chance.choice(_PLACES)}",
        )


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(_articles())


@pytest.fixture(scope="module", params=["one node", "three nodes"])
def engines(
    request: pytest.FixtureRequest, articles: list[Article], analyser: Analyser
) -> Iterator[list[Engine]]:
    """Both engines with all articles; on three nodes each has a share of them."""
    name = "server" if request.param == "one node" else "cluster"
    servers: Servers = request.getfixturevalue(name)
    shards = len(servers.nodes)
    url = f"{servers.address}/uji-{secrets.token_hex(4)}?shards={shards}"
    documents = [document(article, analyser) for article in articles]
    with TemporaryDirectory() as folder:
        made: list[Engine] = [
            create("tantivy", Path(folder)),
            create("opensearch", Address.parse(url)),
        ]
        for engine in made:
            engine.add(documents)
            engine.commit()
        yield made
        for engine in made:
            engine.close()


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark, which compares on real articles."""
    monkeypatch.syspath_prepend(str(_BENCHMARKS))
    return importlib.import_module("opensearch")


def test_three_hundred_queries_find_the_same_and_rank_it_alike(
    engines, articles, analyser, benchmark
):
    titles = [article.title or "" for article in articles]
    asked = benchmark.clauses(analyser, titles, 300)
    equal, taus = benchmark.compared(*engines, asked)
    assert equal == len(asked) == 300
    assert mean(taus) >= 0.98


def test_counts_terms_and_facets_are_the_same(engines, analyser, benchmark):
    tantivy, opensearch = engines
    for clause in benchmark.clauses(analyser, [" ".join(_ROOTS)], 12):
        assert opensearch.count(clause) == tantivy.count(clause)
        names = ("source", "authors", "day")
        assert opensearch.facets(clause, names) == tantivy.facets(clause, names)
    for prefix in ("", "ge", "pe", "zz"):
        found = opensearch.terms("body_words", prefix, limit=40)
        assert found == tantivy.terms("body_words", prefix, limit=40)
    assert opensearch.frequency("text", "gempa") == tantivy.frequency("text", "gempa")


def test_pages_of_any_depth_join_and_all_articles_come_back(engines, articles):
    from kliping.query.clauses import Everything

    opensearch = engines[1]
    assert {each.id: each for each in opensearch.every()} == {each.id: each for each in articles}
    for sort in ("relevance", "newest", "oldest"):
        whole = opensearch.search(Everything(), limit=2_000, sort=sort).hits
        parts = [
            hit
            for offset in range(0, 2_100, 300)
            for hit in opensearch.search(Everything(), limit=300, offset=offset, sort=sort).hits
        ]
        assert parts == list(whole)
        assert len({article.id for _, article in whole}) == 2_000


def test_pages_behind_what_the_server_counts_to_join_too(engines, monkeypatch):
    from kliping.engines import opensearch_reading
    from kliping.query.clauses import Term

    opensearch, clause = engines[1], Term("text", "gempa")
    whole = opensearch.search(clause, limit=1_000)
    weighed = opensearch.search(clause, limit=50, weigh=lambda at: 0.5 if at is None else 1.0)
    ranked = opensearch.rank(clause, limit=1_000)
    monkeypatch.setattr(opensearch_reading, "WINDOW", 70)
    monkeypatch.setattr(opensearch_reading, "_PAGE", 30)
    assert opensearch.search(clause, limit=1_000) == whole
    assert opensearch.search(clause, limit=45, offset=100).hits == whole.hits[100:145]
    assert opensearch.rank(clause, limit=1_000) == ranked
    assert opensearch.search(clause, limit=50, weigh=lambda at: 0.5 if at is None else 1.0) == (
        weighed
    )
