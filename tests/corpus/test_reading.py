"""Files are read by what is in them; what is wrong is a line, never an exception."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, find_files, read_file
from kliping.corpus.limits import Limits
from tests.unprivileged import as_nobody, open_folder

BODY = "Hujan deras mengguyur Kota Wening sejak Senin pagi."
RECORD = {"id": "a-1", "judul": "Banjir Wening", "isi": BODY}
HTML = f"""<!DOCTYPE html><html lang="id"><head><title>Banjir Wening - Kabar Wening</title></head>
<body><article><h1>Banjir Wening</h1>{f"<p>{BODY} Warga mengungsi ke balai desa.</p>" * 6}</article>
</body></html>"""


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


class Folder:
    """A folder to write one file into and read it back."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str, data: str | bytes, **limits: int) -> list[Article | Problem]:
        path = self.path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        file = SourceFile(path, f"x/{name}", path.stat().st_size, 0)
        return list(read_file(file, limits=Limits(**limits)))

    def reasons(self, name: str, data: str | bytes, **limits: int) -> list[str]:
        found = self.read(name, data, **limits)
        return [str(p).removeprefix(f"{self.path}/") for p in found if isinstance(p, Problem)]

    def ids(self, name: str, data: str | bytes, **limits: int) -> list[str]:
        found = self.read(name, data, **limits)
        return [article.id for article in found if isinstance(article, Article)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# --- Formats, by content --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a.txt", "a", "a.html", "a.csv"])
def test_json_lines_by_any_name(folder: Folder, name: str) -> None:
    assert folder.ids(name, lines(RECORD, {**RECORD, "id": "a-2"})) == ["a-1", "a-2"]


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a", "a.jsonl"])
@pytest.mark.parametrize("indent", [None, 2])
def test_json_arrays_by_any_name(folder: Folder, name: str, indent: int | None) -> None:
    data = json.dumps([RECORD, {**RECORD, "id": "a-2"}], indent=indent)
    assert folder.ids(name, data) == ["a-1", "a-2"]


def test_json_of_other_shapes(folder: Folder) -> None:
    assert folder.ids("a.json", json.dumps(RECORD, indent=2)) == ["a-1"]
    assert folder.ids("a.json", json.dumps({"status": "ok", "articles": [RECORD]})) == ["a-1"]
    hits = {"took": 3, "hits": {"total": 1, "hits": [{"_id": "7", "_source": RECORD}]}}
    assert folder.ids("a.json", json.dumps(hits)) == ["a-1"]
    assert folder.ids("a.json", json.dumps(RECORD, indent=1) + json.dumps(RECORD)) == ["a-1"] * 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_csv(folder: Folder, delimiter: str, encoding: str) -> None:
    rows = [
        ["id", "Judul", "Isi"],
        ["a-1", "Banjir", f'"“Air”\n{BODY}"'],
        ["a-2", "Surut", "Reda."],
    ]
    data = "\r\n".join(delimiter.join(row) for row in rows)
    found = folder.read("a.csv", data.encode(encoding))
    articles = [a for a in found if isinstance(a, Article)]
    assert [(a.id, a.title) for a in articles] == [("a-1", "Banjir"), ("a-2", "Surut")]
    assert articles[0].body == f"“Air”\n\n{BODY}"


def test_csv_without_a_name_that_says_so(folder: Folder) -> None:
    assert folder.ids("a", f"id,judul,isi\na-1,Banjir,{BODY}\n") == ["a-1"]


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.txt", "a", "a.json"])
def test_html_by_any_name(folder: Folder, name: str) -> None:
    (article,) = folder.read(name, HTML)
    assert isinstance(article, Article)
    assert article.title == "Banjir Wening"
    assert BODY in article.body


def test_text_by_the_name_of_a_page(folder: Folder) -> None:
    (article,) = folder.read("a.html", f"Banjir Wening\n\n{BODY}")
    assert isinstance(article, Article)
    assert (article.title, article.body) == ("Banjir Wening", BODY)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl", "a", "a.txt"])
def test_gzip_by_any_name(folder: Folder, name: str) -> None:
    assert folder.ids(name, gzip.compress(lines(RECORD).encode())) == ["a-1"]


def test_text_that_is_called_gz(folder: Folder) -> None:
    assert folder.ids("a.jsonl.gz", lines(RECORD)) == ["a-1"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_its_mark_and_without(folder: Folder, encoding: str) -> None:
    (article,) = folder.read("a.txt", f"Banjir Wening\n\n{BODY}".encode(encoding))
    assert isinstance(article, Article)
    assert article.body == BODY
    many = [RECORD | {"id": f"a-{number}", "isi": BODY * 20} for number in range(60)]
    for name, data in ("a.jsonl", lines(*many)), ("a.json", json.dumps(many)):
        assert folder.ids(name, data.encode(encoding)) == [row["id"] for row in many]
    (page,) = folder.read("b.html", ("\n" * 500 + HTML).encode(encoding))
    assert isinstance(page, Article)


@pytest.mark.parametrize("pair", [b"\x01\x00", b"\x00\x00", b"a\x00\x00\x00"])
def test_nuls_alone_make_no_text(folder: Folder, pair: bytes) -> None:
    (problem,) = folder.read("a.txt", pair * 400)
    assert isinstance(problem, Problem)


def test_ids_of_records_without_one(folder: Folder) -> None:
    one = folder.ids("a.jsonl", lines({"isi": "A."}, {"isi": "B."}))
    assert len(set(one)) == 2
    assert one == folder.ids("a.jsonl", lines({"isi": "A."}, {"isi": "B."}, {"isi": "C."}))[:2]


# --- Bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "a.txt: empty"),
        ("a.html", b" \n\n", "a.html: empty"),
        ("a.jsonl", b"\xef\xbb\xbf", "a.jsonl: empty"),
        ("a.txt", bytes(range(256)) * 40, "a.txt: binary, not text"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "a.html: binary, not text"),
        ("a.txt", b"\x00" * 100, "a.txt: binary, not text"),
        ("a.json", b"PK\x03\x04 zip", "a.json: a damaged or cut-off zip"),
        ("a.json", b'{"judul": "B"', "a.json:1: broken JSON: Expecting ',' delimiter"),
        ("a.json", b"[]", "a.json: holds no records"),
        (
            "a.csv",
            b"suka,duka\n1,2\n",
            "no line names a column of ours, such as judul or isi",
        ),
        ("a.html", b"<html><body><nav><a href=x>Beranda</a></nav></body></html>", "not an article"),
        ("a.jsonl", b"[" * 100_000, "JSON nested too deeply"),
        ("a.jsonl", b'{"a":' * 100_000, "JSON nested too deeply"),
        ("a.jsonl", b'{"isi": ' + b"9" * 5000 + b"}", "broken JSON"),
    ],
)
def test_one_line_says_what_is_wrong(folder: Folder, name: str, data: bytes, reason: str) -> None:
    found = folder.read(name, data)
    assert [type(item) for item in found] == [Problem]
    assert reason in folder.reasons(name, data)[0]


