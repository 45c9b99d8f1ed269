"""The one object that an embedder needs."""

from __future__ import annotations

import importlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main
from kliping.errors import ArticleNotFound, IndexMismatch, IndexNotFound, QueryError
from kliping.store.folder import FORMAT_VERSION

FORMATS = Path(__file__).resolve().parent / "data"


def found(index: kliping.Index, query: str, **options: object) -> list[str]:
    return [hit.article.id for hit in index.search(query, **options)]  # type: ignore[arg-type]


class TestSearching:
    def test_a_search_finds_inflections_and_ranks_from_one(self, built_index):
        results = built_index.search("gempa warga", match="all")
        assert {hit.article.id for hit in results} == {"gempa-1", "gempa-2"}
        assert [hit.rank for hit in results] == [1, 2]
        assert results[0].score >= results[1].score > 0
        assert found(built_index, "tewas") == ["banjir"]

    def test_ranks_go_on_from_the_offset(self, built_index):
        assert [hit.rank for hit in built_index.search("gempa", offset=1)] == [2]
        assert built_index.search("gempa", offset=1).total == 2

    @pytest.mark.parametrize("offset", [2, 10**6, 10**15])
    def test_beyond_the_last_hit_there_are_none(self, built_index, offset):
        results = built_index.search("gempa", offset=offset)
        assert (results.total, results.hits) == (2, ())

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            ({"source": "wening"}, {"gempa-1", "gempa-2", "banjir"}),
            ({"source": "Harian Wening"}, {"gempa-1", "gempa-2"}),
            ({"source": "wening harian"}, set()),
            ({"source": "!?"}, set()),
            ({"section": "nasional"}, {"banjir"}),
            ({"author": "dimas arga"}, {"gempa-2", "banjir"}),
            ({"author": "dimas", "section": "daerah"}, {"gempa-2"}),
            ({"since": "2024"}, {"gempa-1", "gempa-2"}),
            ({"since": date(2024, 3, 14)}, {"gempa-2"}),
            ({"since": datetime(2024, 3, 12, 7, 15)}, {"gempa-1", "gempa-2"}),
            ({"since": datetime(2024, 3, 12, 7, 16)}, {"gempa-2"}),
            ({"until": "2024-03-12"}, {"gempa-1", "banjir"}),
            ({"until": date(2023, 1, 1)}, set()),
            ({"since": "2023", "until": "2023"}, {"banjir"}),
            ({"since": "2024", "source": "kabar"}, set()),
            ({"source": ["harian wening", "kabar"]}, {"gempa-1", "gempa-2", "banjir"}),
            ({"source": {"kabar"}}, {"banjir"}),
            ({"source": ()}, {"gempa-1", "gempa-2", "banjir"}),
            ({"section": ("nasional", "daerah"), "author": ["dimas"]}, {"gempa-2", "banjir"}),
            ({"tag": "bencana"}, {"gempa-1"}),
            ({"tag": ["bencana", "tidak ada"]}, {"gempa-1"}),
        ],
    )
    def test_filters_narrow(self, built_index, options, expected):
        assert set(found(built_index, "warga", **options)) == expected

    def test_a_filter_without_words_finds_all_that_it_leaves(self, built_index):
        assert set(found(built_index, "", source="wening")) == {
            "gempa-1", "gempa-2", "banjir", "pantun",
        }  # fmt: skip
        assert found(built_index, "", since="1969", until="1969") == ["pantun"]

    def test_half_a_character_is_no_acronym(self, built_index):
        assert built_index.search("\ud800KPK AS").total == 0

    @pytest.mark.parametrize("query", ["", "  ", "*", " * ", "**", "*:*"])
    def test_what_asks_for_no_word_finds_all_the_newest_first(self, built_index, query):
        newest = ["bola", "gempa-2", "gempa-1", "banjir", "pantun", "tanpa-judul"]
        assert found(built_index, query) == newest
        assert found(built_index, query, sort="oldest")[0] == "pantun"
        assert found(built_index, query, limit=2, offset=1) == newest[1:3]
        assert found(built_index, query, source="wening", since="2024") == newest[1:3]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("(tanggal:2023 ada:penulis) OR gempa", {"banjir", "gempa-1", "gempa-2"}),
            ("(tanggal:2024 ada:penulis) OR lumpur", {"gempa-1", "gempa-2", "banjir"}),
            ("lumpur OR (ada:tags tanggal:2024-05)", {"banjir", "bola"}),
            ("(tanggal:2024 ada:tags -gempa) OR (tanggal:1969 ada:judul)", {"bola", "pantun"}),
        ],
    )
    def test_filters_within_a_group_stay_in_it(self, built_index, query, expected):
        assert set(found(built_index, query, match="all")) == expected

    @pytest.mark.parametrize("name", ["ada:Penulis", "ada:PENULIS", "Ada:penulis", "has:Author"])
    def test_the_names_of_fields_are_the_same_in_capitals(self, built_index, name):
        written = {"gempa-1", "gempa-2", "banjir"}
        assert set(found(built_index, name)) == set(found(built_index, "ada:penulis")) == written

    def test_signs_that_are_no_word_find_nothing(self, built_index):
        assert built_index.search("?!").total == 0

    @pytest.mark.parametrize("query", ["tanggal:2024", "ada:tags", "-banjir tanggal:2024"])
    def test_where_nothing_scores_the_newest_come_first(self, built_index, query):
        assert found(built_index, query) == ["bola", "gempa-2", "gempa-1"]
        assert found(built_index, query, sort="oldest") == ["gempa-1", "gempa-2", "bola"]
        assert found(built_index, query, boost_recent="30d") == ["bola", "gempa-2", "gempa-1"]

    def test_where_nothing_has_all_words_any_is_tried_and_said(self, built_index):
        results = built_index.search("gempa lumpur")
        assert results.relaxed
        assert results.match == "any"
        assert results.total == 3

    def test_where_nothing_has_any_word_nothing_is_relaxed(self, built_index):
        results = built_index.search("zebra jerapah")
        assert (results.relaxed, results.match, results.total) == (False, "all", 0)

    def test_any_of_the_words_can_be_asked_for(self, built_index):
        results = built_index.search("gempa lumpur", match="any")
        assert (results.relaxed, results.match, results.total) == (False, "any", 3)

    def test_by_date_the_undated_come_last(self, built_index):
        newest = found(built_index, "-zebra", sort="newest")
        oldest = found(built_index, "-zebra", sort="oldest")
        assert newest == ["bola", "gempa-2", "gempa-1", "banjir", "pantun", "tanpa-judul"]
        assert oldest == [*reversed(newest[:-1]), "tanpa-judul"]

    def test_facets_count_all_matches_not_the_page(self, built_index):
        results = built_index.search("gempa", limit=1, facets=True)
        assert dict(results.facets["source"]) == {"Harian Wening": 2}
        assert dict(results.facets["day"]) == {"2024-03-12": 1, "2024-03-14": 1}
        assert dict(results.facets["month"]) == {"2024-03": 2}
        assert dict(results.facets["year"]) == {"2024": 2}
        assert dict(results.facets["author"]) == {"Sari Puspa": 2, "Dimas Arga": 1}
        assert dict(results.facets["tag"]) == {"gempa": 2, "bencana": 1}
        assert built_index.search("gempa").facets == {}

    def test_facets_name_the_commonest_first(self, built_index):
        facets = built_index.search("-zebra", facets=True).facets
        assert list(facets) == ["year", "month", "day", "source", "section", "author", "tag"]
        assert dict(facets["year"]) == {"2024": 3, "2023": 1, "1969": 1}
        for counts in facets.values():
            assert list(counts.values()) == sorted(counts.values(), reverse=True)

    @pytest.mark.parametrize("limit", [0, -1, 10_001])
    def test_an_impossible_limit_is_refused(self, built_index, limit):
        for ask in (built_index.search, built_index.rank):
            with pytest.raises(QueryError, match="limit"):
                ask("gempa", limit=limit)

    def test_an_impossible_offset_is_refused(self, built_index):
        with pytest.raises(QueryError, match="offset"):
            built_index.search("gempa", offset=-1)

    @pytest.mark.parametrize(
        ("option", "value", "message"),
        [
            ("match", "foo", "match takes auto or all or any, not 'foo'"),
            ("match", None, "match takes auto or all or any, not None"),
            ("sort", "foo", "sort takes relevance or newest or oldest, not 'foo'"),
            ("since", 5, "since takes a date, or text such as 2024-03, not 5"),
            ("until", 5.0, "until takes a date, or text such as 2024-03, not 5.0"),
            ("source", 5, "source takes text, or several texts, not 5"),
            ("section", ["a", None], "section takes text, or several texts, not None"),
            ("author", 5, "author takes text, or several texts, not 5"),
            ("tag", {7}, "tag takes text, or several texts, not 7"),
            ("limit", None, "limit takes a whole number, not None"),
            ("limit", 2.5, "limit takes a whole number, not 2.5"),
            ("offset", "3", "offset takes a whole number, not '3'"),
            ("boost_recent", 30, "boost_recent takes text such as 30d or 6m, not 30"),
        ],
    )
    def test_an_option_that_is_not_what_it_takes_is_refused(
        self, built_index, option, value, message
    ):
        for ask in (built_index.search, built_index.rank, built_index.explain):
            if ask == built_index.search or option == "match":
                with pytest.raises(QueryError) as raised:
                    ask("gempa", **{option: value})
                assert str(raised.value) == message

    @pytest.mark.parametrize(
        ("option", "value", "end"),
        [
            ("since", "..", "a beginning"),
            ("since", "..2024", "a beginning"),
            ("since", "<2024", "a beginning"),
            ("until", "..", "an end"),
            ("until", ">=2024", "an end"),
        ],
    )
    def test_a_range_without_the_end_that_is_asked_for_is_refused(
        self, built_index, option, value, end
    ):
        with pytest.raises(QueryError, match=f"{option} takes .* has {end}, not '{value}'; write"):
            built_index.search("gempa", **{option: value})

    @pytest.mark.parametrize(
        ("since", "until"),
        [("2024-05", "2024-03"), ("2024", date(2023, 12, 31)), ("2024-03-12", "2024-03-11")],
    )
    def test_a_period_that_ends_before_it_begins_is_refused(self, built_index, since, until):
        with pytest.raises(QueryError, match=f"since {since} is after until {until}"):
            built_index.search("gempa", since=since, until=until)

    def test_a_query_that_is_no_text_is_refused(self, built_index):
        with pytest.raises(QueryError, match="query takes text, not None"):
            built_index.search(None)

    @pytest.mark.parametrize("option", ["since", "until"])
    def test_a_date_that_is_none_is_refused(self, built_index, option):
        with pytest.raises(QueryError, match="is not a date"):
            built_index.search("gempa", **{option: "32 Januari"})

    @pytest.mark.parametrize(
        "query",
        [
            "meng*", "gmpa~1", '"anak anak"', '"gempa warga"~9', "tanggal:2024", "judul:banjir",
            "ada:tags", "NOT gempa", "東京", "شعر", "-", "((", 'sumber:"harian wening"',
            "\x00", "\ud800", "x" * 70_000, '"a a"~999999999999',
        ],
        ids=ascii,
    )  # fmt: skip
    def test_any_string_can_be_searched(self, built_index, query):
        results = built_index.search(query, facets=True)
        ranked = built_index.rank(query, match=results.match, limit=100)
        assert results.total == len(ranked)

    def test_threads_search_at_once(self, built_index):
        queries = ["gempa", "banjir", '"anak anak"', "me*", "warga -gempa", "gmpa~1"] * 40
        alone = {query: found(built_index, query) for query in set(queries)}
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda query: found(built_index, query), queries))
        assert together == [alone[query] for query in queries]


