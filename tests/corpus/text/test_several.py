"""Many articles in one text, told by their heads; and one article, however it is divided."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.text.several import preamble, split_texts

_TEXTS = (
    "Pasar Lirih dibuka kembali pada Senin pagi setelah dua bulan diperbaiki.",
    "Sebanyak empat puluh pedagang menempati kios baru di lantai satu.",
    "Jembatan Wening selesai dibangun pekan ini oleh warga dua desa.",
)
_TITLES = ("Pasar Lirih dibuka lagi", "Pedagang menempati kios", "Jembatan Wening rampung")
_DATES = ("19/07/2022", "20/07/2022", "23/07/2022")
_LINKS = tuple(f"https://contoh.id/2022/07/{day}/berita" for day in (19, 20, 23))
_ALL = list(zip(_TITLES, _DATES, _LINKS, _TEXTS, range(1, 4), strict=True))

# How one article is written, and what stands between two.
SHAPES = {
    "date, address, headline": ("{d}\n{u}\n{t}\n{x}", "\n\n"),
    "address, headline": ("{u}\n{t}\n\n{x}", "\n\n\n"),
    "headline, address": ("{t}\n{u}\n\n{x}", "\n\n"),
    "headline, date": ("{t}\nSelasa, {d} 10:05 WIB\n\n{x}", "\n\n"),
    "headline, author, date": ("{t}\nPenulis: Rina Sari\n{d}\n\n{x}", "\n\n"),
    "no blank line": ("{t}\n{d}\n{x}", "\n"),
    "fields by name": ("Judul: {t}\nTanggal: {d}\nLink: {u}\nIsi: {x}", "\n\n"),
    "fields, text below": ("Judul: {t}\nTanggal: {d}\n\n{x}", "\n\n"),
    "fields and rules": ("Title: {t}\nPublication date: {d}\nURL: {u}\nIsi:\n{x}", "\n=====\n"),
    "rules": ("{t}\n\n{x}", "\n==========\n"),
    "starred rules": ("{t}\n{x}", "\n\n* * * * *\n\n"),
    "rules and dates": ("{t}\n{d}\n{x}", "\n--------------------\n"),
    "numbers": ("Berita ke-{n}\n{t}\n\n{x}", "\n\n"),
    "numbers of all": ("Document {n} of 3\n\n{t}\n\n{x}", "\n\n"),
    "bare numbers": ("{n}.\n{t}\n{x}", "\n\n"),
    "front matter": ("---\ntitle: {t}\ndate: 2022-07-{n}\n---\n\n{x}", "\n\n"),
}


def made(shape: str) -> str:
    one, between = SHAPES[shape]
    return between.join(one.format(t=t, d=d, u=u, x=x, n=n) for t, d, u, x, n in _ALL)


def read(folder: Path, text: str, name: str = "a.txt") -> tuple[list[Article], list[str]]:
    (folder / name).write_text(text, encoding="utf-8")
    items = list(read_file(SourceFile(folder / name, f"x/{name}", len(text), 0)))
    articles = [item for item in items if isinstance(item, Article)]
    return articles, [item.reason for item in items if isinstance(item, Problem)]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_article_is_one(tmp_path: Path, shape: str) -> None:
    articles, reasons = read(tmp_path, made(shape))
    assert [article.body for article in articles] == list(_TEXTS)
    assert [article.title for article in articles] == list(_TITLES)
    assert reasons == ["3 articles in one text, read one by one"]
    assert len({article.id for article in articles}) == 3
    if "{d}" in SHAPES[shape][0]:
        days = [article.published and f"{article.published:%d/%m/%Y}" for article in articles]
        assert days == list(_DATES)
    if "{u}" in SHAPES[shape][0]:
        assert [article.url for article in articles] == list(_LINKS)


@pytest.mark.parametrize(
    "text",
    [
        # A chronicle: dates inside of one article.
        f"Kronologi banjir Wening\n\n19 Juli 2022\n{_TEXTS[0]}\n\n20 Juli 2022\n{_TEXTS[1]}",
        f"Kronologi\n{_DATES[0]}\n\n{_TEXTS[0]}\n\n{_DATES[1]}\n\n{_TEXTS[1]}",
        # Addresses at its end, or among its paragraphs.
        f"{_TITLES[0]}\n{_LINKS[0]}\n\n{_TEXTS[0]}\n\nBacaan\n{_LINKS[1]}\n{_LINKS[2]}",
        f"{_TITLES[0]}\n\n{_TEXTS[0]}\n\n{_LINKS[1]}\n\n{_TEXTS[1]}\n\n{_LINKS[2]}",
        # Rules and stars between its sections.
        f"{_TITLES[0]}\n\n{_TEXTS[0]}\n\n*****\n\n{_TEXTS[1]}\n\n*****\n\n{_TEXTS[2]}",
        f"{_TITLES[0]}\n=======================\n\n{_TEXTS[0]}\n\n{_TEXTS[1]}",
        f"{_TITLES[0]}\n\n{_TEXTS[0]}\n-----\nRina Sari, Kontributor",
        # A list, and an interview.
        f"{_TITLES[0]}\n\n{_TEXTS[0]}\n1. Beras\n2. Gula\n3. Kopi\n\n{_TEXTS[1]}",
        f"{_TITLES[0]}\n\nTanya: Apa kabar?\nJawab: {_TEXTS[0]}\n\nTanya: Lalu?\nJawab: Baik.",
        f"{_TITLES[0]}\nPenulis: Rina Sari\n\n{_TEXTS[0]}\n\nPenulis: Rina Sari\nEditor: Bagas",
        f"{_DATES[0]}\n{_TITLES[0]}\n{_TEXTS[0]}",
        "2022\n\n2023\n\n2024",
        "",
    ],
)
def test_one_article_stays_one(text: str) -> None:
    assert split_texts(text) == [(1, text)]


@pytest.mark.parametrize(
    "head",
    [
        f"{_DATES[0]}\n{_LINKS[0]}\n{_TITLES[0]}",
        f"{_LINKS[0]}\n{_TITLES[0]}\nSenin, 19 Juli 2022 | 10:05 WIB",
        f"{_TITLES[0]}\n{_LINKS[0]}",
        f"Sumber: {_LINKS[0]}\n\n{_TITLES[0]}",
        f"title: {_TITLES[0]}\nauthor: Rina Sari\ndate: 2022-07-19\nurl: {_LINKS[0]}",
    ],
)
def test_a_date_and_an_address_are_no_headline(tmp_path: Path, head: str) -> None:
    (article,), _ = read(tmp_path, f"{head}\n\n{_TEXTS[0]}\n\n{_TEXTS[1]}")
    assert (article.title, article.url) == (_TITLES[0], _LINKS[0])
    assert article.published
    assert article.published.day == 19
    assert article.body == f"{_TEXTS[0]}\n\n{_TEXTS[1]}"


def test_an_address_named_at_the_end_is_the_articles(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, f"{_TITLES[0]}\n\n{_TEXTS[0]}\n\nSumber: {_LINKS[0]}")
    assert (article.url, article.body) == (_LINKS[0], _TEXTS[0])


@pytest.mark.parametrize("shape", SHAPES)
def test_what_stands_above_them_all_is_told(tmp_path: Path, shape: str) -> None:
    articles, reasons = read(tmp_path, f"KLIPING JULI 2022\n\n{made(shape)}")
    if shape in {"rules", "starred rules", "front matter"}:  # a headline is what marks an article
        return
    assert [article.title for article in articles] == list(_TITLES)
    assert reasons[1] == "left out above the first article: 'KLIPING JULI 2022'"


@given(st.lists(st.sampled_from([*_TITLES, *_TEXTS, *_DATES, *_LINKS, "", "=====", "1."])))
def test_no_line_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    texts = split_texts(text)
    above = preamble(text, texts[0][0]).split(" / ")
    kept = "\n".join([*above, *(part for _, part in texts)]).split("\n")
    assert [x for x in lines if x.strip("=1.")] == [x for x in kept if x.strip("=1.")]


TREC = f"""<DOC>
<DOCNO> kabar-001 </DOCNO>
<DATE>2022-07-19</DATE>
<HEADLINE>{_TITLES[0]}</HEADLINE>
<TEXT>
<P>{_TEXTS[0]}</P>
<P>{_TEXTS[1]}</P>
</TEXT>
</DOC>
<DOC><DOCNO>kabar-002</DOCNO><HL>{_TITLES[1]}</HL><LP>{_TEXTS[1]}</LP><TEXT>{_TEXTS[2]}</TEXT></DOC>
<DOC><DOCNO>kabar-003</DOCNO>
{_TEXTS[2]}
"""


@pytest.mark.parametrize("name", ["a.txt", "a.sgml", "a.xml", "a"])
def test_trec(tmp_path: Path, name: str) -> None:
    articles, reasons = read(tmp_path, TREC, name)
    assert [article.id for article in articles] == ["kabar-001", "kabar-002", "kabar-003"]
    assert [article.title for article in articles] == [*_TITLES[:2], None]
    assert [article.body for article in articles] == [
        f"{_TEXTS[0]}\n\n{_TEXTS[1]}",
        f"{_TEXTS[1]}\n\n{_TEXTS[2]}",
        _TEXTS[2],
    ]
    assert reasons == ["a <DOC> that is never closed, read to the end"]


def test_documents_with_their_fields_as_attributes(tmp_path: Path) -> None:
    text = "".join(
        f'<doc id="{n}" url="{u}" title="{t}">\n{t}\n\n{x}\n</doc>\n' for t, _, u, x, n in _ALL
    )
    articles, _ = read(tmp_path, text)
    assert [(a.id, a.title, a.url) for a in articles] == [(str(n), t, u) for t, _, u, _, n in _ALL]
    assert [article.body for article in articles] == list(_TEXTS)


@pytest.mark.parametrize("line", ["1", "a\n=====", "- - - - -\nKabar", "1 Mei 2024"])
def test_tens_of_thousands_of_lines_take_no_time(line: str) -> None:
    start = time.process_time()
    split_texts(f"{line}\n" * 20_000)
    assert time.process_time() - start < 3
