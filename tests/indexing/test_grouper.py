"""Grouping goes on with every commit, in the order that survives a crash, and costs the same."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.analysis.shingles import agree, sketch
from kliping.engines import ENGINES
from kliping.indexing import transaction
from kliping.indexing.checking import check
from kliping.indexing.duplicates import grouping
from kliping.indexing.duplicates.grouper import Grouper
from kliping.store.groups import read_groups
from kliping.store.state import State
from tests.indexing.test_grouping import _Notes
from tests.indexing.test_noticing import Crash, crash
from tests.indexing.wording import alike, article, edited, prose


def groups(index: Path) -> set[tuple[str, ...]]:
    return set(read_groups(index / "generation-1").values())


def engine_commits(name: str) -> str:
    module, kind, _ = ENGINES[name]
    return f"{module}.{kind}.commit"


@pytest.fixture
def fetched(engine_name, monkeypatch) -> Counter[str]:
    """Count what the engine is asked for by id, as texts are that are compared in full."""
    module, kind, _ = ENGINES[engine_name]
    counts: Counter[str] = Counter()
    fetch = getattr(__import__(module, fromlist=[kind]), kind).fetch

    def counting(self, article_id):
        counts[article_id] += 1
        return fetch(self, article_id)

    monkeypatch.setattr(f"{module}.{kind}.fetch", counting)
    return counts


class TestCommitByCommit:
    def test_what_comes_joins_a_group_only_once_the_engine_has_it(
        self, engine_name, tmp_path, write_lines, monkeypatch
    ):
        """Stopped at the engine's commit, searches and notes know nothing of what came."""
        index, words = tmp_path / "index", prose("sama")
        path = write_lines(tmp_path / "a.jsonl", [article("k1", words), article("k2", words)])
        kliping.build(path, index, engine=engine_name)
        write_lines(path, [article(f"k{n}", words) for n in range(1, 5)])
        with monkeypatch.context() as patched:
            patched.setattr(engine_commits(engine_name), crash)
            with pytest.raises(Crash):
                kliping.build(path, index)
        assert not any({"k3", "k4"} & set(group) for group in groups(index))
        kliping.build(path, index)
        assert groups(index) == {("k1", "k2", "k3", "k4")}

    def test_a_text_that_the_engine_holds_as_it_was_is_not_compared_as_it_should_be(
        self, engine_name, tmp_path, write_lines, monkeypatch
    ):
        """It was noted anew, the engine died: until it is read again nobody follows it."""
        index, words = tmp_path / "index", prose("sama")
        first = write_lines(tmp_path / "a.jsonl", [article("k1", prose("lain"))])
        kliping.build(first, index, engine=engine_name)
        write_lines(first, [article("k1", words)])
        with monkeypatch.context() as patched:
            patched.setattr(engine_commits(engine_name), crash)
            with pytest.raises(Crash):
                kliping.build(first, index)
        first.unlink()  # so that it stays as the engine has it
        kliping.build(write_lines(tmp_path / "b.jsonl", [article("k2", words)]), index)
        assert groups(index) == set()

    def test_a_run_that_is_killed_has_grouped_what_it_committed(
        self, engine_name, tmp_path, write_lines, monkeypatch, fetched
    ):
        """The run that follows does not look at that again."""
        index = tmp_path / "index"
        monkeypatch.setattr(transaction, "BATCH", 4)
        rows = [
            article(f"k{n}", edited(prose(f"{n % 12}"), *range(n // 12)), day=n) for n in range(36)
        ]
        path = write_lines(tmp_path / "a.jsonl", rows)
        module, kind, _ = ENGINES[engine_name]
        commit = getattr(__import__(module, fromlist=[kind]), kind).commit
        left = iter(range(7))

        def dying(self):
            if next(left, None) is None:
                raise Crash
            commit(self)

        with monkeypatch.context() as patched:
            patched.setattr(engine_commits(engine_name), dying)
            with pytest.raises(Crash):
                kliping.build(path, index, engine=engine_name, commit_seconds=0, jobs=1)
        with kliping.open(index) as opened:
            there = {each.id for each in opened}
        assert 12 < len(there) < 36
        stories = [[f"k{n}" for n in range(at, 36, 12) if f"k{n}" in there] for at in range(12)]
        assert groups(index) == {tuple(ids) for ids in stories if len(ids) > 1}
        fetched.clear()
        kliping.build(path, index, commit_seconds=0, jobs=1)
        assert groups(index) == {tuple(f"k{n}" for n in range(at, 36, 12)) for at in range(12)}
        compared = sum(fetched[each] for each in there)
        assert compared <= 12  # the leaders, to which the last have come

    def test_what_was_committed_and_not_grouped_is_grouped_by_the_next_run(
        self, engine_name, tmp_path, write_lines, monkeypatch
    ):
        """Whatever that run reads: here, nothing of it."""
        index, words = tmp_path / "index", prose("sama")
        path = write_lines(tmp_path / "a.jsonl", [article("k1", words), article("k2", words)])
        with monkeypatch.context() as patched:
            patched.setattr(Grouper, "settle", crash)
            with pytest.raises(Crash):
                kliping.build(path, index, engine=engine_name)
        other = write_lines(tmp_path / "b.jsonl", [article("k3", words)])
        kliping.build(other, index)
        assert groups(index) == {("k1", "k2", "k3")}

    def test_groups_that_were_noted_and_not_published_are_published_by_the_next_run(
        self, engine_name, tmp_path, write_lines, monkeypatch
    ):
        index, words = tmp_path / "index", prose("sama")
        path = write_lines(tmp_path / "a.jsonl", [article("k1", words), article("k2", words)])
        with monkeypatch.context() as patched:
            patched.setattr("kliping.indexing.duplicates.grouper.write_groups", crash)
            with pytest.raises(Crash):
                kliping.build(path, index, engine=engine_name)
        assert groups(index) == set()
        assert check(index).problems == ()
        kliping.build(path, index)
        assert groups(index) == {("k1", "k2")}

    def test_a_reader_between_two_steps_of_a_commit_sees_what_fits(
        self, engine_name, tmp_path, write_lines, monkeypatch
    ):
        """Opened at any step of a commit, no group names what the engine does not hold so."""
        index, words = tmp_path / "index", prose("sama")
        source = tmp_path / "arsip"
        source.mkdir()
        for n in range(4):
            write_lines(source / f"{n}.jsonl", [article(f"k{n}", words)])
        kliping.build(source, index, engine=engine_name)
        write_lines(source / "2.jsonl", [article("k2", prose("lain")), article("k4", words)])
        seen: list[set[tuple[str, ...]]] = []

        def look() -> None:
            with kliping.open(index) as opened:
                seen.append(set(opened._snapshot.groups.values()))
                for group in seen[-1]:
                    assert {opened.get(each).body for each in group} == {" ".join(words)}

        def looking(method: Callable[..., object]) -> Callable[..., object]:
            def wrapped(*arguments: object) -> object:
                look()
                result = method(*arguments)
                look()
                return result

            return wrapped

        module, kind, _ = ENGINES[engine_name]
        engine = getattr(__import__(module, fromlist=[kind]), kind)
        for owner, name in ((engine, "commit"), (Grouper, "publish"), (State, "commit")):
            monkeypatch.setattr(owner, name, looking(getattr(owner, name)))
        kliping.build(source, index)
        look()
        assert seen[0] == {("k0", "k1", "k2", "k3")}
        assert ("k0", "k1", "k3") in set().union(*seen)
        assert seen[-1] == {("k0", "k1", "k3", "k4")}

    def test_groups_read_after_the_engine_are_read_again_with_it(
        self, engine_name, tmp_path, write_lines, monkeypatch
    ):
        """A commit falls between the two: a search would show the copies of another article."""
        from kliping.searching import snapshot

        index, words = tmp_path / "index", prose("sama")
        path = write_lines(tmp_path / "a.jsonl", [article(f"k{n}", words) for n in range(2)])
        kliping.build(path, index, engine=engine_name)
        write_lines(path, [article(f"k{n}", words) for n in range(3)])
        opening = snapshot.open_engine
        builds = iter([lambda: kliping.build(path, index)])

        def slowly(*arguments):
            engine = opening(*arguments)
            next(builds, lambda: None)()
            return engine

        monkeypatch.setattr(snapshot, "open_engine", slowly)
        with kliping.open(index) as opened:
            assert {each.id for each in opened} == {"k0", "k1", "k2"}
            assert set(opened._snapshot.groups.values()) == {("k0", "k1", "k2")}

    def test_a_text_that_several_have_stands_where_the_earliest_does(
        self, engine_name, tmp_path, write_lines
    ):
        """Copies have one text: as they come and go it moves, and with it who leads."""
        index, words = tmp_path / "index", prose("sama")
        near = edited(words, 60)
        copies = [article(f"k{day}", words, day=day) for day in (9, 5, 1)]
        version = article("v", near, day=3)
        path = tmp_path / "a.jsonl"
        for ids in ("k9 v", "k9 k5 v", "k9 k5 k1 v", "k9 k1 v", "k9 v", "k9 k5", "k5"):
            rows = [each for each in (*copies, version) if each.id in ids.split()]
            kliping.build(write_lines(path, rows), index, engine=engine_name)
            days = {each.id: each.published for each in rows}
            whole = tuple(sorted(days, key=days.__getitem__))
            assert groups(index) == ({whole} if len(whole) > 1 else set()), ids
            assert check(index).problems == ()


def notices(count: int, seed: int = 1) -> dict[str, tuple[list[str], int | None]]:
    """Return short notices from one mould, each with facts of its own."""
    chance = random.Random(seed)
    made = {}
    for n in range(count):
        facts = [str(chance.randrange(10, 400)) for _ in range(4)]
        text = "warga dusun {} memanen {} ton kopi pada musim ke {} nomor catatan {}".format(*facts)
        made[f"n{n}"] = text.split(), chance.randrange(300)
    return made


def bulletins(count: int, seed: int = 1) -> dict[str, tuple[list[str], int | None]]:
    """Return bulletins from one mould, most of which is the same in all."""
    chance = random.Random(seed)
    mould = prose("cuaca", 90)
    made = {}
    for n in range(count):
        words = mould.copy()
        for at in range(5, 90, 12):
            words[at] = f"{chance.randrange(9_000)}"
        made[f"b{n}"] = words, chance.randrange(300)
    return made


@pytest.fixture
def compared(monkeypatch) -> Counter[str]:
    """Count comparisons: of sketches, and in full."""
    counts: Counter[str] = Counter()
    for name in ("guess", "resemblance"):
        compare = getattr(grouping, name)
        monkeypatch.setattr(
            grouping, name, lambda *a, n=name, f=compare: counts.update([n]) or f(*a)
        )
    return counts


def told(*facts: object) -> list[str]:
    """Return a notice most of whose words are the same whatever it tells."""
    mould = prose("laporan", 160)
    for at, fact in enumerate(facts):
        mould[40 + 3 * at] = str(fact)
    return mould


class TestNumbers:
    @pytest.mark.parametrize(
        ("one", "other", "joined"),
        [
            ((24, 31, 65), (24, 31, 65), True),
            ((24, 31, 65), (22, 29, 65), False),
            ((24, 31, 65), (22, 31, 65), True),  # one may have been mended
            ((31,), (30,), False),
            ((), (30,), True),
            (("06", "09", 2019, 12), (6, 9, 12, "lalu"), True),  # a date may be written otherwise
            (("lima", 12), (5, 12), True),
        ],
    )
    def test_notices_that_share_most_words_are_joined_if_they_tell_the_same(
        self, tmp_path, one, other, joined
    ):
        made = {"a": (told(*one), 1), "b": (told(*other), 2)}
        assert alike(made["a"][0], made["b"][0]) >= 0.75
        notes = _Notes(tmp_path, made)
        notes.add(made)
        assert notes.settle() == ({frozenset("ab")} if joined else set())
        notes.database.close()

    @given(st.sets(st.integers(1, 10**6)), st.sets(st.integers(1, 10**6)))
    def test_numbers_agree_by_what_both_have(self, one, other):
        """Of many a sample is kept, the same for the same numbers."""
        sketches = [sketch(" ".join(map(str, each)).encode())[2] for each in (one, other)]
        assert agree(*sketches) == agree(*reversed(sketches))
        assert agree(sketches[0], sketches[0])
        if max(len(one), len(other)) < 32 and min(len(one), len(other)):
            share = len(one & other) / min(len(one), len(other))
            assert agree(*sketches) or share < 2 / 3

    def test_of_a_hundred_numbers_a_third_may_be_left_out(self):
        numbers = [str(n) for n in range(1000, 1100)]
        whole, most, other = (
            sketch(" ".join(each).encode())[2]
            for each in (numbers, numbers[:70], [f"9{n}" for n in numbers])
        )
        assert agree(whole, most)
        assert not agree(whole, other)


class TestCost:
    @pytest.mark.parametrize("family", [notices, bulletins])
    def test_an_article_is_compared_with_few_however_large_its_family(
        self, family, tmp_path, compared
    ):
        for count in (400, 1600):
            notes = _Notes(tmp_path, made := family(count, seed=count))
            compared.clear()
            notes.add(made)
            notes.settle()
            assert compared["guess"] / count <= 128
            assert compared["resemblance"] / count <= 16
            notes.database.close()
            (tmp_path / "state.sqlite").unlink()

    def test_copies_of_one_text_are_not_compared_at_all(self, tmp_path, compared):
        words = prose("sama")
        notes = _Notes(tmp_path, {f"a{n}": (words, 1000 - n) for n in range(1000)})
        for at in range(0, 1000, 100):  # the latest published come first
            notes.add(list(notes._family)[at : at + 100])
            notes.settle()
        assert (compared["guess"], compared["resemblance"]) == (0, 0)
        assert len(notes.groups()) == 1
        notes.database.close()

    @pytest.mark.parametrize("family", [notices, bulletins])
    def test_a_reprint_is_found_in_a_family_of_thousands(self, family, tmp_path):
        """The very text, and the text with a word at its end: beside it stands what is likest."""
        made = family(1500)
        chosen = random.Random(3).sample(sorted(made), 40)
        for name in chosen:
            words, _ = made[name]
            made[f"{name}-sama"] = words, 301
            made[f"{name}-lebih"] = [*words, "penulis"], 302
        notes = _Notes(tmp_path, made)
        notes.add(made)
        found = notes.settle()
        by_id = {each: group for group in found for each in group}
        assert all({name, f"{name}-sama"} <= by_id.get(name, set()) for name in chosen)
        assert sum(f"{name}-lebih" in by_id[name] for name in chosen) >= 39
        notes.database.close()