class TestArticles:
    def test_an_article_is_given_by_its_id(self, built_index, articles):
        stored = built_index.get("gempa-1")
        assert (stored.title, stored.body) == (articles[0].title, articles[0].body)
        assert stored.published == articles[0].published
        assert stored.authors == articles[0].authors

    @pytest.mark.parametrize("article_id", ["tidak-ada", "", "gempa", "\ud800"])
    def test_an_unknown_id_is_said_to_be_unknown(self, built_index, article_id):
        with pytest.raises(ArticleNotFound, match="no article has the id"):
            built_index.get(article_id)

    def test_the_length_is_the_number_of_articles(self, built_index, articles):
        assert len(built_index) == len(articles)


class TestInfo:
    def test_info_says_what_is_in_the_index(self, built_index, engine_name):
        info = built_index.info()
        assert (info.engine, info.format, info.articles, info.files) == (
            engine_name, FORMAT_VERSION, 6, 1,
        )  # fmt: skip
        assert (info.first, info.last) == ("1969-08-17", "2024-05-01")
        assert info.sources == {"Harian Wening": 2, "Kabar Wening": 2, "Gelanggang": 1}
        assert info.size > 0
        assert info.path == str(built_index.path)

    @pytest.mark.parametrize("damage", ["lost", "emptied", "another's"])
    def test_info_says_what_it_can_where_the_notes_are_damaged(
        self, damage, engine_name, source, tmp_path
    ):
        kliping.build(source, tmp_path / "index", engine=engine_name)
        notes = tmp_path / "index" / "generation-1" / "state.sqlite"
        notes.unlink() if damage == "lost" else notes.write_bytes(
            b"x" * 999 * (damage != "emptied")
        )
        with kliping.open(tmp_path / "index") as index:
            info = index.info()
        assert (info.articles, info.files, sum(info.sources.values())) == (6, None, 5)
        assert f"{notes} is damaged" in (info.damage or "")
        result = CliRunner().invoke(main, ["--index", str(tmp_path / "index"), "info"])
        assert result.exit_code == 0
        assert "6 articles from unknown files" in result.stdout
        assert f"note: {info.damage}" in result.stderr

    def test_an_empty_index_has_no_first_day(self, engine_name, tmp_path):
        (tmp_path / "arsip").mkdir()
        kliping.build(tmp_path / "arsip", tmp_path / "index", engine=engine_name)
        with kliping.open(tmp_path / "index") as index:
            info = index.info()
            assert (info.articles, info.first, info.last, info.sources) == (0, None, None, {})
            assert index.search("gempa").total == 0


