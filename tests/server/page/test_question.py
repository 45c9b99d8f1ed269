"""An address says all of a page's state, and what it says is read back."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.server.page.question import PER_PAGE, Question
from kliping.server.problems import Problem

# What UTF-8 can say: an address holds nothing else.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
QUESTIONS = st.builds(
    Question,
    q=TEXT,
    since=st.none() | TEXT,
    until=st.none() | TEXT,
    source=st.lists(TEXT, max_size=3).map(tuple),
    tag=st.lists(TEXT, max_size=3).map(tuple),
    match=st.sampled_from(["auto", "all", "any"]),
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    all=st.booleans(),
    page=st.integers(1, 100),
    lang=st.sampled_from(["id", "en"]),
)


@given(QUESTIONS, TEXT)
def test_every_state_is_an_address_of_this_server_and_comes_back(
    question: Question, key: str
) -> None:
    for address in (question.address(), question.article(key), question.address("/feed.atom")):
        parts = urlsplit(address)
        assert address.startswith("/")
        assert not address.startswith(("//", "/\\"))
        assert address.isascii()
        assert address.isprintable()
        assert parts.fragment == ""
        read = Question.read(parts.query.encode())
        assert read == question


@pytest.mark.parametrize("key", [".", "..", "a/../b", "//jahat.example", "?", "#", "%2e", "\n"])
def test_a_key_is_no_step_in_a_path(key: str) -> None:
    path, _, query = Question().article(key).partition("?")
    name = path.removeprefix("/artikel/")
    assert "/" not in name
    assert name not in (".", "..")
    assert name or query.startswith("key=")


def test_what_is_empty_or_unknown_is_passed_over() -> None:
    query = b"q=gempa&since=&until=&source=&utm_source=x&fbclid=y&limit=5&lang=en"
    assert Question.read(query) == Question(q="gempa", lang="en")
    assert Question.read(b"") == Question()
    assert Question.read(b"q=%ff").q == "�"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        (b"page=0", "page"),
        (b"page=101", "page"),
        (b"page=x", "page"),
        (b"sort=best", "sort"),
        (b"match=some", "match"),
        (b"lang=fr", "lang"),
        (b"q=a&q=b", "q"),
        (b"q=" + b"a" * 1001, "q"),
        (b"source=" + b"a" * 301, "source"),
    ],
)
def test_what_cannot_be_meant_is_named(query: bytes, named: str) -> None:
    with pytest.raises(Problem, match=named) as caught:
        Question.read(query)
    assert caught.value.status == 400


def test_another_list_begins_at_its_first_page() -> None:
    third = Question(q="gempa", page=3)
    assert third.toggled("source", "Harian Wening").page == 1
    assert third.changed(sort="newest").page == 1
    assert third.changed(page=4).page == 4
    assert third.other_language() == Question(q="gempa", page=3, lang="en")
    assert third.options()["offset"] == 2 * PER_PAGE


def test_values_combine_and_go_one_by_one() -> None:
    both = Question().toggled("tag", "gempa").toggled("tag", "banjir").changed(since="2024")
    assert both.tag == ("gempa", "banjir")
    assert both.toggled("tag", "gempa").tag == ("banjir",)
    assert both.is_filtered
    assert both.unfiltered() == Question()
