"""``docs/query-language.md``, example by example, against a handful of articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import kliping
from kliping.article import Article
from kliping.errors import QueryError
from kliping.query import parse
from kliping.query.periods import WIB

PAGE = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the rows of the table whose first cell is ``heading``, cell by cell."""
    table = PAGE.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return [re.split(r" \| ", line.strip("| ")) for line in table.splitlines()[2:]]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def day(*date: int) -> datetime:
    return datetime(*date, 9, 30, tzinfo=WIB)  # type: ignore[arg-type]


NOW = datetime.now(WIB)
TODAY = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
MONDAY = TODAY - timedelta(days=TODAY.weekday())
# When an article was published that the example finds; another is of 2019.
RELATIVE = {
    "tanggal:hari-ini": TODAY,
    "tanggal:kemarin": TODAY - timedelta(minutes=1),
    "tanggal:7-hari": TODAY - timedelta(days=6),
    "tanggal:2w": TODAY - timedelta(days=13),
    "tanggal:6m": TODAY - timedelta(days=179),
    "tanggal:1-tahun": TODAY - timedelta(days=364),
    "tanggal:minggu-lalu": MONDAY - timedelta(minutes=1),
    "tanggal:bulan-ini": TODAY.replace(day=1),
    "tanggal:tahun-lalu": TODAY.replace(month=1, day=1) - timedelta(minutes=1),
}
ARTICLES = (
    Article(
        id="cianjur",
        title="Gempa guncang Cianjur",
        body="Gempa bermagnitudo 5,6 menewaskan dua warga Cianjur. Gempa susulan terasa pukul "
        "12.30. Presiden berkunjung.",
        authors=("Rina Wening",),
        published=day(2024, 3, 12),
        source="Harian Wening",
        section="Daerah",
        tags=("gempa",),
        url="https://wening.example/gempa",
    ),
    Article(
        id="kabar",
        title="Warga menunggu kabar",
        body="Susulan gempa tidak terasa lagi. Seorang warga tewas karena sakit. Ada apa?",
        published=day(2023, 5, 1),
        source="Kabar Lirih",
    ),
    Article(
        id="jakarta",
        title="Banjir Jakarta surut",
        body="Banjir merendam sebagian kota. Anak-anak kembali bersekolah.",
        authors=("Dimas Arga",),
        published=day(2024, 3, 14),
        source="Kabar Lirih",
        section="Nasional",
    ),
    Article(
        id="bogor",
        title="Longsor di Bogor",
        body="Banjir serta longsor merusak kursi sekolah. Kabar hoaks beredar.",
        published=day(2024, 1, 5),
    ),
    Article(
        id="hakim",
        title="Koruptor diadili",
        body="Presiden Prabowo meminta kasus pengadaan diusut. Nilainya Rp 1.234.567.",
        published=day(2022, 8, 9),
        source="Kabar Lirih",
    ),
    Article(
        id="vaksin",
        title="Vaksin Covid-19 datang",
        body="Harga eceran beras tetap. Seorang anak mendapat vaksin Covid 19, naik 5%.",
        published=day(2021, 2, 3),
        source="Kabar Lirih",
    ),
)
EVERY = frozenset(article.id for article in ARTICLES)
QUAKES = {"cianjur", "kabar"}
FLOODS = {"jakarta", "bogor"}
EXPECTED = {
    "gempa cianjur": {"cianjur"},
    "menewaskan": QUAKES,
    "=menewaskan": {"cianjur"},
    '"gempa susulan"': {"cianjur"},
    '"harga beras"~3': {"vaksin"},
    "anak-anak": {"jakarta", "vaksin"},
    "covid-19": {"vaksin"},
    "1.234.567": {"hakim"},
    "korup*": {"hakim"},
    "pe*an": {"hakim"},
    "k?rsi": {"bogor"},
    "?ursi": {"bogor"},
    "prabwo~": {"hakim"},
    "prabwo~2": {"hakim"},
    "+banjir jakarta": {"jakarta"},
    "banjir -jakarta": {"bogor"},
    'banjir -"kabar hoaks"': {"jakarta"},
    "banjir -(jakarta OR depok)": {"bogor"},
    "banjir AND longsor": {"bogor"},
    "banjir DAN longsor": {"bogor"},
    "banjir OR longsor": FLOODS,
    "banjir ATAU longsor": FLOODS,
    "banjir NOT hoaks": {"jakarta"},
    "banjir BUKAN hoaks": {"jakarta"},
    "NOT hoaks": EVERY - {"bogor"},
    "BUKAN hoaks": EVERY - {"bogor"},
    "(banjir OR longsor) bogor": {"bogor"},
    "gempa^3 susulan": QUAKES,
    '"gempa susulan"^2': {"cianjur"},
    "judul:gempa": {"cianjur"},
    "title:gempa": {"cianjur"},
    "isi:gempa": QUAKES,
    "body:gempa": QUAKES,
    "penulis:rina": {"cianjur"},
    "wartawan:rina": {"cianjur"},
    "reporter:rina": {"cianjur"},
    "kategori:daerah": {"cianjur"},
    "kanal:daerah": {"cianjur"},
    "topik:gempa": {"cianjur"},
    "author:rina": {"cianjur"},
    "sumber:wening": {"cianjur"},
    "source:wening": {"cianjur"},
    "rubrik:daerah": {"cianjur"},
    "section:daerah": {"cianjur"},
    "tag:gempa": {"cianjur"},
    "url:wening": {"cianjur"},
    "judul:(gempa OR banjir)": {"cianjur", "jakarta"},
    'penulis:"rina wening"': {"cianjur"},
    "tanggal:2024": {"cianjur", *FLOODS},
    "tanggal:2024-03": {"cianjur", "jakarta"},
    "tanggal:2024-03-12": {"cianjur"},
    "tanggal:12/3/2024": {"cianjur"},
    "tahun:2024": {"cianjur", *FLOODS},
    'tanggal:"12 Maret 2024"': {"cianjur"},
    "tanggal:12 Maret 2024": {"cianjur"},
    'tanggal:"Maret 2024"': {"cianjur", "jakarta"},
    "tanggal:2023-2024": {"cianjur", "kabar", *FLOODS},
    "tanggal:2024-03-01..2024-03-13": {"cianjur"},
    "tanggal:>=2024": {"cianjur", *FLOODS},
    "tanggal:<2024-03": {"kabar", "bogor", "hakim", "vaksin"},
    "ada:penulis": {"cianjur", "jakarta"},
    "has:author": {"cianjur", "jakarta"},
    "penulis:*": {"cianjur", "jakarta"},
}
EXAMPLES = [code for row in rows("you type | it finds") for code in codes(row[0])]
MENDED = [codes(" | ".join(row)) for row in rows("you type | it is taken as")]
OFFERED = [codes(" | ".join(row)) for row in rows("you type | it offers")]


