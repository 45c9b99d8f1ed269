"""Results as a notebook shows them: HTML in which all that comes from articles is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kliping.searching.results import Hit, Results
    from kliping.searching.results.hits import Spans


def shown(results: Results, /) -> str:
    """Return results as HTML."""
    found = f"{results.total:,} found for <b>{escape(results.query)}</b>"
    hits = "".join(f"<li value={hit.rank}>{_hit(hit)}</li>" for hit in results)
    return f"<div><p>{found}</p><ol>{hits}</ol></div>"


def _hit(hit: Hit) -> str:
    article = hit.article
    title = _lit(article.title, hit.title_spans) if article.title else escape(article.id)
    if article.url and article.url.partition(":")[0].lower() in ("http", "https"):
        title = f'<a href="{escape(article.url)}" rel="noreferrer">{title}</a>'
    day = article.published.date().isoformat() if article.published else None
    about = " · ".join(escape(each) for each in (article.source, day) if each)
    passages = "".join(f"<p>{_lit(each.text, each.spans)}</p>" for each in hit.passages)
    return f"{title}<br><small>{about}</small>{passages}"


def _lit(text: str, spans: Spans) -> str:
    return "".join(_pieces(text, spans))


def _pieces(text: str, spans: Spans) -> Iterator[str]:
    at = 0
    for start, stop in spans:
        yield escape(text[at:start])
        yield f"<mark>{escape(text[start:stop])}</mark>"
        at = stop
    yield escape(text[at:])