def test_a_broken_line_names_itself(folder: Folder) -> None:
    data = lines(RECORD) * 6 + '{"judul": "rusak"\n' + lines({**RECORD, "id": "a-8"})
    assert folder.reasons("a.jsonl", data) == ["a.jsonl:7: broken JSON: Expecting ',' delimiter"]
    assert folder.ids("a.jsonl", data)[-1] == "a-8"


def test_a_broken_array_keeps_what_came_before(folder: Folder) -> None:
    data = json.dumps([RECORD, RECORD], indent=1)[:-40]
    assert folder.ids("a.json", data) == ["a-1"]
    assert len(folder.reasons("a.json", data)) == 1


def test_what_only_calls_itself_json_lines_is_given_up(folder: Folder) -> None:
    reasons = folder.reasons("a.jsonl", "bukan json\n" * 5000)
    assert len(reasons) == 51
    assert reasons[-1] == "a.jsonl: no JSON in its first 50 lines: not read on"


def test_nul_bytes_are_left_out(folder: Folder) -> None:
    data = lines(RECORD).replace("deras", "de\0ras")
    assert folder.reasons("a.jsonl", data) == ["a.jsonl:1: NUL bytes left out"]
    assert folder.ids("a.jsonl", data) == ["a-1"]
    assert folder.reasons("a.txt", f"Banjir\n\n{BODY * 9}\0") == ["a.txt: NUL bytes left out"]


