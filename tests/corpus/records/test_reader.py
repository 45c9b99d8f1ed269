"""A row of somebody's CSV or JSON becomes an article."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.article import Article
from kliping.corpus.files import Problem
from kliping.corpus.records.reader import RecordReader
from kliping.corpus.text.dates import WIB

BODY = "Hujan deras mengguyur Kota Wening sejak Senin pagi."
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from("id judul isi tanggal penulis sumber url kategori tags lain".split())


def read(record: object) -> list[Article | Problem]:
    return list(RecordReader("a.jsonl", "x/a.jsonl").read(record, line=7, number=3))


def article(record: object) -> Article:
    (found,) = read(record)
    assert isinstance(found, Article)
    return found


def test_indonesian_names() -> None:
    found = article(
        {
            "ID": 12,
            "Judul": " Banjir  Wening ",
            "Isi": f"{BODY}\n\nWarga mengungsi.",
            "Tanggal": "Senin, 21 Januari 2019 / 22:05 WIB",
            "Penulis": "Rina Sari",
            "Sumber": "Kabar Wening",
            "Rubrik": "Daerah",
            "Tag": "banjir, #Wening; hujan",
            "Tautan": "https://contoh.id/a",
        }
    )
    assert found == Article(
        id="12",
        title="Banjir Wening",
        body=f"{BODY}\n\nWarga mengungsi.",
        authors=("Rina Sari",),
        published=datetime(2019, 1, 21, 22, 5, tzinfo=WIB),
        source="Kabar Wening",
        section="Daerah",
        tags=("banjir", "Wening", "hujan"),
        url="https://contoh.id/a",
        path="a.jsonl",
        language="id",
    )


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("headline", "Banjir", "title", "Banjir"),
        ("TITLE", "Banjir", "title", "Banjir"),
        ("author", {"name": "Rina Sari"}, "authors", ("Rina Sari",)),
        (
            "authors",
            [{"name": "Rina Sari"}, "Budi Wening"],
            "authors",
            ("Rina Sari", "Budi Wening"),
        ),
        ("author", "Rina Sari dan Budi Wening", "authors", ("Rina Sari", "Budi Wening")),
        ("reporter", "Dr. Rina Sari, S.Sos (rina@contoh.id)", "authors", ("Rina Sari",)),
        ("author", "Tim Redaksi", "authors", ("Tim Redaksi",)),
        ("author", 7, "authors", ()),
        ("source", "https://www.contoh.id/a", "source", "contoh.id"),
        ("publisher", {"@type": "Organization", "name": "Kabar Wening"}, "source", "Kabar Wening"),
        ("category", ["News", "Daerah"], "section", "News / Daerah"),
        ("keywords", ["banjir", None, 5, "Banjir"], "tags", ("banjir", "5")),
        ("published_at", 1570639867, "published", datetime(2019, 10, 9, 23, 51, 7, tzinfo=WIB)),
        ("date", 1570639867000, "published", datetime(2019, 10, 9, 23, 51, 7, tzinfo=WIB)),
        ("date", "1570639867", "published", datetime(2019, 10, 9, 23, 51, 7, tzinfo=WIB)),
        ("date", {"$date": "2019-10-09"}, "published", datetime(2019, 10, 9, tzinfo=WIB)),
        ("date", None, "published", None),
        ("date", "", "published", None),
        ("date", True, "published", None),
        ("_id", {"$oid": "5d9e"}, "id", "5d9e"),
        ("doc id", "7", "id", "7"),
        ("updated_at", 1570639867, "modified", datetime(2019, 10, 9, 23, 51, 7, tzinfo=WIB)),
        ("Diperbarui", "9 Okt 2019 23.51", "modified", datetime(2019, 10, 9, 23, 51, tzinfo=WIB)),
        ("bahasa", "Jawa", "language", "jv"),
        ("lang", "fr_FR", "language", "fr"),
        ("gambar", "https://contoh.id/7.jpg", "image", "https://contoh.id/7.jpg"),
        ("image", {"url": "//contoh.id/7.jpg", "width": 9}, "image", None),
        ("image", [{"src": "https://contoh.id/7.jpg"}], "image", "https://contoh.id/7.jpg"),
        ("image", "foto/7.jpg", "image", None),
        ("thumbnail", [], "image", None),
        ("foto", 1, "image", None),
        ("Keterangan Foto", "<p>Warga  &amp; bambu</p>", "caption", "Warga & bambu"),
        ("caption", None, "caption", None),
    ],
)
def test_names_and_shapes(name: str, value: object, field: str, expected: object) -> None:
    assert getattr(article({"isi": BODY, name: value}), field) == expected


def test_a_picture_beside_the_address() -> None:
    record = {"isi": BODY, "url": "https://contoh.id/a/b", "image": "/foto/7.jpg"}
    assert article(record).image == "https://contoh.id/foto/7.jpg"


def test_modified_before_it_was_published_is_no_moment() -> None:
    dates = {"tanggal": "2019-10-09 10:00", "diperbarui": "2019-10-09 09:59"}
    assert article({"isi": BODY, **dates}).modified is None
    assert article({"isi": BODY, **dates, "diperbarui": "2019-10-09 10:00"}).modified


def test_a_moment_that_cannot_be_understood_is_said() -> None:
    problem, found = read({"isi": BODY, "diperbarui": "kapan-kapan"})
    assert isinstance(problem, Problem)
    assert problem.reason == "the date 'kapan-kapan' cannot be understood: left out"
    assert isinstance(found, Article)


def test_a_language_that_says_nothing_is_left_to_the_detector() -> None:
    body = f"{BODY} Warga mengungsi ke balai desa karena air masih naik."
    assert article({"isi": body, "language": "entah"}).language == article({"isi": body}).language


def test_the_first_name_that_is_given_wins() -> None:
    assert article({"text": "Lain.", "isi": BODY, "judul": "", "title": "B"}).body == BODY
    assert article({"judul": "", "title": "B", "isi": BODY}).title == "B"


def test_markup_and_entities_in_a_body() -> None:
    body = "<p>Hujan <b>deras</b>.<br/>Air naik &amp; surut.</p><script>x()</script><p>Tamat.</p>"
    assert article({"body": body}).body == "Hujan deras.\n\nAir naik & surut.\n\nTamat."
    assert article({"body": "5 < 7 dan 7 > 5"}).body == "5 < 7 dan 7 > 5"


def test_wrapped_exports() -> None:
    assert article({"_id": "1", "_source": {"judul": "B", "isi": BODY}}).title == "B"


def test_without_its_own_id() -> None:
    by_url = article({"isi": BODY, "url": "http://contoh.id/a/"})
    assert by_url.id == article({"isi": "Lain.", "url": "https://contoh.id/a"}).id
    assert article({"isi": BODY}).id != by_url.id


def test_mojibake_is_repaired_and_counted() -> None:
    reader = RecordReader("a.jsonl", "x")
    (found,) = reader.read({"isi": "‚ÄúBanjir‚Äù surut."})
    assert isinstance(found, Article)
    assert found.body == "“Banjir” surut."
    assert [str(note) for note in reader.notes()] == [
        "a.jsonl: mojibake (UTF-8 read as another encoding) repaired in 1 text"
    ]


def test_unmapped_fields_make_one_note() -> None:
    reader = RecordReader("a.jsonl", "x")
    for _ in range(3):
        list(reader.read({"isi": BODY, "suka": 1, "jumlah komentar": 2}))
    (note,) = reader.notes()
    assert note.kind == "note"
    assert note.reason.endswith("ignored: suka, jumlah komentar")


def test_a_nonsense_date_is_left_out_and_said() -> None:
    problem, found = read({"isi": BODY, "tanggal": "31 Februari 2019"})
    assert isinstance(problem, Problem)
    assert isinstance(found, Article)
    assert found.published is None
    assert problem.kind == "repaired"
    assert str(problem) == "a.jsonl:7: the date '31 Februari 2019' cannot be understood: left out"


def test_the_url_dates_what_has_no_date() -> None:
    found = article({"isi": BODY, "url": "https://contoh.id/read/2019/09/10/judul"})
    assert found.published == datetime(2019, 9, 10, tzinfo=WIB)


def test_day_and_month_swapped_by_a_spreadsheet() -> None:
    url = "https://contoh.id/read/2019/09/10/judul"
    found = article({"isi": BODY, "date": "2019-10-09 21:48 WIB", "url": url})
    assert found.published == datetime(2019, 9, 10, 21, 48, tzinfo=WIB)
    other = article({"isi": BODY, "date": "2019-11-09 21:48 WIB", "url": url})
    assert other.published == datetime(2019, 11, 9, 21, 48, tzinfo=WIB)


@pytest.mark.parametrize("record", [{}, {"judul": None, "isi": " \n"}, {"suka": 1}, {"isi": []}])
def test_neither_title_nor_body(record: object) -> None:
    (problem,) = read(record)
    assert str(problem) == "a.jsonl:7: a record with neither title nor body"


def test_nothing_but_boilerplate() -> None:
    (problem,) = read({"isi": "Baca juga: Air Sungai Surut"})
    assert str(problem) == "a.jsonl:7: a record with nothing but boilerplate"


@pytest.mark.parametrize("record", [None, 5, "teks", [1], True])
def test_not_a_record(record: object) -> None:
    (problem,) = read(record)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("not a record with fields but a bare ")


def test_lone_surrogates_are_dropped() -> None:
    found = article({"id": "a\ud800", "judul": "B\udfffanjir", "isi": "Air\ud83d naik."})
    assert (found.id, found.title, found.body) == ("a", "Banjir", "Air naik.")


def test_dateline_and_boilerplate_leave_the_body() -> None:
    found = article(
        {"isi": f"WENING, KABAR.com - {BODY}\n\nBaca juga: Air Surut\n\nPenulis: Rina Sari"}
    )
    assert (found.body, found.source, found.authors) == (BODY, "kabar.com", ("Rina Sari",))


@given(st.dictionaries(NAMES, JSON, max_size=9))
def test_any_record_is_an_article_or_a_problem(record: dict[str, Any]) -> None:
    for found in read(record):
        assert isinstance(found, (Article, Problem))
        if isinstance(found, Article):
            assert found.id
            assert found.body or found.title
            assert found.published is None or found.published.tzinfo
            f"{found}".encode()  # no lone surrogate is left


def test_what_graphql_wraps() -> None:
    found = article(
        {
            "title": "Banjir Wening",
            "content": BODY,
            "author": {"node": {"name": "Rina Sari", "slug": "rina"}},
            "categories": {"nodes": [{"name": "Daerah"}]},
            "tags": {"edges": [{"node": {"name": "banjir"}}, {"node": {"name": "hujan"}}]},
            "featuredImage": {"node": {"sourceUrl": "https://contoh.id/a.jpg"}},
        }
    )
    assert (found.authors, found.section) == (("Rina Sari",), "Daerah")
    assert (found.tags, found.image) == (("banjir", "hujan"), "https://contoh.id/a.jpg")
