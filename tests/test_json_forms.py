"""One form of JSON for the command line, HTTP and programs, and a schema that says what it is."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main

_KINDS: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None),
    "array": list, "object": dict,
}  # fmt: skip
SEARCHES: dict[str, dict[str, Any]] = {
    "gempa lembah": {},
    "gempa": {"facets": True, "explain": True},
    "gempa zzzz": {"match": "all"},
    "banjr sungai tidakada": {},
    "": {"sort": "newest", "limit": 2},
    "東京 OR (rusak": {"match": "any", "offset": 1},
}


def fits(value: object, form: dict[str, Any]) -> bool:
    """Say whether a value, as ``json`` reads it, is what a schema says, and has no other key."""
    kinds = form["type"] if isinstance(form["type"], list) else [form["type"]]
    kind = next((k for k in kinds if isinstance(value, _KINDS[k])), None)
    if kind is None or (isinstance(value, bool) and kind != "boolean"):
        return False
    if kind == "array":
        assert isinstance(value, list)
        sized = form.get("minItems", 0) <= len(value) <= form.get("maxItems", len(value))
        return sized and all(fits(each, form["items"]) for each in value)
    if kind == "object" and "properties" in form:
        assert isinstance(value, dict)
        known = form["properties"]
        return set(form["required"]) <= value.keys() <= known.keys() and all(
            fits(each, known[name]) for name, each in value.items()
        )
    if kind == "object":
        assert isinstance(value, dict)
        return all(fits(each, form["additionalProperties"]) for each in value.values())
    return kind == "null" or value in form.get("enum", [value])


def as_read(value: object) -> object:
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("query", SEARCHES)
def test_results_are_what_their_schema_says(built_index: kliping.Index, query: str) -> None:
    results = built_index.search(query, **SEARCHES[query])
    given = results.to_dict()
    assert as_read(given) == given
    assert fits(given, kliping.Results.json_schema())
    for hit in results:
        assert fits(as_read(hit.to_dict()), kliping.Hit.json_schema())
        assert fits(as_read(hit.article.to_dict()), kliping.Article.json_schema())


def test_what_is_not_so_does_not_fit(built_index: kliping.Index) -> None:
    given: dict[str, Any] = {**built_index.search("gempa").to_dict()}
    form = kliping.Results.json_schema()
    for wrong in ({"total": "2"}, {"match": "some"}, {"more": 1}, {"hits": [{}]}, {"next": 3}):
        assert not fits({**given, **wrong}, form)
    del given["notes"]
    assert not fits(given, form)


def test_no_field_is_left_out() -> None:
    for kind, besides in ((kliping.Article, set()), (kliping.Results, {"_next"})):
        names = {field.name for field in dataclasses.fields(kind)} - besides
        assert names <= kind.json_schema()["properties"].keys()


def test_the_command_line_prints_what_the_library_gives(built_index: kliping.Index) -> None:
    line = ["--index", str(built_index.path), "search", "gempa", "--json"]
    printed = json.loads(CliRunner().invoke(main, line).stdout)
    given = built_index.search("gempa").to_dict()
    assert printed | {"took_ms": 0} == {**given, "took_ms": 0}
    line = ["--index", str(built_index.path), "show", "gempa-1", "--json"]
    shown = json.loads(CliRunner().invoke(main, line).stdout)
    assert shown == built_index.get("gempa-1").to_dict()


def test_the_schemas_are_schemas() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for each in (kliping.Article, kliping.Hit, kliping.Results):
        jsonschema.Draft202012Validator.check_schema(each.json_schema())
