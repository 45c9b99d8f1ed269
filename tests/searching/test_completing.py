"""What the beginning of a query could become."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

import kliping
from kliping import Suggestion
from kliping.article import Article
from kliping.errors import QueryError
from kliping.query.periods import WIB

BODIES = (
    "Komisi Warta Nusa (KWN) menyambut yayasan itu. Yang hadir yakin.",
    "Komisi Warta Nusa (KWN) menolak. Banjir bandang melanda Bandar Lirih.",
    "Komisi Taman Kota bubar. Bandara dibuka. Yang lain yakni Yayan.",
    "Bandara ditutup. Banjir bandang surut, kata KWN.",
    "Bandara Lirih sepi. Komunitas bermain. Nilai 12.500.",
)
TITLES = ("Bandara Lirih Dibuka Lagi", "Warga Lirih di Bandara", "Bandara Lirih Dibuka Lagi")

ARTICLES = [
    Article(
        id=f"a{n}",
        title=TITLES[n] if n < len(TITLES) else None,
        body=body,
        source="Kabar Bandar" if n % 2 else "Harian Wening",
        authors=("Bandi Wirya",) if n < 2 else (),
        tags=("banjir bandang",) if n == 1 else (),
        published=datetime(2024, 1, 1, tzinfo=WIB) + timedelta(days=n),
    )
    for n, body in enumerate(BODIES)
]


@pytest.fixture
def index(indexes, engine_name: str) -> kliping.Index:
    return indexes(ARTICLES, engine_name)


def texts(index: kliping.Index, prefix: str, kind: str, limit: int = 30) -> dict[str, int]:
    found = index.suggest(prefix, limit=limit)
    return {each.text: each.articles for each in found if each.kind == kind}


def test_a_word_is_completed_by_the_commonest(index: kliping.Index) -> None:
    words = texts(index, "Banda", "word")
    assert words == {"bandara": 5, "bandang": 2, "bandar": 1}
    assert list(words) == ["bandara", "bandang", "bandar"]


def test_stop_words_come_last(index: kliping.Index) -> None:
    words = texts(index, "ya", "word")
    assert list(words)[-1] == "yang"
    assert words["yang"] > words["yakni"]


def test_the_last_word_follows_those_before(index: kliping.Index) -> None:
    assert texts(index, "banjir ban", "word") == {"banjir bandang": 2}
    assert texts(index, "  Banjir,  BAN", "word") == {"banjir bandang": 2}


def test_where_none_follows_any_in_the_same_article_will_do(index: kliping.Index) -> None:
    words = texts(index, "surut ban", "word")
    assert words == dict.fromkeys(("surut bandang", "surut bandara", "surut banjir"), 1)


def test_names_are_sources_authors_tags_and_what_has_an_acronym(index: kliping.Index) -> None:
    assert texts(index, "band", "name") == {
        "Bandi Wirya": 2, "Kabar Bandar": 2, "banjir bandang": 1,
    }  # fmt: skip
    assert texts(index, "kabar b", "name") == {"Kabar Bandar": 2}
    assert texts(index, "komisi w", "name") == {"komisi warta nusa": 2}
    assert texts(index, "kom", "name") == {"komisi warta nusa": 2}
    assert texts(index, "arian", "name") == {}


def test_a_name_is_not_repeated_as_a_word(index: kliping.Index) -> None:
    found = [each.text.lower() for each in index.suggest("kw", limit=30)]
    assert found.count("kwn") == 1


def test_headlines_have_all_the_words_and_the_newest_is_first(index: kliping.Index) -> None:
    assert texts(index, "bandara li", "headline") == {
        "Bandara Lirih Dibuka Lagi": 2,
        "Warga Lirih di Bandara": 1,
    }
    assert list(texts(index, "lirih", "headline")) == [
        "Bandara Lirih Dibuka Lagi", "Warga Lirih di Bandara",
    ]  # fmt: skip


def test_each_kind_gets_its_share_in_order(index: kliping.Index) -> None:
    found = index.suggest("band", limit=3)
    assert [each.kind for each in found] == ["word", "name", "headline"]
    assert found[0] == Suggestion("bandara", "word", 5)
    assert len(index.suggest("band", limit=2)) == 2


@pytest.mark.parametrize(
    "prefix", ["", "  ", "?!", "zzz", "zzz ban", "\ud800", "banjir zzz", "z" * 9999, "a " * 21]
)
def test_what_nothing_begins_with_becomes_nothing(index: kliping.Index, prefix: str) -> None:
    assert index.suggest(prefix) == ()


@pytest.mark.parametrize("limit", [0, -1, 301])
def test_an_impossible_limit_is_refused(index: kliping.Index, limit: int) -> None:
    with pytest.raises(QueryError, match="choose 1 to 300"):
        index.suggest("ban", limit=limit)


def test_what_one_article_alone_abbreviates_is_no_name(index: kliping.Index) -> None:
    assert texts(index, "taman k", "name") == {}
    assert texts(index, "kwn", "word") == {"kwn": 3}


def test_a_headline_counts_every_article_that_has_it_and_crowds_out_none(
    tmp_path: Path, write_lines, engine_name: str
) -> None:
    titles = ["Jadwal kapal Lirih", *["Jadwal pasar hari ini"] * 12]
    made = [
        Article(id=f"a{n}", title=title, body=f"Kabar nomor {n}.", published=day)
        for n, title in enumerate(titles)
        for day in [datetime(2024, 1, 1, tzinfo=WIB) + timedelta(days=n)]
    ]
    kliping.build(write_lines(tmp_path / "a.jsonl", made), tmp_path / "i", engine=engine_name)
    with kliping.open(tmp_path / "i") as index:
        for limit in (3, 30):
            assert texts(index, "jadwal", "headline", limit) == {
                "Jadwal pasar hari ini": 12, "Jadwal kapal Lirih": 1,
            }  # fmt: skip


def test_few_phrases_are_counted_however_many_are_asked_for(
    tmp_path: Path, write_lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [f"b{first}{second}" for first in "aeiou" for second in "klmnprst"]
    made = Article(id="a", title=None, body=" ".join(f"pasar {word}" for word in words))
    kliping.build(write_lines(tmp_path / "a.jsonl", [made]), tmp_path / "i")
    with kliping.open(tmp_path / "i") as index:
        counted: list[object] = []
        count = index._now.engine.count
        monkeypatch.setattr(index._now.engine, "count", lambda c: counted.append(c) or count(c))
        assert len(texts(index, "pasar b", "word", 300)) == len(counted) == 30


def test_both_engines_complete_alike(indexes) -> None:
    one, other = (indexes(ARTICLES, engine) for engine in ("tantivy", "whoosh"))
    for prefix in ("b", "ban", "ko", "y", "lirih d", "12"):
        assert one.suggest(prefix) == other.suggest(prefix), prefix


def test_what_vanished_is_not_counted(tmp_path, write_lines, engine_name: str) -> None:
    folder = tmp_path / "arsip"
    folder.mkdir()
    for n in range(12):
        body = f"Warga menyambut Komisi {'Warta Nusa (KWN)' if n < 3 else 'Kota Lirih (KKL)'}."
        write_lines(folder / f"{n}.jsonl", [Article(f"a{n}", None, f"{body} Hari {n}.")])
    kliping.build(folder, tmp_path / "index", engine=engine_name)
    for n in (0, 1, *range(3, 12)):
        (folder / f"{n}.jsonl").unlink()
    kliping.build(folder, tmp_path / "index", engine=engine_name)
    with kliping.open(tmp_path / "index") as index:
        assert texts(index, "k", "name") == {"KWN": 1, "komisi warta nusa": 1}
