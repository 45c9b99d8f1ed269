"""What an index of tantivy keeps of an article: which fields, and what goes into each."""

from __future__ import annotations

import tantivy

from kliping.engines.documents import FACETS, Document
from kliping.query.fields import KEPT, Kept

_OPTIONS: dict[Kept, str] = {"presence": "basic", "counts": "freq", "places": "position"}

# Days are counted by the moments of publication (``tantivy_facets``).
_NAMED = tuple(name for name in FACETS if name != "day")


def schema() -> tantivy.Schema:
    """Return the fields of a new index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name, kept in KEPT.items():
        builder.add_text_field(name, tokenizer_name="terms", index_option=_OPTIONS[kept])
    for name in _NAMED:
        builder.add_text_field(
            f"{name}_facet", tokenizer_name="raw", index_option="basic", fast=True
        )
    builder.add_integer_field("published", fast=True)
    builder.add_bytes_field("article", stored=True)
    return builder.build()


def native(document: Document, packed: bytes, /) -> tantivy.Document:
    """Return ``document`` as the library takes it; ``packed`` gives the article back."""
    native = tantivy.Document()
    native.add_text("id", document.id)
    for field, terms in document.terms.items():
        native.add_text(field, terms)
    for name in _NAMED:
        for value in document.facets.get(name, ()):
            native.add_text(f"{name}_facet", value)
    if document.published is not None:
        native.add_integer("published", document.published)
    native.add_bytes("article", packed)
    return native
