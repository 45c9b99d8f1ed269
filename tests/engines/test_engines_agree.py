"""The same articles and clauses give the same matches in every engine, in the same order."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.engines import AT_ADDRESSES, ENGINES, Engine, create
from kliping.engines.documents import Document, document, dump_article
from kliping.query import Planner, parse
from kliping.query.clauses import (
    Bool,
    Clause,
    Constant,
    DateRange,
    Everything,
    Exists,
    Fuzzy,
    Near,
    Nothing,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)
from kliping.query.fields import KEPT, TEXT

# Those at an address are compared where their servers run (tests/opensearch).
_LOCAL = [name for name in ENGINES if name not in AT_ADDRESSES]
for _package in _LOCAL:
    pytest.importorskip(_package)

_WORDS = "anak anakan ban banjar banjir di gempa gempar kota kotak 19 مصر 東京".split()
_PATTERNS = ["*", "ba*", "*r", "b?n*", "*a*a*", "??", "1?", "k*k", "東?", "?"]
_FIELDS = ("title", "title_words", "body_words", "source", "capitals", "title_alone")
_PLACED = [name for name in _FIELDS if KEPT[name] == "places"]

words = st.sampled_from(_WORDS)
fields = st.sampled_from(_FIELDS)
placed = st.sampled_from(_PLACED)
some_words = st.lists(words, max_size=3).map(tuple)
boosts = st.sampled_from([1.0, 0.4, 2.5])
moments = st.none() | st.sampled_from([-5, 0, 1000, 1001, 10**9])
texts = st.lists(words, max_size=8).map(" ".join)

leaves = st.one_of(
    st.builds(Term, fields | st.just(TEXT), words, boosts),
    st.builds(
        lambda field, found, boost: Phrase(field, tuple(found), 0, boost),
        placed, st.lists(words, min_size=1, max_size=3), boosts,
    ),
    st.builds(Phrase, placed, st.tuples(words, words), st.integers(1, 4)),
    st.builds(Near, placed, some_words, some_words, st.integers(0, 4), boosts),
    st.builds(lambda field, word, n: Prefix(field, word[:n]), fields, words, st.integers(1, 4)),
    st.builds(Wildcard, fields, st.sampled_from(_PATTERNS), boosts),
    st.builds(Fuzzy, fields, st.sampled_from([*_WORDS, "bnjar", "anka"]), st.integers(0, 2)),
    st.builds(DateRange, moments, moments),
    st.builds(Exists, st.sampled_from(["title", "source", "published"])),
    st.just(Everything()),
    st.just(Nothing()),
)  # fmt: skip


def _bools(inner: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
    some = st.lists(inner, max_size=2).map(tuple)
    return st.builds(Bool, some, some, some, some)


def _clauses(inner: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
    return _bools(inner) | st.builds(Constant, inner, boosts)


some_clauses = st.recursive(leaves, _clauses, max_leaves=8)


@st.composite
def corpora(draw: st.DrawFn) -> list[Document]:
    """A few documents with terms in every field, some of them missing."""
    documents = []
    for number in range(draw(st.integers(1, 9))):
        terms = {name: text for name in (*_FIELDS, TEXT) if (text := draw(texts))}
        published = draw(moments)
        has = [name for name in ("title", "source") if name in terms]
        terms["has"] = " ".join([*has, *(["published"] if published is not None else [])])
        stored = dump_article(Article(f"d{number}", None, ""))
        documents.append(Document(f"d{number}", terms, {}, published, stored))
    return documents


def _scores(engine: Engine, clause: Clause) -> dict[str, float]:
    found = {article_id: score for score, article_id in engine.rank(clause, limit=100)}
    assert engine.count(clause) == len(found)
    return found


@settings(
    max_examples=10, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(corpora(), st.lists(some_clauses, min_size=15, max_size=30))
def test_any_clause_matches_and_scores_alike(corpus: list[Document], asked: list[Clause]) -> None:
    with TemporaryDirectory() as folder:
        engines = []
        for name in _LOCAL:
            place = Path(folder, name)
            place.mkdir()
            engine = create(name, place)
            for part in (corpus[:5], corpus[5:]):
                engine.add(part)
                engine.commit()
            engines.append(engine)
        try:
            for clause in asked:
                first, *others = [_scores(engine, clause) for engine in engines]
                for other in others:
                    assert other == pytest.approx(first, rel=0.05, abs=1e-4), clause
        finally:
            for engine in engines:
                engine.close()


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Engine], Analyser]:
    """Both engines with 150 articles of sentences that differ in length, order and repetition."""
    analyser = Analyser()
    subjects = ["gempa bumi", "banjir bandang", "harga beras", "anak-anak sekolah", "warga desa"]
    verbs = ["mengguncang", "menewaskan", "meningkat", "menunggu bantuan", "mengungsi ke"]
    articles = []
    for n in range(150):
        parts = [
            f"{subjects[(n * k) % 5]} {verbs[(n + k) % 5]} {subjects[(n + 2 * k) % 5]}"
            for k in range(1, 2 + n % 23)
        ]
        title = f"{subjects[n % 5]} {verbs[n % 3]}"
        articles.append(document(Article(f"a{n}", title, ". ".join(parts) + "."), analyser))
    engines = []
    for name in _LOCAL:
        engine = create(name, tmp_path_factory.mktemp(name))
        engine.add(articles)
        engine.commit()
        engines.append(engine)
    return engines, analyser


@pytest.mark.parametrize(
    "query",
    [
        "gempa",
        "korban tewas banjir",
        '"harga beras"',
        '"anak anak"',
        '"gempa warga"~4',
        '"anak anak"~6',
        "gempa -banjir",
        "meng* sekolah",
        "judul:gempa bantuan",
        "banjr~1",
        "(gempa OR banjir) bantuan",
    ],
)
def test_rankings_agree(larger: tuple[list[Engine], Analyser], query: str) -> None:
    engines, analyser = larger
    clause = Planner(analyser, match="any").plan(parse(query))
    first, second = (
        {article_id: score for score, article_id in engine.rank(clause, limit=200)}
        for engine in engines
    )
    assert first
    assert second == pytest.approx(first, rel=0.05)
    for left in first:
        for right in first:
            if first[left] > 1.1 * first[right]:
                assert second[left] > second[right], (left, right)
