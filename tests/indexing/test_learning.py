"""What a source repeats is learnt: what counts as repeated, and what never does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping.corpus.text import cleaning
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
from tests.indexing.repeating import FOOTER, OTHER, story
from tests.indexing.wording import edited, prose

DATA = Path(__file__).parents[1] / "data"


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
