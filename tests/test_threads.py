"""One open index, many threads, while a program writes and another rebuilds."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import kliping

_THREADS, _SECONDS = 16, 2.0


def test_sixteen_threads_search_while_others_write_and_rebuild(
    tmp_path: Path, engine_name: str
) -> None:
    index = tmp_path / "index"
    with kliping.writer(index, engine=engine_name) as writer:
        writer.add({"id": f"a{n}", "judul": f"Gempa {n}", "isi": "Warga siaga."} for n in range(40))
    failed: list[BaseException] = []
    end = monotonic() + _SECONDS
    searches = [0] * _THREADS

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    with kliping.open(index, follow=True) as opened:

        def search(number: int) -> None:
            while monotonic() < end or not searches[number]:
                results = opened.search("gempa", limit=50, facets=number % 2 == 0)
                assert results.total == len(results) >= 40
                assert all(hit.article.id in opened for hit in results[:2])
                assert len(opened) >= 40
                searches[number] += 1

        def write() -> None:
            number = 0
            while monotonic() < end or not number:
                with kliping.writer(index, wait=60) as writer:
                    writer.add({"id": f"b{number % 5}", "judul": f"Gempa ke-{number}", "isi": "x"})
                number += 1

        def rebuild() -> None:
            kliping.build([], index, rebuild=True, wait=60)
            while monotonic() < end:
                kliping.build([], index, rebuild=True, wait=60)

        works = [lambda number=number: search(number) for number in range(_THREADS)]
        threads = [threading.Thread(target=guarded, args=(w,)) for w in [*works, write, rebuild]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failed, failed[:3]
        assert all(searches)
        assert len(opened) >= 41


def test_asynchronous_programs_search_in_threads(built_index: kliping.Index) -> None:
    async def both() -> list[int]:
        asked = (asyncio.to_thread(built_index.search, text) for text in ("gempa", "banjir"))
        return [results.total for results in await asyncio.gather(*asked)]

    assert asyncio.run(both()) == [2, 1]
