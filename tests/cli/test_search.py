"""What `search` prints for people, and what its options do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kliping.cli.output import width
from tests.cli.running import CONTROLS, found, kli


def test_search_prints_rank_title_source_date_passage_and_place(sample: Path) -> None:
    text = found("search", "gempa lembah", "--match", "all", index=sample)
    lines = text.splitlines()
    assert lines[0] == " 1  Gempa M5,1 guncang Lembah Wening, warga mengungsi"
    assert lines[1] == "    Harian Wening · Daerah · 12 Mar 2024 07:15 WIB"
    assert lines[2].startswith("    Sedikitnya 12 rumah rusak setelah gempa")
    assert re.fullmatch(r"4 articles with all words, \d+\.\d ms", lines[-1])
    assert [line[:4] for line in lines if re.match(r" \d  ", line)] == [
        " 1  ",
        " 2  ",
        " 3  ",
        " 4  ",
    ]


def test_a_pipe_gets_80_columns_and_no_colour(sample: Path) -> None:
    text = found("search", "warga OR desa OR kota", "--limit", "50", "--facets", index=sample)
    places = [article.split("\n")[-1] for article in text.split("\n\n")]
    for line in text.splitlines():
        bare = line.strip()
        whole = (
            bare.startswith(("http", "/", "corpus"))
            or re.match(r"[a-z]+: ", bare)
            or line in places
        )
        assert whole or width(line) <= 80, line
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("arguments", "summary"),
    [
        (["gempa", "lembah", "--match", "all"], "4 articles with all words"),
        (["gempa", "lembah", "--limit", "4"], "4 articles with all words"),
        (["gempa", "lembah"], r"4 articles with all words, \d+ with some of them"),
        (["gempa cashback kereta"], r"No article has all words, \d+ with some of them"),
        (["gempa", "kereta", "--match", "any"], r"\d+ articles with any of the words"),
    ],
)
def test_the_summary_says_how_words_were_taken(
    sample: Path, arguments: list[str], summary: str
) -> None:
    text = found("search", *arguments, index=sample)
    assert re.fullmatch(rf"{summary}, \d+\.\d ms", text.splitlines()[-1])


def test_a_line_parts_articles_with_all_words_from_those_that_lack_some(sample: Path) -> None:
    lines = found("search", "gempa lembah", index=sample).splitlines()
    at = lines.index("4 articles with all words; with some of them:")
    ranks = [int(line.split()[0]) for line in lines[at:] if re.match(r"[ \d]\d  ", line)]
    assert ranks[0] == 5
    lacking = [line for line in lines[at:] if re.fullmatch(r"    without: (gempa|lembah)", line)]
    assert len(lacking) == len(ranks)
    assert not any(line.startswith("    without:") for line in lines[:at])
    assert found("search", "gempa zebra", index=sample).startswith(
        "No article has all words; with some of them:\n 1  "
    )


def test_nothing_found_is_status_1_and_no_error(sample: Path) -> None:
    text = found("search", "cashback", index=sample, status=1)
    assert re.fullmatch(r"Nothing found, \d+\.\d ms\n", text)
    assert found("search", "cashback", "--ids", index=sample, status=1) == ""
    assert json.loads(found("search", "cashback", "--json", index=sample, status=1))["hits"] == []


def test_little_found_says_what_each_word_finds_and_what_may_be_meant(sample: Path) -> None:
    lines = found("search", "gempa", "lmebah", index=sample).splitlines()
    assert re.fullmatch(r"Each alone: gempa \d+, lmebah 0", lines[-3])
    assert lines[-2].startswith("No article has all words")
    assert lines[-1] == "Did you mean: gempa lembah?"
    assert "mean" not in found("search", "gempa lembah", index=sample)


def test_a_word_that_is_alone_is_not_counted_twice(sample: Path) -> None:
    text = found("search", "lmebah", index=sample, status=1)
    assert re.fullmatch(r"Nothing found, \d+\.\d ms\nDid you mean: lembah\?\n", text)


def test_what_was_typed_does_not_act_on_the_terminal(sample: Path) -> None:
    text = found("search", "gempa\x1b!", "lmebah\x1b!", index=sample)
    assert "Each alone" in text
    assert "Did you mean" in text
    assert not CONTROLS.search(text.replace("\n", ""))


def test_options_narrow_and_sort(sample: Path) -> None:
    def hits(*arguments: str) -> list[dict[str, object]]:
        return json.loads(found("search", *arguments, "--json", index=sample))["hits"]

    newest = [hit["published"] for hit in hits("warga", "--sort", "newest") if hit["published"]]
    oldest = [hit["published"] for hit in hits("warga", "--sort", "oldest") if hit["published"]]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)
    assert {hit["source"] for hit in hits("warga", "--source", "harian wening")} == {
        "Harian Wening"
    }
    assert all(str(hit["published"]) >= "2024" for hit in hits("warga", "--since", "2024"))
    assert all(str(hit["published"]) < "2024" for hit in hits("warga", "--until", "2023"))
    first, rest = hits("warga", "--limit", "3"), hits("warga", "--limit", "2", "--offset", "1")
    assert [hit["id"] for hit in rest] == [hit["id"] for hit in first[1:]]
    assert rest[0]["rank"] == 2


def test_words_of_a_query_need_no_quotes(sample: Path) -> None:
    assert found("search", "--ids", "gempa", "lembah", index=sample) == found(
        "search", "--ids", "gempa lembah", index=sample
    )


def test_notes_and_plans_are_printed(sample: Path) -> None:
    text = found("search", "(gempa", "--explain", index=sample)
    assert "Note: a '(' was not closed; it is taken to close at the end." in text
    assert "text:gempa" in text


def test_pages_follow_one_another_by_token(sample: Path) -> None:
    ids: list[str] = []
    more: list[str] = []
    while True:
        page = json.loads(found("search", "warga", "--json", "--limit", "7", *more, index=sample))
        ids += [hit["id"] for hit in page["hits"]]
        if page["next"] is None:
            break
        more = ["--after", page["next"]]
    whole = found("search", "warga", "--limit", "100", "--ids", index=sample).split()
    assert len(whole) > 14
    assert ids == whole


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--after", "xyz"], "this token is broken"),
        (["--boost-recent", "12h"], "'12h' is not a half-life; write 30d"),
        (["--boost-recent", "1y", "--sort", "oldest"], "leave out one of them"),
    ],
)
def test_nonsense_is_one_line_with_its_cure(
    sample: Path, arguments: list[str], message: str
) -> None:
    result = kli("search", "gempa", *arguments, index=sample)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_facets_show_the_finest_period_that_a_line_can_hold(sample: Path) -> None:
    def periods(*arguments: str) -> list[str]:
        text = found("search", *arguments, "--facets", "--limit", "1", index=sample)
        return re.findall(r"^(?:day|month|year): .*$", text, re.MULTILINE)

    assert periods("gempa lembah") == ["day: 2024-03-12 (1), 2024-03-20 (1), 2024-05-02 (1)"]
    [line] = periods("--limit", "1", "--match", "any", "warga OR yang OR di")
    assert re.match(r"(month|year): \d{4}", line)
