"""Facets offer what can be chosen, and chips what can be undone."""

from __future__ import annotations

from kliping.server.page.facets import UNFOLDED, chips, facets
from kliping.server.page.question import Question
from kliping.server.page.words import words


def test_values_lead_to_the_search_that_they_narrow() -> None:
    question = Question(q="gempa", source=("Harian Wening",), page=2)
    counts = {"source": {"HARIAN WENING": 4, "Gelanggang": 2}, "year": {"2023": 5, "2024": 1}}
    source, year = facets(counts, question)
    assert [(each.text, each.count, each.chosen) for each in source.values] == [
        ("Harian Wening", 4, True),
        ("Gelanggang", 2, False),
    ]
    assert source.values[0].address == "/?q=gempa"
    assert source.values[1].address == "/?q=gempa&source=Harian+Wening&source=Gelanggang"
    assert [each.text for each in year.values] == ["2024", "2023"]
    assert year.values[0].address == "/?q=gempa&since=2024&until=2024&source=Harian+Wening"


def test_what_was_chosen_by_a_part_of_a_name_has_no_count_of_its_own() -> None:
    (source,) = facets({"source": {"Harian Wening": 4}}, Question(source=("wening",)))
    assert [(each.text, each.count) for each in source.values] == [
        ("wening", None),
        ("Harian Wening", 4),
    ]


def test_what_cannot_be_looked_for_leads_nowhere() -> None:
    (tag,) = facets({"tag": {"!!!": 3, "a" * 301: 2, "gempa": 1}}, Question())
    assert [bool(each.address) for each in tag.values] == [False, False, True]


def test_a_facet_of_thousands_stays_a_list() -> None:
    (tag,) = facets({"tag": {f"t{n}": 1 for n in range(5000)}}, Question())
    assert len(tag.values) == UNFOLDED
    assert (*tag.first, *tag.rest) == tag.values
    assert tag.more == 5000 - UNFOLDED


def test_each_filter_is_a_chip_that_takes_it_away() -> None:
    question = Question(
        q="gempa", tag=("banjir", "longsor"), since="2024-03", all=True, match="any"
    )
    assert [(chip.name, chip.text, chip.address) for chip in chips(question, words("id"))] == [
        ("Tag", "banjir", "/?q=gempa&since=2024-03&tag=longsor&match=any&all=true"),
        ("Tag", "longsor", "/?q=gempa&since=2024-03&tag=banjir&match=any&all=true"),
        (
            "Rentang waktu",
            "sejak Maret 2024",
            "/?q=gempa&tag=banjir&tag=longsor&match=any&all=true",
        ),
        ("", "termasuk yang serupa", "/?q=gempa&since=2024-03&tag=banjir&tag=longsor&match=any"),
        ("", "salah satu kata cukup", "/?q=gempa&since=2024-03&tag=banjir&tag=longsor&all=true"),
    ]
    assert chips(Question(q="gempa"), words("id")) == ()
