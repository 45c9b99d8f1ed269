"""Pages as today's content systems build them (tests/data/cms): body, authors, moment, title."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kliping.corpus.html import extract
from kliping.errors import NotAnArticle

FOLDER = Path(__file__).parents[2] / "data" / "cms"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
URL = "https://kabarlirih.id/daerah/pasar-klewang-dibuka-kembali"


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page(name: str) -> None:
    expected = EXPECTED[name]
    markup = (FOLDER / f"{name}.html").read_bytes()
    if "refused" in expected:
        with pytest.raises(NotAnArticle, match=expected["refused"]):
            extract(markup, url=URL)
        return
    article = extract(markup, url=URL)
    assert article.published is not None
    assert expected == {
        "title": article.title,
        "authors": list(article.authors),
        "published": article.published.isoformat(),
        "body": article.body.split("\n\n"),
    }


def test_every_page_is_expected() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(EXPECTED)
