"""Starts real servers on loopback, small ones, and ends those that it started."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.opensearch.fetching import RELEASES, SECURED, Missing, choose, plugin, unpack

PASSWORD = "Sandi-Uji-Kliping-1"
_PATIENCE = 180.0  # three nodes on two busy processors take 40 to 90 s
_NOBODY = "65534"
_LOCAL = {"network.host": "127.0.0.1", "cluster.routing.allocation.disk.threshold_enabled": "false"}
# Lines of the options that write into the server's own folder, which is not the node's.
_ELSEWHERE = "gc.log", "HeapDump", "ErrorFile"


@dataclass
class Node:
    """One process of a server: ``address`` is where it answers."""

    name: str
    port: int
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; :meth:`Servers.wait` says when it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=dict(self.environment), stdout=log, stderr=log, cwd="/"
            )

    def end(self, number: int = signal.SIGTERM) -> None:
        """End its process, if it runs, and wait until it has gone."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(60)
            self.process = None

    def pause(self) -> None:
        """Let it hold what it is asked, and answer nothing."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        assert self.process
        self.process.send_signal(signal.SIGCONT)


@dataclass
class Servers:
    """Nodes that make one cluster; ``ca`` is the certificate that its own are signed by."""

    nodes: list[Node]
    ca: Path | None = None
    user: str | None = None
    context: ssl.SSLContext | None = None

    @property
    def addresses(self) -> list[str]:
        """Where its nodes answer."""
        kind = "https" if self.ca else "http"
        return [f"{kind}://127.0.0.1:{node.port}" for node in self.nodes]

    @property
    def address(self) -> str:
        """Where its first node answers."""
        return self.addresses[0]

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        method: str = "GET",
        node: int = 0,
        wait: float = 30,
    ) -> Any:
        """Ask a node and return its answer; ``body`` goes as JSON."""
        sent = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{self.addresses[node]}/{path}", sent, method=method)
        asked.add_header("Content-Type", "application/json")
        if self.user:
            pair = base64.b64encode(f"{self.user}:{PASSWORD}".encode()).decode()
            asked.add_header("Authorization", f"Basic {pair}")
        with urllib.request.urlopen(asked, timeout=wait, context=self.context) as answer:
            return json.load(answer)

    def wait(self, *, nodes: int | None = None) -> None:
        """Wait until as many nodes as are meant to run make one cluster that answers."""
        wanted, until = nodes or len(self.nodes), time.monotonic() + _PATIENCE
        while True:
            with suppress(OSError, ValueError):
                health = self.ask("_cluster/health?wait_for_no_initializing_shards=true&timeout=5s")
                if health["number_of_nodes"] == wanted and health["status"] != "red":
                    return
            for node in self.nodes:
                if node.process and node.process.poll() is not None:
                    raise AssertionError(f"{node.name} ended: {_tail(node.log)}")
            if time.monotonic() > until:
                raise AssertionError(f"no cluster of {wanted}: {_tail(self.nodes[0].log)}")
            time.sleep(0.5)


@contextmanager
def plain_servers(count: int = 1) -> Iterator[Servers]:
    """Yield a running cluster of so many nodes, without users.

    Raises:
        Missing: it cannot be had here.
    """
    with _unpacked(RELEASES) as (root, java, work):
        yield from _running(root, java, work, count)


@contextmanager
def secured_server() -> Iterator[Servers]:
    """Yield a running node that speaks https and knows users, of which ``admin`` may do all.

    Raises:
        Missing: it cannot be had here.
    """
    with _unpacked((SECURED,)) as (root, java, work):
        environment = _environment(java, root / "config", work)
        environment["OPENSEARCH_INITIAL_ADMIN_PASSWORD"] = PASSWORD
        archive = plugin(work).as_uri()
        for line in (
            [root / "bin/opensearch-plugin", "install", "--batch", archive],
            [
                "bash",
                root / "plugins/opensearch-security/tools/install_demo_configuration.sh",
                "-yi",
            ],
        ):
            done = subprocess.run(
                line, env=environment, check=False, capture_output=True, text=True
            )
            if done.returncode:
                raise Missing(f"{Path(line[0]).name} fails here: {done.stderr[-500:]}")
        yield from _running(root, java, work, 1, ca=root / "config" / "root-ca.pem", user="admin")


@contextmanager
def _unpacked(releases: tuple[Any, ...]) -> Iterator[tuple[Path, Path, Path]]:
    """Yield a server's folder, a JDK, and a folder to work in, all gone at the end."""
    release, java = choose(releases)
    with TemporaryDirectory(prefix="kliping-opensearch-", ignore_cleanup_errors=True) as place:
        work = Path(place)
        work.chmod(0o755)
        yield unpack(release, work), java, work


def _running(
    root: Path, java: Path, work: Path, count: int, *, ca: Path | None = None, user: str = ""
) -> Iterator[Servers]:
    ports = _free_ports(2 * count)
    names = [f"n{number}" for number in range(1, count + 1)]
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports[count:])
    together = (
        {"discovery.type": "single-node"}
        if count == 1
        else {
            "discovery.seed_hosts": hosts,
            "cluster.initial_cluster_manager_nodes": ",".join(names),
        }
    )
    nodes = [
        _node(root, java, work / name, together | {"http.port": http, "transport.port": transport})
        for name, http, transport in zip(names, ports[:count], ports[count:], strict=True)
    ]
    context = None if ca is None else ssl.create_default_context(cafile=str(ca))
    servers = Servers(nodes, ca, user or None, context)
    with ExitStack() as ending:
        for node in nodes:
            ending.callback(node.end, signal.SIGKILL)
            node.start()
        try:
            servers.wait()
        except AssertionError as error:
            raise Missing(f"a server does not start here: {error}") from error
        yield servers


def _node(root: Path, java: Path, place: Path, settings: Mapping[str, object]) -> Node:
    """Make what a node needs of its own, and return it, not yet started."""
    place.mkdir()
    for name in ("data", "logs", "tmp"):
        (place / name).mkdir()
    config = Path(shutil.copytree(root / "config", place / "config"))
    options = config / "jvm.options"
    kept = [
        line
        for line in options.read_text(encoding="utf-8").splitlines(keepends=True)
        if not any(word in line for word in _ELSEWHERE)
    ]
    options.write_text("".join(kept), encoding="utf-8")
    own = {"cluster.name": "kliping-tests", "node.name": place.name}
    folders = {"path.data": place / "data", "path.logs": place / "logs"}
    pairs = {**_LOCAL, **own, **folders, **settings}.items()
    command = [str(root / "bin/opensearch"), *(f"-E{name}={value}" for name, value in pairs)]
    if os.geteuid() == 0:  # as whom it refuses to run
        for path in (place, *place.rglob("*")):
            os.chown(path, int(_NOBODY), int(_NOBODY))
        drop = "setpriv", "--reuid", _NOBODY, "--regid", _NOBODY, "--clear-groups"
        command = [*drop, *command]
    environment = _environment(java, config, place / "tmp")
    return Node(place.name, int(str(settings["http.port"])), command, environment, place / "log")


def _environment(java: Path, config: Path, temporary: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "OPENSEARCH_JAVA_HOME": str(java),
        "OPENSEARCH_JAVA_OPTS": "-Xms512m -Xmx512m",
        "OPENSEARCH_PATH_CONF": str(config),
        "OPENSEARCH_TMPDIR": str(temporary),
    }


def _free_ports(count: int) -> Sequence[int]:
    with ExitStack() as held:
        bound = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in bound:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in bound]


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2_000:]