def test_bytes_that_are_not_utf8_are_said_once(folder: Folder) -> None:
    data = '{"isi": "“Banjir” surut."}\n'.encode("cp1252") * 3
    found = folder.read("a.jsonl", data)
    assert folder.reasons("a.jsonl", data) == [
        "a.jsonl:1: bytes that are not UTF-8, read as cp1252"
    ]
    assert [a.body for a in found if isinstance(a, Article)] == ["“Banjir” surut."] * 3


def test_a_truncated_gzip_keeps_its_whole_lines(folder: Folder) -> None:
    records = [{**RECORD, "id": f"a-{n}", "isi": os.urandom(64).hex()} for n in range(2000)]
    data = gzip.compress(lines(*records).encode())[:-20_000]
    ids = folder.ids("a.jsonl.gz", data)
    (reason,) = folder.reasons("a.jsonl.gz", data)
    assert len(ids) > 500
    assert ids == [f"a-{n}" for n in range(len(ids))]
    assert "cut off or damaged after line" in reason


@pytest.mark.parametrize("name", ["a.html.gz", "a.txt.gz", "a.json.gz"])
def test_other_truncated_gzips_are_skipped(folder: Folder, name: str) -> None:
    data = gzip.compress(os.urandom(300_000).hex().encode())[:-1000]
    (reason,) = folder.reasons(name, data)
    assert "cut off or damaged" in reason
    assert "damaged gzip" in folder.reasons(name, b"\x1f\x8b rusak sama sekali")[0]


def test_too_large_for_one_article(folder: Folder) -> None:
    for name in ("a.txt", "a.html"):
        (reason,) = folder.reasons(name, (HTML if "html" in name else BODY) * 30_000, whole=1 << 20)
        cure = "split it if it holds several"
        assert reason == f"{name}: larger than 1 MB: too large for one article; {cure}"


@pytest.mark.parametrize("more", [0, 1])
def test_the_largest_article_that_may_be(folder: Folder, more: int) -> None:
    """A file, a page and a record of just the size are read; one letter more is a line."""
    size = 2000 + more
    cases = {
        "a.txt": f"Panen Raya di Lirih\n\n{'x' * size}",
        "a.jsonl": lines({**RECORD, "isi": "x" * size}),
    }
    for name, text in cases.items():
        if more:
            (reason,) = folder.reasons(name, text, text=2000)
            assert "' has over 2,000 characters: too large for one article;" in reason
        else:
            assert len(folder.ids(name, text, text=2000)) == 1
    data = b"Panen Raya\n\nWarga panen.\n"
    assert len(folder.read("a.txt", data, whole=len(data) - more)) == 1
    found = [type(item) for item in folder.read("a.txt", data, whole=len(data) - more)]
    assert found == [Problem if more else Article]


def test_a_gzip_bomb_is_not_read_on(folder: Folder) -> None:
    bomb = gzip.compress((lines(RECORD) + " " * 1000 + "\n").encode() * 5000)
    (reason,) = folder.reasons("a.jsonl.gz", bomb, free=1 << 20)
    assert "unpacks to over 200 times its size: not read on" in reason
    (reason,) = folder.reasons("a.html.gz", gzip.compress(HTML.encode() * 9000), whole=1 << 20)
    assert "larger than 1 MB" in reason


