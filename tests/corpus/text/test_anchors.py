"""Anchors: which rules could apply to a text."""

from __future__ import annotations

import pytest

from kliping.corpus.text.anchors import active, rows

ANCHORS = [(row, anchor) for row in rows() for anchor in row.rule.anchors]
_SENTENCE = "Hujan turun sejak subuh di Wening."


@pytest.mark.parametrize(("row", "anchor"), ANCHORS, ids=[anchor for _, anchor in ANCHORS])
def test_an_anchor_is_found_wherever_it_may_stand(row: object, anchor: str) -> None:
    bare = anchor.removeprefix("^")
    assert row in active([f"{bare} lalu"])
    assert row in active([_SENTENCE, f"{bare.upper()} lalu", _SENTENCE])
    if bare is anchor:
        assert row in active([_SENTENCE, f"{_SENTENCE} {bare} lalu"])
        assert row in active([f"a^b ^{bare} lalu"])


@pytest.mark.parametrize("text", [_SENTENCE, "Ia menulis (foto) oleh video.", ""])
def test_what_opens_a_paragraph_opens_it(text: str) -> None:
    opening = {row.rule.name for row, anchor in ANCHORS if anchor.startswith("^")}
    inside = {row.rule.name for row, anchor in ANCHORS if not anchor.startswith("^")}
    assert not {row.rule.name for row in active([_SENTENCE, text])} & (opening - inside)
