"""No text of a stranger's making holds up a regular expression of the package."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable

import pytest

from kliping.analysis.gluing import seams
from kliping.corpus.text.cleaning import clean
from kliping.corpus.text.datelines import find_dateline
from kliping.corpus.text.names import clean_title, person_names
from kliping.corpus.text.plain_text import parse_text
from kliping.corpus.text.tidying import split_paragraphs, strip_markup
from tests.regexes.bounds import BOUNDS, MADE, bound_of
from tests.regexes.collecting import Expression, expressions, unread
from tests.regexes.pumping import attacks, is_dear

needs_a_timer = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="no timer of the processor on this system"
)


@needs_a_timer
@pytest.mark.parametrize("place", sorted({each.file for each in expressions()}))
def test_every_expression_is_a_line(place: str) -> None:
    dear = []
    for expression in expressions():
        if expression.file == place:
            found = bound_of(expression.name)
            bound = found[1] if found else None
            tried = attacks(expression.pattern)
            dear += [(expression.name, x) for x in tried if is_dear(expression, x, bound=bound)][:1]
    assert not dear


@needs_a_timer
@pytest.mark.parametrize("begins", BOUNDS)
def test_every_bound_is_needed(begins: str) -> None:
    held = [each for each in expressions() if (bound_of(each.name) or ("",))[0] == begins]
    assert any(is_dear(each, attack) for each in held for attack in attacks(each.pattern)), (
        "no expression needs this row: take it out of tests/regexes/bounds.py"
    )


def test_patterns_that_are_made_while_running_are_accounted_for() -> None:
    unaccounted = [call for call in unread() if not any(call.startswith(row) for row in MADE)]
    assert not unaccounted
    assert not [row for row in MADE if not any(call.startswith(row) for call in unread())]


@needs_a_timer
@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"\s*(?:<!--.*?-->\s*)*<html", "match"),
        (r"(?:a+)+$", "match"),
        (r"\s+$", "search"),
        (r"\S+@\S+\.\w+", "search"),
        (r"[\s,]*\bloading", "search"),
        (r"<a\b[^>]*>", "search"),
        (r"(?:\w+\s?)*:", "fullmatch"),
        (r"(?:xy|\w)*!", "match"),
    ],
)
def test_the_check_finds_what_it_looks_for(pattern: str, use: str) -> None:
    bad = Expression("bad", re.compile(pattern, re.DOTALL), (use,))
    assert any(is_dear(bad, attack) for attack in attacks(bad.pattern))


@needs_a_timer
@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"\s*+(?:<!--(?>.*?-->)\s*+)*+<html", "match"),
        (r"(?<!\s)\s++$", "search"),
        (r"\s+$", "match"),
        (r"<a\b[^<>]*>", "search"),
    ],
)
def test_the_check_lets_lines_be(pattern: str, use: str) -> None:
    good = Expression("good", re.compile(pattern, re.DOTALL), (use,))
    assert not [attack for attack in attacks(good.pattern) if is_dear(good, attack)]


@pytest.mark.parametrize(
    "piece", ["A-", " ", "Aa ", ", ", "a@", "(", "_", "a.", "\n", "<p", "“", "- "]
)
@pytest.mark.parametrize(
    "door",
    [
        find_dateline,
        clean_title,
        person_names,
        seams,
        parse_text,
        strip_markup,
        lambda text: clean(split_paragraphs(f"{text}\nBaca juga: {text}\nPenulis: {text}")),
    ],
    ids=["dateline", "title", "names", "seams", "text", "markup", "cleaning"],
)
def test_what_bounds_an_expression_does(door: Callable[[str], object], piece: str) -> None:
    started = time.process_time()
    door(piece * (40_000 // len(piece)))
    assert time.process_time() - started < 1
