"""Files that have moved, and articles that two files give: one of each, whichever came first."""

from __future__ import annotations

import itertools
import json
import os
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kliping
from kliping.errors import SourceNotFound
from kliping.store.folder import IndexFolder
from kliping.store.sources import read_sources


def page(url, body, modified=None, title="Banjir surut"):
    row = {"url": url, "judul": title, "isi": body, "tanggal": "2024-01-02"}
    return json.dumps(row | ({"modified": modified} if modified else {}))


def bodies(index):
    with kliping.open(index) as opened:
        hits = opened.search("-xyzzy", limit=1000, collapse=False).hits
        assert len(opened) == len(hits)
        return sorted(hit.article.body for hit in hits)


def counts(summary):
    return summary.added, summary.updated, summary.moved, summary.removed, summary.same


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "arsip"
    made.mkdir()
    for name in "abc":
        text = f"<h1>Banjir {name}</h1><p>" + f"Air sungai {name} naik lagi semalam. " * 9
        (made / f"{name}.html").write_text(text)
    rows = [{"id": f"r{n}", "judul": f"Gempa {n}", "isi": f"Isi gempa {n}."} for n in range(4)]
    (made / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return made


class TestMoved:
    def test_a_folder_that_moved_is_taken_over_without_being_read(
        self, engine_name, folder, tmp_path, monkeypatch
    ):
        index, there = tmp_path / "index", tmp_path / "lain" / "arsip"
        kliping.build(folder, index, engine=engine_name)
        before = bodies(index)
        shutil.move(folder, there)
        monkeypatch.setattr(
            "kliping.indexing.sync.read_all", lambda files, **options: iter(files and [1 / 0])
        )
        assert counts(kliping.build(there, index)) == (0, 0, 7, 0, 0)
        monkeypatch.undo()
        assert bodies(index) == before
        assert list(read_sources(IndexFolder(index))) == [str(there)]
        summary = kliping.build([], index)
        assert (*counts(summary), summary.unchanged) == (0, 0, 0, 0, 0, 7)

    def test_what_lies_elsewhere_with_another_content_has_not_moved(self, folder, tmp_path):
        index, there = tmp_path / "index", tmp_path / "lain" / "arsip"
        kliping.build(folder, index)
        shutil.move(folder, there)
        path = there / "a.html"
        path.write_text(path.read_text().replace("naik", "SUSU"))
        kliping.build(there, index)
        assert sum("SUSU" in body for body in bodies(index)) == 1

    def test_a_folder_of_another_name_gives_its_articles_once(self, engine_name, folder, tmp_path):
        index = tmp_path / "index"
        kliping.build(folder, index, engine=engine_name)
        before = bodies(index)
        folder.rename(tmp_path / "berita")
        problems = []
        summary = kliping.build(tmp_path / "berita", index, on_problem=problems.append)
        assert summary.moved == 4
        assert problems == []
        assert [body for body in bodies(index) if "gempa" in body] == before[-4:]

    def test_a_file_that_moved_and_changed_takes_the_place_of_the_old(self, folder, tmp_path):
        index = tmp_path / "index"
        kliping.build(folder, index)
        shutil.move(folder, tmp_path / "lain" / "arsip")
        rows = [{"id": "r0", "judul": "Gempa 0", "isi": "Kabar lain sama sekali."}]
        (tmp_path / "lain/arsip/r.jsonl").write_text(json.dumps(rows[0]) + "\n")
        summary = kliping.build(tmp_path / "lain" / "arsip", index)
        assert counts(summary) == (0, 1, 3, 0, 0)
        assert "Kabar lain sama sekali." in bodies(index)
        assert "Isi gempa 0." not in bodies(index)

    def test_a_renamed_file_moves_its_records(self, engine_name, folder, tmp_path):
        index = tmp_path / "index"
        kliping.build(folder, index, engine=engine_name)
        (folder / "r.jsonl").rename(folder / "q.jsonl")
        assert counts(kliping.build(folder, index)) == (0, 0, 4, 0, 0)
        assert len(bodies(index)) == 7

    def test_plain_index_tells_of_a_source_that_is_gone_and_goes_on(self, folder, tmp_path):
        index, other = tmp_path / "index", tmp_path / "lain.jsonl"
        other.write_text(page("https://a.example/1", "Air naik."))
        kliping.build([folder, other], index)
        before = bodies(index)
        other.unlink()
        problems = []
        summary = kliping.build([], index, on_problem=problems.append)
        assert summary.unchanged == 7
        assert [problem.path for problem in problems] == [str(other)]
        assert "sources --forget" in problems[0].reason
        assert bodies(index) == before

    @pytest.mark.parametrize("rebuild", [True, False])
    def test_a_run_that_would_lose_or_do_everything_says_what_is_gone(
        self, folder, tmp_path, rebuild
    ):
        index, other = tmp_path / "index", tmp_path / "lain.jsonl"
        other.write_text(page("https://a.example/1", "Air naik."))
        kliping.build([folder, other] if rebuild else [other], index)
        before = bodies(index)
        other.unlink()
        with pytest.raises(SourceNotFound, match=r"lain\.jsonl.*--forget"):
            kliping.build([], index, rebuild=rebuild)
        assert bodies(index) == before


SHORT, LONG = "Air sungai naik lagi.", "Air sungai naik lagi. Warga mengungsi ke balai desa."


class TestSame:
    @pytest.mark.parametrize("turned", [False, True])
    def test_the_same_address_saved_twice_is_one_article_the_fuller(
        self, engine_name, tmp_path, turned
    ):
        first, second = (LONG, SHORT) if turned else (SHORT, LONG)
        folder = tmp_path / "arsip"
        folder.mkdir()
        (folder / "a.json").write_text(page("https://a.example/1?utm_source=x", first))
        (folder / "b.json").write_text(page("http://www.a.example/1", second))
        (folder / "b.json").write_text(page("https://a.example/1", second))
        problems = []
        index = tmp_path / "index"
        summary = kliping.build(folder, index, engine=engine_name, on_problem=problems.append)
        assert counts(summary) == (1, 0, 0, 0, 1)
        assert problems == []
        assert bodies(index) == [LONG]
        summary = kliping.build(folder, index)
        assert (*counts(summary), summary.unchanged) == (0, 0, 0, 0, 0, 1)

    def test_what_says_it_was_changed_last_wins_from_what_is_fuller(self, tmp_path):
        folder = tmp_path / "arsip"
        folder.mkdir()
        (folder / "a.json").write_text(page("https://a.example/1", SHORT, "2024-01-04"))
        (folder / "b.json").write_text(page("https://a.example/1", LONG, "2024-01-03"))
        kliping.build(folder, tmp_path / "index")
        assert bodies(tmp_path / "index") == [SHORT]

    @pytest.mark.parametrize("turned", [False, True])
    def test_of_two_that_are_as_new_and_as_full_the_first_path_wins(self, tmp_path, turned):
        folder, index = tmp_path / "arsip", tmp_path / "index"
        folder.mkdir()
        texts = {"a.json": SHORT.replace("naik", "SATU"), "b.json": SHORT.replace("naik", "DUA!")}
        for name in sorted(texts, reverse=turned):  # the second comes in a run of its own
            (folder / name).write_text(page("https://a.example/1", texts[name]))
            kliping.build(folder, index)
        assert bodies(index) == [texts["a.json"]]

    def test_within_a_file_too_near_and_far(self, engine_name, tmp_path):
        texts = [("sama", SHORT), *((f"x{n}", f"Kabar {n}.") for n in range(600))]
        texts += [("sama", LONG), ("sama", SHORT)]
        rows = [{"id": key, "judul": f"Judul {key}", "isi": text} for key, text in texts]
        (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
        summary = kliping.build(tmp_path / "a.jsonl", tmp_path / "index", engine=engine_name)
        assert counts(summary) == (601, 0, 0, 0, 2)
        assert bodies(tmp_path / "index").count(LONG) == 1
        assert SHORT not in bodies(tmp_path / "index")

    def test_the_loser_comes_in_when_the_winner_goes_or_shrinks(self, engine_name, tmp_path):
        index, folder = tmp_path / "index", tmp_path / "arsip"
        folder.mkdir()
        (folder / "a.json").write_text(page("https://a.example/1", SHORT))
        (folder / "b.json").write_text(page("https://a.example/1", LONG))
        (folder / "c.json").write_text(page("https://a.example/2", "Kabar lain."))
        kliping.build(folder, index, engine=engine_name)
        (folder / "b.json").write_text(page("https://a.example/1", "Air sungai naik."))
        kliping.build(folder, index)
        assert bodies(index) == [SHORT, "Kabar lain."]
        (folder / "b.json").write_text(page("https://a.example/1", LONG))
        kliping.build(folder, index)
        assert bodies(index) == [LONG, "Kabar lain."]
        (folder / "b.json").unlink()
        kliping.build(folder, index)
        assert bodies(index) == [SHORT, "Kabar lain."]

    def test_other_articles_under_one_id_are_told_of(self, tmp_path):
        folder = tmp_path / "arsip"
        folder.mkdir()
        for name, text in (("a", "Gempa mengguncang lembah."), ("b", "Harga beras turun lagi.")):
            row = {"id": "kabar-7", "judul": name, "isi": text}
            (folder / f"{name}.jsonl").write_text(json.dumps(row))
        problems = []
        summary = kliping.build(folder, tmp_path / "index", on_problem=problems.append)
        assert (summary.same, summary.skipped) == (0, 1)
        assert "id 'kabar-7' is already taken by" in problems[0].reason


_BODIES = [" ".join(f"kata{n}" for n in range(length)) for length in (9, 12, 15)]
_FILE = st.dictionaries(st.sampled_from("xyz"), st.sampled_from(_BODIES), max_size=3)
_STATE = st.dictionaries(st.sampled_from("abc"), _FILE, max_size=3)


@settings(max_examples=12)
@given(st.lists(_STATE, min_size=2, max_size=4))
def test_whatever_came_before_the_index_is_that_of_a_fresh_start(tmp_path_factory, states):
    """Three files that give versions of three articles come, change, shrink and go."""
    place = tmp_path_factory.mktemp("urutan")
    folder = place / "arsip"
    folder.mkdir()
    clock = itertools.count(1)

    def write(files):
        for name in "abc":
            path = folder / f"{name}.jsonl"
            path.unlink(missing_ok=True)
            if name in files:
                rows = [page(f"https://a.example/{key}", text) for key, text in files[name].items()]
                path.write_text("\n".join(rows) + "\n")
                os.utime(path, ns=(next(clock), next(clock)))

    for files in states:
        write(files)
        kliping.build(folder, place / "index")
    kliping.build(folder, place / "baru")
    assert bodies(place / "index") == bodies(place / "baru")
    with kliping.open(place / "index") as one, kliping.open(place / "baru") as other:
        pairs = [
            {h.article.id: h.article.path for h in i.search("-xyzzy", limit=99, collapse=False)}
            for i in (one, other)
        ]
    assert pairs[0] == pairs[1]
