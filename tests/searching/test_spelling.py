"""Where little is found: other spellings, and what each word alone would find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.query.lexer import lexemes
from kliping.query.typed import typed
from kliping.searching.spelling import edits

COMMON = 12  # articles of each common word: more than ten times one
WORDS = "banjir bupati menewaskan presiden prabowo kalimantan barat kejaksaan tanggal wayang"
RARE = ("Wayang kelitik dipentaskan.", "Banjur kali itu dituang.", "Warung lama, presidenn baru.")

ARTICLES = [
    *(Article(f"a{n}", "Berita", f"{WORDS}.", source="Harian Wening") for n in range(COMMON)),
    *(Article(f"b{n}", None, body) for n, body in enumerate(RARE)),
]


@pytest.fixture
def index(indexes, engine_name: str) -> kliping.Index:
    return indexes(ARTICLES, engine_name)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("prabwo", "prabowo"),  # a letter left out
        ("prrabowo", "prabowo"),  # added
        ("prabiwo", "prabowo"),  # changed
        ("prabwoo", "prabowo"),  # two that changed places
        ("rpabowo", "prabowo"),  # the first two, even
        ("orabowo", "prabowo"),  # the first letter
        ("prabuwu", "prabowo"),  # two edits
        ("Prabwo", "Prabowo"),
        ("PRABWO", "Prabowo"),
        ("menewskan", "menewaskan"),
        ("presdien prabwo", "presiden prabowo"),
        ("presiden prabwo", "presiden prabowo"),
        ("isi:prabwo -hoaks", "isi:prabowo -hoaks"),
        ("isi:(prabwo OR zzzzzz)", "isi:(prabowo OR zzzzzz)"),
        ("=menewskan", "=menewaskan"),
        ('"presiden prabwo"', '"presiden prabowo"'),
        ("prabwo^3", "prabowo^3"),
        ("+prabwo presiden", "+prabowo presiden"),
        ("sumber:wenig", "sumber:wening"),
        ("sumbr:wening", "sumber:wening"),
        ("kalimantanbarat", "kalimantan barat"),
        ("pra bowo", "prabowo"),
        ("presidenn", "presiden"),  # in one article, and ten times as many
    ],
)
def test_the_likeliest_spelling_comes_first(index: kliping.Index, typed: str, best: str) -> None:
    results = index.search(typed, collapse=False)
    assert results.suggestions[0] == best
    better = index.search(best, collapse=False)
    assert better.total > results.total or (results.relaxed and not better.relaxed)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "zzzzzz",
        "kelitik",  # right, and rare
        "wayang kelitik",
        "kelitik prabowo",  # no article has both
        "banjir bupati",  # enough is found
        "-prabwo",  # what is excluded loses nothing
        "isi:kelitik -prabwo",
        "prab* zzzz",
        "prabwo~",
        "kali zz",
        "2021 12",
        "prab",  # too far, too short
        "tangal:2021-13",  # the field would be refused
    ],
)
def test_nothing_is_offered_where_nothing_is_likelier(index: kliping.Index, query: str) -> None:
    assert index.search(query).suggestions == ()


def test_a_suggestion_finds_more_within_the_filters(index: kliping.Index) -> None:
    assert index.search("prabwo", source="wening").suggestions == ("prabowo",)
    assert index.search("prabwo", source="lain").suggestions == ()


def test_at_most_three_are_offered_each_once(index: kliping.Index) -> None:
    offered = index.search("banjor").suggestions
    assert offered[0] == "banjir"
    assert len(offered) == len(set(offered)) <= 3


def test_each_word_is_counted_alone_where_none_has_all(index: kliping.Index) -> None:
    results = index.search('isi:(wayang prabwo) "kalimantan barat" yang -hoaks =banjur')
    assert results.relaxed
    assert results.word_counts == {
        "isi:wayang": COMMON + 1,
        "isi:prabwo": 0,
        '"kalimantan barat"': COMMON,
        "=banjur": 1,
    }


def test_a_count_is_what_the_word_alone_finds(index: kliping.Index) -> None:
    options = {"source": "wening", "collapse": False}
    counts = index.search("wayang kelitik prab* -banjir zzz", **options).word_counts  # type: ignore[arg-type]
    assert counts == {"wayang": COMMON, "kelitik": 0, "prab*": COMMON, "zzz": 0}
    for word, count in counts.items():
        assert index.search(word, **options).total == count  # type: ignore[arg-type]


def test_stop_words_alone_are_counted(index: kliping.Index) -> None:
    assert index.search("yang").word_counts == {"yang": 0}


@pytest.mark.parametrize("query", ["wayang", "kelitik", "banjir bupati"])
def test_words_are_not_counted_where_an_article_has_all(index: kliping.Index, query: str) -> None:
    assert index.search(query).word_counts == {}


def test_both_can_be_turned_off(index: kliping.Index) -> None:
    results = index.search("prabwo kelitik", suggest=False)
    assert (results.suggestions, results.word_counts) == ((), {})


def test_a_long_query_counts_its_first_words(index: kliping.Index) -> None:
    assert len(index.search(" ".join(f"kata{n}" for n in range(300))).word_counts) == 20


@given(st.text("()\"'-+:~^= ab", max_size=30) | st.text(max_size=30))
def test_pieces_stand_where_they_say_in_order(query: str) -> None:
    at = 0
    for piece in typed(query):
        assert query[piece.start : piece.stop] == piece.text != ""
        assert at <= piece.start
        at = piece.stop
        assert len(list(lexemes(piece.alone))) <= 2 or piece.kind == "word"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a judul:b c", ["a", "judul:b", "c"]),
        ('judul:(a "b c"~3 OR (d)) e', ["judul:a", 'judul:"b c"~3', "judul:d", "e"]),
        ("-a b NOT c d", ["b", "d"]),
        ("-(a b) c", ["c"]),
        ("--a", ["--a"]),
        ("-(-a) b", ["a", "b"]),
        ("-judul:a judul:-b c", ["c"]),
        ("+a b^2", ["a", "b^2"]),
        ("a) b", ["a", "b"]),
        ('a "b', ["a", '"b']),
        ("tanggal:2021 ada:penulis a", ["a"]),
        ("a AND b OR c", ["a", "b", "c"]),
        ("? - *", []),
    ],
)
def test_the_pieces_of_a_query(query: str, expected: list[str]) -> None:
    assert [piece.alone for piece in typed(query)] == expected


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_edits_are_a_symmetric_distance_within_bounds(left: str, right: str) -> None:
    distance = edits(left, right)
    assert distance == edits(right, left)
    assert (distance == 0) == (left == right)
    assert abs(len(left) - len(right)) <= distance <= max(len(left), len(right))


@given(st.text("abcd", min_size=2, max_size=8), st.data())
def test_letters_that_changed_places_are_one_edit(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert edits(word, swapped) == (word != swapped)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pus kesmas", True),
        ("isi:(pus kesmas)", True),
        ("isi:pus kesmas", False),
        ("pus isi:kesmas", False),
        ("judul:pus isi:kesmas", False),
    ],
)
def test_words_are_joined_within_a_field_and_never_across(
    engine_name, tmp_path, write_lines, query, expected
):
    found = [
        Article(id=f"j{n}", title=f"Puskesmas {n}", body=f"Puskesmas melayani warga {n} hari ini.")
        for n in range(14)
    ]
    kliping.build(write_lines(tmp_path / "a.jsonl", found), tmp_path / "index", engine=engine_name)
    with kliping.open(tmp_path / "index") as index:
        offered = index.search(query, collapse=False).suggestions
    assert any("puskesmas" in each.lower() for each in offered) == expected
