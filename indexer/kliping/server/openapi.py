"""The API described as OpenAPI 3.1, made of the classes that read and answer requests."""

from __future__ import annotations

from typing import Any

import msgspec

from kliping.json_forms import schema
from kliping.release import __version__
from kliping.server.api import ENDPOINTS, Endpoint
from kliping.server.parameters import Parameters
from kliping.server.problems import ProblemJSON

_PROBLEMS = {
    "400": "a parameter is not what it takes",
    "401": "the token is missing or wrong",
    "404": "no article has this key",
    "409": "parameters that do not go together, or several articles that have this key",
    "429": "too many requests at once from one address",
    "503": "the index is being built, or too much is asked at once",
}
_OF_KEYS = ("404",)


def description() -> dict[str, Any]:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kliping",
            "summary": "Full-text search for Indonesian news",
            "version": __version__,
        },
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {
            "schemas": {"Problem": _plain(ProblemJSON)},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    problems = {
        status: {
            "description": why,
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for status, why in _PROBLEMS.items()
        if "{key}" in endpoint.path or status not in _OF_KEYS
    }
    answer = {"application/json": {"schema": _plain(endpoint.form)}}
    said = (endpoint.answer.__doc__ or "").strip()
    return {
        "operationId": endpoint.answer.__name__,
        "summary": said,
        "parameters": list(_parameters(endpoint.told, endpoint.path)),
        "responses": {
            "200": {"description": said, "content": answer},
            "304": {"description": "what the client has, by its ETag, is what it would be sent"},
            **problems,
        },
    }


def _parameters(told: type[Parameters], path: str) -> list[dict[str, Any]]:
    """Return what an endpoint may be told, as its class says."""
    _, schemas = msgspec.json.schema_components([told])
    whole = schemas[told.__name__]
    required = whole.get("required", ())
    rows = []
    for name, each in whole["properties"].items():
        within = f"{{{name}}}" in path
        row = {
            "name": name,
            "in": "path" if within else "query",
            "required": within or name in required,
            "schema": _given(each),
        }
        if said := row["schema"].pop("description", None):
            row["description"] = said
        rows.append(row)
    return rows


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what is given: nothing is given as ``null``, but left out."""
    if "anyOf" not in schema:
        return schema
    first: dict[str, Any] = schema["anyOf"][0]
    return first


def _plain(form: type) -> dict[str, Any]:
    whole = schema(form)
    whole.pop("$schema")
    return whole
