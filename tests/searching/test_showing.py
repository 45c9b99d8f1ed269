"""Results as others show them: a notebook's HTML, pandas' tables."""

from __future__ import annotations

import builtins
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kliping
from kliping.article import Article
from kliping.errors import LibraryMissing
from kliping.searching.results import Hit, Passage, Results

WIB = timezone(timedelta(hours=7))
EVIL = "<script>alert('&')</script> \"><img src=x onerror=alert(1)>"


def results(article: Article, *, query: str = "gempa") -> Results:
    lit = Passage(article.body, ((0, 3),)), Passage(article.body)
    return Results(query, 1, 0.5, (Hit(1, 1.5, article, ((0, 2),), lit),))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(text=st.text(min_size=1) | st.just(EVIL))
def test_a_notebook_shows_text_as_text(text: str) -> None:
    article = Article(text, text, text, source=text, url=text)
    html = results(article, query=text)._repr_html_()
    parser = _Tags()
    parser.feed(html)
    parser.close()
    allowed = {"div", "p", "b", "ol", "li", "br", "small", "mark", "a"}
    assert {tag for tag, _ in parser.tags} <= allowed
    for tag, attributes in parser.tags:
        assert set(attributes) <= {"a": {"href", "rel"}, "li": {"value"}}.get(tag, set())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example", None])
def test_a_notebook_links_to_the_web_only(url: str | None) -> None:
    assert "href" not in results(Article("a", "t", "b", url=url))._repr_html_()


def test_a_notebook_lights_what_matched(built_index: kliping.Index) -> None:
    html = built_index.search("gempa lembah")._repr_html_()
    assert "<mark>Gempa</mark> guncang <mark>Lembah</mark> Wening" in html
    assert 'href="https://harian-wening.example/gempa-lembah"' in html
    assert "0 found" in built_index.search("tidakada")._repr_html_()


def test_a_table_has_a_row_a_hit(built_index: kliping.Index) -> None:
    pytest.importorskip("pandas")
    found = built_index.search("gempa OR beras", sort="oldest")
    table = found.to_pandas()
    assert list(table["id"]) == [hit.article.id for hit in found]
    assert list(table["rank"]) == [1, 2, 3]
    assert table["published"][0] == found[0].article.published
    assert table["published"].isna()[2]
    assert table["title"].isna()[2]
    assert table["published"].dt.year.max() == 2024


def test_an_empty_table_has_the_same_columns(built_index: kliping.Index) -> None:
    pytest.importorskip("pandas")
    empty, full = built_index.search("tidakada"), built_index.search("gempa")
    assert len(empty.to_pandas()) == 0
    assert list(empty.to_pandas().dtypes) == list(full.to_pandas().dtypes)


def test_a_table_holds_dates_of_any_century() -> None:
    pytest.importorskip("pandas")
    old = Article("a", "t", "b", published=datetime(1512, 7, 1, tzinfo=WIB))
    table = results(replace(old)).to_pandas()
    assert table["published"][0].year == 1512


def test_where_pandas_is_missing_the_error_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'")
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(LibraryMissing, match="try: pip install pandas"):
        results(Article("a", "t", "b")).to_pandas()
