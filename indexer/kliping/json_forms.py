"""What articles and results are as JSON: one form for the command line, HTTP and programs.

Each class names the keys of one object; ``schema`` makes a JSON Schema of it, so what is said of a
key is said once, here. Nothing of this is loaded until somebody asks for a schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# ISO 8601, with its zone: 2024-03-12T07:15:00+07:00.
Moment = Annotated[str, ("format", "date-time")]
Span = Annotated[list[int], ("minItems", 2), ("maxItems", 2)]
_PLAIN: Mapping[object, str] = {
    str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null",
}  # fmt: skip


class ArticleJSON(TypedDict):
    """One news article, cleaned."""

    id: Annotated[str, "unique in an index, and stable"]
    title: str | None
    body: Annotated[str, "plain text, paragraphs parted by a blank line"]
    authors: list[str]
    published: Annotated[Moment | None, "with its zone: WIB where the text gives none"]
    source: Annotated[str | None, "the publisher, by its one name"]
    section: str | None
    tags: list[str]
    url: str | None
    path: Annotated[str | None, "the file that it came from, as it was named"]
    modified: Annotated[Moment | None, "never before it was published"]
    language: Annotated[str | None, "ISO 639-1: id, ms, jv, su, en"]
    image: Annotated[str | None, "the address of the lead picture"]
    caption: Annotated[str | None, "the words under the picture"]
    channel: Annotated[str | None, "the article's own word for its source, where that is another"]


class PassageJSON(TypedDict):
    """A stretch of text with what matched in it."""

    text: str
    spans: Annotated[list[Span], "[start, stop) in characters, ascending, disjoint"]


class PartJSON(TypedDict):
    """A part of a query, and what it brought to a score."""

    clause: str
    score: float


class HitJSON(TypedDict):
    """One article that matched, why, and how well."""

    rank: Annotated[int, "from 1, over all pages"]
    score: Annotated[float, "compares hits of one search; 0 where they are sorted by date"]
    id: str
    title: str | None
    title_spans: Annotated[list[Span], "[start, stop) in characters of the title"]
    source: str | None
    section: str | None
    author: Annotated[str | None, "all authors, parted by commas"]
    published: Moment | None
    url: str | None
    path: str | None
    passages: list[PassageJSON]
    similar: Annotated[list[str], "the ids of the articles that say the same"]
    missing: Annotated[list[str], "the words and phrases of the query that it lacks"]
    explain: NotRequired[Annotated[list[PartJSON], "what its score is the sum of, if asked for"]]


class ResultsJSON(TypedDict):
    """One page of hits, and what can be said of all that matched."""

    query: Annotated[str, "what was typed"]
    total: Annotated[int, "matches; of articles that say the same, one, as far as was walked"]
    total_relation: Annotated[Literal["eq", "gte"], "gte: there may be more; up to 10,000 eq"]
    took_ms: Annotated[float, "how long the search took, in milliseconds"]
    match: Annotated[Literal["all", "any"], "how the words were taken in the end"]
    relaxed: Annotated[bool, "whether articles follow that lack words"]
    with_all: Annotated[int | None, "how many matches have all words; null with match=any"]
    notes: Annotated[list[str], "what of the query was mended"]
    suggestions: Annotated[list[str], "queries that find more, where little was found"]
    word_counts: Annotated[dict[str, int], "what each word alone finds, where none had all"]
    next: Annotated[str | None, "the token of the next page; null where no match is left"]
    hits: list[HitJSON]
    facets: NotRequired[Annotated[dict[str, dict[str, int]], "counts by facet, if asked for"]]
    explain: NotRequired[Annotated[str, "how the query was read, if asked for"]]


def schema(form: type, /) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one of these forms, whole: it refers to no other.

    >>> schema(PassageJSON)["properties"]["text"]
    {'type': 'string'}
    """
    return {"$schema": _DIALECT, **_schema(form)}


def _schema(kind: Any) -> dict[str, Any]:
    """Return the schema of a type, of those that the forms use."""
    parts = get_args(kind)
    if is_typeddict(kind):
        return _object(kind)
    if get_origin(kind) is Annotated:
        said = dict(_said(each) for each in kind.__metadata__)
        return _schema(parts[0]) | said
    makers: dict[Any, Callable[[], dict[str, Any]]] = {
        Literal: lambda: {"type": "string", "enum": list(parts)},
        Union: lambda: _either([_schema(part) for part in parts]),
        UnionType: lambda: _either([_schema(part) for part in parts]),
        list: lambda: {"type": "array", "items": _schema(parts[0])},
        dict: lambda: {"type": "object", "additionalProperties": _schema(parts[1])},
    }
    return makers.get(get_origin(kind), lambda: {"type": _PLAIN[kind]})()


def _said(each: str | tuple[str, object]) -> tuple[str, object]:
    """Return what an annotation says of a type, as a keyword and its value."""
    return ("description", each) if isinstance(each, str) else each


def _object(form: Any) -> dict[str, Any]:
    hints = get_type_hints(form, include_extras=True)
    optional = {name for name, hint in hints.items() if get_origin(hint) is NotRequired}
    kinds = {name: get_args(hint)[0] if name in optional else hint for name, hint in hints.items()}
    return {
        "title": form.__name__.removesuffix("JSON"),
        "description": form.__doc__,
        "type": "object",
        "properties": {name: _schema(kind) for name, kind in kinds.items()},
        "required": [name for name in kinds if name not in optional],
    }


def _either(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the schema of what one of several plain schemas allows."""
    first, *others = schemas
    either = {**first, "type": [first["type"], *(each["type"] for each in others)]}
    if "enum" in either and "null" in either["type"]:
        either["enum"] = [*either["enum"], None]
    return either