class TestOpening:
    def test_no_index_says_how_to_make_one(self, tmp_path):
        with pytest.raises(IndexNotFound, match="kliping index FOLDER"):
            kliping.open(tmp_path / "tidak-ada")

    def test_an_open_index_sees_an_update_after_a_refresh(
        self, engine_name, source, write_lines, articles, tmp_path
    ):
        kliping.build(source, tmp_path / "index", engine=engine_name)
        with kliping.open(tmp_path / "index") as index:
            write_lines(source, articles[:2])
            kliping.build(source, tmp_path / "index")
            assert index.search("banjir").total == 1
            index.refresh()
            assert index.search("banjir").total == 0
            assert len(index) == 2

    def test_searching_writes_nothing(self, engine_name, source, tmp_path):
        place = tmp_path / "index"
        kliping.build(source, place, engine=engine_name)
        before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
        with kliping.open(place) as index:
            index.search("gempa", facets=True)
            index.info()
        assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == before

    @pytest.mark.parametrize("version", range(1, FORMAT_VERSION + 1))
    def test_an_index_of_an_earlier_version_opens_or_says_why_not(
        self, engine_name, version, tmp_path
    ):
        """The committed indexes are made by ``make_example`` below, once for each format."""
        kept = FORMATS / f"index-format-{version}" / engine_name
        assert kept.is_dir(), "run make_example in this module"
        place = shutil.copytree(kept, tmp_path / "index")
        manifest = json.loads((place / "manifest.json").read_text())
        assert manifest["format"] == version
        try:
            with kliping.open(place) as index:
                assert found(index, "gempa") == ["gempa-1"]
        except IndexMismatch as error:
            current = kliping.analysis.Analyser().version
            versions = (
                (manifest["analyser"], current)
                if version == FORMAT_VERSION
                else (f"format {version}", str(FORMAT_VERSION))
            )
            assert all(each in str(error) for each in versions)  # noqa: PT017
            assert "--rebuild" in str(error)  # noqa: PT017


def make_example(engine: str) -> Path:
    """Make the tiny index that is committed for the present format.

    Run once, when the format's version has gone up::

        PYTHONPATH=indexer:tests python -c \\
            "import test_index as t; [t.make_example(e) for e in ('tantivy', 'whoosh')]"
    """
    importlib.import_module(engine)
    place = FORMATS / f"index-format-{FORMAT_VERSION}" / engine
    shutil.rmtree(place, ignore_errors=True)
    with TemporaryDirectory() as folder, chdir(folder):  # no path of this checkout gets in
        source = shutil.copy(FORMATS / "index-format-source.jsonl", "articles.jsonl")
        kliping.build(source, place, engine=engine)
    for name in ("writer.lock", "generation-1/engine/MAIN_WRITELOCK"):
        (place / name).unlink(missing_ok=True)
    for lock in place.rglob(".tantivy-*.lock"):
        lock.unlink()
    return place
