"""What a source repeats in its articles: what is learnt, what never is, and what becomes of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.corpus import Problem
from kliping.corpus.text import cleaning
from kliping.engines import tantivy_engine, whoosh_engine
from kliping.errors import IndexNotFound
from kliping.indexing import transaction
from kliping.indexing.repeats import learning
from kliping.indexing.repeats.learning import (
    FEWEST,
    SHARE,
    WINDOW,
    Learner,
    may_be_learnt,
    repeats,
    without,
)
from kliping.store import state as notes
from kliping.store.state import State
from tests.corpus.test_pages import NEXT, page
from tests.indexing.test_crash import _BUILD, child, kill_after
from tests.indexing.test_duplicates import edited, prose
from tests.indexing.test_sync import snapshot

DATA = Path(__file__).parents[1] / "data"
FOOTER = "Jelajahi kisah pilihan Kabar Wening setiap petang lewat surat elektronik Anda."
OTHER = "Seluruh isi halaman ini milik penerbitnya."


def story(seed: object, *endings: str) -> str:
    """Return an article of three paragraphs, and what stands below it."""
    words = prose(seed, 60)
    parts = (words[:20], words[20:40], words[40:])
    return "\n\n".join([" ".join(part).capitalize() + "." for part in parts] + [*endings])


def learnt(bodies: list[str]) -> list[str]:
    return [repeat.text for repeat in repeats("Kabar Wening", bodies)]


class TestLearning:
    @pytest.mark.parametrize(
        ("placed", "texts"),
        [
            (lambda text, n: f"{text}\n\n{FOOTER}", [FOOTER]),
            (lambda text, n: f"{FOOTER}\n\n{text}", [FOOTER]),
            (lambda text, n: text.replace("\n\n", f"\n\n{FOOTER}\n\n", 1), [FOOTER]),
            (lambda text, n: f"{text}\n\n{OTHER}\n\n{FOOTER}", [FOOTER, OTHER]),
            (lambda text, n: f"{text}\n\n{OTHER} {FOOTER}", [f"{OTHER} {FOOTER}"]),
            (lambda text, n: f"{text} {FOOTER}", [FOOTER]),
            (lambda text, n: f"{text} {OTHER} {FOOTER}", [FOOTER, OTHER]),
            (lambda text, n: f"{text}{' ' if n % 2 else chr(10) * 2}{FOOTER}", [FOOTER]),
            (lambda text, n: f"{text} {FOOTER}".replace("\n\n", " "), [FOOTER]),
            (lambda text, n: f"{text}\n\n{OTHER * (n % 9 > 0)}\n\n{FOOTER}", [FOOTER, OTHER]),
        ],
        ids=[
            "below", "above", "within", "two", "of two sentences", "glued", "two glued",
            "glued to half", "one paragraph", "one nearly always",
        ],
    )  # fmt: skip
    def test_what_most_articles_share_is_learnt_and_leaves_the_rest(self, placed, texts):
        bodies = [placed(story(n), n) for n in range(40)]
        assert learnt(bodies) == texts
        for n, body in enumerate(bodies):
            assert without(body, texts).split() == story(n).split()

    @given(st.integers(FEWEST - 5, WINDOW), st.data())
    @settings(max_examples=60)
    def test_only_what_most_share_whatever_their_order(self, count, data):
        having = data.draw(st.integers(0, count))
        bodies = [story(n, FOOTER) if n < having else story(n) for n in range(count)]
        data.draw(st.randoms(use_true_random=False)).shuffle(bodies)
        often = having >= FEWEST and having >= SHARE * count
        assert learnt(bodies) == ([FOOTER] if often else [])

    @given(st.permutations(range(30)))
    @settings(max_examples=20)
    def test_copies_among_others_give_the_same_in_any_order(self, order):
        bodies = [story(n % 22 if n < 28 else 1, FOOTER, *[OTHER][: n % 3]) for n in order]
        expected = repeats("a", [bodies[order.index(n)] for n in range(30)])
        assert repeats("a", bodies) == expected
        assert [(each.text, each.sharing, each.articles) for each in expected] == [(FOOTER, 22, 22)]

    @pytest.mark.parametrize(
        "bodies",
        [
            [story("sama", FOOTER)] * 40,
            [" ".join(edited(prose("kawat"), n, n + 40)) + f". {FOOTER}" for n in range(40)],
            [" ".join(prose(n, 25)) + f".\n\n{story('sama', FOOTER)}" for n in range(40)],
            [story(n % 5, FOOTER) for n in range(40)],
        ],
        ids=["copies", "versions", "new leads", "five stories"],
    )
    def test_one_story_told_again_and_again_teaches_nothing(self, bodies):
        assert learnt(bodies) == []

    def test_a_folder_saved_twice_teaches_the_same(self):
        bodies = [story(n % 40, FOOTER) for n in range(80)]
        [repeat] = repeats("a", bodies)
        assert (repeat.text, repeat.sharing, repeat.articles) == (FOOTER, 40, 40)

    @pytest.mark.parametrize("text", ["Bahan dan bumbu:", "Harga emas hari ini Rp {}.", "* * * *"])
    def test_headings_and_numbers_stay(self, text):
        assert learnt([story(n, text.format(n), prose(-n)[0]) for n in range(40)]) == []

    @pytest.mark.parametrize(
        "news",
        [
            "Jalan menuju desa itu masih tertutup longsor.",
            "Polisi menyebut berita ini bohong.",
            "Redaksi Harian Lirih digeledah penyidik pada Senin malam.",
            "Kantor redaksi itu dibakar massa.",
            "Berita ini menyebar setelah Arya Pradana melapor ke polisi.",
            "Mari Alkatiri bertemu Presiden di Istana Arunika.",
            "Wartawan Kabar Wening, Sari Puspa, tewas dalam kebakaran itu.",
            '"Kami minta Anda tetap tenang," kata Gubernur Arya.',
            "Hubungi pos siaga di Balai Desa Lembah Wening bila melihat buaya itu.",
            "Warga dapat mengunduh aplikasi Siaga Lirih untuk melaporkan banjir.",
        ],
    )
    def test_reports_that_end_in_one_true_sentence_keep_it(self, news):
        assert learnt([f"{story(n)}\n\n{news}" for n in range(25)]) == []
        assert learnt([f"{story(n)} {news}" for n in range(25)]) == []
        glued = learnt([f"{story(n)}\n\n{news} {FOOTER}" for n in range(25)])
        assert glued in ([], [FOOTER])

    @pytest.mark.parametrize(
        "text",
        [
            "Ikuti berita terbaru kami di Google News dan Telegram.",
            "Dapatkan kabar pilihan dari Kabar Wening. Mari bergabung di Telegram Kabar Wening.",
            "Artikel ini telah tayang di Kabar Wening dengan judul yang sama.",
            "Dilarang mengutip atau menyalin isi berita ini tanpa izin redaksi.",
            "Kabar Wening adalah portal berita daerah. Kamu bisa menjadi anggota kapan saja.",
            "Hak cipta dilindungi undang-undang.",
        ],
    )
    def test_what_speaks_to_the_reader_or_of_itself_is_learnt(self, text):
        assert learnt([f"{story(n)}\n\n{text}" for n in range(25)]) == [text]

    def test_no_sentence_of_news_is_taken_whatever_it_begins_with(self):
        """Written to be mistaken: imperatives of headlines, news of papers, editors, apps."""
        told = (DATA / "repeats-news.txt").read_text("utf-8").splitlines()
        assert [each for each in told if may_be_learnt(each, "kabar wening")] == []

    def test_most_of_what_stands_below_articles_is_left_out_one_way_or_the_other(self):
        below = (DATA / "repeats-furniture.txt").read_text("utf-8").splitlines()
        kept = [
            each
            for each in below
            if each in cleaning.clean([story(1), each]).paragraphs
            and not may_be_learnt(each, "kabar wening")
        ]
        assert len(kept) < 0.25 * len(below)

    @pytest.mark.parametrize("placed", ["{0}\n\n{1}", "{1}\n\n{0}", "{0} {1}", "{0} {1}\n\n{2}"])
    def test_the_background_of_one_event_stays(self, placed):
        background = "Sebelumnya, gempa magnitudo 6,1 di Lembah Wening menewaskan 12 orang."
        bodies = [placed.format(story(n), background, FOOTER) for n in range(30)]
        assert learnt(bodies) == [FOOTER] * (FOOTER in bodies[0])

    @given(st.lists(st.text("ab .\n", max_size=30), max_size=40))
    def test_any_articles_can_be_compared_and_none_is_left_empty(self, texts):
        bodies = [f"{text}\n\n{FOOTER}" for text in texts] + [FOOTER] * 3
        for found in (learnt(bodies), [FOOTER, OTHER]):
            for body in bodies:
                left = without(body, found)
                assert left or not body
                assert without(left, found) == left
                assert set(left.split()) <= set(body.split())

    def test_the_longest_of_two_that_fit_goes(self):
        assert without(f"{story(1)} {OTHER} {FOOTER}", [FOOTER, f"{OTHER} {FOOTER}"]) == story(1)


class TestLearner:
    def test_each_source_is_compared_by_itself(self):
        learner = Learner()
        for n in range(40):
            assert learner.see("ab"[n % 2], story(n, FOOTER if n < 38 else OTHER)) == []
        assert learner.finish() == []
        for n in range(60):
            assert learner.see("ab"[n % 2], story(n, FOOTER if n % 2 else OTHER)) == []
        found = {each.source: (each.text, each.sharing) for each in learner.finish()}
        assert found == {"a": (OTHER, 30), "b": (FOOTER, 30)}
        assert learner.finish() == []

    def test_a_full_window_teaches_at_once(self):
        learner = Learner()
        found = [learner.see("a", story(n, FOOTER)) for n in range(WINDOW)]
        assert [len(each) for each in found] == [0] * (WINDOW - 1) + [1]
        assert learner.finish() == []

    def test_what_waits_is_bounded(self, monkeypatch):
        bodies = [story(n, FOOTER) for n in range(90)]
        monkeypatch.setattr(learning, "_KEPT", sum(map(len, bodies[:30])))
        learner = Learner()
        found = [each for n, body in enumerate(bodies) for each in learner.see(f"{n // 30}", body)]
        assert [each.source for each in found] == ["0", "1"]
        assert [each.source for each in learner.see("0", "kata " * 10_000)] == ["2"]
        assert learner.finish() == []


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
