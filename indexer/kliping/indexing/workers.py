"""Processes that read files and prepare what is in them, each its share, for the one that writes.

What they send waits in a pipe of bounded length, so memory does not grow with the folder. One that
gives nothing for too long, or dies, costs the file that it is at: another takes up the rest.
"""

from __future__ import annotations

import gc
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from kliping.article import Article
from kliping.corpus import SourceFile
from kliping.corpus.shares import Remainder, Share
from kliping.errors import IndexingError
from kliping.indexing.patience import too_slow
from kliping.indexing.preparing import Item, Prepare
from kliping.indexing.reading import read_share

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_ITEMS_A_MESSAGE = 200
_LETTERS_A_MESSAGE = 1_000_000
_SECONDS_A_MESSAGE = 1.0
_PIPE_BYTES = 1 << 20  # a block of records or two, where the system lets a pipe be so long
_START_SECONDS = 60.0  # on a machine that is busy
_UNSTARTED = (
    "no process can be started from this program; put what it does behind "
    "'if __name__ == \"__main__\":', or use jobs=1"
)

Task = tuple[SourceFile, Share]


class Message(NamedTuple):
    """Items of a file that stand together, in one of its blocks, which ``ends`` or goes on.

    The last message of a file says how many ``blocks`` it has, and what is ``left`` to be said.
    """

    block: int
    items: Sequence[Item]
    ends: bool
    blocks: int = 0
    left: Remainder | None = None
    digest: str = ""
    error: str | None = None


class Worker:
    """A process that does some tasks in order, and another if it is stuck or dies of one."""

    def __init__(
        self, tasks: Sequence[Task], timeout: float, preparing: Callable[[], Prepare]
    ) -> None:
        self._tasks, self._timeout, self._preparing = deque(tasks), timeout, preparing
        self._message: Message | None = None
        self._is_done = True
        self._start()

    def begin(self) -> None:
        """Go to the next task; what was not asked for of the one before is passed over."""
        while not self._is_done and isinstance(self.message(), Message):
            self.take()
        self._message, self._is_done = None, False
        if self._pipe.closed:
            self._start()
        self._tasks.popleft()

    def message(self, more_seconds: float = 0.0, /) -> Message | str:
        """Return the message at hand, waiting for it, or why none will come any more.

        Raises:
            IndexingError: no process can be started at all.
        """
        if self._message is None:
            received = self._receive(self._timeout + more_seconds)
            if isinstance(received, str):
                return received
            self._message = received
        return self._message

    def take(self) -> None:
        """Go on to the next message; of a file's last, what it says of the whole file stays."""
        if self._message and self._message.blocks:
            self._message, self._is_done = self._message._replace(items=()), True
        else:
            self._message = None

    def close(self) -> None:
        """End the process, if it has not ended."""
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._is_done = True

    def _start(self) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")  # not forked: the engine's threads would come in mid-step
        self._pipe, theirs = context.Pipe(duplex=False)
        _lengthen(theirs)
        tasks = list(self._tasks)
        self._process = context.Process(
            target=_work, args=(tasks, theirs, self._preparing), daemon=True
        )
        self._is_starting = True
        with _deaf_to_interrupts():
            self._process.start()
        theirs.close()

    def _receive(self, seconds: float) -> Message | str:
        began = None
        # Who stops in the middle of a message is ended: what has begun is waited for without end.
        late = threading.Timer(seconds, self._process.kill)
        late.daemon = True
        with suppress(EOFError, OSError):
            if self._is_starting and self._pipe.poll(_START_SECONDS):
                self._pipe.recv_bytes()
                self._is_starting = False
            if not self._is_starting and self._pipe.poll(seconds):
                began = time.monotonic()
                late.start()
                try:
                    message: Message = pickle.loads(self._pipe.recv_bytes())
                finally:
                    late.cancel()
                return message
            self.close()
            return too_slow(self._timeout)
        self._process.join()
        self.close()
        if began is not None and time.monotonic() - began >= seconds:
            return too_slow(self._timeout)
        if self._is_starting and (self._process.exitcode or 0) > 0:
            raise IndexingError(_UNSTARTED)
        return f"what read it died ({_end(self._process.exitcode)}): left out; is memory short?"


def _end(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with suppress(ValueError):
            return signal.Signals(-exitcode).name
    return f"exit {exitcode}"


def _lengthen(pipe: Connection) -> None:
    """Let more wait in a pipe, where the system can."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C, which reaches all of a terminal's, leaves to their parent."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is asked what a signal does
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def _work(tasks: Sequence[Task], pipe: Connection, preparing: Callable[[], Prepare]) -> None:
    """Send what is in each file, once told that the process has started."""
    import kliping.corpus.records.json_lines  # noqa: F401 (or the first file would wait for it)

    prepare = preparing()
    gc.freeze()  # the tables of the analyser are not looked through for what can go
    with suppress(BrokenPipeError, ConnectionResetError):  # nobody wants to know any more
        pipe.send_bytes(b"")
        for file, share in tasks:
            for message in _messages(file, share, prepare):
                pipe.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def _messages(file: SourceFile, share: Share, prepare: Prepare) -> Iterator[Message]:
    """Yield what is in a reader's share of a file, none much later than it is read."""
    try:
        digest, items = read_share(file, share)
    except OSError as error:
        yield Message(0, (), ends=True, blocks=1, error=error.strerror or str(error))
        return
    batch: list[Item] = []
    block, letters, due = 0, 0, time.monotonic() + _SECONDS_A_MESSAGE
    for item in items:
        if batch and share.block != block:
            yield Message(block, batch, ends=True, digest=digest)
            batch, letters, due = [], 0, time.monotonic() + _SECONDS_A_MESSAGE
        block = share.block
        batch.append(prepare(item))
        letters += len(item.body) if isinstance(item, Article) else 0
        is_full = len(batch) == _ITEMS_A_MESSAGE or letters > _LETTERS_A_MESSAGE
        if is_full or time.monotonic() > due:
            yield Message(block, batch, ends=False, digest=digest)
            batch, letters, due = [], 0, time.monotonic() + _SECONDS_A_MESSAGE
    yield Message(block, batch, ends=True, blocks=share.block + 1, left=share.left, digest=digest)
