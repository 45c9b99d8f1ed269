"""The least page that holds an article, for tests that add to it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from tests.corpus.html import making as pages

WIB = timezone(timedelta(hours=7))

MOMENT = datetime(2024, 3, 12, 7, 15, tzinfo=WIB)

STAMP = MOMENT.isoformat()

ARTICLE = f'<div class="x1">{pages.PARAGRAPHS.of(*pages.SENTENCES)}</div>'


def ld(**fields: object) -> str:
    block = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


def with_body(inside: str) -> str:
    """The article with something between its second and third paragraph."""
    before, after = pages.SENTENCES[:2], pages.SENTENCES[2:]
    return pages.page(
        f"<div>{pages.PARAGRAPHS.of(*before)}{inside}{pages.PARAGRAPHS.of(*after)}</div>"
    )
