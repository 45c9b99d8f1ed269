"""Which texts say the same: their shingles, and the groups these make."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from struct import pack
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping.analysis.shingles import exactly, guess, marks_of, sketch, words_of
from kliping.article import Article
from kliping.indexing.duplicates.grouper import Grouper
from kliping.indexing.duplicates.grouping import ALIKE
from kliping.store.database import Database
from kliping.store.groups import read_groups, start_groups
from tests.indexing.wording import alike, edited, prose


class TestShingles:
    def test_resemblance_is_the_share_of_common_shingles(self):
        words = prose("a", 100)
        assert alike(words, words) == 1
        assert alike(words, prose("b", 100)) == 0
        assert alike(words, words[:50]) == 43 / 93
        assert alike(words, edited(words, 50)) == 85 / 101

    @pytest.mark.parametrize("text", ["", "satu dua tiga empat lima enam tujuh"])
    def test_fewer_than_eight_words_resemble_nothing(self, text):
        assert alike(text.split(), text.split()) == 0
        assert not marks_of(sketch(text.encode())[1])

    @given(st.text(), st.text())
    def test_any_text_has_a_sketch_and_a_guess_is_a_share(self, one, other):
        sketches = [sketch(words_of(text))[1] for text in (one, other)]
        assert all(list(marks_of(each)) == sorted(set(marks_of(each))) for each in sketches)
        assert 0 <= guess(*sketches) <= 1
        assert guess(*sketches) == guess(*reversed(sketches))

    def test_a_sketch_samples_the_same_shingles_first_in_every_process(self):
        words = b"kapal wisata yang kandas di gosong karang itu akan ditarik ketika air pasang"
        first = (b" yang kandas di gosong karang itu akan ditarik ke",
                 b" di gosong karang itu akan ditarik ketika air pa")  # fmt: skip
        assert marks_of(sketch(words)[1])[:2] == tuple(sorted(crc32(w[:48]) >> 2 for w in first))

    def test_what_is_common_counts_only_among_the_first_of_both(self):
        """A bottom-k sample: what stands behind the first of the union says nothing of it."""
        one = pack("<16I", *range(8), *range(100, 108))
        other = pack("<16I", *range(8, 16), *range(100, 108))
        assert (guess(one, other), guess(one, one)) == (0.0, 1.0)

    def test_a_digest_tells_texts_apart(self):
        digests = {sketch(" ".join(prose(n, 9 + n % 40)).encode())[0] for n in range(500)}
        assert len(digests) == 500
        assert max(digests) < 1 << 63  # what SQLite holds as a number

    @given(st.lists(st.sampled_from("abc"), max_size=24), st.lists(st.sampled_from("abc")))
    def test_what_short_texts_share_is_told_exactly(self, one, other):
        told = exactly(*(sketch(" ".join(each).encode())[1] for each in (one, other)))
        assert told is None or told == alike(one, other)

    def test_marks_tell_all_of_twenty_words(self):
        words = prose("pendek", 20)
        told = exactly(*(sketch(" ".join(each).encode())[1] for each in (words, words[:15])))
        assert told == alike(words, words[:15]) > 0.5

    def test_texts_that_share_four_fifths_nearly_always_share_a_mark(self):
        missed = 0
        for n in range(500):
            words = prose(n, 200)
            other = edited(words, *random.Random(n).sample(range(200), 3))
            one, two = (marks_of(sketch(" ".join(each).encode())[1]) for each in (words, other))
            missed += alike(words, other) >= 0.8 and not set(one[:4]) & set(two[:4])
        assert missed <= 5

    @settings(max_examples=50)
    @given(st.integers(0, 10), st.sets(st.integers(0, 119), max_size=4), st.data())
    def test_two_that_are_like_a_third_share_half(self, seed, places, data):
        leader = prose(seed)
        one = edited(leader, *places)
        other = edited(leader, *data.draw(st.sets(st.integers(0, 119), max_size=4)))
        if min(alike(leader, one), alike(leader, other)) >= ALIKE:
            assert alike(one, other) >= 0.5


def _family() -> dict[str, tuple[list[str], int | None]]:
    """Three stories in many versions, some of them near enough to one another to form chains."""
    made = {}
    for story in range(3):
        words = prose(story, 160)
        for n in range(7):
            version = edited(words, *range(20, 20 + 40 * (n % 4), 40), *range(n * 9, n * 9 + n))
            made[f"{story}-{n}"] = version, (None if n == 6 else (n * 5 + story) % 7)
    return made


FAMILY = _family()


def expected(ids: set[str]) -> set[frozenset[str]]:
    """Return the groups by the rule alone: each follows the earliest leader that it is like."""
    followers: dict[str, set[str]] = {}
    for each in sorted(ids, key=lambda i: (FAMILY[i][1] is None, FAMILY[i][1] or 0, i)):
        leader = next((x for x in followers if alike(FAMILY[each][0], FAMILY[x][0]) >= ALIKE), each)
        followers.setdefault(leader, set()).add(each)
    return {frozenset(group) for group in followers.values() if len(group) > 1}


class _Notes:
    """Groups without an engine, of articles that are words and a day."""

    def __init__(self, folder: Path, family: Mapping[str, tuple[list[str], int | None]]) -> None:
        self.database = Database(folder / "state.sqlite", "")
        self.folder, self._family = folder, family
        start_groups(folder)
        self.grouper = Grouper(self.database, folder, self.fetch)

    def add(self, ids: Iterable[str]) -> None:
        rows = ((each, self._family[each][1], *sketch(words_of(self.text(each)))) for each in ids)
        self.grouper.add(rows)

    def settle(self) -> set[frozenset[str]]:
        self.grouper.settle()
        groups = self.groups()
        assert all(group == tuple(sorted(group, key=self.place)) for group in groups)
        assert self.database.all("SELECT * FROM texts WHERE open") == []
        return {frozenset(group) for group in groups}

    def groups(self) -> set[tuple[str, ...]]:
        self.grouper.publish()
        return set(read_groups(self.folder).values())

    def place(self, article_id: str) -> tuple[bool, int, str]:
        day = self._family[article_id][1]
        return day is None, day or 0, article_id

    def text(self, article_id: str) -> str:
        return " ".join(self._family[article_id][0])

    def fetch(self, article_id: str) -> Article:
        return Article(article_id, None, self.text(article_id))


@pytest.fixture
def notes(tmp_path) -> Iterator[_Notes]:
    made = _Notes(tmp_path, FAMILY)
    yield made
    made.database.close()


class TestGrouping:
    def test_the_family_is_a_hard_case(self):
        groups = expected(set(FAMILY))
        assert len(groups) > 3
        pairs = combinations(FAMILY, 2)
        shares = [alike(FAMILY[a][0], FAMILY[b][0]) for a, b in pairs]
        assert sum(0.4 < share < 0.75 for share in shares) > 5

    @settings(max_examples=60)
    @given(
        st.lists(
            st.tuples(st.booleans(), st.sets(st.sampled_from(sorted(FAMILY)), max_size=6)),
            max_size=8,
        )
    )
    def test_groups_are_a_function_of_what_is_there(self, tmp_path_factory, steps):
        """Whatever was added and removed, and in whatever order, once it is settled."""
        notes = _Notes(tmp_path_factory.mktemp("notes"), FAMILY)
        there: set[str] = set()
        for add, ids in steps:
            if add:
                notes.add(sorted(ids - there, reverse=True))
                there |= ids
            else:
                notes.grouper.drop(ids)
                there -= ids
            assert notes.settle() == expected(there)
        notes.database.close()

    @settings(max_examples=30)
    @given(st.permutations(sorted(FAMILY)))
    def test_the_order_of_arrival_does_not_matter(self, tmp_path_factory, order):
        notes = _Notes(tmp_path_factory.mktemp("notes"), FAMILY)
        for at in range(0, len(order), 5):
            notes.add(order[at : at + 5])
            notes.settle()
        assert notes.settle() == expected(set(FAMILY))
        notes.database.close()

    def test_what_was_dropped_leaves_no_trace(self, notes):
        notes.add(sorted(FAMILY))
        notes.settle()
        notes.grouper.drop(FAMILY)
        assert notes.groups() == set()
        for table in ("texts", "copies", "marks", "arrivals", "changed"):
            assert notes.database.all(f"SELECT * FROM {table}") == []

    def test_a_group_loses_its_members_before_anything_is_settled(self, notes):
        notes.add(sorted(FAMILY))
        leader = min(notes.settle(), key=len)
        notes.grouper.drop([min(leader, key=notes.place)])
        assert not any(set(group) & leader for group in notes.groups())

    def test_a_text_that_the_engine_does_not_hold_joins_nothing(self, notes):
        notes.add(sorted(FAMILY))
        Grouper(notes.database, notes.folder, lambda article_id: None).settle()
        assert notes.groups() == set()

    def test_thousands_that_say_the_same_are_one_group(self, tmp_path):
        words = prose("sama")
        notes = _Notes(tmp_path, {f"a{n:04}": (words, 5000 - n) for n in range(2000)})
        notes.add(notes._family)
        assert notes.settle() == {frozenset(notes._family)}
        notes.database.close()
