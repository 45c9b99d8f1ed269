"""Several indexes are searched as one: what one index of all their articles would answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest

import kliping
from kliping.article import Article
from kliping.engines.several import _best
from kliping.errors import ArticleNotFound, IndexMismatch, IndexNotFound, SeveralArticles

WIB = timezone(timedelta(hours=7))
WORDS = "gempa banjir warga desa lembah sungai beras harga jalan sekolah anak guru".split()
QUERIES = [
    "gempa", "banjir warga", "harga beras naik", '"warga desa"', "ban*", "gempa -warga",
    "sumber:satu", "", "tanggal:2024-02", "bnjir", "lembah OR sungai",
]  # fmt: skip
MIXES = [("tantivy", "tantivy", "tantivy"), ("whoosh", "whoosh"), ("tantivy", "whoosh")]


def invented(number: int, chance: Random) -> Article:
    """Return an article of as many words as any other, some of them rare."""
    body = " ".join(chance.choices(WORDS, weights=range(1, len(WORDS) + 1), k=30))
    moment = datetime(2024, 1, 1, tzinfo=WIB) + timedelta(hours=number * 7)
    source = chance.choice(["satu", "dua"])
    published = moment if number % 7 else None
    return Article(f"a{number}", None, body, published=published, source=source)


def write(path: Path, articles: Sequence[Article], engine: str) -> Path:
    with kliping.writer(path, engine=engine) as writer:
        writer.add(articles)
    return path


@pytest.fixture(scope="module", params=MIXES, ids="+".join)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[kliping.Index, kliping.Index]]:
    """Several indexes as one, and one of all their articles."""
    folder, chance = tmp_path_factory.mktemp("bersama"), Random(7)
    articles = [invented(number, chance) for number in range(120)]
    parts: list[list[Article]] = [[] for _ in request.param]
    for article in articles:  # the first gets what has gempa: there the word is common
        at = 0 if "gempa" in article.body else chance.randrange(len(parts))
        parts[at].append(article)
    rows = zip(parts, request.param, strict=True)
    paths = [write(folder / str(n), part, engine) for n, (part, engine) in enumerate(rows)]
    whole = write(folder / "semua", articles, request.param[0])
    with kliping.open(paths) as several, kliping.open(whole) as one:
        yield several, one


def ids(results: kliping.Results) -> list[str]:
    return [hit.article.id for hit in results]


@pytest.mark.parametrize("query", QUERIES)
def test_they_answer_as_one_would(pair: tuple[kliping.Index, kliping.Index], query: str) -> None:
    several, one = pair
    options: dict[str, Any] = {"facets": True, "limit": 120, "collapse": False}
    found, wanted = several.search(query, **options), one.search(query, **options)
    assert (found.total, found.facets) == (wanted.total, wanted.facets)
    assert (found.suggestions, found.word_counts) == (wanted.suggestions, wanted.word_counts)
    assert sorted(ids(found)) == sorted(ids(wanted))
    theirs = {hit.article.id: hit.score for hit in wanted}
    # Each index has its own mean length of articles, and engines keep lengths more or less exactly.
    near = 0.05
    for hit in found:
        assert hit.score == pytest.approx(theirs[hit.article.id], rel=near)
    for better, worse in itertools.pairwise(found):
        assert theirs[better.article.id] >= theirs[worse.article.id] * (1 - 2 * near)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_by_date_they_have_one_order(pair: tuple[kliping.Index, kliping.Index], sort: Any) -> None:
    several, one = pair
    found = [hit.article.published for hit in several.search("warga", sort=sort, limit=100)]
    assert found == [hit.article.published for hit in one.search("warga", sort=sort, limit=100)]


def test_scores_would_not_compare_by_themselves(
    pair: tuple[kliping.Index, kliping.Index],
) -> None:
    several, one = pair
    best = one.search("gempa", limit=1)[0]
    with kliping.open(several.path) as alone:
        there = {hit.article.id: hit.score for hit in alone.search("gempa", limit=120)}
    assert there[best.article.id] < 0.9 * best.score


@pytest.mark.parametrize("options", [{}, {"sort": "newest"}, {"boost_recent": "30d"}])
def test_pages_neither_repeat_nor_skip(
    pair: tuple[kliping.Index, kliping.Index], options: dict[str, Any]
) -> None:
    several, _ = pair
    whole = ids(several.search("warga", limit=120, **options))
    paged, after = [], None
    while True:
        page = several.search("warga", limit=13, after=after, **options)
        paged += ids(page)
        if not (after := page.next):
            break
    assert paged == whole
    slices = [ids(several.search("warga", limit=13, offset=n, **options)) for n in (0, 13, 26)]
    assert list(itertools.chain(*slices)) == whole[:39]


def test_they_are_read_as_one(pair: tuple[kliping.Index, kliping.Index]) -> None:
    several, one = pair
    assert len(several) == len(one) == len(list(several)) == 120
    assert "a5" in several
    assert several.get("a7").body == one.get("a7").body
    assert "tidak-ada" not in several
    with pytest.raises(ArticleNotFound):
        several.get("tidak-ada")
    assert several.info().articles == 120
    assert several.info().sources == one.info().sources
    assert several.suggest("ge") == one.suggest("ge")
    (best, _), *_ = several.rank("gempa", limit=5)
    assert best == pytest.approx(one.rank("gempa", limit=5)[0][0], rel=0.05)
    assert several.similar("a7").total == one.similar("a7").total


@pytest.fixture
def two(tmp_path: Path, engine_name: str) -> list[Path]:
    """Two indexes that hold one article both."""
    same = Article("x", "Gempa besar", "Gempa mengguncang desa.", url="https://a.example/x")
    others = [
        Article("y", "Gempa kecil", "Gempa terasa.", path="arsip.jsonl"),
        Article("z", "Banjir", "Air naik.", path="arsip.jsonl"),
    ]
    paths = [tmp_path / "satu", tmp_path / "dua"]
    return [
        write(path, [same, other], engine_name) for path, other in zip(paths, others, strict=True)
    ]


def test_what_both_hold_is_shown_once(two: list[Path]) -> None:
    with kliping.open(two) as index:
        for limit in (1, 2, 9):
            results = index.search("gempa", limit=limit)
            assert sorted(ids(results)) == ["x", "y"][:limit] or limit == 1
            assert len(ids(results)) == min(limit, 2)
        assert index.search("gempa").total == 2
        assert index.get("https://a.example/x").id == "x"
        assert len(index) == 4
        with pytest.raises(SeveralArticles):
            index.get("arsip.jsonl")


def test_each_follows_its_own_commits(two: list[Path], engine_name: str) -> None:
    with kliping.open(two, follow=True) as index:
        assert "baru" not in index
        write(two[1], [Article("baru", "Gempa baru", "Gempa.")], engine_name)
        assert "baru" in index
        kliping.build([], two[0], rebuild=True)
        assert index.search("gempa").total == 3
    with pytest.raises(kliping.errors.IndexClosed):
        index.search("gempa")


def test_what_cannot_be_opened_is_named(two: list[Path], tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound, match="name one, or several"):
        kliping.open([])
    with pytest.raises(IndexNotFound, match="tidak-ada"):
        kliping.open([*two, tmp_path / "tidak-ada"])
    with kliping.open([two[0], str(two[0])]) as index:  # the same twice is one
        assert len(index) == 2
    lexicon = tmp_path / "kata.txt"
    lexicon.write_text("wening\n", encoding="utf-8")
    source = tmp_path / "a.txt"
    source.write_text("Gempa di Lembah Wening\n\nGempa mengguncang lembah pada Selasa pagi.")
    kliping.build(source, tmp_path / "lain", lexicon=lexicon)
    with pytest.raises(IndexMismatch, match=r"lain was made with another lexicon than .*satu"):
        kliping.open([two[0], tmp_path / "lain"])


def test_the_best_of_lists_are_those_of_all_of_them() -> None:
    chance = Random(3)
    for _ in range(200):
        sizes = [chance.randrange(9) for _ in range(chance.randrange(1, 4))]
        lists = [sorted(chance.choices(range(12), k=size)) for size in sizes]
        unique = [list(dict.fromkeys(each)) for each in lists]
        wanted = chance.randrange(1, 8)
        found, _ = _best(
            lambda most, lists=unique: [each[:most] for each in lists],
            lambda hit: hit, str, wanted,
        )  # fmt: skip
        assert found == sorted({hit for each in lists for hit in each})[:wanted]


def test_a_place_may_be_whatever_names_a_path(two: list[Path]) -> None:
    class Place:
        def __fspath__(self) -> str:
            return str(two[0])

    with kliping.open(Place()) as one, kliping.open(iter([Place(), two[1]])) as both:
        assert (len(one), len(both)) == (2, 4)
