"""A page with a search box, in Flask: ``flask --app flask_page run``.

The index is opened once, when the first page asks, and follows whatever else writes to it. Jinja
escapes all text; only the marks between the pieces of a passage are markup.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

from flask import Flask, abort, render_template_string, request

import kliping

app = Flask(__name__)

PAGE = """
<!doctype html><html lang="id"><meta charset="utf-8"><title>Arsip</title>
<form><input name="q" value="{{ query }}" autofocus><button>Cari</button></form>
{% if error %}<p>{{ error }}</p>{% endif %}
{% if results %}<p>{{ results.total }} artikel</p>{% endif %}
{% for hit in results or () %}
<article><h2><a href="{{ url_for('article', key=hit.article.id) }}">
{{- hit.article.title or hit.article.id }}</a></h2>
<p>{{ hit.article.source or "" }} {{ hit.article.published.date() if hit.article.published }}</p>
{% for passage in hit.passages %}<p>
{%- for text, is_lit in pieces(passage) %}{% if is_lit %}<mark>{{ text }}</mark>
{%- else %}{{ text }}{% endif %}{% endfor %}</p>{% endfor %}</article>
{% endfor %}
{% if results and results.next %}
<a href="{{ url_for('search', q=query, after=results.next) }}">Berikutnya</a>{% endif %}
"""
ARTICLE = """
<!doctype html><html lang="id"><meta charset="utf-8"><title>{{ article.title }}</title>
<h1>{{ article.title }}</h1>
{% for paragraph in article.body.split("\n\n") %}<p>{{ paragraph }}</p>{% endfor %}
"""


@cache
def index() -> kliping.Index:
    """Open the index once, for all threads of this process."""
    return kliping.open(os.environ.get("KLIPING_INDEX", "index"), follow=True)


def pieces(passage: kliping.Passage) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, and whether each is lit."""
    at = 0
    for start, stop in passage.spans:
        yield passage.text[at:start], False
        yield passage.text[start:stop], True
        at = stop
    yield passage.text[at:], False


@app.get("/")
def search() -> str:
    """Show the search box, and what was found."""
    query, results, error = request.args.get("q", ""), None, None
    if query:
        try:
            results = index().search(query, after=request.args.get("after"))
        except kliping.errors.QueryError as told:
            error = told
    return render_template_string(PAGE, query=query, results=results, error=error, pieces=pieces)


@app.get("/artikel/<path:key>")
def article(key: str) -> str:
    """Show one article."""
    try:
        return render_template_string(ARTICLE, article=index().get(key))
    except kliping.errors.ArticleNotFound:
        abort(404)
