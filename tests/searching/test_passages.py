"""Passages: cut where a reader would cut, their spans on the words that match."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.analysis import analyser
from kliping.query import parse
from kliping.searching.results import Highlighter, Passage, passages, title_spans
from kliping.searching.results.highlighting import Match
from kliping.searching.results.passages import LENGTH

FILLER = "Warga setempat bercerita panjang lebar tentang pasar, sawah dan sungai. "


def of(query: str, body: str, limit: int = 2) -> tuple[Passage, ...]:
    found = Highlighter(parse(query), analyser()).matches(body, field="body")
    return passages(body, found, limit=limit)


def lit(passage: Passage) -> list[str]:
    return [passage.text[start:stop] for start, stop in passage.spans]


def test_a_passage_begins_where_its_sentence_does() -> None:
    body = (
        FILLER * 5 + "Banjir bandang yang datang tengah malam menewaskan dua warga. " + FILLER * 5
    )
    (passage,) = of("tewas", body)
    assert passage.text.startswith("Banjir bandang yang datang tengah malam menewaskan dua warga.")
    assert passage.text.endswith(".")
    assert lit(passage) == ["menewaskan"]
    assert LENGTH // 2 <= len(passage.text) <= LENGTH


def test_a_sentence_that_begins_far_back_is_shown_from_its_start_while_the_match_fits() -> None:
    sentence = "Kepala desa itu" + ", begini dan begitu" * 9 + " menewaskan dua warga. "
    assert 150 < sentence.index("menewaskan") < LENGTH - 20
    (passage,) = of("tewas", FILLER * 5 + sentence + FILLER)
    assert passage.text.startswith("Kepala desa itu")
    assert lit(passage) == ["menewaskan"]


def test_a_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    body = "Awal" + " kata demi kata" * 40 + " menewaskan" + " dan seterusnya" * 40 + "."
    (passage,) = of("tewas", body)
    assert re.match(r"(kata|demi) ", passage.text)
    assert 30 < passage.text.index("menewaskan") <= 60
    assert passage.text in body


@pytest.mark.parametrize(
    "short", ["Jl. Merdeka", "H. Ahmad", "Dr. Budi", "No. 5", "Rp. 500", "S. Hadi"]
)
def test_an_abbreviation_ends_no_sentence(short: str) -> None:
    (passage,) = of(
        "tewas", f"{FILLER * 4}Rumah di {short} runtuh dan menewaskan warga. {FILLER * 4}"
    )
    assert passage.text.startswith(f"Rumah di {short} runtuh")


@pytest.mark.parametrize("end", ['!" ', "?” ", ".) ", ".\n\n", "\n\n", ".\n"])
def test_what_ends_a_sentence(end: str) -> None:
    body = f"{'Kata ini itu. ' * 20}“Dia datang{end}Korban tewas satu. {FILLER * 4}"
    (passage,) = of("tewas", body)
    assert passage.text.startswith("Korban tewas satu.")


def test_paragraphs_are_joined_by_one_space() -> None:
    (passage,) = of("gempa tewas", "Ada gempa.\n\nDua orang tewas.\n \nSelesai\nsudah.")
    assert passage.text == "Ada gempa. Dua orang tewas. Selesai sudah."
    assert lit(passage) == ["gempa", "tewas"]


def test_a_phrase_over_a_paragraphs_end_is_lit_whole() -> None:
    (passage,) = of('"gempa bumi"', "Ada gempa\n\nbumi di sini.")
    assert lit(passage) == ["gempa bumi"]


def test_the_passage_with_more_of_the_query_is_chosen() -> None:
    body = f"Gempa dan gempa dan gempa. {FILLER * 8}Gempa disusul tsunami. {FILLER * 8}"
    (passage,) = of("gempa tsunami", body)
    assert passage.text.startswith("Gempa disusul tsunami.")


def test_a_second_passage_shows_what_the_first_does_not() -> None:
    body = (
        f"Ada gempa besar. {FILLER * 8}Ada banjir besar. {FILLER * 8}Ada gempa lagi. {FILLER * 4}"
    )
    first, second = of("gempa banjir", body)
    assert (lit(first), lit(second)) == (["gempa"], ["banjir"])
    assert first.text.startswith("Ada gempa")
    assert len(of("gempa banjir", body, limit=1)) == 1
    assert len(of("gempa", body)) == 1


def test_passages_that_meet_are_one() -> None:
    body = f"{FILLER * 3}Ada gempa. {FILLER * 3}Ada banjir. {FILLER * 3}Selesai."
    (passage,) = of("gempa banjir", body)
    assert lit(passage) == ["gempa", "banjir"]


def test_without_matches_the_opening_is_shown() -> None:
    (passage,) = of("gempa", FILLER * 9)
    assert passage == Passage((FILLER * 3).strip(), ())
    assert of("gempa", "Pendek.") == (Passage("Pendek."),)
    assert of("gempa", "") == ()


def test_a_word_longer_than_a_passage_is_still_shown() -> None:
    for body in ("x" * 1000 + "-tewas", "tewas-" + "x" * 1000, "x" * 900 + "-tewas-" + "x" * 900):
        (passage,) = of("tewas", body)
        assert lit(passage) == ["tewas"]
        assert len(passage.text) <= 3 * LENGTH


def test_title_spans_are_the_matches() -> None:
    assert title_spans([Match(0, 5, 0), Match(6, 9, 1)]) == ((0, 5), (6, 9))


WORDS = (
    "tewas", "menewaskan", "gempa", "Gempa", "pasar", "Jl.", "sungai.", "Covid-19", "covid", "di",
    "“Rumah”", "\n\n", "\n", "akan!", "mempertanggungjawabkannya", "a" * 130, "(2024).", "café",
)  # fmt: skip
bodies = st.lists(st.sampled_from(WORDS), max_size=160).map(" ".join).map(str.strip)


@given(
    st.sampled_from(["tewas", "gempa tewas", "covid", '"gempa tewas"', "ge* pasar", "tidakada"]),
    bodies,
)
def test_passages_are_sound(query: str, body: str) -> None:
    found = Highlighter(parse(query), analyser()).matches(body, field="body")
    flat, at = re.sub(r"\s*\n\s*", " ", body), 0
    shown = passages(body, found)
    assert bool(shown) == bool(body)
    assert len(shown) <= 2
    for passage in shown:
        assert passage.text == passage.text.strip()
        assert "\n" not in passage.text
        at = flat.index(passage.text, at)
        assert at == 0 or flat[at - 1] == " ", "begins inside a word"
        at += len(passage.text)
        assert at == len(flat) or flat[at] == " ", "ends inside a word"
        stop = 0
        for start, end in passage.spans:
            assert stop <= start < end <= len(passage.text)
            stop = end
        if found:
            assert lit(passage)
    surfaces = {re.sub(r"\s*\n\s*", " ", body[m.start : m.stop]) for m in found}
    assert {each for passage in shown for each in lit(passage)} <= surfaces


@given(st.text(max_size=700), st.lists(st.integers(0, 700), max_size=8))
def test_any_text_has_passages(body: str, cuts: list[int]) -> None:
    ends = sorted({min(cut, len(body)) for cut in cuts})
    found = [
        Match(start, stop, start % 3)
        for start, stop in pairwise(ends)
        if not (body[start].isspace() or body[stop - 1].isspace())
    ]
    for passage in passages(body, found):
        for start, stop in passage.spans:
            assert 0 <= start < stop <= len(passage.text)


@pytest.mark.parametrize(
    "unit", ["gempa ", "gempa. A", "gempa-", "\n", " ", "gempa\n\n", "“”", "gempa" + " " * 99]
)
def test_passages_take_linear_time(unit: str) -> None:
    body = unit * (100_000 // len(unit)) + "gempa"
    started = time.process_time()
    of("gempa", body)
    assert time.process_time() - started < 5


def test_of_two_passages_with_all_words_the_earlier_is_shown() -> None:
    (passage,) = passages_of([(0, 0), (20, 1), (900, 0), (920, 1), (940, 0), (960, 1)])
    assert passage.spans == ((0, 4), (20, 24))
    assert passage.text.startswith("aaaa")


def test_of_two_passages_with_some_words_the_one_with_more_matches_is_shown() -> None:
    some = [(0, 0), (20, 1), (900, 0), (920, 1), (940, 0), (1800, 2)]
    assert starts(passages_of(some, limit=1)) == [(0, 20, 40)]


def test_of_two_passages_alike_the_earlier_is_shown() -> None:
    alike = [(0, 0), (20, 1), (900, 0), (920, 1), (1800, 2)]
    assert starts(passages_of(alike, limit=1)) == [(0, 20)]
    assert passages_of(alike, limit=1)[0].text.startswith("aaaa")


def test_a_word_more_is_worth_any_number_of_matches() -> None:
    many = [(at, 0) for at in range(0, 200, 8)] + [(900, 0), (920, 1), (1800, 2)]
    (passage,) = passages_of(many, limit=1)
    assert len(passage.spans) == 2


def passages_of(matches: list[tuple[int, int]], limit: int = 2) -> tuple[Passage, ...]:
    """Return the passages of a text of words of four letters, some of which match."""
    body = "".join(chr(97 + at // 900) if at % 10 else " " for at in range(2_400)).strip()
    body = "a" + body
    found = [Match(at, at + 4, term) for at, term in matches]
    return passages(body, found, limit=limit)


def starts(found: tuple[Passage, ...]) -> list[tuple[int, ...]]:
    """Return where the spans of each passage begin, counted from its first."""
    return [tuple(start - p.spans[0][0] for start, _ in p.spans) for p in found]


@pytest.mark.parametrize("between", [" ", ". ", " panjang lebar, "])
def test_two_windows_that_meet_are_one_passage(between: str) -> None:
    words = [f"Kata{n}" for n in range(100, 200)]
    body = between.join(words)
    place = {word: body.index(word) for word in words}
    for first in range(100, 120):
        for gap in range(1, 70):  # to the second, from within a window to far beyond it
            starts = place[f"Kata{first}"], place[f"Kata{first + gap}"]
            matches = [Match(start, start + 7, term) for term, start in enumerate(starts)]
            shown = [each.text.split() for each in passages(body, matches)]
            told = [word for text in shown for word in text if word[0] == "K"]
            assert len(told) == len(set(told)), (first, gap)


@pytest.mark.parametrize(("letters", "shown"), [(300, 300), (400, 400), (900, LENGTH)])
def test_what_has_no_space_is_shown_whole_if_it_ends_soon(letters: int, shown: int) -> None:
    body = "gempa-" + "x" * (letters - 6)
    (passage,) = of("gempa", body)
    assert passage.text == body[:shown]
