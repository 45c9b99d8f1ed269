"""The tools as an assistant meets them: through the SDK's own client, over standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import kliping

mcp = pytest.importorskip("mcp", reason="needs kliping[mcp]")
anyio = pytest.importorskip("anyio")

TOOLS = {"search", "fetch", "similar", "suggest", "trend"}


def _with_client(index: Path, ask: Callable[[Any], Awaitable[Any]]) -> Any:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = ["-m", "kliping", "--index", str(index), "mcp"]
    server = mcp.StdioServerParameters(command=sys.executable, args=arguments, env=environment)

    async def run() -> Any:
        async with mcp.Client(server) as client:
            return await ask(client)

    return anyio.run(run)


@pytest.fixture(scope="module")
def answers(served_index: Path) -> dict[str, Any]:
    """One session: what each tool answers."""
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "search": ("search", {"query": "gempa lembah", "limit": 2}),
        "narrow": ("search", {"query": "", "source": "Kabar Wening", "sort": "oldest"}),
        "fetch": ("fetch", {"id": "gempa-1"}),
        "rest": ("fetch", {"id": "gempa-1", "start": 10}),
        "similar": ("similar", {"id": "gempa-1", "limit": 1}),
        "suggest": ("suggest", {"prefix": "gem"}),
        "trend": ("trend", {"query": "", "by": "year"}),
        "none": ("fetch", {"id": "none"}),
        "etc": ("fetch", {"id": "/etc/passwd"}),
        "later": ("search", {"query": "gempa", "since": "later"}),
        "many": ("search", {"query": "gempa", "limit": 1000}),
        "long": ("search", {"query": "a" * 1001}),
    }

    async def ask(client: Any) -> dict[str, Any]:
        told = {name: await client.call_tool(*each) for name, each in asked.items()}
        return {"tools": (await client.list_tools()).tools, **told}

    return _with_client(served_index, ask)


def test_the_tools_say_what_they_take_and_that_they_only_read(answers: dict[str, Any]) -> None:
    tools = {tool.name: tool for tool in answers["tools"]}
    assert tools.keys() == TOOLS
    for tool in tools.values():
        assert tool.description
        assert tool.annotations.read_only_hint
    assert tools["search"].input_schema["properties"]["limit"]["maximum"] == 20
    assert tools["search"].input_schema["required"] == ["query"]
    assert "self" not in tools["search"].input_schema["properties"]


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_every_answer_has_its_limits_and_sources(answers: dict[str, Any], name: str) -> None:
    told = answers[name].structured_content
    assert told["limits"]["note"]
    assert told["limits"]["total"] >= told["limits"]["returned"] > 0
    assert told["sources"]


def test_what_is_told_is_what_the_library_finds(answers: dict[str, Any]) -> None:
    found = answers["search"].structured_content
    assert [each["id"] for each in found["articles"]] == ["gempa-1", "gempa-2"]
    assert found["sources"][0] == (
        "Gempa guncang Lembah Wening, Harian Wening, 2024-03-12, "
        "https://harian-wening.example/gempa-lembah"
    )
    narrow = answers["narrow"].structured_content["articles"]
    assert [each["id"] for each in narrow] == ["pantun", "banjir"]
    whole = answers["fetch"].structured_content["text"]
    assert answers["rest"].structured_content["text"] == whole[10:]
    assert answers["trend"].structured_content["counts"] == {"1969": 1, "2023": 1, "2024": 3}
    likest = answers["similar"].structured_content["articles"]
    assert [each["id"] for each in likest] == ["gempa-2"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none", "no article has the id"),
        ("etc", "no article has the id"),
        ("later", "'later' is not a date"),
        ("many", "20"),
        ("long", "1000"),
    ],
)
def test_an_assistant_reads_what_was_wrong(answers: dict[str, Any], name: str, said: str) -> None:
    assert answers[name].is_error
    assert said in answers[name].content[0].text


def test_an_index_that_comes_later_is_found(tmp_path: Path, source: Path) -> None:
    index = tmp_path / "index"

    async def ask(client: Any) -> tuple[Any, Any]:
        before = await client.call_tool("search", {"query": "gempa"})
        await anyio.to_thread.run_sync(kliping.build, source, index)
        return before, await client.call_tool("search", {"query": "gempa"})

    before, after = _with_client(index, ask)
    assert before.is_error
    assert "there is no index" in before.content[0].text
    assert after.structured_content["limits"]["total"] == 2
