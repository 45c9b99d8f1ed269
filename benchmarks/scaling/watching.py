"""A command and all processes that it starts, watched: "What does it take, all together?".

Memory that several processes share counts once (Linux's proportional set size). What is *own* is
held by no file: the rest are pages of mapped files, which the system takes back when it needs them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
KLIPING = (sys.executable, "-m", "kliping")
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
_EVERY = 0.25  # seconds between two looks at memory


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: seconds by the clock and of processors, the most bytes at one time."""

    seconds: float
    cpu_seconds: float
    peak: int
    own: int
    output: str


def watched(command: Sequence[str | Path], /, *, given: str = "") -> Spent:
    """Run a command to its end, looking at its processes all the while.

    Raises:
        CalledProcessError: it failed; what it said of that is shown.
    """
    before, started = _cpu(), time.perf_counter()
    with ExitStack() as files:
        asked, output, errors = (files.enter_context(TemporaryFile("w+")) for _ in range(3))
        asked.write(given)
        asked.seek(0)
        process = subprocess.Popen(
            list(map(str, command)), stdin=asked, stdout=output, stderr=errors, env=_environment()
        )
        peak = own = 0
        while process.poll() is None:
            all_now, own_now = _memory(process.pid)
            peak, own = max(peak, all_now), max(own, own_now)
            time.sleep(_EVERY)
        seconds, spent = time.perf_counter() - started, _cpu() - before
        output.seek(0)
        if process.returncode:
            errors.seek(0)
            print(errors.read(), file=sys.stderr)
            raise subprocess.CalledProcessError(process.returncode, command)
        return Spent(seconds, spent, peak, own, output.read())


def seconds_of(
    commands: Mapping[str, Sequence[str | Path]], /, *, rounds: int, clock: str
) -> dict[str, float]:
    """Return the median seconds of each command as a whole process, all in turn in each round."""
    now = _cpu if clock == "cpu" else time.perf_counter
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            started = now()
            subprocess.run(
                list(map(str, command)), stdout=subprocess.DEVNULL, env=_environment(), check=True
            )
            times[name].append(now() - started)
    return {name: median(each) for name, each in times.items()}


def _environment() -> dict[str, str]:
    """Return the environment of a user who has installed it: compiled modules are kept."""
    kept = {name: value for name, value in os.environ.items() if name != _UNCOMPILED}
    return kept | {"PYTHONPATH": str(ROOT / "indexer")}


def _cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _memory(pid: int) -> tuple[int, int]:
    """Return the bytes that a process and those below it hold, and how many no file does."""
    peak = own = 0
    try:
        parent = psutil.Process(pid)
        family = [parent.pid, *(child.pid for child in parent.children(recursive=True))]
    except psutil.NoSuchProcess:
        return 0, 0
    for each in family:
        try:
            rows = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:  # it ended just now
            continue
        sizes = {row.partition(":")[0]: int(row.split()[1]) * 1024 for row in rows[1:]}
        peak += sizes["Pss"]
        own += sizes["Pss_Anon"]
    return peak, own
