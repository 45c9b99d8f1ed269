"""Pages by token: none repeats and none skips, whatever becomes of the index between them."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.engines.documents import document
from kliping.errors import QueryError
from kliping.query.clauses import Everything
from kliping.searching import paging
from kliping.searching.collapsing import page
from kliping.searching.paging import make_token, read_token

WIB = timezone(timedelta(hours=7))
TOPICS = "banjir gempa longsor kebakaran kemarau panen pasar jembatan".split()
CHANGES = 6
SORTS = ("relevance", "newest", "oldest")


class Desk:
    """An open index, and what happens to it: articles come, go, change and are moved in time."""

    def __init__(self, index: kliping.Index, chance: random.Random) -> None:
        self.index = index
        self.chance = chance
        self.number = self.changes = 0
        self.lasting: set[str] = set()  # here since the first page, and never rewritten
        self.all: set[str] = set()

    def article(self, article_id: str) -> Article:
        """An article that always has the word *warga*, and other words as often as it may be."""
        chance = self.chance
        words = ["warga"] * chance.randint(1, 3) + chance.choices(TOPICS, k=chance.randint(3, 30))
        chance.shuffle(words)
        day = datetime(2024, 1, 1, 9, tzinfo=WIB) + timedelta(days=chance.randrange(5))
        published = chance.choice([None, day, day, day])
        return Article(article_id, words[0], " ".join(words), published=published)

    def add(self, count: int) -> None:
        ids = [f"a{self.number + n}" for n in range(count)]
        self.number += count
        self._put(ids)

    def delete(self, count: int) -> None:
        ids = self.chance.sample(sorted(self.all), min(count, len(self.all)))
        self.index._now.engine.delete(ids)
        self.index._now.engine.commit()
        self.all -= set(ids)
        self.lasting -= set(ids)

    def rewrite(self, count: int) -> None:
        """Give some articles other words and another date; they still match."""
        ids = self.chance.sample(sorted(self.all), min(count, len(self.all)))
        self.index._now.engine.delete(ids)
        self._put(ids)

    def regroup(self) -> None:
        """Let other articles say the same."""
        ids = sorted(self.all)
        self.chance.shuffle(ids)
        groups = [tuple(ids[at : at + 3]) for at in range(0, len(ids) // 2, 3)]
        self.index._snapshot.groups = {each: group for group in groups for each in group}

    def happen(self) -> None:
        """Change the index, a few times: articles that came faster than pages would never end."""
        self.changes += 1
        if self.changes > CHANGES:
            return
        for change in self.chance.choices((self.add, self.delete, self.rewrite), k=2):
            change(self.chance.randint(1, 6))

    def _put(self, ids: list[str]) -> None:
        engine, analyser = self.index._now.engine, self.index._now.analyser
        engine.add([document(self.article(each), analyser) for each in ids])
        engine.commit()
        self.all |= set(ids)


@pytest.fixture
def desk(tmp_path: Path, engine_name: str) -> Iterator[Callable[[int], Desk]]:
    (tmp_path / "a.jsonl").write_text("")
    kliping.build(tmp_path / "a.jsonl", tmp_path / "index", engine=engine_name)
    with kliping.open(tmp_path / "index") as index:

        def make(seed: int) -> Desk:
            made = Desk(index, random.Random(seed))
            made.add(40)
            made.lasting = set(made.all)
            return made

        yield make


def pages(desk: Desk, between: Callable[[], None], **options: object) -> Iterator[kliping.Results]:
    """Yield page after page until there is none, the index changing ``between`` them."""
    limit = desk.chance.randint(3, 9)
    results = desk.index.search("warga", limit=limit, **options)
    yield results
    while results.next:
        between()
        results = desk.index.search("warga", limit=limit, after=results.next, **options)
        yield results


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_repeated_and_nothing_skipped(desk, seed, sort) -> None:
    changing = desk(seed)
    shown = [
        hit.article.id
        for page in pages(changing, changing.happen, sort=sort, collapse=False)
        for hit in page
    ]
    assert len(shown) == len(set(shown))
    assert changing.lasting <= set(shown)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("seed", range(3))
def test_of_a_group_one_is_shown_however_groups_change(desk, seed, sort) -> None:
    changing = desk(seed)
    changing.regroup()

    def happen() -> None:
        changing.happen()
        changing.regroup()

    shown = [hit.article.id for page in pages(changing, happen, sort=sort) for hit in page]
    assert len(shown) == len(set(shown))
    groups = changing.index._snapshot.groups
    for each in changing.lasting:
        assert set(groups.get(each, (each,))) & set(shown), each


@pytest.mark.parametrize("options", [{"sort": s} for s in SORTS] + [{"boost_recent": "2w"}])
def test_while_nothing_changes_pages_are_those_of_offsets(desk, options) -> None:
    still = desk(5)
    still.regroup()
    whole = still.index.search("warga", limit=100, **options)
    assert len(whole) > 10
    assert whole.next is None
    found = [hit for page in pages(still, lambda: None, **options) for hit in page]
    assert [hit.article.id for hit in found] == [hit.article.id for hit in whole]
    assert [hit.rank for hit in found] == list(range(1, len(whole) + 1))


def test_newcomers_stand_on_the_next_page_if_they_are_better(desk) -> None:
    changing = desk(1)
    first = changing.index.search("warga", limit=5)
    best = Article("baru", "Warga", "Warga.", published=datetime(2024, 1, 9, tzinfo=WIB))
    changing.index._now.engine.add([document(best, changing.index._now.analyser)])
    changing.index._now.engine.commit()
    second = changing.index.search("warga", limit=5, after=first.next)
    assert (second[0].article.id, second[0].rank) == ("baru", 6)


def test_a_relaxed_search_stays_relaxed(desk) -> None:
    """Were it not, an article with all words would hide the rest of those with any."""
    changing = desk(2)
    first = changing.index.search("warga zebra", limit=3)
    assert first.relaxed
    both = Article("baru", None, "warga zebra")
    changing.index._now.engine.add([document(both, changing.index._now.analyser)])
    changing.index._now.engine.commit()
    second = changing.index.search("warga zebra", limit=50, after=first.next)
    assert (second.relaxed, second.match) == (True, "any")
    assert second[0].article.id == "baru"
    assert len(first) + len(second) == len(changing.all) + 1


def test_a_strict_search_stays_strict(desk) -> None:
    changing = desk(2)
    first = changing.index.search("warga", limit=3)
    changing.delete(1000)
    second = changing.index.search("warga", limit=3, after=first.next)
    assert (second.total, second.hits, second.relaxed, second.next) == (0, (), False, None)


class TestTokens:
    @given(
        st.lists(st.text(max_size=9), max_size=30, unique=True),
        st.text(),
        st.text(),
        st.binary(max_size=9),
    )
    def test_a_token_knows_what_was_shown_and_nothing_else(self, ids, other, asked, weights):
        token = make_token(asked, (), ids, weights=weights)
        seen = read_token(token, asked)
        assert all(each in seen for each in ids)
        assert (other in seen) == (other in ids)
        assert (len(seen), seen.weights) == (len(ids), weights)
        assert make_token(asked, seen, (), weights=weights) == token
        more = read_token(make_token(asked, seen, [other], weights=weights), asked)
        assert {*ids, other} == {each for each in (*ids, other) if each in more}

    def test_it_is_short_and_may_stand_in_an_address(self):
        token = make_token("gempa", (), [f"id-{n}" for n in range(100)])
        assert len(token) <= 100 * 8 + 20
        assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        assert token[0] != "-"

    @given(st.data())
    def test_a_broken_token_is_refused(self, data):
        token = make_token("gempa", (), ["a", "b"])
        at = data.draw(st.integers(0, len(token) - 1))
        broken = data.draw(
            st.sampled_from([token[:at], token[at + 1 :], token[:at] + "!" + token[at:]])
            | st.text(max_size=40)
        )
        with pytest.raises(QueryError, match="token is broken"):
            read_token(broken, "gempa")

    @pytest.mark.parametrize(
        ("query", "options"),
        [
            ("banjir", {}),
            ("warga", {"sort": "newest"}),
            ("warga", {"match": "any"}),
            ("warga", {"since": "2023"}),
            ("warga", {"source": "wening"}),
            ("warga", {"collapse": False}),
            ("warga", {"expand": False}),
            ("warga", {"boost_recent": "30d"}),
        ],
    )
    def test_a_token_of_another_search_is_refused(self, built_index, query, options):
        token = built_index.search("warga", limit=1).next
        assert built_index.search("warga", limit=2, after=token, facets=True, explain=True)
        with pytest.raises(QueryError, match="another query"):
            built_index.search(query, after=token, **options)

    def test_a_later_page_can_be_pickled(self, built_index):
        first = built_index.search("gempa OR banjir OR warga", limit=1)
        second = built_index.search("gempa OR banjir OR warga", limit=1, after=first.next)
        assert second.next
        assert pickle.loads(pickle.dumps(second)).next == second.next

    def test_a_token_and_an_offset_are_too_much(self, built_index):
        token = built_index.search("warga", limit=1).next
        with pytest.raises(QueryError, match="'after' or by 'offset'"):
            built_index.search("warga", after=token, offset=1)
        assert built_index.search("warga", limit=1, offset=1).next is None


@pytest.mark.parametrize("step", [1, 2, 3, 4])
@pytest.mark.parametrize("sort", SORTS)
def test_a_group_comes_once_over_all_pages(built_index, step, sort):
    """Whichever of its members each page would meet first."""
    members = ("gempa-1", "gempa-2", "banjir")
    groups = dict.fromkeys(members, members)
    engine = built_index._now.engine
    shown = [
        hit
        for offset in range(0, 6, step)
        for hit in page(engine, groups, Everything(), limit=step, offset=offset, sort=sort).hits
    ]
    assert len([hit for hit in shown if hit.article.id in members]) == 1
    assert len(shown) == len(built_index) - 2


@pytest.mark.parametrize("before", ["gempa-1", "gempa-2", "banjir"])
@pytest.mark.parametrize("sort", SORTS)
def test_a_group_of_which_one_was_shown_is_not_shown_again(built_index, before, sort):
    """Also where, since, another has come to stand for it."""
    members = ("gempa-1", "gempa-2", "banjir")
    groups = dict.fromkeys(members, members)
    found = page(built_index._now.engine, groups, Everything(), limit=10, sort=sort, seen={before})
    assert not [hit for hit in found.hits if hit.article.id in members]
    assert len(found.hits) == len(built_index) - 3


@pytest.mark.parametrize("version", [0, *range(1, 9)])
def test_a_token_of_another_version_is_refused(version):
    asked = ("gempa",)
    token = make_token(asked, (), ["a", "b"])
    whole = paging._decoded(token)
    assert read_token(token, asked)
    changed = bytes([version]) + whole[1:]
    other = paging._encoded(changed + paging._check(changed))
    if version == whole[0]:
        assert other == token
    else:
        with pytest.raises(QueryError, match="token"):
            read_token(other, asked)
