"""WARC, saved pages and archives: what lies in them is read as if it lay in a folder."""

from __future__ import annotations

import base64
import gc
import gzip
import io
import quopri
import struct
import sys
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.limits import Limits
from tests.corpus.containers import making as made

RECORD = '{"id": "a-1", "judul": "Banjir Wening", "isi": "Hujan deras mengguyur Kota Wening."}\n'


def _count(items) -> int:
    """Count the items; trees with cycles that wait for the collector are not held, so it runs."""
    count = 0
    for _ in items:
        count += 1
        if not count % 10:
            gc.collect()
    return count


class Folder:
    """A folder to write one file into and read it back."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def items(self, name: str, data: str | bytes, **limits: int) -> list[Article | Problem]:
        path = self.path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        file = SourceFile(path, f"x/{name}", path.stat().st_size, 0)
        return list(read_file(file, limits=Limits(**limits)))

    def read(self, name: str, data: str | bytes, **limits: int) -> tuple[list[Article], list[str]]:
        """Return the articles, and the problems but for those of other formats."""
        items = self.items(name, data, **limits)
        problems = [p for p in items if isinstance(p, Problem) and p.kind != "ignored"]
        articles = [item for item in items if isinstance(item, Article)]
        return articles, [str(p).removeprefix(f"{self.path}/") for p in problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def url(number: int) -> str:
    return f"{made.SITE}/daerah/jembatan-{number}"


def pages(*numbers: int) -> list[bytes]:
    return [made.record(url(n), made.http(made.page(n))) for n in numbers]


class TestWarc:
    @pytest.mark.parametrize("packed", [False, True])
    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a"])
    def test_each_page_that_answered_is_an_article(self, folder, packed, name):
        articles, problems = folder.read(name, made.warc(pages(1, 2), packed=packed))
        assert problems == []
        assert [(a.title, a.url) for a in articles] == [
            (f"{made.TITLE} {n}", url(n)) for n in (1, 2)
        ]
        assert articles[0].body == made.BODY
        assert articles[0].path == f"{folder.path}/{name}"

    def test_a_whole_file_in_one_gzip_member_is_read_too(self, folder):
        articles, problems = folder.read("a.warc.gz", gzip.compress(made.warc(pages(1, 2))))
        assert (len(articles), problems) == (2, [])

    def test_the_date_is_never_the_crawls(self, folder):
        (article,), _ = folder.read("a.warc", made.warc(pages(1)))
        assert article.published is None
        head = '<meta property="article:published_time" content="2024-03-12T07:15:00+07:00">'
        dated = made.record(url(1), made.http(made.page(1, head=head)))
        (article,), _ = folder.read("b.warc", made.warc([dated]))
        assert article.published
        assert article.published.isoformat() == "2024-03-12T07:15:00+07:00"

    def test_a_page_says_its_own_address_first(self, folder):
        markup = made.page(1, head=f'<link rel="canonical" href="{url(9)}">')
        (article,), _ = folder.read("a.warc", made.warc([made.record(url(1), made.http(markup))]))
        assert article.url == url(9)

    def test_what_is_no_page_is_counted(self, folder):
        gone = made.http("").replace(b"200 OK", b"404 Not Found")
        blocks = [
            made.record(url(1), b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            made.record(url(1), made.http(b"\x89PNG", kind="image/png")),
            made.record(url(2), gone),
            *pages(3),
            made.record("dns:kabarwening.example", b"20010101000000\r\n127.0.0.1\r\n"),
        ]
        articles, problems = folder.read("a.warc", made.warc(blocks))
        assert [a.url for a in articles] == [url(3)]
        assert problems == ["a.warc: no page, or no answer (200), passed over: 3 records"]

    def test_a_page_without_an_article_is_named(self, folder):
        blocks = [made.record(url(1), made.http("<html><body></body></html>")), *pages(2)]
        articles, problems = folder.read("a.warc", made.warc(blocks))
        assert len(articles) == 1
        assert problems == [f"a.warc: record 2 ({url(1)}): not an article: no article text"]

    def test_chunked_and_packed_answers(self, folder):
        data = made.page(1).encode()
        chunked = f"{len(data):x}\r\n".encode() + data + b"\r\n0\r\n\r\n"
        blocks = [
            made.record(url(1), made.http(chunked, more="Transfer-Encoding: chunked\r\n")),
            made.record(url(2), made.http(gzip.compress(data), more="Content-Encoding: gzip\r\n")),
        ]
        articles, problems = folder.read("a.warc", made.warc(blocks))
        assert problems == []
        assert [a.body for a in articles] == [made.BODY] * 2

    def test_the_charset_of_the_header_counts(self, folder):
        markup = made.page(1).replace("<meta charset='utf-8'>", "").replace("Anak-anak", "“Anak”")
        block = made.http(markup.encode("cp1252"), kind="text/html; charset=windows-1252")
        (article,), _ = folder.read("a.warc", made.warc([made.record(url(1), block)]))
        assert "“Anak” tidak lagi" in article.body

    @pytest.mark.parametrize("packed", [False, True])
    def test_what_was_complete_before_the_cut_is_kept(self, folder, packed):
        data = made.warc(pages(1, 2, 3), packed=packed)
        articles, problems = folder.read("a.warc.gz", data[: -100 if packed else -300])
        assert [a.url for a in articles] == [url(1), url(2)]
        (problem,) = problems
        assert problem.startswith("a.warc.gz: cut off")
        assert problem.endswith(f"in record 4 ({url(3)})")

    def test_a_cut_at_every_place_gives_at_most_one_line(self, folder, capsys):
        data = made.warc(pages(1, 2))
        for end in range(200, len(data), 97):
            articles, problems = folder.read("a.warc", data[:end])
            assert len(articles) <= 2
            assert len(problems) <= 1, (end, problems)
        assert capsys.readouterr().err == ""

    def test_a_wrong_length_is_no_crash(self, folder, capsys):
        data = made.warc(pages(1, 2)).replace(b"Content-Length: ", b"Content-Length: 9")
        assert folder.read("a.warc", data)[1]
        data = made.warc(pages(1, 2)).replace(b"Content-Length: ", b"Content-Length: -")
        folder.read("a.warc", data)
        assert capsys.readouterr().err == ""

    def test_a_page_that_is_too_large_is_passed_over(self, folder):
        blocks = [made.record(url(1), made.http(made.page(1) * 9000)), *pages(2)]
        articles, problems = folder.read("a.warc", made.warc(blocks), whole=1 << 20)
        assert [a.url for a in articles] == [url(2)]
        assert problems == [
            f"a.warc: record 2 ({url(1)}): larger than 1 MB: too large for one article"
        ]

    def test_a_bomb_inside_a_record(self, folder):
        bomb = gzip.compress(b"a" * (3 << 20))
        blocks = [made.record(url(1), made.http(bomb, more="Content-Encoding: gzip\r\n"))]
        _, problems = folder.read("a.warc", made.warc(blocks), whole=1 << 20)
        assert len(problems) == 1
        assert "larger than 1 MB" in problems[0] or "unpacks to over" in problems[0]

    def test_memory_does_not_grow_with_the_file(self, folder):
        def peak(count: int) -> int:
            path = folder.path / f"{count}.warc.gz"
            path.write_bytes(made.warc(pages(*range(count)), packed=True))
            tracemalloc.start()
            assert _count(read_file(SourceFile(path, "x/a", 0, 0))) == count
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            return most

        peak(5)
        assert peak(300) < 1.5 * peak(30)  # ten times the pages: what one leaves would be more

    def test_without_the_library_the_cure_is_said(self, folder, monkeypatch):
        monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
        (problem,) = folder.items("a.warc", made.warc(pages(1)))
        assert problem.kind == "failed"
        assert problem.reason == "needs warcio; try: pip install 'kliping[containers]'"


def mhtml(markup: str, *, encoding: str = "quoted-printable", charset: str = "utf-8") -> bytes:
    data = markup.encode(charset)
    packed = quopri.encodestring(data) if encoding != "base64" else base64.encodebytes(data)
    return (
        b"From: <Saved by Blink>\r\n"
        b"Snapshot-Content-Location: " + url(1).encode() + b"\r\n"
        b"Subject: Jembatan\r\nDate: Mon, 1 Jan 2001 00:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n'
        b"------B\r\nContent-Type: text/html; charset=" + charset.encode() + b"\r\n"
        b"Content-ID: <frame-1@mhtml.blink>\r\n"
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\r\n"
        b"Content-Location: " + url(1).encode() + b"\r\n\r\n" + packed + b"\r\n------B\r\n"
        b"Content-Type: text/html\r\nContent-Location: https://iklan.example/\r\n\r\n"
        b"<html><body><p>Belanja murah!</p></body></html>\r\n------B--\r\n"
    )


class TestMhtml:
    @pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.html", "a"])
    @pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
    def test_the_page_in_it_is_the_article(self, folder, name, encoding):
        (article,), problems = folder.read(name, mhtml(made.page(), encoding=encoding))
        assert problems == []
        assert (article.title, article.body) == (f"{made.TITLE} 1", made.BODY)
        assert article.url == url(1)
        assert article.published is None

    def test_another_charset(self, folder):
        markup = made.page().replace("<meta charset='utf-8'>", "").replace("Anak-anak", "“Anak”")
        (article,), _ = folder.read("a.mht", mhtml(markup, charset="cp1252"))
        assert "“Anak” tidak lagi" in article.body

    def test_an_address_on_the_savers_disk_is_none(self, folder):
        data = mhtml(made.page()).replace(url(1).encode(), b"file:///C:/arsip/jembatan.html")
        (article,), _ = folder.read("a.mht", data)
        assert article.url is None

    def test_one_without_a_page(self, folder):
        data = mhtml("x").replace(b"text/html", b"text/css")
        assert folder.read("a.mht", data)[1] == ["a.mht: a saved page (MHTML) without its page"]

    def test_cut_off_in_the_middle(self, folder):
        data = mhtml(made.page())
        (article,), _ = folder.read("a.mht", data[: data.index(b"Sebanyak")])
        assert article.body.startswith(made.SENTENCES[0])


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


def test_an_archive_without_files_is_said(folder: Folder) -> None:
    assert folder.read("a.zip", made.zipped({})) == ([], ["a.zip: an archive without files"])


def test_an_encrypted_member_is_said(folder: Folder) -> None:
    data = bytearray(made.zipped({"a.html": made.page(1), "b.html": made.page(2)}))
    place = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[place + 8] |= 1
    articles, problems = folder.read("a.zip", bytes(data))
    assert problems == ["a.zip!a.html: encrypted: cannot be read"]
    assert [a.path for a in articles] == [f"{folder.path}/a.zip!b.html"]


def test_an_unknown_packing_is_said(folder: Folder) -> None:
    data = made.zipped({"a.html": made.page(1)})
    data = data.replace(struct.pack("<H", 8) + data[10:14], struct.pack("<H", 97) + data[10:14])
    (problem,) = folder.read("a.zip", data)[1]
    assert problem.startswith("a.zip!a.html: damaged: That compression method is not supported")


def test_a_damaged_member_leaves_the_others(folder: Folder) -> None:
    data = bytearray(made.zipped({"a.html": made.page(1), "b.html": made.page(2)}))
    data[200] ^= 0xFF
    articles, problems = folder.read("a.zip", bytes(data))
    assert len(problems) == 1
    assert problems[0].startswith("a.zip!a.html: cut off or damaged")
    assert [a.path for a in articles] == [f"{folder.path}/a.zip!b.html"]


def test_an_office_document_is_no_archive(folder: Folder) -> None:
    data = made.zipped({"[Content_Types].xml": "<Types/>", "ppt/slide1.xml": "<w/>"})
    (reason,) = folder.read("surat.pptx", data)[1]
    assert reason.endswith("an office document, book or program, not an archive of pages")


def test_links_and_devices_in_a_tar_are_not_followed(folder: Folder) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind, target in ((tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "../b.html")):
            info = tarfile.TarInfo("a.html")
            info.type, info.linkname = kind, target
            archive.addfile(info)
        fifo = tarfile.TarInfo("pipa.html")
        fifo.type = tarfile.FIFOTYPE
        archive.addfile(fifo)
    assert folder.read("a.tar", out.getvalue()) == ([], [])


def test_members_that_overlap(folder: Folder) -> None:
    """A zip of Fifield's kind, whose members are one another's data."""
    data = bytearray(made.zipped({"a.txt": b"a" * 400_000, "b.txt": b"b" * 400_000}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    items = folder.items("a.zip", bytes(data))
    assert any(isinstance(item, Problem) for item in items)


def test_memory_does_not_grow_with_the_archive(folder: Folder) -> None:
    def peak(count: int, pack) -> int:
        path = folder.path / "a"
        path.write_bytes(pack({f"{n}.html": made.page(n) for n in range(count)}))
        tracemalloc.start()
        assert _count(read_file(SourceFile(path, "x/a", 0, 0))) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    for pack in (made.zipped, made.tarred):
        peak(5, pack)
        # A zip's list of members, and pages that the collector has not come to: all would be 6 MB.
        assert peak(150, pack) < peak(30, pack) + 2_500_000


def test_a_large_zip_in_a_tar_goes_to_disk(folder: Folder) -> None:
    members = {f"{n}.txt": made.BODY + zlib.compress(bytes([n] * 99)).hex() for n in range(50)}
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    articles, problems = folder.read("a.tar", made.tarred({"b.zip": inner.getvalue()}), line=1000)
    assert (len(articles), problems) == (50, [])


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


def test_a_file_that_needs_a_library_is_tried_again(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "arsip").mkdir()
    (tmp_path / "arsip" / "a.warc").write_bytes(made.warc(pages(1)))
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "warcio.archiveiterator", None)
        summary = kliping.build(tmp_path / "arsip", tmp_path / "index")
        assert (summary.added, summary.failed) == (0, 1)
    assert kliping.build(tmp_path / "arsip", tmp_path / "index").added == 1
