"""An index at an address is what one in a folder is: the same commands, the same answers."""

from __future__ import annotations

import json
import re
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy")

import kliping
from kliping.article import Article
from kliping.indexing import upkeep
from kliping.indexing.checking import check
from tests.opensearch.generating import written
from tests.opensearch.servers import Servers

_TRIES = 5  # on a machine that does much else
QUERIES = "gempa", "warga desa", '"Lembah Wening"', "gempa -bantuan", "judul:gempa", "men*"


def _ids(index: kliping.Index, query: str) -> list[str]:
    return [hit.article.id for hit in index.search(query, limit=50)]


def _answers(place: str | Path) -> dict[str, list[str]]:
    with kliping.open(place) as index:
        return {query: sorted(_ids(index, query)) for query in QUERIES}


def test_it_is_kept_up_to_date_and_answers_as_a_folder_does(
    place: str, source: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    for where in (place, folder):
        assert kliping.build(source.parent, where).added == 6
        assert kliping.build([], where).unchanged == 6
        lines = source.read_text("utf-8").splitlines(keepends=True)
        source.write_text("".join(lines[1:]), "utf-8")
        summary = kliping.build([], where)
        assert (summary.removed, summary.articles) == (1, 5)
        source.write_text("".join(lines), "utf-8")
        assert kliping.build([], where).added == 1
        assert check(where).problems == ()
    assert _answers(place) == _answers(folder)
    with kliping.open(place) as index:
        assert index.info().files == 1
        assert index.info().path == place
        assert [hit.article.id for hit in index.similar("gempa-1")][:1] == ["gempa-2"]
        assert index.suggest("gem")


def test_copies_are_grouped_and_readers_elsewhere_see_it(place: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", 30)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    twin = {**rows[0], "id": "kembar", "judul": "Salinan"}
    kliping.build(path, place)
    with kliping.open(place, follow=True) as index:
        assert index.get(rows[0]["id"])
        with kliping.writer(place) as writer:
            writer.add(twin)
        hits = index.search(f'"{rows[0]["isi"][:40]}"')
        assert [len(hit.similar) for hit in hits] == [1]
    assert check(place).problems == ()


def test_a_rebuild_swaps_without_a_gap_and_readers_follow(
    server: Servers, place: str, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.jsonl", 200)
    kliping.build(path, place)
    failed: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        with kliping.open(place, follow=True) as index:
            while not done.is_set():
                try:
                    assert len(index) == 200
                    assert index.search("warga", limit=3).hits
                except BaseException as error:
                    failed.append(error)
                    return

    reader = threading.Thread(target=search)
    reader.start()
    for _ in range(3):
        assert kliping.build([], place, rebuild=True).articles == 200
    done.set()
    reader.join()
    assert failed == []
    name = place.rpartition("/")[2]
    assert list(server.ask(f"_alias/{name}")) == [f"{name}-4"]
    kliping.build([], place)
    there = {row["index"] for row in server.ask(f"_cat/indices/{name}-*?format=json")}
    assert there == {f"{name}-4", f"{name}-notes"}


def test_what_programs_gave_is_kept_by_a_rebuild_and_can_be_taken_out(
    place: str, articles: tuple[Article, ...]
) -> None:
    with kliping.writer(place) as writer:
        writer.add(articles)
        assert writer.delete("bola") == 1
    assert len(upkeep.sources(place)) == 1
    kliping.build([], place, rebuild=True)
    with kliping.open(place) as index:
        assert len(index) == 5
    assert upkeep.remove(["banjir"], place) == 1
    assert check(place).problems == ()


def test_a_writer_that_fails_leaves_what_was_committed(
    place: str, articles: tuple[Article, ...]
) -> None:
    with kliping.writer(place) as writer:
        writer.add(articles[:2])
        writer.commit()
        writer.add(articles[2:])
        writer.rollback()
        writer.add(articles[3])
    with kliping.open(place) as index:
        assert sorted(each.id for each in index) == ["bola", "gempa-1", "gempa-2"]


def test_shares_make_one_index(place: str, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(12):
        written(source / f"{number}.jsonl", 20, seed=number)
    shares = [f"{place}?shard={number}/3" for number in (1, 2, 3)]
    threads = [threading.Thread(target=kliping.build, args=(source, each)) for each in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with kliping.open(place) as index:
        assert len(index) == 240 == len({each.id for each in index})
        assert index.info().files == 12
        assert 0 < len(kliping.open(shares[1])) < 240
    assert check(place).problems == ()
    (source / "3.jsonl").unlink()
    assert sum(kliping.build([], each).removed for each in shares) == 20
    assert [each.articles for each in upkeep.sources(place)] == [220]
    upkeep.forget(source, place)
    with kliping.open(place) as index:
        assert len(index) == 0


def test_readers_without_a_writer_see_a_commit_at_once(place: str, tmp_path: Path) -> None:
    source = written(tmp_path / "a.jsonl", 5)
    kliping.build(source, place)
    with kliping.open(place, follow=True) as index:
        before = index.version
        written(source, 7)
        kliping.build([], place)
        started = time.monotonic()
        assert len(index) == 7
        assert index.version != before
        assert time.monotonic() - started < 5


def test_it_is_served_as_a_folder_is(
    place: str, tmp_path: Path, articles: tuple[Article, ...]
) -> None:
    pytest.importorskip("uvicorn", reason="needs kliping[server]")
    from tests.server.serving import serving

    with kliping.writer(place) as writer:
        writer.add(articles[:4])
    with serving(place, tmp_path / "log") as running:
        found = running.get("/api/search?q=gempa").json
        assert {hit["id"] for hit in found["hits"]} == {"gempa-1", "gempa-2"}
        for _ in range(_TRIES):  # a page is several searches, and has ten seconds
            answer = running.get("/?q=banjir")
            if answer.status == 200:
                break
        assert "Sungai Lirih surut" in re.sub(r"<[^>]+>", "", answer.body.decode())
        with kliping.writer(place) as writer:
            writer.add({"id": "baru", "judul": "Gempa susulan", "isi": "Gempa susulan terasa."})
        assert running.get("/api/search?q=gempa").json["total"] == 3
