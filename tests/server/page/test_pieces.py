"""Pieces: together they are the text, and lit where its spans are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.searching.results import Passage
from kliping.server.page.hits import on_the_web
from kliping.server.page.pieces import joined, pieces


@st.composite
def lit_texts(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...], int, int]:
    text = draw(st.text(max_size=30))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)))))
    spans = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    start, stop = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return text, spans, start, stop


@given(lit_texts())
def test_pieces_are_the_text_and_lit_where_its_spans_are(
    case: tuple[str, tuple[tuple[int, int], ...], int, int],
) -> None:
    text, spans, start, stop = case
    found = pieces(text, spans, start, stop)
    assert "".join(piece.text for piece in found) == text[start:stop]
    lit = [piece.lit for piece in found for _ in piece.text]
    assert lit == [any(a <= at < b for a, b in spans) for at in range(start, stop)]


def test_passages_say_where_something_was_left_out() -> None:
    row = joined([Passage("gempa susulan.", ((0, 5),)), Passage("Warga menuju")])
    assert [(piece.text, piece.lit) for piece in row] == [
        ("… ", False),
        ("gempa", True),
        (" susulan.", False),
        (" … ", False),
        ("Warga menuju", False),
        (" …", False),
    ]
    assert joined([]) == ()
    assert [piece.text for piece in joined([Passage("“Belum.”")])] == ["“Belum.”"]


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://wening.example/gempa?id=7#a", True),
        ("HTTP://wening.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://wening.example", False),
        ("https://wening.example/a b", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("//wening.example/x", False),
        ("wening.example", False),
        ("https:///tanpa-nama", False),
        ("https://wening.example/\u202egnp.exe", False),
        ("http://[::1", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_followed(url: str | None, followed: bool) -> None:
    assert on_the_web(url) == (url if followed else None)
