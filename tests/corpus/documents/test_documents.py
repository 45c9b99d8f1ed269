"""PDF and Word documents: their words in order, and a reason where they have none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from tests.corpus.documents import making as made

pytest.importorskip("pypdfium2", reason="needs the extra documents")
pytest.importorskip("mammoth", reason="needs the extra documents")

TITLE = "Pasar Lirih Dibuka Lagi"
_TEXTS = (
    "Pasar Lirih dibuka kembali pada Senin pagi setelah dua bulan diperbaiki, dan sebanyak empat"
    " puluh pedagang langsung menempati kios baru di lantai satu.",
    "Kepala Pasar Lirih Bagas Wirya mengatakan perbaikan menelan biaya Rp 2,1 miliar yang diambil"
    " dari anggaran kota tahun ini.",
    "Anak-anak sekolah menyeberang dengan rakit bambu yang ditarik bergantian oleh para orang tua"
    " mereka setiap pagi, sementara para pedagang menyeberang dengan perahu.",
    "Pemerintah kabupaten menjanjikan jembatan beton di atas Sungai Lirih, tetapi lelangnya baru"
    " dibuka tahun depan setelah anggaran disahkan oleh dewan.",
)
TEXTS = [f"Kabar ke-{n}. {text}" for n in range(4) for text in _TEXTS]


def read(folder: Path, data: bytes, name: str) -> tuple[list[Article], list[str]]:
    (folder / name).write_bytes(data)
    items = list(read_file(SourceFile(folder / name, f"x/{name}", len(data), 0)))
    articles = [item for item in items if isinstance(item, Article)]
    return articles, [item.reason for item in items if isinstance(item, Problem)]


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("rows", [False, True])
@pytest.mark.parametrize("texts", [TEXTS[:6], TEXTS])
def test_columns_are_read_one_after_another(
    tmp_path: Path, columns: int, rows: bool, texts: list[str]
) -> None:
    data = made.newspaper(TITLE, texts, columns=columns, rows=rows)
    (article,), problems = read(tmp_path, data, "a.pdf")
    assert article.title == TITLE
    assert article.body.split() == " ".join(texts).split()
    assert problems == []
    assert article.published
    assert f"{article.published:%Y-%m-%d}" == "2024-03-11"


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_stay_what_they_were(tmp_path: Path, columns: int) -> None:
    data = made.newspaper(TITLE, TEXTS, columns=columns)
    (article,), _ = read(tmp_path, data, "a.pdf")
    assert article.body.split("\n\n") == TEXTS


def test_a_page_that_a_browser_printed(tmp_path: Path) -> None:
    url = "https://www.kabarwening.example/daerah/2024/03/11/pasar-lirih"
    (article,), _ = read(tmp_path, made.printed(url, TITLE, TEXTS[:8]), "a.pdf")
    assert (article.title, article.url) == (TITLE, url)
    assert article.body.split("\n\n") == TEXTS[:8]
    assert article.published
    assert f"{article.published:%Y-%m-%d}" == "2024-03-11"


def test_words_parted_at_the_end_of_a_line(tmp_path: Path) -> None:
    lines = ["Anak-", "anak menye-", "berang ke-", "2 kali, non-", "Muslim juga.", "x" * 30]
    sheet = made.Sheet()
    for at, line in enumerate([*lines, *TEXTS[:2]]):
        sheet.put(40, 700 - 13 * at, line)
    (article,), _ = read(tmp_path, made.pdf(sheet), "a.pdf")
    assert article.body.startswith("Anak-anak menyeberang ke-2 kali, non-Muslim juga.")


def test_two_articles_on_one_page(tmp_path: Path) -> None:
    sheet = made.Sheet()
    for top, title, texts in (
        (750, TITLE, TEXTS[:4]),
        (400, "Jembatan Wening Rampung", TEXTS[4:8]),
    ):
        sheet.put(40, top, title, 18)
        y = top - 30
        for text in texts:
            for part in made.textwrap.wrap(text, 80):
                sheet.put(40, y, part)
                y -= 13
            y -= 10
    articles, _ = read(tmp_path, made.pdf(sheet), "a.pdf")
    assert [article.title for article in articles] == [TITLE, "Jembatan Wening Rampung"]
    assert [article.body.split("\n\n") for article in articles] == [TEXTS[:4], TEXTS[4:8]]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (made.pdf(made.Sheet()), "a.pdf", "a PDF without text, scanned perhaps"),
        (b"%PDF-1.7\nrusak", "a.pdf", "a damaged PDF"),
        (Path("tests/data/terkunci.pdf"), "a.pdf", "an encrypted PDF"),
        (made.word(""), "a.docx", "a Word document without text"),
        (made.word(made.paragraph("Isi."))[:-60], "a.docx", "a damaged Word document"),
    ],
)
def test_why_a_document_gives_nothing(
    tmp_path: Path, data: bytes | Path, name: str, reason: str
) -> None:
    content = data.read_bytes() if isinstance(data, Path) else data
    articles, (problem,) = read(tmp_path, content, name)
    assert articles == []
    assert problem.startswith(reason)


def test_a_word_document(tmp_path: Path) -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    cells = "".join(f"<w:tc>{made.paragraph(text)}</w:tc>" for text in ("Beras", "15.000"))
    body = (
        made.paragraph(TITLE, "Title")
        + made.paragraph("Oleh: Rina Sari")
        + made.paragraph("Senin, 11 Maret 2024")
        + made.paragraph(TEXTS[0], more=note)
        + made.paragraph("Harga pagi ini", "H2")
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        + f"<w:p><w:del><w:r><w:delText>{TEXTS[1]}</w:delText></w:r></w:del></w:p>"
        + made.paragraph(TEXTS[2])
    )
    (article,), problems = read(tmp_path, made.word(body, "Wawancara, 10 Maret."), "a.docx")
    assert problems == []
    assert (article.title, article.authors) == (TITLE, ("Rina Sari",))
    assert article.published
    assert article.published.day == 11
    paragraphs = article.body.split("\n\n")
    assert paragraphs[:3] == [TEXTS[0], "Harga pagi ini", "Beras | 15.000"]
    assert paragraphs[3] == TEXTS[2]
    assert "Wawancara, 10 Maret." in paragraphs[4]
    assert len(paragraphs) == 5


def test_several_articles_in_a_word_document(tmp_path: Path) -> None:
    body = "".join(
        made.paragraph(title, "H1") + "".join(map(made.paragraph, texts))
        for title, texts in ((TITLE, TEXTS[:3]), ("Jembatan Rampung", TEXTS[3:6]))
    )
    articles, _ = read(tmp_path, made.word(body), "a.docx")
    assert [article.title for article in articles] == [TITLE, "Jembatan Rampung"]
    assert [article.body.split("\n\n") for article in articles] == [TEXTS[:3], TEXTS[3:6]]


@pytest.mark.parametrize(("name", "library"), [("a.pdf", "pypdfium2"), ("a.docx", "mammoth")])
def test_a_missing_library_is_named(
    tmp_path: Path, name: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(module: str, *rest: Any, **more: Mapping[str, Any]) -> Any:
        if module == library:
            raise ImportError(module)
        return real(module, *rest, **more)

    from kliping.corpus.containers import libraries

    real = libraries.import_module
    monkeypatch.setattr(libraries, "import_module", without)
    data = made.newspaper(TITLE, TEXTS) if name == "a.pdf" else made.word("")
    _, (reason,) = read(tmp_path, data, name)
    assert reason == f"needs {library}; try: pip install 'kliping[documents]'"
