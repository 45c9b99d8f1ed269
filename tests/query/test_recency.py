"""Recent articles count more: the half-life, and what it does to a ranking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.engines.weighing import weighed
from kliping.errors import QueryError
from kliping.query.recency import decay
from kliping.query.weights import WEIGHTS

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
OLD = WEIGHTS.old


def seconds(age: timedelta) -> int:
    return int((NOW - age).timestamp())


@pytest.mark.parametrize(
    ("half_life", "days"),
    [
        ("30d", 30),
        ("30-hari", 30),
        ("30 hari", 30),
        ("2w", 14),
        ("2-minggu", 14),
        ("6m", 180),
        ("1-bulan", 30),
        ("1y", 365),
        ("2 Tahun", 730),
        ("10 days", 10),
    ],
)
def test_half_of_the_advantage_goes_in_each_half_life(half_life: str, days: int) -> None:
    weigh = decay(half_life, now=NOW)
    for lives in range(4):
        expected = OLD + (1 - OLD) * 0.5**lives
        assert weigh(seconds(timedelta(days=days * lives))) == pytest.approx(expected)


def test_the_undated_are_old_and_the_future_is_now() -> None:
    weigh = decay("30d", now=NOW)
    assert weigh(None) == OLD
    assert weigh(seconds(timedelta(days=36_500))) == pytest.approx(OLD)
    assert weigh(seconds(timedelta(days=-90))) == 1.0


@pytest.mark.parametrize(
    "nonsense", ["", "30", "d", "0d", "-3d", "12h", "1.5y", "besok", "2024", "30d 2w", "99999d"]
)
def test_nonsense_is_refused_with_the_cure(nonsense: str) -> None:
    with pytest.raises(QueryError, match=f"'{nonsense}' is not a half-life; write 30d"):
        decay(nonsense)


SCORES = st.integers(0, 5).map(float)
DATES = st.none() | st.integers(0, 10)


@given(st.lists(st.tuples(SCORES, DATES), max_size=60), st.integers(1, 70))
def test_weighing_a_part_gives_the_best_of_all(pairs, wanted: int) -> None:
    def weigh(published: int | None) -> float:
        return 0.5 if published is None else published / 10

    pairs.sort(key=lambda pair: -pair[0])
    matches = [(score, place, published) for place, (score, published) in enumerate(pairs)]
    whole = sorted(((score * weigh(day), -place) for score, place, day in matches), reverse=True)
    best = weighed(iter(matches), weigh, wanted=wanted)
    assert best == [(score, -place) for score, place in whole[:wanted]]


def test_weighing_stops_where_nothing_better_can_come() -> None:
    matches = iter([(4.0, "a", 1), (3.0, "b", 1), (1.0, "c", 1), (1.0, "d", 1)])
    assert weighed(matches, lambda _: 0.5, wanted=2) == [(2.0, "a"), (1.5, "b")]
    assert next(matches) == (1.0, "d", 1)


@pytest.fixture(scope="module")
def places(tmp_path_factory, write_lines):
    """An index by each engine: the same story told again and again, best where it is oldest."""
    folder = tmp_path_factory.mktemp("recency")
    today = datetime.now(UTC)
    articles = [
        Article(
            f"a{n}",
            "Kabar pasar",
            "Pasar dan gempa. " * (n + 1) + f"Isi nomor {n}.",
            published=today - timedelta(days=365 * n) if n < 30 else None,
        )
        for n in range(40)
    ]
    path = write_lines(folder / "a.jsonl", articles)
    made = {}

    def place(engine: str):
        if engine not in made:
            made[engine] = folder / engine
            kliping.build(path, made[engine], engine=engine)
        return made[engine]

    return place


@pytest.mark.parametrize("window", [1, 7, 1000])
def test_the_ranking_is_that_of_all_matches_weighed(
    places, engine_name, monkeypatch, window
) -> None:
    if engine_name == "tantivy":
        monkeypatch.setattr("kliping.engines.tantivy_engine._WINDOW", window)
    with kliping.open(places(engine_name)) as index:
        plain = {hit.article: hit.score for hit in index.search("gempa", limit=100, collapse=False)}
        results = index.search("gempa", limit=100, collapse=False, boost_recent="1y")
        weigh = decay("1y")
        for hit in results:
            day = hit.article.published
            expected = plain[hit.article] * weigh(int(day.timestamp()) if day else None)
            assert hit.score == pytest.approx(expected, rel=1e-4)
        assert results.total == len(results) == 40
        scores = [hit.score for hit in results]
        assert scores == sorted(scores, reverse=True)
        assert [h.article for h in results] != list(plain)
        short = index.search("gempa", limit=5, offset=3, collapse=False, boost_recent="1y")
        assert [h.article for h in short] == [h.article for h in results[3:8]]
        assert [h.rank for h in short] == [4, 5, 6, 7, 8]


def test_with_an_order_by_date_it_is_refused(built_index) -> None:
    with pytest.raises(QueryError, match="leave out one"):
        built_index.search("gempa", boost_recent="30d", sort="newest")


def test_of_nothing_there_is_nothing(built_index) -> None:
    assert built_index.search("zebra", boost_recent="30d").hits == ()
    assert built_index.search("gempa", boost_recent="30d", offset=10**15).hits == ()
