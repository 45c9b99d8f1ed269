"""What an index of OpenSearch is told of itself, and an article as it is sent there.

The server never analyses: each field is one space-joined string that it splits at white space, so
a word stems there as it does everywhere. Only the article itself is kept to be given back.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from hashlib import blake2b
from typing import Any

from kliping.article import Article
from kliping.engines.documents import FACETS, Document, load_article
from kliping.engines.packing import Packing
from kliping.query.fields import DEFINITIONS, KEPT, WORDS, Kept

# Counted up when the mapping changes; an index of another one is refused.
VERSION = 1
LONGEST_TERM = 255  # bytes, as in every engine
# What stands in the place of a word too long to be one, and in a field that an article lacks: so
# each counts for as many articles as there are, and a word weighs what it does in other engines.
# No pattern fits it, and nothing is so few edits from it.
GAP = "|" * 8
_packing = Packing()
_LONG = re.compile(rf"\S{{{LONGEST_TERM // 4 + 1},}}")
_LONGEST_ID = 512  # bytes, of what the server calls an id
_LONGEST_FACET = 8_191  # characters: 32,766 bytes is the most that it keeps
# Fields whose terms are listed: by the terms of each article, on the disk. Those of any other can
# be, but the server would take them all into memory.
LISTED = (*WORDS.values(), DEFINITIONS)
_OPTIONS: dict[Kept, str] = {"presence": "docs", "counts": "freqs", "places": "positions"}


def body(settings: dict[str, Any], similarity: str, /) -> dict[str, Any]:
    """Return what makes an index: ``settings`` of its owner, and the name of BM25 there."""
    return {
        "settings": {
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
            "max_regex_length": 5_000,
            "max_terms_count": 65_536,
            "similarity": {"default": {"type": similarity, "k1": 1.2, "b": 0.75}},
            **settings,
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": ["article"]},
            "properties": _properties(),
        },
    }


def _properties() -> dict[str, Any]:
    keyword = {"type": "keyword"}
    properties: dict[str, Any] = {
        "id": keyword,
        "published": {"type": "long"},
        "article": {"type": "binary"},
        **{f"{name}_facet": {**keyword, "ignore_above": _LONGEST_FACET} for name in FACETS},
        **{f"{name}_listed": {**keyword, "index": False} for name in LISTED},
    }
    for name, kept in KEPT.items():
        properties[name] = {
            "type": "text",
            "analyzer": "whitespace",
            "index_options": _OPTIONS[kept],
            "fielddata": name not in LISTED,
        }
    return properties


def listing(field: str, /) -> str:
    """Return the field by which the terms of ``field`` are listed."""
    return f"{field}_listed" if field in LISTED else field


def key(article_id: str, /) -> str:
    """Return what the server calls an article, which is shorter than an id may be."""
    raw = article_id.encode()
    return article_id if 0 < len(raw) <= _LONGEST_ID else f"#{blake2b(raw).hexdigest()}"


def lines(document: Document, /) -> bytes:
    """Return what puts an article in the place of any with its id: two lines of JSON."""
    terms = {name: _short(document.terms.get(name, "")) for name in KEPT}
    row = {
        "id": document.id,
        "published": document.published,
        **terms,
        **{f"{name}_listed": _listed(terms[name]) for name in LISTED},
        **{f"{name}_facet": values for name, values in document.facets.items()},
        "article": b64encode(_packing.pack(document.stored)).decode(),
    }
    named = {"index": {"_id": key(document.id)}}
    return f"{_dumped(named)}\n{_dumped(row)}\n".encode()


def deletion(article_id: str, /) -> bytes:
    """Return what takes an article out: a line of JSON."""
    return f"{_dumped({'delete': {'_id': key(article_id)}})}\n".encode()


def _dumped(row: object) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _short(terms: str) -> str:
    if _LONG.search(terms):
        terms = " ".join(t if len(t.encode()) <= LONGEST_TERM else GAP for t in terms.split())
    return terms if terms and not terms.isspace() else GAP


def _listed(terms: str) -> list[str]:
    return [term for term in dict.fromkeys(terms.split()) if term != GAP]


def article(source: dict[str, str], /) -> Article:
    """Return the article that was sent.

    Raises:
        ValueError: it is not as it was stored.
    """
    return load_article(_packing.unpack(b64decode(source["article"])))