@pytest.fixture
def index(indexes, engine_name: str) -> kliping.Index:
    return indexes(ARTICLES, engine_name)


def found(index: kliping.Index, query: str, **options: object) -> list[str]:
    return [hit.article.id for hit in index.search(query, **options)]  # type: ignore[arg-type]


def test_what_every_example_finds_is_said_here() -> None:
    assert set(EXAMPLES) == EXPECTED.keys() | RELATIVE.keys()
    assert len(EXAMPLES) == len(set(EXAMPLES))


@pytest.mark.parametrize("query", EXPECTED)
def test_an_example_finds_what_the_page_says(index: kliping.Index, query: str) -> None:
    results = index.search(query, match="all")
    assert {hit.article.id for hit in results} == EXPECTED[query]
    assert results.notes == ()


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory, write_lines) -> Iterator[kliping.Index]:
    """An index of one article for each relative date, and an old one."""
    folder = tmp_path_factory.mktemp("dated")
    moments = {**RELATIVE, "lama": day(2019, 1, 1)}
    made = (Article(id=i, title=None, body="Kabar.", published=m) for i, m in moments.items())
    kliping.build(write_lines(folder / "articles.jsonl", made), folder / "index")
    with kliping.open(folder / "index") as index:
        yield index


@pytest.mark.parametrize("query", RELATIVE)
def test_a_relative_date_counts_from_today(dated: kliping.Index, query: str) -> None:
    hits = found(dated, query)
    assert query in hits
    assert "lama" not in hits
    assert ("tanggal:hari-ini" in hits) == (query in {
        "tanggal:hari-ini", "tanggal:7-hari", "tanggal:bulan-ini",
        "tanggal:2w", "tanggal:6m", "tanggal:1-tahun",
    })  # fmt: skip


