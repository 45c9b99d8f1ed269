"""Whatever the library says of a query is said in Indonesian, and with what it names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.errors import QueryError
from kliping.query import parse
from kliping.query.filters import published
from kliping.server.page.messages import told
from kliping.server.page.words import words

ID, EN = words("id"), words("en")
SIGNS = [
    '"',
    "(",
    ")",
    "+",
    "-",
    "~",
    "~9",
    "*",
    "?",
    ":",
    " ",
    "AND",
    "ATAU",
    "NOT",
    "ada:",
    "has:",
]
SIGNS += ["judul:", "tanggal:", "2021-13", "2024..2023", "..", ">=2020", "gempa", "w~"]
SAID = {
    "banjir) longsor": "tanda ')' yang tidak menutup apa-apa dihilangkan",
    "banjir ATAU": "'ATAU' tidak menghubungkan apa-apa di sini, jadi dianggap kata biasa",
    "ada:apa": "tidak ada bagian bernama 'apa', jadi 'ada:' dianggap teks",
    "prabwo~9": "'~9' dibaca sebagai ~2, batas yang dicari",
    "a " * 500: "hanya 400 kata pertama yang dibaca",
    "a" * 5000: "hanya 4,000 huruf pertama yang dibaca",
    "a* " * 20: "hanya 12 pola dan kata bertanda ~ pertama yang dicari; "
    "pola di awal kata dihitung 4",
    "(" * 50 + "a": "tanda kurung dan tanda lain yang lebih dalam dari 40 tingkat dihilangkan",
}


@pytest.mark.parametrize(("query", "said"), SAID.items())
def test_notes_are_said_with_what_they_name(query: str, said: str) -> None:
    assert said in [told(note, ID).text for note in parse(query).notes]


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join))
def test_no_query_gets_an_answer_in_another_language(query: str) -> None:
    try:
        said = parse(query).notes
    except QueryError as error:
        said = (str(error),)
    for message in said:
        assert told(message, ID).lang == "id", message
        assert told(message, EN) == (message, "en"), message


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("apa", None, "'apa' bukan tanggal; tulis 2021, "),
        ("2024", "2023", "sejak 2024 berada sesudah sampai 2023; tukar keduanya"),
        ("..2024", None, "'..2024' tidak punya awal; tulis 2024"),
        (None, "2024..", "'2024..' tidak punya akhir; tulis 2024"),
    ],
)
def test_refusals_are_said_too(since: str | None, until: str | None, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        published(since, until)
    assert told(str(caught.value), ID).text.startswith(said)


def test_what_is_not_known_is_shown_as_it_is() -> None:
    assert told("page: Expected `int`", ID) == ("page: Expected `int`", "en")


def test_braces_in_what_a_message_names_are_text() -> None:
    assert told("'{0.x}' is taken as ~2, the most that is looked for", ID).text.startswith(
        "'{0.x}'"
    )
