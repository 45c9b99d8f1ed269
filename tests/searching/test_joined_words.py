"""Numbers, units and hyphens: found and lit by either spelling."""

import pytest

import kliping
from kliping.article import Article

SPELLINGS = [
    ("Jet F-16 mendarat.", "f16", "f 16", "F-16"),
    ("Kurs Rp15.750 ditutup.", "15.750", "Rp 15.750", "Rp15.750"),
    ("Gempa M5,6 terasa.", "M5,6", '"M 5,6"', "5,6"),
    ("Luas hutan 10 km2 terbakar.", "10km2", "km2", "10 km"),
    ("Kasus covid19 naik.", "covid-19", "covid19"),
    ("Warga merekam e-KTP.", "ektp", "e-ktp", "ktp"),
    ("Anak2 bersorak.", "anak2", "anak-anak", "anak"),
    ("Buruh di-PHK kemarin.", "phk", "di-phk"),
]


@pytest.fixture
def index(indexes, engine_name: str) -> kliping.Index:
    return indexes([Article(f"a{n}", None, row[0]) for n, row in enumerate(SPELLINGS)], engine_name)


@pytest.mark.parametrize("number", range(len(SPELLINGS)))
def test_either_spelling_finds_the_article_and_is_lit(index: kliping.Index, number: int) -> None:
    for query in SPELLINGS[number][1:]:
        results = index.search(query, match="all")
        assert [hit.article.id for hit in results] == [f"a{number}"], query
        assert results[0].passages[0].spans, query
