"""Fetches OpenSearch as its makers publish it for tests, and finds a JDK that it runs on.

The archives are Maven's, which keeps them; a folder that has them already may be named by
``KLIPING_TEST_OPENSEARCH``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import NamedTuple

_MAVEN = "mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
_SERVER = "org.opensearch.distribution.integ-test-zip:opensearch:{}:zip"
_PLUGIN = "org.opensearch.plugin:opensearch-security:{}:zip"
_PATIENCE = 300


class Missing(Exception):
    """A server cannot be had here; the message says what it needs."""


class Release(NamedTuple):
    """A version of the server, and the JDKs that it runs on."""

    version: str
    least: int
    most: int


# The plainest server that a JDK here can run, the newest first; users and roles are only 2.19's.
RELEASES = Release("3.4.0", 21, 99), Release("2.19.1", 17, 23)
SECURED = RELEASES[-1]
PLUGIN = "2.19.1.0"


def choose(releases: tuple[Release, ...]) -> tuple[Release, Path]:
    """Return the first release that runs on a JDK found here, and that JDK.

    Raises:
        Missing: there is none.
    """
    found = {path: version for path in _javas() if (version := _version(path))}
    for release in releases:
        for path, version in found.items():
            if release.least <= version <= release.most:
                return release, path
    wanted = " or ".join(f"{each.least}..{each.most}" for each in releases)
    raise Missing(f"no JDK of version {wanted} here; JAVA_HOME may name one")


def unpack(release: Release, folder: Path, /) -> Path:
    """Unpack a server into ``folder``, which everyone may read, and return its own folder."""
    with zipfile.ZipFile(archive(_SERVER.format(release.version), folder)) as packed:
        packed.extractall(folder)
    root = folder / f"opensearch-{release.version}"
    for tool in (root / "bin").iterdir():
        tool.chmod(0o755)
    return root


def plugin(folder: Path, /) -> Path:
    """Return the archive of the plugin for users and roles."""
    return archive(_PLUGIN.format(PLUGIN), folder)


def archive(artifact: str, folder: Path, /) -> Path:
    """Return an archive: of the named folder if it is there, else as Maven has it.

    Raises:
        Missing: neither has it.
    """
    _, name, version, kind = artifact.split(":")
    file = f"{name}-{version}.{kind}"
    kept = Path(os.environ.get("KLIPING_TEST_OPENSEARCH", folder), file)
    if kept.exists():
        return kept
    if shutil.which("mvn") is None:
        raise Missing(f"{file} is fetched by Maven, and there is no mvn here")
    asked = [*_MAVEN, f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise Missing(f"Maven did not bring {file} within {_PATIENCE} s") from None
    if done.returncode or not (folder / file).exists():
        why = next((line for line in done.stdout.splitlines() if "ERROR" in line), "no reason told")
        raise Missing(f"Maven cannot bring {file}: {why[:200]}")
    return folder / file


def _javas() -> list[Path]:
    named = [
        os.environ[name] for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME") if name in os.environ
    ]
    found = [Path(each) for each in named] + sorted(Path("/usr/lib/jvm").glob("*"))
    if java := shutil.which("java"):
        found.append(Path(java).resolve().parents[1])
    return found


def _version(home: Path) -> int:
    """Return the version of a JDK, 0 where there is none."""
    try:
        told = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text(encoding="utf-8"))
    except OSError:
        return 0
    return int(told[1]) if told and (home / "bin" / "java").exists() else 0
