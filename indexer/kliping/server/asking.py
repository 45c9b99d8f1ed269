"""Questions to the index: asked in threads, a bounded number at once, each for a bounded time.

Engines let go of the interpreter's lock while they search, so a few threads keep the processors
busy; more of them would only wait for one another. What waits is bounded too: a server that is
asked more than it can answer says so at once, and stays quick for those whom it does answer.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from kliping.errors import (
    ArticleNotFound,
    IndexingError,
    IndexNotFound,
    KlipingError,
    SeveralArticles,
)
from kliping.index import Index, open_index
from kliping.server.problems import Problem
from kliping.server.settings import Settings

_Answer = TypeVar("_Answer")
# What a question may raise though nothing is wrong with the index.
_NO_FAULT = (ArticleNotFound, SeveralArticles)
_SOON = {"Retry-After": "1"}
TOO_MANY = Problem(503, "too many searches at once; try again soon", headers=_SOON)
_TOO_MANY_FROM_ONE = Problem(
    429, "too many searches at once from this address; wait for some to end", headers=_SOON
)


class Asking:
    """The index that is served; it follows what others commit and rebuild."""

    def __init__(self, settings: Settings, /) -> None:
        self._settings = settings
        self._threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="search")
        self._opening = Lock()
        self._index: Index | None = None
        self._under_way: Counter[str] = Counter()
        self.asked = 0
        self.state = "not opened yet"

    async def ask(self, question: Callable[[Index], _Answer], /, client: str = "") -> _Answer:
        """Return what a question gives, asked in a thread.

        Raises:
            Problem: too many questions wait, or this one took too long.
            KlipingError: there is no index yet, or what the question raises.
        """
        if self.asked >= self._settings.waiting:
            raise TOO_MANY
        if self._under_way[client] >= self._settings.from_one:
            raise _TOO_MANY_FROM_ONE
        self.asked += 1
        self._under_way[client] += 1
        try:
            loop = asyncio.get_running_loop()
            async with asyncio.timeout(self._settings.seconds):
                return await loop.run_in_executor(self._threads, self._answer, question)
        except TimeoutError:
            detail = f"no answer within {self._settings.seconds:g} seconds; ask for less, or later"
            raise Problem(503, detail, headers=_SOON) from None
        finally:
            self.asked -= 1
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]

    def _answer(self, question: Callable[[Index], _Answer]) -> _Answer:
        try:
            answer = question(self._opened())
        except KlipingError as error:
            if isinstance(error, IndexingError) and not isinstance(error, _NO_FAULT):
                missing = isinstance(error, IndexNotFound)
                self.state = "being built" if missing else "cannot be opened"
            raise
        self.state = "open"
        return answer

    def _opened(self) -> Index:
        if self._index is None:
            with self._opening:
                self._index = self._index or open_index(
                    self._settings.index, follow=True, local=False
                )
        return self._index

    async def warm_up(self, question: Callable[[Index], object], /) -> None:
        """Open the index, if it is there, and ask it, so that the first reader need not wait.

        Returns when it has answered, or could not, or after the time that any question has.
        """
        loop = asyncio.get_running_loop()
        answer = loop.run_in_executor(self._threads, self._answer, question)
        answer.add_done_callback(_let_be)
        await asyncio.wait([answer], timeout=self._settings.seconds)

    def close(self) -> None:
        """Let what is being answered end, what waits be refused, and the index go."""
        self._threads.shutdown(cancel_futures=True)
        if self._index is not None:
            self._index.close()


def _let_be(answer: asyncio.Future[object]) -> None:
    """Take note of what a question of our own raised: whoever asks next is told."""
    if not answer.cancelled():
        answer.exception()