@pytest.mark.parametrize("query", [q for q in EXAMPLES if q.startswith("tanggal:")])
def test_the_options_take_the_dates_of_the_page(index: kliping.Index, query: str) -> None:
    period = query.removeprefix("tanggal:")
    named = {"since": None} if period[0] == "<" else {"since": period}
    named |= {} if period[0] == ">" else {"until": period}
    assert set(found(index, "", **named)) == set(found(index, query))


@pytest.mark.parametrize(("typed", "meant"), MENDED)
def test_what_is_mended_finds_what_it_is_taken_as(
    index: kliping.Index, typed: str, meant: str
) -> None:
    assert found(index, typed) == found(index, meant)
    assert parse(typed).notes
    assert not parse(meant).notes


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12:30", {"cianjur"}),
        ("https://wening.example/gempa", set()),
        ("5%", {"cianjur", "vaksin"}),
        ("R&D", set()),
        ("kursi?", {"bogor"}),
        ("judul:", set()),
        ("-", set()),
    ],
)
def test_what_is_text_from_the_start_is_not_mended(
    index: kliping.Index, typed: str, expected: set[str]
) -> None:
    assert f"`{typed}`" in PAGE
    results = index.search(typed)
    assert {hit.article.id for hit in results} == expected
    assert results.notes == ()


def test_a_date_that_no_calendar_has_is_refused_as_the_page_says() -> None:
    message = re.search(r"`(tanggal:2021-13)` gives \*(.*?)\*\.", PAGE, re.DOTALL)
    assert message
    with pytest.raises(QueryError) as raised:
        parse(message[1])
    assert str(raised.value) == " ".join(message[2].split())


def test_a_pattern_is_refused_as_the_page_says(index: kliping.Index) -> None:
    message = re.search(r"refuses `([^`]+)`: \*(.*?)(?<!\\)\*\.", PAGE, re.DOTALL)
    assert message
    if index.engine != "tantivy":
        assert found(index, message[1]) == []
        return
    with pytest.raises(QueryError) as raised:
        index.search(message[1])
    assert str(raised.value) == " ".join(message[2].replace("\\", "").split())


def test_operators_bind_as_the_page_says() -> None:
    loose, strict = re.search(r"`([^`]+)` is `([^`]+)`", PAGE).groups()  # type: ignore[union-attr]
    assert parse(loose).root == parse(" ".join(strict.split())).root


@pytest.mark.parametrize(("typed", "offered"), OFFERED)
def test_another_spelling_is_offered_as_the_page_says(
    index: kliping.Index, typed: str, offered: str
) -> None:
    assert index.search(typed).suggestions[0] == offered


def test_the_page_names_the_bounds() -> None:
    from kliping.query.parser import MAX_CHARACTERS, MAX_DEPTH, MAX_LEXEMES, MAX_WILDCARDS

    for bound in (
        f"the first {MAX_LEXEMES} words", f"{MAX_DEPTH} levels", f"{MAX_WILDCARDS} wildcards",
        f"the first {MAX_CHARACTERS:,} characters",
    ):  # fmt: skip
        assert f"| {bound}" in PAGE