def test_a_small_gzip_may_pack_as_well_as_it_likes(folder: Folder) -> None:
    notices = "".join(
        lines({**RECORD, "id": f"a-{n}", "isi": "Harga tetap. " * 200}) for n in range(1500)
    )
    packed = gzip.compress(notices.encode())
    assert len(notices) > 200 * len(packed)
    assert len(folder.ids("a.jsonl.gz", packed)) == 1500
    just = folder.ids("a.jsonl.gz", packed, free=len(notices))
    assert len(just) == 1500
    (reason,) = folder.reasons("a.jsonl.gz", packed, free=len(notices) - 1)
    assert "unpacks to over 200 times its size: not read on" in reason


def test_a_line_that_is_too_long_is_passed_over(folder: Folder) -> None:
    data = lines(RECORD, {**RECORD, "isi": "x" * (3 << 20)}, {**RECORD, "id": "a-3"})
    assert folder.ids("a.jsonl", data, line=1 << 20) == ["a-1", "a-3"]
    assert folder.reasons("a.jsonl", data, line=1 << 20) == ["a.jsonl:2: a line of more than 1 MB"]


def test_a_quotation_never_closed(folder: Folder) -> None:
    data = f'id,isi\na-1,{BODY}\na-2,"{"x " * 99_000}\na-3,{BODY}\n'
    assert folder.ids("a.csv", data) == ["a-1", "a-2", "a-3"]
    (reason,) = folder.reasons("a.csv", data)
    assert reason.startswith("a.csv:3: a quotation that never ends")


def test_a_hundred_thousand_nested_elements(folder: Folder) -> None:
    found = folder.read("a.html", "<div>" * 100_000 + f"<p>{BODY}</p>")
    assert len(found) == 1


def test_an_unreadable_file() -> None:
    with open_folder() as folder:
        path = folder / "a.txt"
        path.write_text(BODY)
        assert isinstance(next(read_file(SourceFile(path, "x/a.txt", 9, 0))), Article)
        path.chmod(0)
        with as_nobody():
            (problem,) = read_file(SourceFile(path, "x/a.txt", 9, 0))
        assert str(problem) == f"{path}: cannot be read: Permission denied"


def test_a_file_that_has_vanished(folder: Folder) -> None:
    (problem,) = read_file(SourceFile(folder.path / "a.txt", "x/a.txt", 9, 0))
    assert isinstance(problem, Problem)
    assert problem.reason == "cannot be read: No such file or directory"


@given(
    data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.jsonl", "a.csv", "a.json", "a"])
)
@example(data=b"\r!", name="a.csv")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_bytes_are_read_without_raising(folder: Folder, data: bytes, name: str) -> None:
    for prefix in (b"", b"[{", b'{"isi": "', b"judul,isi\n", b"\x1f\x8b", b"---\n"):
        assert all(isinstance(f, (Article, Problem)) for f in folder.read(name, prefix + data))


# --- What it costs --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_memory_does_not_grow_with_the_file(folder: Folder, name: str) -> None:
    path = folder.path / name
    with path.open("w") as out:
        out.write("judul,isi\n" if name == "a.csv" else "")
        for _ in range(8000):
            out.write(f"Banjir,{BODY * 20}\n" if name == "a.csv" else lines({"isi": BODY * 20}))
    tracemalloc.start()
    count = sum(1 for _ in read_file(SourceFile(path, "x/a", path.stat().st_size, 0)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 8000
    assert peak < path.stat().st_size / 3


def test_importing_loads_no_parser() -> None:
    heavy = "bs4 lxml selectolax ftfy charset_normalizer".split()
    code = f"import sys, kliping.corpus; sys.exit(bool(set({heavy}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0


def test_a_folder_of_everything(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.read("a.html", HTML)
    folder.read("b.jsonl.gz", gzip.compress(lines(RECORD, {}).encode()))
    folder.read("c.txt", f"Banjir Wening\n\n{BODY}")
    folder.read("d.png", b"\x89PNG")
    found = [
        item
        for file in find_files([tmp_path])
        for item in (read_file(file) if isinstance(file, SourceFile) else [file])
    ]
    assert sum(isinstance(item, Article) for item in found) == 3
    assert [item.kind for item in found if isinstance(item, Problem)] == ["skipped", "ignored"]
