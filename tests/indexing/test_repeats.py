"""What a source repeats is left out of its articles, whatever came first."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

import kliping
from kliping.article import Article
from kliping.corpus import Problem
from kliping.engines import tantivy_engine, whoosh_engine
from kliping.errors import IndexNotFound
from kliping.indexing import transaction
from kliping.indexing.repeats import learning
from kliping.indexing.repeats.learning import FEWEST, WINDOW
from kliping.store import state as notes
from kliping.store.state import State
from tests.corpus.test_pages import NEXT, page
from tests.indexing.repeating import FOOTER, story
from tests.indexing.syncing import snapshot
from tests.indexing.test_crash import _BUILD, child, kill_after
from tests.indexing.wording import edited, prose

Make = Callable[..., Article]


def by_source(n: int, body: str) -> Article:
    return Article(f"a{n:03}", "Judul", body, source="Kabar Wening")


def by_site(n: int, body: str) -> Article:
    return Article(f"a{n:03}", "Judul", body, url=f"https://kabar-wening.example/berita/{n}")


def by_folder(n: int, body: str) -> Article:
    return Article(f"a{n:03}", "Judul", body)


class _Archive:
    """A folder of articles, a file each, and its index."""

    def __init__(self, folder: Path, engine: str, write_lines: Callable[..., Path]) -> None:
        self.folder, self.index, self._engine = folder / "arsip", folder / "index", engine
        self._write_lines = write_lines
        self.folder.mkdir()
        self.notes: list[str] = []

    def write(self, numbers: range, *endings: str, make: Make = by_source) -> None:
        for n in numbers:
            self._write_lines(self.folder / f"{n:03}.jsonl", [make(n, story(n, *endings))])

    def build(self, **options: object) -> kliping.Summary:
        problems: list[Problem] = []
        summary = kliping.build(
            self.folder, self.index, engine=self._engine, on_problem=problems.append, **options
        )
        assert all(problem.kind == "note" for problem in problems)
        self.notes = [str(problem) for problem in problems]
        return summary

    def bodies(self) -> dict[str, str]:
        with kliping.open(self.index) as index:
            hits = index.search("judul", limit=1000, collapse=False).hits
            assert len(hits) == len(index)
            return {hit.article.id: hit.article.body for hit in hits}

    def total(self, query: str) -> int:
        with kliping.open(self.index) as index:
            return index.search(query, collapse=False).total


@pytest.fixture
def archive(tmp_path, engine_name, write_lines) -> _Archive:
    return _Archive(tmp_path, engine_name, write_lines)


def clean(*numbers: int) -> dict[str, str]:
    return {f"a{n:03}": story(n) for n in numbers}


class TestSync:
    @pytest.mark.parametrize("make", [by_source, by_site, by_folder])
    def test_a_footer_is_dropped_and_said_once(self, archive, make):
        archive.write(range(38), FOOTER, make=make)
        archive.write(range(38, 40), make=make)
        summary = archive.build()
        whose = {
            by_source: "Kabar Wening", by_site: "kabar-wening.example",
            by_folder: str(archive.folder),
        }[make]  # fmt: skip
        [note] = archive.notes
        expected = f"{whose}: left out of 38 articles, as 38 of 40 repeat it: Jelajahi kisah"
        assert note.startswith(expected)
        assert ("kliping search" in note) == (make is not by_folder)
        assert (summary.added, summary.articles, summary.updated, summary.skipped) == (40, 40, 0, 0)
        assert archive.bodies() == clean(*range(40))
        assert archive.total("surat elektronik") == 0
        archive.write(range(40, 41), FOOTER, make=make)
        assert archive.build().added == 1
        assert archive.notes[0].startswith(f"{whose}: left out of 1 article: Jelajahi kisah")
        assert archive.bodies() == clean(*range(41))

    @pytest.mark.parametrize(
        ("footer", "remains"),
        [
            ("Baca di https://kabar.example/{} untuk berita lain hari ini juga.", False),
            ("Klik {0} atau tautan {0} di bawah setiap malam.", False),
            ("Klik {0} atau {0} malam.", True),
        ],
        ids=["a long address", "between words", "too few words"],
    )
    def test_words_too_long_for_an_engine_are_not_looked_up(self, archive, footer, remains):
        text = footer.format("x" * 300)
        archive.write(range(30), text)
        archive.build()
        assert bool(archive.notes) is not remains
        assert all((text in body) is remains for body in archive.bodies().values())

    def test_what_is_repeated_stays_where_that_was_asked_for(self, archive):
        archive.write(range(30), FOOTER)
        archive.build(keep_repeats=True)
        assert archive.notes == []
        archive.write(range(30, 40), FOOTER)
        assert archive.build().unchanged == 30
        assert all(FOOTER in body for body in archive.bodies().values())
        archive.build(rebuild=True)
        assert all(FOOTER in body for body in archive.bodies().values())

    def test_what_only_a_few_share_stays(self, archive):
        archive.write(range(12), FOOTER)
        archive.write(range(12, 40))
        archive.build()
        assert archive.notes == []
        assert archive.total("surat elektronik") == 12

    def test_a_small_folder_is_left_as_it_is_until_there_are_more(self, archive):
        archive.write(range(FEWEST - 1), FOOTER)
        archive.build()
        assert archive.notes == []
        assert archive.total("surat elektronik") == FEWEST - 1
        archive.write(range(FEWEST - 1, 50), FOOTER)
        archive.build()
        assert len(archive.notes) == 1
        assert archive.bodies() == clean(*range(50))

    def test_a_lesson_is_closed_once_all_that_held_it_is_made_anew(self, archive):
        archive.write(range(30), FOOTER)
        archive.build()
        with closing(State(archive.index / "generation-1" / "state.sqlite")) as state:
            rows = state.database.all("SELECT text, open FROM repeats")
        assert rows == [(FOOTER, 0)]

    def test_an_article_that_is_nothing_else_stays(self, archive, write_lines):
        archive.write(range(30), FOOTER)
        write_lines(archive.folder / "x.jsonl", [by_source(99, FOOTER)])
        archive.build()
        assert archive.bodies() == {**clean(*range(30)), "a099": FOOTER}

    def test_more_than_a_window_and_a_rebuild_end_alike(self, archive, write_lines, monkeypatch):
        monkeypatch.setattr(learning, "WINDOW", 25)
        monkeypatch.setattr(transaction, "BATCH", 20)
        rows = [by_source(n, story(n, FOOTER)) for n in range(60)]
        write_lines(archive.folder / "a.jsonl", rows)
        archive.build(commit_seconds=0)
        assert len(archive.notes) == 1
        assert archive.bodies() == clean(*range(len(rows)))
        archive.build(rebuild=True)
        assert len(archive.notes) == 1
        assert archive.bodies() == clean(*range(len(rows)))

    def test_running_again_changes_nothing_on_disk(self, archive):
        archive.write(range(30), FOOTER)
        archive.build()
        before = snapshot(archive.index)
        assert archive.build().unchanged == 30
        assert snapshot(archive.index) == before

    def test_reprints_stay_together(self, archive, write_lines):
        archive.write(range(30), FOOTER)
        words = prose("kawat", 80)
        reprints = [
            replace(by_source(n, f"{' '.join(edited(words, n))}.\n\n{FOOTER}"), source=source)
            for n, source in ((80, "Kabar Wening"), (81, "Kabar Wening"), (82, "Lentera"))
        ]
        write_lines(archive.folder / "kawat.jsonl", reprints)
        archive.build()
        with kliping.open(archive.index) as index:
            assert set(index._snapshot.groups.values()) == {("a080", "a081", "a082")}
        assert archive.total("surat elektronik") == 1

    def test_the_pages_of_an_article_are_cleaned_once_they_are_one(self, tmp_path):
        folder, index = tmp_path / "arsip", tmp_path / "index"
        folder.mkdir()
        for n in range(30):
            url = f"https://kabar.example/berita/{n}-dan-seterusnya"
            one, two = ([f"{' '.join(prose((n, at), 30)).capitalize()}.", FOOTER] for at in (1, 2))
            (folder / f"{n}-1.html").write_text(page(tuple(one), links=NEXT, canonical=url))
            (folder / f"{n}-2.html").write_text(page(tuple(two), canonical=f"{url}?page=2"))
        kliping.build(folder, index)
        with kliping.open(index) as opened:
            assert len(opened) == 30
            assert opened.search("surat elektronik").total == 0

    def test_an_index_from_before_can_be_updated(self, archive):
        archive.write(range(10), FOOTER)
        archive.build()
        with closing(State(archive.index / "generation-1" / "state.sqlite")) as state:
            for table in ("repeats", "unlearnt"):
                state.database.run(f"DROP TABLE {table}")
            state.commit()
        archive.write(range(10, 40), FOOTER)
        archive.build()
        assert archive.bodies() == clean(*range(40))


ENGINES = {"tantivy": tantivy_engine.TantivyEngine, "whoosh": whoosh_engine.WhooshEngine}


class TestCrashes:
    @pytest.mark.parametrize(
        ("engine_name", "window", "stop"),
        [
            *(("tantivy", window, stop) for window in (22, WINDOW) for stop in range(1, 16)),
            *(("whoosh", WINDOW, stop) for stop in (5, 8, 11)),
        ],
    )
    def test_a_crash_at_any_commit_is_made_good(
        self, archive, engine_name, write_lines, monkeypatch, stop, window
    ):
        """The first file may be done by then, and what is new is learnt from both together."""
        archive.write(range(5), FOOTER)
        archive.build()
        articles = [by_source(n, story(n, FOOTER)) for n in range(5, 29)]
        write_lines(archive.folder / "x.jsonl", articles[:12])
        write_lines(archive.folder / "y.jsonl", articles[12:])
        monkeypatch.setattr(learning, "WINDOW", window)
        monkeypatch.setattr(transaction, "BATCH", 7)
        commits = 0
        with monkeypatch.context() as patched:
            for owner in (ENGINES[engine_name], notes.State):
                real = owner.commit

                def crashing(self, real=real):
                    nonlocal commits
                    commits += 1
                    if commits == stop:
                        raise KeyboardInterrupt
                    real(self)

                patched.setattr(owner, "commit", crashing)
            with suppress(KeyboardInterrupt):
                archive.build(commit_seconds=0)
        archive.build()
        assert archive.bodies() == clean(*range(29))

    def test_a_kill_at_any_moment_is_made_good(self, archive, engine_name, write_lines):
        killed = 0
        for n in range(4):
            rows = [by_source(at, story((n, at), FOOTER)) for at in range(60)]
            for at in range(0, 60, 12):
                write_lines(archive.folder / f"{at}.jsonl", rows[at : at + 12])
            with child(_BUILD, archive.folder, archive.index, engine_name, "") as process:
                killed += kill_after(process, random.Random(n).uniform(0, 0.6))
            with suppress(IndexNotFound):
                assert set(archive.bodies()) <= {row.id for row in rows}
        assert killed
        archive.build()
        assert archive.bodies() == {f"a{at:03}": story((3, at)) for at in range(60)}
