"""Near-duplicates: which articles are grouped, whatever happens to them, and how one is shown."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations
from pathlib import Path
from struct import pack
from zlib import crc32

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import kliping
from kliping.analysis.shingles import (
    exactly,
    guess,
    marks_of,
    resemblance,
    shingles,
    sketch,
    words_of,
)
from kliping.article import Article
from kliping.cli import main
from kliping.engines import open_engine
from kliping.errors import IndexNotFound
from kliping.indexing.duplicates import grouper
from kliping.indexing.duplicates.grouper import Grouper
from kliping.indexing.duplicates.grouping import ALIKE
from kliping.store.database import Database
from kliping.store.groups import read_groups, start_groups
from tests.indexing.test_crash import _BUILD, child, kill_after

ROOT = Path(__file__).parents[2]
_SYLLABLES = "ba ca da ga ha ja ka la ma na pa ra sa ta wa".split()


def prose(seed: object, length: int = 120) -> list[str]:
    """Return words at random, one in six of them as common as real text has them."""
    chance = random.Random(str(seed))
    common = "yang di dan ini dengan untuk".split()
    return [
        chance.choice(common)
        if chance.random() < 1 / 6
        else "".join(chance.choices(_SYLLABLES, k=4))
        for _ in range(length)
    ]


def edited(words: list[str], *places: int) -> list[str]:
    """Return the words, those at ``places`` replaced."""
    letters = "abcdefghij"  # a number would be a word of its own
    return [
        "sunting" + "".join(letters[int(digit)] for digit in str(at)) if at in places else word
        for at, word in enumerate(words)
    ]


def article(name: str, words: list[str], day: int | None = 1, title: str = "Kabar") -> Article:
    published = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day) if day is not None else None
    return Article(name, title, " ".join(words), published=published)


def alike(one: list[str], other: list[str]) -> float:
    return resemblance(*(shingles(" ".join(words).encode()) for words in (one, other)))


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
        for table in ("texts", "members", "marks", "arrivals", "changed"):
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


@pytest.fixture
def write(tmp_path, write_lines) -> Callable[..., Path]:
    """Return what writes a file of articles into the folder that is indexed."""
    (tmp_path / "arsip").mkdir()
    return lambda name, *articles: write_lines(tmp_path / "arsip" / f"{name}.jsonl", articles)


class _Built:
    def __init__(self, folder: Path, engine: str) -> None:
        self.index, self._folder, self._engine = folder / "index", folder / "arsip", engine

    def groups(self) -> set[tuple[str, ...]]:
        """Bring the index up to date and return its groups."""
        kliping.build(self._folder, self.index, engine=self._engine)
        with kliping.open(self.index) as index:
            return set(index._snapshot.groups.values())

    def found(self, query: str = "kabar", **options: object) -> list[tuple[str, tuple[str, ...]]]:
        with kliping.open(self.index) as index:
            hits = index.search(query, **options)
            return [(hit.article.id, hit.similar) for hit in hits]


@pytest.fixture
def built(tmp_path, engine_name) -> _Built:
    return _Built(tmp_path, engine_name)


WIRE = prose("kawat")


class TestIndexing:
    def test_the_earliest_published_leads_whichever_came_first(self, built, write):
        write("a", article("kutipan", edited(WIRE, 60), day=2))
        assert built.groups() == set()
        write("b", article("asal", WIRE, day=1), article("tanpa", edited(WIRE, 3), day=None))
        assert built.groups() == {("asal", "kutipan", "tanpa")}
        write("c", article("sebelum", edited(WIRE, 1), day=0))
        assert built.groups() == {("sebelum", "asal", "kutipan", "tanpa")}

    def test_stories_that_share_background_are_not_joined(self, built, write):
        background = prose("latar", 60)
        pair = [article(str(n), prose(n, 90) + background) for n in range(4)]
        write("a", *pair)
        assert built.groups() == set()
        assert len(built.found()) == 4

    def test_the_next_earliest_leads_when_the_leader_goes(self, built, write):
        gone = write("a", article("asal", WIRE, day=1))
        write("b", article("dua", edited(WIRE, 5), day=2), article("tiga", WIRE, day=3))
        assert built.groups() == {("asal", "dua", "tiga")}
        gone.unlink()
        assert built.groups() == {("dua", "tiga")}

    def test_an_article_that_was_rewritten_leaves_its_group(self, built, write):
        write("a", article("asal", WIRE, day=1), article("dua", WIRE, day=2))
        write("b", article("tiga", WIRE, day=3))
        assert built.groups() == {("asal", "dua", "tiga")}
        write("a", article("asal", prose("lain"), day=1), article("dua", WIRE, day=2))
        assert built.groups() == {("dua", "tiga")}
        write("a", article("asal", WIRE, day=4), article("dua", WIRE, day=2))
        assert built.groups() == {("dua", "tiga", "asal")}

    def test_a_rebuild_groups_alike(self, built, write):
        write("a", article("asal", WIRE, day=1), article("dua", WIRE, day=2))
        groups = built.groups()
        kliping.build(built._folder, built.index, rebuild=True)
        assert built.groups() == groups == {("asal", "dua")}

    @pytest.mark.parametrize("stop", ["commit", "settle"])
    def test_what_stops_midway_joins_nothing_wrongly_and_is_made_good(
        self, built, write, engine_name, monkeypatch, stop
    ):
        """Stopped before the engine commits, or while groups are decided."""
        write("a", article("asal", WIRE, day=1), article("dua", WIRE, day=2))
        built.groups()
        write("a", article("asal", prose("lain"), day=1), article("dua", WIRE, day=2))
        write("b", article("tiga", edited(WIRE, 60), day=3))  # to be compared in full
        with closing(open_engine(engine_name, built.index / "generation-1" / "engine")) as engine:
            kind = type(engine)
        with monkeypatch.context() as patched:
            stopped = kind if stop == "commit" else grouper
            patched.setattr(stopped, stop, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                kliping.build(built._folder, built.index)
        with kliping.open(built.index) as index:
            for group in set(index._snapshot.groups.values()):
                bodies = [index.get(each).body.split() for each in group]
                assert all(alike(*pair) >= 0.5 for pair in combinations(bodies, 2))
        assert built.groups() == {("dua", "tiga")}

    def test_a_kill_at_any_moment_joins_nothing_wrongly(self, built, write, engine_name):
        stories = [prose(n, 160) for n in range(6)]
        killed = 0
        for n in range(5):
            for file in range(6):
                told = [stories[(at + n * file) % 6] for at in range(20)]
                write(f"f{file}", *(
                    article(f"{file}-{at}", edited(words, at), day=(at * 7 + file + n) % 20)
                    for at, words in enumerate(told)
                ))  # fmt: skip
            with child(_BUILD, built._folder, built.index, engine_name, "") as process:
                killed += kill_after(process, 0.15 * n + 0.05)
            with suppress(IndexNotFound), kliping.open(built.index) as index:
                for group in set(index._snapshot.groups.values()):
                    texts = [index.get(each).body.split() for each in group]
                    assert all(alike(texts[0], text) >= ALIKE for text in texts)
        assert killed
        groups = built.groups()
        kliping.build(built._folder, built.index, rebuild=True)
        assert built.groups() == groups
        assert len(groups) == 6

    def test_running_again_writes_nothing(self, built, write):
        write("a", article("asal", WIRE, day=1), article("dua", WIRE, day=2))
        built.groups()
        place = built.index / "generation-1" / "groups.json"
        before = place.stat().st_mtime_ns
        built.groups()
        assert place.stat().st_mtime_ns == before


class TestSearching:
    def test_one_is_shown_and_names_the_others(self, built, write):
        write("a", *(article(f"w{n}", WIRE, day=n) for n in range(3)), article("x", prose("x")))
        built.groups()
        assert sorted(built.found()) == [("w0", ("w1", "w2")), ("x", ())]
        assert sorted(built.found(collapse=False)) == [
            (each, ()) for each in ("w0", "w1", "w2", "x")
        ]
        with kliping.open(built.index) as index:
            assert (index.search("kabar").total, index.search("kabar", collapse=False).total) == (
                2,
                4,
            )
            assert len(index.rank("kabar")) == 4

    def test_where_the_leader_does_not_match_a_member_is_shown(self, built, write):
        write(
            "a",
            article("asal", WIRE, day=1),
            article("dua", WIRE, day=2, title="Kabar gempa"),
            article("tiga", WIRE, day=3, title="Gempa"),
        )
        built.groups()
        assert built.found("gempa") == [("dua", ("asal", "tiga"))]
        assert built.found(since="2024-01-03") == [("dua", ("asal", "tiga"))]

    def test_a_group_stands_where_its_best_match_does(self, built, write):
        write(
            "a",
            article("asal", [*WIRE, "gempa"], day=1),
            article("kutipan", [*WIRE, "gempa"], day=2, title="Gempa"),
            article("lain", [*prose("lain", 40), "gempa"], day=3),
        )
        built.groups()
        assert built.found("gempa", collapse=False)[0][0] == "kutipan"
        assert built.found("gempa") == [("asal", ("kutipan",)), ("lain", ())]
        with kliping.open(built.index) as index:
            scores = [hit.score for hit in index.search("gempa")]
        assert scores == sorted(scores, reverse=True)

    @pytest.mark.parametrize("sort", ["newest", "oldest"])
    def test_by_date_a_group_stands_by_what_is_shown(self, built, write, sort):
        days = {"asal": 1, "lain": 2, "kutipan": 3}
        write("a", *(
            article(name, prose("lain") if name == "lain" else WIRE, day=day)
            for name, day in days.items()
        ))  # fmt: skip
        built.groups()
        shown = [("asal", ("kutipan",)), ("lain", ())]
        assert built.found(sort=sort) == (shown if sort == "oldest" else shown[::-1])

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_pages_neither_repeat_nor_skip(self, built, write, sort):
        chance = random.Random(7)
        rows = []
        for story in range(12):
            for n in range(chance.choice([1, 1, 2, 5])):
                words = edited(prose(story), *range(n))
                rows.append(article(f"{story}-{n}", words, day=chance.randrange(9)))
        chance.shuffle(rows)
        write("a", *rows)
        assert len(built.groups()) > 3
        whole = built.found(limit=100, sort=sort)
        assert len(whole) == 12
        for limit in (1, 3, 5):
            pages = [built.found(limit=limit, offset=at, sort=sort) for at in range(0, 15, limit)]
            assert list(chain(*pages)) == whole

    def test_ranks_and_total_count_groups(self, built, write):
        write("a", *(article(f"{n % 6}-{n}", prose(n % 6), day=n) for n in range(18)))
        built.groups()
        with kliping.open(built.index) as index:
            results = index.search("kabar", limit=4, offset=2)
            assert [hit.rank for hit in results] == [3, 4, 5, 6]
            assert results.total == 6

    def test_facets_count_what_the_total_counts(self, built, write):
        write("a", *(article(f"{n % 6}-{n}", prose(n % 6), day=n) for n in range(18)))
        built.groups()
        with kliping.open(built.index) as index:
            for limit in (1, 4, 100):
                results = index.search("kabar", limit=limit, facets=True)
                assert sum(results.facets["day"].values()) == results.total
                assert sum(results.facets["year"].values()) == results.total
            whole = results.facets["day"]
            assert {day: whole[day] for day in whole} == {
                f"2024-01-{1 + n:02}": 1 for n in range(6)
            }
            assert (
                sum(index.search("kabar", collapse=False, facets=True).facets["month"].values())
                == 18
            )

    def test_a_score_is_explained_by_the_best_match_of_the_group(self, built, write):
        write(
            "a",
            article("asal", [*WIRE, "gempa"], day=1),
            article("kutipan", [*WIRE, "gempa"], day=2, title="Gempa"),
        )
        built.groups()
        with kliping.open(built.index) as index:
            [hit] = index.search("gempa", explain=True)
        assert hit.article.id == "asal"
        assert sum(score for _, score in hit.explanation) == pytest.approx(hit.score)
        assert any(part.startswith("title_words:gempa") for part, _ in hit.explanation)

    def test_a_refresh_sees_new_groups(self, built, write):
        write("a", article("asal", WIRE, day=1))
        built.groups()
        with kliping.open(built.index) as index:
            write("b", article("dua", WIRE, day=2))
            kliping.build(built._folder, built.index)
            index.refresh()
            assert [hit.similar for hit in index.search("kabar")] == [("dua",)]


class TestCommandLine:
    @pytest.fixture
    def run(self, tmp_path, write):
        write("a", *(article(f"w{n}", WIRE, day=n) for n in range(3)))
        kliping.build(tmp_path / "arsip", tmp_path / "index")
        place = str(tmp_path / "index")

        def run(*arguments: str) -> str:
            done = CliRunner().invoke(main, ["--index", place, "search", "kabar", *arguments])
            assert done.exit_code == 0
            return done.stdout

        return run

    def test_the_line_below_the_title_counts_the_others(self, run):
        lines = run().splitlines()
        assert lines[1].endswith("· +2 similar")
        assert lines[-1].startswith("1 article with all words")

    def test_all_shows_all(self, run):
        assert "similar" not in run("--all")
        assert sorted(run("--all", "--ids").split()) == ["w0", "w1", "w2"]

    def test_json_names_them(self, run):
        [hit] = json.loads(run("--json"))["hits"]
        assert (hit["id"], hit["similar"]) == ("w0", ["w1", "w2"])


def test_the_wire_story_of_the_sample_articles_is_shown_once(tmp_path, engine_name):
    """Printed twice, slightly edited: the two share 0.89 of their shingles."""
    kliping.build(ROOT / "corpus", tmp_path / "index", engine=engine_name)
    with kliping.open(tmp_path / "index") as index:
        [hit] = [hit for hit in index.search('"kapal wisata" kandas') if hit.similar]
        [other] = [index.get(each) for each in hit.similar]
        assert (hit.article.source, other.source) == ("Lentera5", "kabarwening.com")
        assert len(set(index._snapshot.groups.values())) == 1
