"""Archives: what lies in them is read as if it lay in a folder, whatever they hold."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.corpus import Problem
from tests.corpus.containers import making as made
from tests.corpus.containers.holding import pages
from tests.corpus.containers.saving import mhtml

RECORD = '{"id": "a-1", "judul": "Banjir Wening", "isi": "Hujan deras mengguyur Kota Wening."}\n'

MEMBERS = {
    "berita/satu.html": made.page(1),
    "berita/dua.html": made.page(2),
    "catatan.jsonl": RECORD,
}

ARCHIVES = {
    "a.zip": made.zipped,
    "a.tar": made.tarred,
    "a.tar.gz": lambda members: made.tarred(members, packed=True),
    "a.tgz": lambda members: made.tarred(members, packed=True),
}


@pytest.fixture(params=ARCHIVES)
def archive(request):
    """Each kind of archive in turn: its name, and what makes it of files."""
    return request.param, ARCHIVES[request.param]


class TestArchives:
    def test_members_are_read_as_files(self, folder, archive):
        name, pack = archive
        articles, problems = folder.read(name, pack(MEMBERS))
        assert problems == []
        assert [a.path for a in articles] == [f"{folder.path}/{name}!{inner}" for inner in MEMBERS]
        assert [a.body for a in articles[:2]] == [made.BODY] * 2
        assert articles[2].id == "a-1"

    def test_ids_are_those_of_the_place(self, folder, archive):
        name, pack = archive
        first = [a.id for a in folder.read(name, pack(MEMBERS))[0]]
        others = {"aaa.html": made.page(9), **dict(reversed(MEMBERS.items()))}
        again = [a.id for a in folder.read(name, pack(others))[0]]
        assert len(set(first)) == 3
        assert set(first) < set(again)

    def test_by_any_name(self, folder, archive):
        _, pack = archive
        assert len(folder.read("a.html", pack(MEMBERS))[0]) == 3

    def test_what_is_passed_over_in_silence(self, folder, archive):
        name, pack = archive
        members = {
            "Banjir.html": made.page(1),
            "Banjir_files/iklan.html": made.page(2),
            "sub/.rahasia/a.html": made.page(3),
            ".DS_Store": b"\x00\x01",
            "__MACOSX/._Banjir.html": b"\x00\x05",
            "README.txt": "Ini arsip.",
            "kosong/": "",
        }
        articles, problems = folder.read(name, pack(members))
        assert [a.path for a in articles] == [f"{folder.path}/{name}!Banjir.html"]
        assert problems == []

    def test_other_formats_are_ignored(self, folder, archive):
        name, pack = archive
        (item,) = folder.items(name, pack({"foto.jpg": b"\xff\xd8\xff"}))
        assert (item.kind, item.reason) == ("ignored", "not an article format")
        assert item.path == f"{folder.path}/{name}!foto.jpg"

    def test_one_archive_in_another_and_no_more(self, folder, archive):
        name, pack = archive
        inner = made.zipped({"dalam.html": made.page(2)})
        twice = made.tarred({"c.zip": inner}, packed=True)
        members = {"b.zip": inner, "c.tar.gz": twice, "satu.html": made.page(1)}
        articles, problems = folder.read(name, pack(members))
        assert [a.path for a in articles] == [
            f"{folder.path}/{name}!b.zip!dalam.html",
            f"{folder.path}/{name}!satu.html",
        ]
        reason = "an archive in an archive in an archive: not read"
        assert problems == [f"{name}!c.tar.gz!c.zip: {reason}"]

    def test_every_format_inside(self, folder, archive):
        name, pack = archive
        members = {
            "a.warc.gz": made.warc(pages(1, 2), packed=True),
            "b.mht": mhtml(made.page()),
            "c.jsonl.gz": gzip.compress(RECORD.encode()),
            "d.csv": "id,judul,isi\nc-1,Banjir,Hujan deras.\n",
        }
        articles, problems = folder.read(name, pack(members))
        assert (len(articles), problems) == (5, [])

    def test_names_that_lead_elsewhere_lead_nowhere(self, folder, archive):
        name, pack = archive
        members = {"../../luar.html": made.page(1), "/etc/dalam.html": made.page(2)}
        articles, _ = folder.read(name, pack(members))
        assert [a.path for a in articles] == [
            f"{folder.path}/{name}!luar.html",
            f"{folder.path}/{name}!etc/dalam.html",
        ]
        assert [path.name for path in folder.path.rglob("*.html")] == []

    def test_a_member_that_is_wrong_is_named_and_the_others_are_read(self, folder, archive):
        name, pack = archive
        members = {"a.jsonl": "{\n" + RECORD, "b.html": "", "c.html": made.page(1)}
        articles, problems = folder.read(name, pack(members))
        assert len(articles) == 2
        assert problems[0].startswith(f"{name}!a.jsonl:1: broken JSON")
        assert problems[1] == f"{name}!b.html: empty"

    def test_as_many_files_as_are_allowed_are_read_and_no_more(self, folder, archive):
        name, pack = archive
        members = {f"{n}.html": made.page(n) for n in (1, 2, 3)}
        articles, problems = folder.read(name, pack(members), members=3)
        assert (len(articles), problems) == (3, [])
        articles, problems = folder.read(name, pack(members), members=2)
        assert len(articles) <= 2
        assert any("holds more than 2 files" in each for each in problems)

    def test_a_bomb_is_one_line(self, folder, archive):
        name, pack = archive
        if name == "a.tar":
            pytest.skip("a tar packs nothing")
        members = {f"{n}.txt": b"a" * 900_000 for n in range(9)}
        articles, problems = folder.read(name, pack(members), free=1 << 20)
        assert problems == [f"{name}: unpacks to over 200 times its size: not read on"]
        assert len(articles) < 9

    def test_a_bomb_in_an_archive_is_one_line(self, folder, archive):
        name, pack = archive
        bomb = gzip.compress(RECORD.encode() + b" " * 9_000_000)
        _, problems = folder.read(name, pack({"a.jsonl.gz": bomb}), free=1 << 20, ratio=20)
        assert problems == [f"{name}: unpacks to over 20 times its size: not read on"]
        inner = made.zipped({"a.txt": b"a" * 9_000_000})
        _, problems = folder.read(name, pack({"a.zip": inner}), free=1 << 20, ratio=20)
        assert problems == [f"{name}: unpacks to over 20 times its size: not read on"]

    def test_too_much_in_all(self, folder, archive):
        name, pack = archive
        articles, problems = folder.read(name, pack(MEMBERS), unpacked=1000)
        assert problems == [f"{name}: unpacks to over 0 GB: not read on"]
        assert len(articles) < 3

    def test_just_as_much_as_may_be_is_read(self, folder, archive):
        name, pack = archive
        inside = sum(len(content.encode()) for content in MEMBERS.values())
        # What a gzip around a tar gives is counted too: headers, and blocks to the full.
        around = 10_240 if name in ("a.tar.gz", "a.tgz") else 0
        articles, problems = folder.read(name, pack(MEMBERS), unpacked=inside + around, members=3)
        assert (len(articles), problems) == (3, [])
        _, problems = folder.read(name, pack(MEMBERS), unpacked=inside - 1)
        assert problems == [f"{name}: unpacks to over 0 GB: not read on"]

    def test_too_many_members(self, folder, archive):
        name, pack = archive
        _, problems = folder.read(name, pack(MEMBERS), members=2)
        assert problems == [f"{name}: holds more than 2 files: not read on"]

    def test_cut_off(self, folder, archive):
        name, pack = archive
        data = pack({f"{n}.html": made.page(n) for n in range(40)})
        articles, problems = folder.read(name, data[: len(data) // 2])
        assert len(problems) == 1, problems
        assert "cut" in problems[0]
        if name != "a.zip":  # its list of members stands at the end
            assert len(articles) > 5

    @given(st.data())
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
    def test_any_damage_is_told_and_never_raised(self, folder, archive, data):
        name, pack = archive
        packed = bytearray(pack(MEMBERS))
        for place in data.draw(st.lists(st.integers(0, len(packed) - 1), max_size=8)):
            packed[place] = data.draw(st.integers(0, 255))
        items = folder.items(name, bytes(packed))
        assert all(isinstance(item, Article | Problem) for item in items)


def test_an_archive_is_indexed_like_a_folder(tmp_path: Path, engine_name: str) -> None:
    (tmp_path / "arsip").mkdir()
    path = tmp_path / "arsip" / "a.zip"
    path.write_bytes(made.zipped(MEMBERS))
    index = tmp_path / "index"
    assert kliping.build(path.parent, index, engine=engine_name).added == 3
    assert kliping.build(path.parent, index).unchanged == 3
    path.write_bytes(made.zipped({**MEMBERS, "tiga.html": made.page(3)}))
    summary = kliping.build(path.parent, index)
    assert (summary.added, summary.updated, summary.removed) == (1, 3, 0)
    path.unlink()
    assert kliping.build(path.parent, index).removed == 4
