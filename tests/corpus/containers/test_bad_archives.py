"""Archives that are broken, locked, hostile or large."""

from __future__ import annotations

import io
import struct
import sys
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import kliping
from kliping.corpus import Problem, SourceFile, read_file
from tests.corpus.containers import making as made
from tests.corpus.containers.holding import Folder, counted, pages


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
        assert counted(read_file(SourceFile(path, "x/a", 0, 0))) == count
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


def test_a_file_that_needs_a_library_is_tried_again(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "arsip").mkdir()
    (tmp_path / "arsip" / "a.warc").write_bytes(made.warc(pages(1)))
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "warcio.archiveiterator", None)
        summary = kliping.build(tmp_path / "arsip", tmp_path / "index")
        assert (summary.added, summary.failed) == (0, 1)
    assert kliping.build(tmp_path / "arsip", tmp_path / "index").added == 1
