"""What the description promises is what the server does, whatever it is sent."""

from __future__ import annotations

import pytest

from kliping.json_forms import ResultsJSON, schema
from kliping.server.api import ENDPOINTS
from kliping.server.openapi import description
from tests.server.serving import Server

schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis")
from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from schemathesis.specs.openapi.checks import negative_data_rejection  # noqa: E402

_OPERATIONS = [endpoint.path for endpoint in ENDPOINTS]


def test_the_description_is_made_of_the_types() -> None:
    whole = description()
    assert list(whole["paths"]) == _OPERATIONS
    search = whole["paths"]["/api/search"]["get"]
    parameters = {each["name"]: each for each in search["parameters"]}
    assert parameters["limit"]["schema"] == {
        "type": "integer", "minimum": 1, "maximum": 100, "default": 10,
    }  # fmt: skip
    assert parameters["source"]["schema"]["type"] == "array"
    answer = search["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["properties"] == schema(ResultsJSON)["properties"]


def _check(server: Server, path: str, examples: int) -> None:
    """Send an endpoint what fits its description and what does not, and check the answers."""
    url = f"http://127.0.0.1:{server.port}"
    api = schemathesis.openapi.from_url(f"{url}/openapi.json")
    operation = api[path]["GET"]

    @given(case=operation.as_strategy() | _negative(operation))
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def answered(case) -> None:
        # In an address all is text: ``source=true`` is a name, whatever made it. What is refused
        # is tried one by one in test_api.
        case.call_and_validate(base_url=url, excluded_checks=[negative_data_rejection])

    answered()


def _negative(operation) -> st.SearchStrategy:
    modes = schemathesis.GenerationMode
    return operation.as_strategy(generation_mode=modes.NEGATIVE)


@pytest.mark.parametrize("path", _OPERATIONS)
def test_whatever_an_endpoint_is_sent_it_answers_as_described(server: Server, path: str) -> None:
    _check(server, path, 15)


@pytest.mark.torture
@pytest.mark.parametrize("path", _OPERATIONS)
def test_whatever_an_endpoint_is_sent_for_long(server: Server, path: str) -> None:
    _check(server, path, 500)
