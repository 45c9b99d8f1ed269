"""More like this: other stories of the same event, and not the same story again."""

from __future__ import annotations

import pytest

import kliping
from kliping.article import Article
from kliping.errors import ArticleNotFound, QueryError

FERRY = (
    "Kapal feri Tirta Kencana kandas di Selat Lirih. Penumpang kapal feri dievakuasi nelayan "
    "ke dermaga Lirih. Nakhoda kapal diperiksa syahbandar soal muatan dan cuaca. "
)
OTHERS = [
    Article("feri-1", "Feri Tirta Kencana kandas", FERRY + "Ombak setinggi dua meter."),
    Article("feri-2", "Syahbandar periksa nakhoda Tirta Kencana", "Nakhoda feri yang kandas di "
            "Selat Lirih diperiksa. Muatan kapal melebihi izin, kata syahbandar."),
    Article("feri-3", "Nelayan Lirih bantu evakuasi", "Puluhan nelayan membantu penumpang feri."),
    Article("panen", "Harga cabai turun", "Petani memanen cabai. Pedagang pasar menurunkan harga."),
    Article("bola", "Persewening menang", "Persewening menang berkat gol bunuh diri."),
]  # fmt: skip


@pytest.fixture
def index(tmp_path, write_lines, engine_name):
    path = write_lines(tmp_path / "a.jsonl", OTHERS)
    kliping.build(path, tmp_path / "index", engine=engine_name)
    with kliping.open(tmp_path / "index") as opened:
        yield opened


def found(results: kliping.Results) -> list[str]:
    return [hit.article.id for hit in results]


def test_the_same_event_comes_first_and_the_article_itself_never(index) -> None:
    results = index.similar("feri-1")
    assert found(results)[:2] == ["feri-2", "feri-3"]
    assert "feri-1" not in found(results)
    assert (results.query, results.match, results.next) == ("feri-1", "any", None)
    assert [hit.rank for hit in results] == list(range(1, len(results) + 1))
    assert found(index.similar("feri-1", limit=1)) == ["feri-2"]


def test_the_telling_words_are_lit(index) -> None:
    hit = index.similar("feri-1")[0]
    lit = {hit.article.title[start:stop].lower() for start, stop in hit.title_spans}
    assert {"nakhoda", "tirta", "kencana"} <= lit
    text, spans = hit.passages[0].text, hit.passages[0].spans
    assert {"feri", "kandas"} <= {text[start:stop].lower() for start, stop in spans}
    assert "yang" not in {text[start:stop].lower() for start, stop in spans}


def test_who_has_read_one_of_a_group_wants_other_stories(index) -> None:
    index._snapshot.groups = dict.fromkeys(("feri-1", "feri-3"), ("feri-1", "feri-3"))
    assert found(index.similar("feri-1"))[0] == "feri-2"
    assert "feri-3" not in found(index.similar("feri-1"))
    assert "feri-1" not in found(index.similar("feri-3"))


def test_other_groups_are_shown_once(index) -> None:
    index._snapshot.groups = dict.fromkeys(("feri-2", "feri-3"), ("feri-2", "feri-3"))
    hit = index.similar("feri-1")[0]
    assert (hit.article.id, hit.similar) == ("feri-2", ("feri-3",))
    assert "feri-3" not in found(index.similar("feri-1"))


def test_an_article_that_shares_no_words_is_like_none(index) -> None:
    results = index.similar("bola")
    assert (results.total, results.hits) == (0, ())


def test_an_unknown_id_and_an_impossible_limit_are_refused(index) -> None:
    with pytest.raises(ArticleNotFound, match="tidak-ada"):
        index.similar("tidak-ada")
    with pytest.raises(QueryError, match="limit"):
        index.similar("bola", limit=0)


def test_a_word_of_all_articles_tells_nothing_after_most_vanished(
    tmp_path, write_lines, engine_name
) -> None:
    folder = tmp_path / "arsip"
    folder.mkdir()
    for n in range(60):
        made = Article(f"a{n}", None, f"Kabar petang nomor {1000 + n}.")
        write_lines(folder / f"{n}.jsonl", [made])
    kliping.build(folder, tmp_path / "index", engine=engine_name)
    for n in range(6, 60):
        (folder / f"{n}.jsonl").unlink()
    kliping.build(folder, tmp_path / "index", engine=engine_name)
    with kliping.open(tmp_path / "index") as index:
        assert len(index) == 6
        assert (index.similar("a0").total, found(index.similar("a0"))) == (0, [])
