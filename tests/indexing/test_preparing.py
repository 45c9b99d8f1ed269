"""What workers send comes as it was made."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime

import pytest

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.corpus.pages import Page
from kliping.indexing.preparing import prepare

_MOMENT = datetime(2024, 2, 3, 4, 5, tzinfo=UTC)
ARTICLES = [
    Article("1", None, ""),
    Article("2", "Banjir Wening", "Air naik.", ("Rina Sari",), _MOMENT, "Kabar", tags=("banjir",)),
    Page("2", "Banjir Wening", "Air surut.", number=2),
    Article("3", "T", "B", (), None, "S", "R", (), "u", "p", _MOMENT, "id", "i", "c", "ch"),
]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda each: f"{type(each).__name__}-{each.id}")
@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_what_is_sent_comes_as_it_was_made(article: Article, protocol: int) -> None:
    made = prepare(article, Analyser())
    came = pickle.loads(pickle.dumps(made, protocol))
    assert came == made
    assert type(came.article) is type(article)
    assert type(came.document) is type(made.document)
    assert copy.deepcopy(article) == copy.copy(article) == article
