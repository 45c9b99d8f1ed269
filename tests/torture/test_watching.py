"""A watch that goes on for days: files come, change and go, and memory stays."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

import kliping
from kliping.cli.watch import _Keeper
from kliping.indexing import watching
from kliping.indexing.settling import Settling
from tests.torture import long_too

_FILES = 40
_STATM = Path("/proc/self/statm")


def _held() -> float:
    """Return the megabytes that this process holds."""
    gc.collect()
    return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.skipif(not _STATM.exists(), reason="memory is told by /proc")
@pytest.mark.parametrize("runs", long_too(12, 2880))  # one each half minute of a day
def test_a_day_of_runs(tmp_path, monkeypatch, runs):
    source, index = tmp_path / "source", tmp_path / "index"
    source.mkdir()
    held: list[float] = []
    done = False

    def told(paths, **_):
        """Save a page and remove one, each time with words that were never there before."""
        nonlocal done
        for number in range(runs):
            gone = source / f"{(number + 7) % _FILES}.txt"
            gone.unlink(missing_ok=True)
            page = source / f"{number % _FILES}.txt"
            words = " ".join(f"kata{number}x{at} desa" for at in range(200))
            page.write_text(f"Kabar nomor {number}\n\nWarga {words} membaca kabar ini di balai.\n")
            yield [(1, str(page)), (3, str(gone))]
            if number % max(1, runs // 12) == 0:
                held.append(_held())
        done = True
        yield ()

    monkeypatch.setattr(watching, "_told", told)
    settling = Settling(0)
    keeper = _Keeper(str(index), (str(source),), settling, lambda: done)
    for _ in watching.due(keeper.roots, settling, apart=str(index), poll=False, stop=lambda: done):
        summary = keeper.run(lambda problem: None)
        assert summary is not None
        assert (summary.failed, summary.skipped) == (0, 0)
    with kliping.open(index) as opened:
        assert len(opened) == len(list(source.iterdir()))
    if runs > 1000:
        assert max(held[6:]) < 1.1 * max(held[2:6])
