"""Articles that say the same: grouped while indexing, shown once by a search."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import chain, combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main
from kliping.engines import open_engine
from kliping.errors import IndexNotFound
from kliping.indexing.duplicates import grouper
from kliping.indexing.duplicates.grouping import ALIKE
from tests.indexing.test_crash import _BUILD, child, kill_after
from tests.indexing.wording import alike, article, edited, prose

ROOT = Path(__file__).parents[2]


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
