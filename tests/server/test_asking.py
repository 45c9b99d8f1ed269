from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

import kliping
from kliping.errors import IndexNotFound
from kliping.server.asking import Asking
from kliping.server.problems import Problem
from kliping.server.settings import Settings


def _asking(index: Path, **limits: Any) -> Asking:
    return Asking(Settings(index=index, **limits))


def test_more_than_may_wait_are_refused_at_once_and_the_rest_answered(served_index: Path) -> None:
    asking, go = _asking(served_index, threads=1, waiting=3, from_one=9), threading.Event()

    async def ask_five() -> list[object]:
        asked = [asyncio.create_task(asking.ask(lambda index: go.wait(20))) for _ in range(5)]
        await asyncio.sleep(0.05)
        refused = [task for task in asked if task.done()]
        assert len(refused) == 2
        go.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    answers = asyncio.run(ask_five())
    assert answers.count(True) == 3
    problems = [each for each in answers if isinstance(each, Problem)]
    assert [each.status for each in problems] == [503, 503]
    assert all("Retry-After" in each.headers for each in problems)
    assert asking.asked == 0
    asking.close()


def test_one_address_leaves_room_for_others(served_index: Path) -> None:
    asking, go = _asking(served_index, threads=1, waiting=4, from_one=2), threading.Event()

    async def ask_both() -> list[object]:
        greedy = [asking.ask(lambda index: go.wait(20), "10.0.0.1") for _ in range(4)]
        tasks = [asyncio.create_task(each) for each in greedy]
        await asyncio.sleep(0.05)
        tasks.append(asyncio.create_task(asking.ask(len, "10.0.0.2")))
        await asyncio.sleep(0)
        go.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    *greedy, other = asyncio.run(ask_both())
    assert [getattr(each, "status", 200) for each in greedy] == [200, 200, 429, 429]
    assert other == 6
    asking.close()


def test_what_takes_too_long_is_given_up(served_index: Path) -> None:
    asking, go = _asking(served_index, threads=1, seconds=0.05), threading.Event()
    with pytest.raises(Problem, match=r"within 0\.05 seconds") as told:
        asyncio.run(asking.ask(lambda index: go.wait(20)))
    assert told.value.status == 503
    go.set()
    asking.close()


def test_an_index_that_comes_later_is_found(tmp_path: Path, source: Path) -> None:
    asking = _asking(tmp_path / "index")
    with pytest.raises(IndexNotFound):
        asyncio.run(asking.ask(len))
    assert asking.state == "being built"
    kliping.build(source, tmp_path / "index")
    assert asyncio.run(asking.ask(len)) == 6
    assert asking.state == "open"
    asking.close()
