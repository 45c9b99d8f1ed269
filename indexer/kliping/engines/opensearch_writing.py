"""What waits for a commit, and how it goes to the server: in batches, several at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from kliping.engines.documents import Document, plain
from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_errors import cause
from kliping.engines.opensearch_mapping import deletion, key, lines
from kliping.engines.opensearch_retrying import WRITING, passes, patiently, pause
from kliping.errors import StorageError
from kliping.values import counted

_IN_MEMORY = 32_000_000  # bytes that wait; what is more waits on the disk
_BATCH_BYTES, _BATCH_ROWS = 4_000_000, 1_000
_AT_ONCE = 4  # requests that are under way
_TOO_LARGE, _NOT_FOUND = 413, 404
_TRIES = 12  # of what a busy server turned down within a batch: a minute or more
_ANSWER = {"filter_path": "errors,items.*.status,items.*.error.type,items.*.error.reason"}


class Changes:
    """What was added and deleted since the last commit. Nothing of it has been sent.

    The last word on an article is what counts, and the only one to be sent: so batches may arrive
    in any order, and more than once.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._rows: list[tuple[str, int]] = []
        self._last: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def add(self, documents: Iterable[Document], /) -> None:
        """Have documents take the place of any with their ids."""
        for document in documents:
            self._note(key(document.id), lines(document))

    def delete(self, ids: Iterable[str], /) -> None:
        """Have articles taken out."""
        for article_id in map(plain, ids):
            self._note(key(article_id), deletion(article_id))

    def forget(self) -> None:
        """Forget them."""
        if self._file:
            self._file.close()
        self._file = None
        self._rows.clear()
        self._last.clear()

    def batches(self) -> Iterator[list[bytes]]:
        """Yield them in batches of a bounded size."""
        if not self._file:
            return
        self._file.seek(0)
        batch: list[bytes] = []
        size = 0
        for number, (name, length) in enumerate(self._rows):
            row = self._file.read(length)
            if self._last[name] != number:
                continue
            if batch and (size + length > _BATCH_BYTES or len(batch) == _BATCH_ROWS):
                yield batch
                batch, size = [], 0
            batch.append(row)
            size += length
        if batch:
            yield batch

    def _note(self, name: str, row: bytes) -> None:
        if not self._file:
            self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._last[name] = len(self._rows)
        self._rows.append((name, len(row)))
        self._file.write(row)


def send(client: OpenSearch, address: Address, batches: Iterable[list[bytes]], /) -> None:
    """Send batches, a few at once; returns when all have arrived.

    Raises:
        StorageError: the server would not have some article, whatever else it took.
        TransportError: it did not answer, or was busy, for too long.
    """
    refused: list[str] = []
    waiting: deque[Future[list[str]]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            for batch in batches:
                if len(waiting) == 2 * _AT_ONCE:
                    refused += waiting.popleft().result()
                waiting.append(pool.submit(_sent, client, address, batch))
            while waiting:
                refused += waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()
    if refused:
        raise StorageError(
            f"{address} refused {counted(len(refused), 'article')}, of which {refused[0]}; "
            "take it out of its source, and index again",
            path=str(address),
        )


def _sent(client: OpenSearch, address: Address, rows: Sequence[bytes]) -> list[str]:
    """Send a batch until all of it has arrived; return what is said of what will never be had."""
    refused: list[str] = []
    for tried in range(_TRIES):
        try:
            answer = patiently(lambda: _asked(client, address, rows), WRITING)  # noqa: B023
        except TransportError as error:
            if error.status_code != _TOO_LARGE or len(rows) == 1:
                raise
            half = len(rows) // 2
            parts = rows[:half], rows[half:]
            return refused + [each for part in parts for each in _sent(client, address, part)]
        if not answer["errors"]:
            return refused
        rows, told = _unheard(rows, answer["items"])
        refused += told
        if not rows:
            return refused
        pause(tried)
    raise StorageError(
        f"{address}: it has too much to do; try again later",
        path=str(address),
    )


def _asked(client: OpenSearch, address: Address, rows: Sequence[bytes]) -> Any:
    name = f"/{address.name}/_bulk"
    return client.transport.perform_request("POST", name, params=_ANSWER, body=b"".join(rows))


def _unheard(rows: Sequence[bytes], items: Sequence[Any]) -> tuple[list[bytes], list[str]]:
    """Return the rows that are worth sending again, and what was said of others."""
    again, refused = [], []
    for row, item in zip(rows, items, strict=True):
        ((_, told),) = item.items()
        if "error" not in told:
            continue
        kind, reason = cause(told, "")
        if passes(told["status"], kind):
            again.append(row)
        else:
            refused.append(f"{_name(row)} ({reason})")
    return again, refused


def _name(row: bytes) -> str:
    """Return the id in a row that was sent."""
    import json

    ((_, named),) = json.loads(row.split(b"\n", 1)[0]).items()
    return repr(named["_id"])
