"""The files for a cluster of three nodes say what docs/scaling.md says of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

yaml = pytest.importorskip("yaml")

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "cluster"
NODES = ["search-1", "search-2", "search-3"]


class _Strict(yaml.SafeLoader):  # type: ignore[misc,name-defined]
    """Refuses a key that stands twice, which YAML's readers pass over."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        assert len(keys) == len(set(keys)), f"{node.start_mark}: a key stands twice"
        return super().construct_mapping(node, deep)


def _read(name: str) -> Any:
    return yaml.load((FOLDER / name).read_text("utf-8"), _Strict)


def test_a_key_that_stands_twice_is_seen() -> None:
    with pytest.raises(AssertionError, match="stands twice"):
        yaml.load("a: 1\na: 2", _Strict)


def test_each_node_knows_the_others_and_keeps_its_own_data() -> None:
    compose = _read("compose.yaml")
    assert set(compose) <= {"services", "volumes", "networks", "x-node", "x-settings"}
    assert list(compose["services"]) == NODES
    published = set()
    for name, service in compose["services"].items():
        settings = service["environment"]
        assert settings["node.name"] == name
        for each in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes"):
            assert settings[each].split(",") == NODES
        assert service["volumes"] == [f"{name}:/usr/share/opensearch/data"]
        assert name in compose["volumes"]
        assert set(service["networks"]) <= set(compose["networks"])
        (port,) = service["ports"]
        published.add(port)
        assert re.fullmatch(r"127\.0\.0\.1:92\d\d:9200", port)  # this machine's only
        assert re.fullmatch(r"\S+/opensearch:\d+\.\d+\.\d+", service["image"])
        assert {"test", "interval", "retries"} <= set(service["healthcheck"])
    assert len(published) == len(NODES)


def test_the_chart_is_given_three_nodes_on_three_machines() -> None:
    values = _read("values.yaml")
    # The chart's own names; one that is misspelt would be passed over in silence.
    assert set(values) <= {
        *("clusterName", "nodeGroup", "masterService", "replicas", "roles", "image"),
        *("opensearchJavaOpts", "resources", "persistence", "antiAffinity", "maxUnavailable"),
        *("sysctlInit", "extraEnvs", "secretMounts", "config"),
    }
    assert values["replicas"] == 3
    assert values["antiAffinity"] == "hard"
    assert values["masterService"] == f"{values['clusterName']}-{values['nodeGroup']}"
    assert "master" in values["roles"]
    heap = re.search(r"-Xmx(\d+)g", values["opensearchJavaOpts"])
    memory = values["resources"]["limits"]["memory"].removesuffix("Gi")
    assert heap
    assert int(heap[1]) * 2 <= int(memory)


@pytest.mark.parametrize("name", ["compose.yaml", "values.yaml"])
def test_no_file_holds_a_password(name: str) -> None:
    def values(node: Any, key: str = "") -> Any:
        if isinstance(node, dict):
            for inner, value in node.items():
                yield from values(value, str(inner))
        elif isinstance(node, list):
            for value in node:
                yield from values(value, key)
        else:
            yield key, str(node)

    for key, value in values(_read(name)):
        if "password" in key.lower() and key != "password":
            assert value.startswith("${"), (key, value)
