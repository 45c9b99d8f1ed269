"""What docs/server.md and the Dockerfile say is tried: commands run, settings are parsed."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kliping.cli.serve import serve
from kliping.server.app import create_app
from kliping.server.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "server.md").read_text("utf-8")
DEFAULT_PORT = next(each.default for each in serve.params if each.name == "port")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def _taken(arguments: list[str]) -> dict[str, object]:
    """Return the options of ``serve`` as the command line takes them."""
    with click.Context(serve) as context:
        serve.parse_args(context, list(arguments))
        return dict(context.params)


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return str(found.getsockname()[1])


def _script() -> str:
    """Return the commands of all blocks as one script; what serves is begun and waited for."""
    script = ["set -euo pipefail", "trap 'kill $(jobs -p) && wait' EXIT"]
    for line in (line[2:] for block in _blocks("console") for line in block.splitlines()):
        if port := re.search(r" serve .*--port (\d+)", line):
            health = f"curl -sf http://127.0.0.1:{port[1]}/healthz"
            script += [f"{line} 2>>log &", f"until {health} >>health; do sleep .1; done"]
        else:
            script += [line.replace("curl ", "curl -sSf "), "echo"]
    ports = {port: _free_port() for port in ("8000", "8001")}
    return re.sub(r"\b800[01]\b", lambda found: ports[found[0]], "\n".join(script))


def test_the_commands_do_what_they_say(tmp_path: Path) -> None:
    if shutil.which("curl") is None or shutil.which("bash") is None:
        pytest.skip("needs bash and curl")
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    for name, command in (("kliping", " -m kliping"), ("python", "")):
        shim = tmp_path / "bin" / name
        shim.parent.mkdir(exist_ok=True)
        shim.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)}{command} "$@"\n')
        shim.chmod(0o755)
    own = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING_")}
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", _script()],
        cwd=tmp_path,
        env={**own, "PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    found, trend, health, guarded = answers
    assert len(found["hits"]) == 3
    assert trend["by"] == "month"
    assert health["index"] == "open"
    assert guarded["query"] == "banjir"
    assert (tmp_path / "restored" / "manifest.json").exists()


def test_the_unit_starts_what_nginx_asks() -> None:
    (nginx,), (unit,) = _blocks("nginx"), _blocks("ini")
    parsed = configparser.RawConfigParser()
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(unit)
    _, index, path, name, *arguments = shlex.split(parsed["Service"]["ExecStart"])
    assert (index, path.startswith("/"), name) == ("--index", True, "serve")
    taken = _taken(arguments)
    assert taken["public"], "else it would not answer to the name that nginx passes on"
    assert f"proxy_pass http://{taken['host']}:{taken['port']};" in nginx
    assert nginx.count("{") == nginx.count("}")
    rows = [line.strip() for line in nginx.splitlines() if line.strip()]
    assert all(row.endswith((";", "{", "}")) for row in rows)


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    unit = tmp_path / "kliping.service"
    text = _blocks("ini")[0].replace("/opt/kliping/bin/kliping", sys.executable)
    unit.write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "kliping.service" not in done.stderr


def test_the_limits_are_those_of_the_program(tmp_path: Path) -> None:
    from kliping.server import app, connections
    from kliping.server.openapi import description

    settings = Settings(index=tmp_path)
    parameters = description()["paths"]["/api/search"]["get"]["parameters"]
    known = {each["name"]: each["schema"] for each in parameters}
    table = TEXT[TEXT.index("## Limits") : TEXT.index("## What it costs")]
    for said in (
        f"{known['q']['maxLength']:,} characters",
        f"{known['limit']['maximum']}; `offset` {known['offset']['maximum']:,}",
        f"{known['source']['items']['maxLength']} characters, {known['source']['maxItems']} of",
        f"{connections._LONGEST_HEAD // 1024} kB, within {connections.Connection.seconds:.0f} s",
        f"{app._LONGEST_BODY // 1024} kB, which nothing reads",
        f"{settings.seconds:.0f} seconds",
        f"{settings.waiting} a worker, {settings.from_one} of them",
    ):
        assert said in table


def test_every_address_is_served_and_every_route_told(tmp_path: Path) -> None:
    routes = {route.path for route in create_app(Settings(index=tmp_path)).routes}  # type: ignore[attr-defined]
    told = set(re.findall(r"^\| .*", TEXT, re.MULTILINE))
    addresses = {each for row in told for each in re.findall(r"`(/[\w./]*)", row.split("|")[1])}
    for address in addresses:
        assert any(re.sub(r"\{.*", "", route) == address.replace("KEY", "") for route in routes)
    for route in routes:
        if route.startswith(("/api/", "/healthz", "/metrics", "/openapi")):
            assert re.sub(r"\{key.*\}", "KEY", route) in addresses


def _instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, as Docker reads lines."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    pairs = (line.split(None, 1) for line in joined.splitlines() if line.strip())
    return [(name, rest) for name, rest in pairs]


def test_the_dockerfile_makes_what_runs() -> None:
    rows = _instructions()
    assert {name for name, _ in rows} <= {
        *("FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE"),
        *("HEALTHCHECK", "ENTRYPOINT", "CMD"),
    }
    by_name: dict[str, list[str]] = {}
    for name, rest in rows:
        by_name.setdefault(name, []).append(rest)
    stages = {rest.partition(" AS ")[2] for rest in by_name["FROM"]}
    for rest in by_name["FROM"]:
        assert re.fullmatch(r"python:3\.1[1-4]-slim( AS \w+)?", rest), "a version that is supported"
    copied = []
    for rest in by_name["COPY"]:
        if found := re.match(r"--from=(\w+)", rest):
            assert found[1] in stages
        else:
            copied += rest.split()[:-1]
    for path in copied:
        assert (ROOT / path).exists(), path
        assert f"!{path.removeprefix('./')}" in (ROOT / ".dockerignore").read_text().split()
    extras = re.findall(r"\.\[(\w+)\]", "".join(by_name["RUN"]))
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    assert extras == ["server"]
    assert "server" in setup["options.extras_require"]
    needed = {setup["metadata"]["license_files"], "README.md", "setup.cfg", "pyproject.toml"}
    assert {*needed, "indexer"} == set(copied)
    assert by_name["USER"][-1] not in ("0", "root")
    assert by_name["EXPOSE"] == [str(DEFAULT_PORT)]
    assert f":{DEFAULT_PORT}/healthz" in by_name["HEALTHCHECK"][0]
    assert json.loads(by_name["ENTRYPOINT"][0]) == ["kliping"]
    command, *arguments = json.loads(by_name["CMD"][0])
    assert command == "serve"
    taken = _taken(arguments)
    assert not taken["public"], "who runs it says whether anyone may ask"


def test_the_health_check_of_the_dockerfile_works(served_index: Path, tmp_path: Path) -> None:
    from tests.server.serving import serving

    (rest,) = (rest for name, rest in _instructions() if name == "HEALTHCHECK")
    command = json.loads(rest[rest.index("CMD ") + 4 :])
    assert command[0] == "python"
    with serving(served_index, tmp_path / "log") as server:
        code = command[2].replace(f":{DEFAULT_PORT}/", f":{server.port}/")
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
        server.process.terminate()
        server.process.wait(20)
        failed = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
        assert failed.returncode != 0
