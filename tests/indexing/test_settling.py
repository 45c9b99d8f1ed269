"""Files are waited for while they grow, by a clock that the tests turn."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from kliping.corpus.files import SourceFile
from kliping.indexing.settling import Settling


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def settling(clock):
    return Settling(0.5, clock=clock)


@pytest.fixture
def touch(tmp_path, settling):
    """Write to a file and tell of it."""

    def touch(name, text="isi", *, told=True):
        path = tmp_path / name
        with path.open("a") as file:
            file.write(text)
        if told:
            settling.touch(str(path))
        return str(path)

    return touch


def _due(settling, clock, *, within):
    """Return after how many tenths of a second a run is due; None if it is not in time."""
    for tenth in range(round(within * 10) + 1):
        if settling.is_due():
            return tenth
        clock.now += 0.1
    return None


def test_nothing_told_is_no_reason(settling, clock):
    assert _due(settling, clock, within=3600) is None


def test_a_file_is_due_when_it_has_settled(settling, clock, touch):
    touch("a")
    assert _due(settling, clock, within=5) in (5, 6)
    assert _due(settling, clock, within=5) is None


@pytest.mark.parametrize("told", [True, False], ids=["told", "seen"])
def test_what_still_grows_is_waited_for(settling, clock, touch, told):
    touch("a")
    for _ in range(20):
        clock.now += 0.3
        touch("a", told=told)
        assert not settling.is_due()
    assert _due(settling, clock, within=5) in (5, 6)


def test_a_burst_is_one_run(settling, clock, touch):
    for number in range(200):
        touch(f"a{number}")
        clock.now += 0.002
    assert _due(settling, clock, within=5) in (5, 6)
    assert not len(settling)


def test_what_is_settled_waits_a_second_for_the_rest(settling, clock, touch):
    touch("whole")
    growing, runs = touch("growing"), []
    for tenth in range(40):
        clock.now += 0.1
        touch("growing")
        if settling.is_due():
            runs.append(tenth)
    assert runs in ([14], [15])
    assert settling.later(SourceFile(growing, "k", 1, 0), growing)


def test_what_grows_for_ever_is_taken_once_a_minute(settling, clock, touch, tmp_path):
    runs = []
    for tenth in range(1900):
        path = touch("endless")
        if settling.is_due():
            runs.append(tenth)
            file = SourceFile(path, "k", 1, Path(path).stat().st_mtime_ns)
            assert not settling.later(file, path)
        clock.now += 0.1
    assert len(runs) == 3
    assert all(590 <= later - earlier <= 610 for earlier, later in pairwise(runs))


@pytest.mark.parametrize(
    ("age", "left"), [(0.1, True), (5, False), (-3600, False)], ids=["now", "before", "clock-wrong"]
)
def test_what_a_run_meets_untold_is_left_while_it_is_new(settling, clock, touch, age, left):
    path = touch("met", told=False)
    file = SourceFile(path, "k", 1, int((time.time() - age) * 1e9))
    assert settling.later(file, path) is left
    assert (_due(settling, clock, within=2) is not None) is left


def test_what_is_gone_is_due_too(settling, clock, touch):
    Path(touch("gone")).unlink()
    settling.touch("gone")
    assert _due(settling, clock, within=2) is not None


def test_a_run_that_failed_is_tried_again(settling, clock):
    settling.again(30)
    assert _due(settling, clock, within=29) is None
    assert _due(settling, clock, within=2) is not None
    assert _due(settling, clock, within=100) is None
