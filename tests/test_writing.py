"""Articles that a program writes: what they may be, in, out, again, rolled back."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.cli import main
from kliping.corpus import Problem
from kliping.corpus.pages import as_page
from kliping.errors import (
    ArticleRefused,
    IndexClosed,
    IndexLocked,
    IndexMismatch,
)
from kliping.indexing.checking import check

WIB = timezone(timedelta(hours=7))
MORNING = datetime(2024, 3, 1, 8, 30, tzinfo=WIB)
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
LONG = " ".join(f"kata{n}" for n in range(60))


def kli(index: Path, *arguments: object, stdin: str | None = None) -> Any:
    return CliRunner().invoke(main, ["--index", str(index), *map(str, arguments)], input=stdin)


def held(index: Path) -> dict[str, str]:
    """Return the bodies by id, each found, and each once."""
    with kliping.open(index) as opened:
        articles = list(opened)
        found = opened.search("", limit=1000, collapse=False)
        assert sorted(hit.article.id for hit in found) == sorted(each.id for each in articles)
        assert len(opened) == len(articles)
    assert check(index).problems == ()
    return {each.id: each.body for each in articles}


def made(index: Path, engine: str, **bodies: str) -> Path:
    with kliping.writer(index, engine=engine) as writer:
        writer.add({"id": key, "isi": body} for key, body in bodies.items())
    return index


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_what_an_article_may_be(index: Path, engine_name: str) -> None:
    article = Article("a1", "Judul", "Isi pertama.", published=datetime(2024, 3, 1, tzinfo=WIB))
    with kliping.writer(index, engine=engine_name) as writer:
        writer.add(article)
        writer.add({"id": "a2", "judul": "Judul dua", "isi": "Isi kedua."})
        writer.add(iter([{"guid": "a3", "content": "Isi ketiga."}, replace(article, id="a4")]))
        writer.add([])
    with kliping.open(index) as opened:
        assert replace(opened.get("a1"), language=None) == article
        assert opened.get("a2").title == "Judul dua"
        assert sorted(each.id for each in opened) == ["a1", "a2", "a3", "a4"]


def test_what_to_dict_gives_comes_back_as_it_was(
    index: Path, engine_name: str, articles: tuple[Article, ...]
) -> None:
    with kliping.writer(index, engine=engine_name) as writer:
        writer.add(articles[0].to_dict())
        writer.add(json.loads(json.dumps(articles[4].to_dict())))
    with kliping.open(index) as opened:
        for article in (articles[0], articles[4]):
            assert replace(opened.get(article.id), language=None) == article


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ({"tanggal": MORNING.replace(tzinfo=None)}, "published", MORNING),
        ({"tanggal": NOON}, "published", NOON),
        ({"date": date(2024, 3, 1)}, "published", datetime(2024, 3, 1, tzinfo=WIB)),
        ({"tanggal": "10/7/2024"}, "published", datetime(2024, 7, 10, tzinfo=WIB)),
        ({"id": 0}, "id", "0"),
        ({"id": 7}, "id", "7"),
        ({"id": UUID(int=7)}, "id", "00000000-0000-0000-0000-000000000007"),
        ({"penulis": ("Sari Puspa", "Dimas Arga")}, "authors", ("Sari Puspa", "Dimas Arga")),
        ({"tags": {"banjir"}}, "tags", ("banjir",)),
        ({"sumber": "Harian Wening", "x": float("nan")}, "source", "Harian Wening"),
        ({"url": "https://wening.example/a"}, "url", "https://wening.example/a"),
        ({"path": "arsip/a.html"}, "path", "arsip/a.html"),
    ],
)  # fmt: skip
def test_a_mapping_may_hold_what_python_has(
    index: Path, row: dict[str, Any], field: str, value: object
) -> None:
    with kliping.writer(index) as writer:
        writer.add({"judul": "Judul", "isi": "Isi berita.", **row})
    with kliping.open(index) as opened:
        (article,) = opened
    assert getattr(article, field) == value


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (5, "an article is an Article or a mapping, not 5"),
        ("arsip/", "taken in by kliping.build"),
        (b"x", "an Article or a mapping"),
        (Path("arsip"), "taken in by kliping.build"),
        ([["a"]], "an Article or a mapping"),
        ({"judul": " "}, "neither title nor body"),
        ({"x": 1}, "neither title nor body"),
        ({"judul": b"x"}, "judul takes text, not bytes"),
        ({"judul": "x", "tanggal": "entah kapan"}, "'entah kapan' cannot be understood"),
        (Article("", "t", "b"), "lacks an id"),
        (Article("x", None, " "), "'x' has neither title nor body"),
        (Article("x", "t", "b" * 5_000_000), "too large for one article"),
        (Article("x", "t", "b", authors="Sari"), "authors takes a tuple of texts, not 'Sari'"),  # type: ignore[arg-type]
        (Article("x", "t", None), "body takes text, not None"),  # type: ignore[arg-type]
        (Article("x", "t", "b", published="2024"), "published takes a datetime"),  # type: ignore[arg-type]
        (Article("x", "t", "b", published=datetime.max.replace(tzinfo=UTC)), "not 9999"),
        (Article("x", "t", "b", modified=datetime.min), "modified takes a datetime of its time"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_an_error_of_one_line(index: Path, bad: Any, told: str) -> None:
    made(index, "tantivy", lama="Isi lama.")

    def write() -> None:
        with kliping.writer(index) as writer:
            writer.add({"id": "baru", "isi": "Isi baru."})
            writer.add(bad)

    with pytest.raises(ArticleRefused) as caught:
        write()
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(held(index)) == ["lama"]


@pytest.mark.parametrize("ids", [(5,), (["a", "b"],), ("a", None, b"a")])
def test_what_is_no_id_deletes_nothing(index: Path, ids: tuple[Any, ...]) -> None:
    made(index, "tantivy", a="Isi lama.")

    def delete() -> None:
        with kliping.writer(index) as writer:
            writer.delete(*ids)

    with pytest.raises(ArticleRefused, match="an id is text, not"):
        delete()
    assert list(held(index)) == ["a"]


def test_with_on_problem_what_is_no_article_is_told_and_passed_over(index: Path) -> None:
    told: list[Problem] = []
    with kliping.writer(index, on_problem=told.append) as writer:
        rows: list[Any] = [
            {"id": "a", "isi": "satu"},
            {"id": "b"},
            7,
            {"id": "c", "isi": "d", "isii": 1},
        ]
        writer.add(rows)
        writer.add({"id": "d", "isi": "satu", "tanggal": "entah kapan"})
        summary = writer.commit()
    assert (summary.added, summary.skipped, summary.repaired) == (3, 2, 1)
    assert [each.kind for each in told] == ["skipped", "skipped", "repaired", "note"]
    assert "isii" in told[3].reason
    assert sorted(held(index)) == ["a", "c", "d"]


BAKED = "WENING, KOMPAS.com - Air surut pagi ini.\n\nBaca juga: Banjir di Lirih\n\nWarga pulang."


def test_texts_are_cleaned_only_if_that_is_asked_for(index: Path) -> None:
    row = {"judul": "Air surut", "isi": BAKED}
    with kliping.writer(index) as writer:
        writer.add({"id": "mapping", **row})
        writer.add(Article("article", "Air surut", BAKED))
    with kliping.writer(index, clean=True) as writer:
        writer.add({"id": "bersih mapping", **row})
        writer.add(Article("bersih article", "Air surut", BAKED))
    with kliping.open(index) as opened:
        bodies = {each.id: each.body for each in opened}
    assert bodies["mapping"] == bodies["article"] == BAKED
    clean = "Air surut pagi ini.\n\nWarga pulang."
    assert bodies["bersih_mapping"] == bodies["bersih article"] == clean


def test_what_has_neither_id_nor_address_is_known_by_its_text(index: Path) -> None:
    rows = [{"judul": "Sama", "isi": text} for text in ("satu", "dua", "satu")]
    for row in rows:
        with kliping.writer(index) as writer:
            writer.add(row)
    assert sorted(held(index).values()) == ["dua", "satu"]
    for text in ("tiga", "empat"):
        kli(index, "index", "-", stdin=json.dumps({"judul": "Sama", "isi": text}) + "\n")
    assert sorted(held(index).values()) == ["dua", "empat", "satu", "tiga"]


def test_every_article_goes_through_what_files_go_through(index: Path) -> None:
    footer = "Ikuti berita kami lainnya di saluran pesan singkat."
    words = "air sungai naik lagi setelah hujan semalam suntuk di hulu".split()
    with kliping.writer(index) as writer:
        for n in range(30):
            body = " ".join(f"{word}{n}" for word in words)
            writer.add({"id": f"a{n}", "sumber": "Kabar Wening", "isi": f"{body}.\n\n{footer}"})
        writer.add(Article("b1", "Satu", LONG, published=datetime(2024, 1, 1, tzinfo=WIB)))
        writer.add(Article("b2", "Dua", LONG, published=datetime(2024, 1, 2, tzinfo=WIB)))
    assert not any(footer in body for body in held(index).values())
    with kliping.open(index) as opened:
        (hit,) = opened.search("kata7")
        assert (hit.article.id, hit.similar) == ("b1", ("b2",))


@pytest.mark.parametrize("batch", [1, 2, 256])
def test_the_last_word_on_an_id_counts(
    index: Path, engine_name: str, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kliping.indexing.transaction.BATCH", batch)
    made(index, engine_name, a="lama", b="lama", c="lama")
    with kliping.writer(index) as writer:
        writer.add({"id": "a", "isi": "baru"})
        writer.add({"id": "a", "isi": "terbaru"})
        assert writer.delete("b", "b", "tidak-ada") == 1
        writer.add({"id": "b", "isi": "kembali"})
        assert writer.delete("c") == 1
        writer.add({"id": "d", "isi": "sebentar"})
        assert writer.delete("d") == 1
        assert writer.delete("d") == 0
        writer.add({"id": "e", "isi": "sebentar"})
        writer.delete("e")
        writer.add({"id": "e", "isi": "menetap"})
        summary = writer.commit()
    assert held(index) == {"a": "terbaru", "b": "kembali", "e": "menetap"}
    assert (summary.added, summary.updated, summary.removed) == (1, 2, 1)
    assert summary.articles == 3


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "delete", "commit", "rollback"]), st.integers(0, 4)),
    max_size=24,
)


@settings(max_examples=25)
@given(operations=OPERATIONS, batch=st.integers(1, 3))
def test_whatever_is_done_the_index_is_as_a_dictionary(
    operations: list[tuple[str, int]], batch: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = tmp_path_factory.mktemp("apa") / "index"
    now: dict[str, str] = {}
    committed: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch, kliping.writer(index) as writer:
        patch.setattr("kliping.indexing.transaction.BATCH", batch)
        for step, (what, number) in enumerate(operations):
            key = f"k{number}"
            if what == "add":
                writer.add({"id": key, "isi": f"isi langkah {step}"})
                now[key] = f"isi langkah {step}"
            elif what == "delete":
                assert writer.delete(key) == (key in now)
                now.pop(key, None)
            elif what == "commit":
                before, committed = committed, dict(now)
                summary = writer.commit()
                assert summary.added == len(now.keys() - before.keys())
                assert summary.removed == len(before.keys() - now.keys())
                assert summary.articles == len(now)
            else:
                writer.rollback()
                now = dict(committed)
    assert held(index) == now


def test_an_exception_rolls_back_to_the_last_commit(index: Path, engine_name: str) -> None:
    made(index, engine_name, a="lama", b="lama")

    def write() -> None:
        with kliping.writer(index) as writer:
            writer.add({"id": "a", "isi": "baru"})
            writer.commit()
            writer.delete("b")
            writer.add({"id": f"c{n}", "isi": "baru"} for n in range(600))
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        write()
    assert held(index) == {"a": "baru", "b": "lama"}


def test_an_iterable_that_fails_takes_nothing_in(index: Path) -> None:
    def rows() -> Iterator[dict[str, str]]:
        yield {"id": "a", "isi": "satu"}
        raise OSError("the network is gone")

    with pytest.raises(OSError, match="network"), kliping.writer(index) as writer:
        writer.add(rows())
    assert held(index) == {}


def test_a_writer_may_be_used_without_a_block(index: Path) -> None:
    writer = kliping.writer(index)
    writer.add({"id": "a", "isi": "satu"})
    writer.rollback()
    writer.add({"id": "b", "isi": "dua"})
    writer.close()
    writer.close()
    assert held(index) == {"b": "dua"}
    for used in (lambda: writer.add({"isi": "x"}), lambda: writer.delete("b"), writer.commit):
        with pytest.raises(IndexClosed, match="was closed"):
            used()


def test_one_writer_at_a_time(index: Path) -> None:
    with kliping.writer(index), pytest.raises(IndexLocked, match="process"):
        kliping.writer(index, wait=0)
    with kliping.writer(index, wait=0):
        pass


def test_an_engine_is_chosen_once(index: Path) -> None:
    made(index, "whoosh", a="satu")
    with pytest.raises(IndexMismatch, match="kept by engine 'whoosh'"):
        kliping.writer(index, engine="tantivy", wait=0)
    with pytest.raises(kliping.errors.EngineUnavailable, match="no engine 'lain'"):
        kliping.writer(index, engine="lain")


def test_several_threads_may_share_a_writer(index: Path, engine_name: str) -> None:
    failed: list[BaseException] = []
    with kliping.writer(index, engine=engine_name) as writer:

        def work(first: int) -> None:
            try:
                for n in range(first, 120, 6):
                    writer.add({"id": f"a{n}", "isi": f"isi {n}"})
                    if n % 40 == 0:
                        writer.commit()
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failed
    assert len(held(index)) == 120


def test_what_is_committed_is_seen_by_who_follows(index: Path, engine_name: str) -> None:
    made(index, engine_name, a="satu")
    with kliping.open(index, follow=True) as opened, kliping.writer(index) as writer:
        writer.add({"id": "b", "isi": "dua"})
        assert len(opened) == 1
        writer.commit()
        assert len(opened) == 2
        assert "b" in opened


def test_a_later_page_joins_those_before_it(index: Path) -> None:
    first = Article("p", "Banjir", "Air naik sejak subuh di semua kelurahan di tepi sungai.")
    with kliping.writer(index) as writer:
        writer.add(first)
        writer.add(as_page(replace(first, body="Warga mengungsi ke balai desa."), 2))
        writer.commit()
        writer.add(as_page(replace(first, body="Air surut menjelang malam."), 3))
    assert held(index)["p"].split("\n\n")[1:] == [
        "Warga mengungsi ke balai desa.",
        "Air surut menjelang malam.",
    ]
