"""What the contract suite puts into an engine, and what it finds there."""

from __future__ import annotations

from kliping.article import Article
from kliping.engines import Engine
from kliping.engines.documents import Document, dump_article
from kliping.query.clauses import Clause


def kept(article_id: str, *, published: int | None = None, **terms: str) -> Document:
    """Return a document with ready-made terms."""
    if published is not None:
        terms = {"has": "published", **terms}
    return Document(article_id, terms, {}, published, dump_article(Article(article_id, None, "")))


def ids(engine: Engine, clause: Clause, **options: object) -> list[str]:
    found = engine.search(clause, **{"limit": 100, **options})  # type: ignore[arg-type]
    return [article.id for _, article in found.hits]


def matches(engine: Engine, clause: Clause) -> set[str]:
    """Return the ids that match, checked against the count and the ranking."""
    found = ids(engine, clause)
    assert len(found) == len(set(found)) == engine.count(clause)
    assert {article_id for _, article_id in engine.rank(clause, limit=100)} == set(found)
    return set(found)
