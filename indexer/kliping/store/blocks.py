"""Files of a folder as blocks in an index of a cluster, named by their content.

Of a file that has changed, only the blocks that have are sent or fetched. A block is written once
and never changed, so one that is there is whole.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from kliping.engines.opensearch_retrying import READING, WRITING, patiently
from kliping.errors.cures import damaged
from kliping.store.segments import digest

BLOCK = 1 << 18
_TOGETHER = 32  # blocks in one request: some 8 MB at most
_DIGEST = 16


class Kept(NamedTuple):
    """A file as it is kept: its size, and the names of its blocks in their order."""

    size: int
    blocks: tuple[str, ...]


class Gone(Exception):
    """A block has been replaced since the list that names it was read."""


class Blocks:
    """The blocks of one share of the index at ``place``, in an index beside it."""

    def __init__(self, client: Any, index: str, share: str, place: str, /) -> None:
        self._client, self._index, self._share, self._place = client, index, share, place

    def send(self, path: Path, known: Iterable[str], /) -> Kept:
        """Send what of a file is not among the blocks that are ``known`` to be there."""
        there, names, size = set(known), list[str](), 0
        new: dict[str, bytes] = {}
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                name, size = digest(block, _DIGEST).hex(), size + len(block)
                names.append(name)
                if name not in there:
                    new[name] = block
                    there.add(name)
                if len(new) == _TOGETHER:
                    self._write(new)
                    new = {}
        self._write(new)
        return Kept(size, tuple(names))

    def fetch(self, kept: Kept, path: Path, /) -> None:
        """Make the file at ``path`` as it is kept.

        Raises:
            Gone: another list is true by now.
        """
        with path.open("wb") as file:
            for some in _batched(kept.blocks, _TOGETHER):
                found = self._read(set(some))
                file.writelines(found[name] for name in some)

    def remove(self, names: Iterable[str], /) -> None:
        """Remove blocks that nothing names any more."""
        for some in _batched(names, 1_000):
            self._bulk([{"delete": {"_id": self._id(name)}} for name in some])

    def all(self) -> Iterator[str]:
        """Yield the names of all blocks that are there, also of those that nothing names."""
        self._client.indices.refresh(index=self._index)
        after: list[Any] = []
        while True:
            asked = {"size": 1_000, "_source": False, "sort": ["name"]}
            asked |= {"query": {"term": {"share": self._share}}, "docvalue_fields": ["name"]}
            asked |= {"search_after": after} if after else {}
            hits = self._client.search(index=self._index, body=asked)["hits"]["hits"]
            if not hits:
                return
            yield from (hit["fields"]["name"][0] for hit in hits)
            after = hits[-1]["sort"]

    def _id(self, name: str) -> str:
        return f"block-{self._share}-{name}"

    def _write(self, blocks: Mapping[str, bytes]) -> None:
        lines: list[dict[str, Any]] = []
        for name, block in blocks.items():
            packed = base64.b64encode(zlib.compress(block, 1)).decode()
            lines.append({"index": {"_id": self._id(name)}})
            lines.append({"share": self._share, "name": name, "data": packed})
        self._bulk(lines)

    def _bulk(self, lines: list[dict[str, Any]]) -> None:
        from opensearchpy.exceptions import TransportError

        if not lines:
            return
        answer = patiently(partial(self._client.bulk, body=lines, index=self._index), WRITING)
        for item in answer["items"] if answer["errors"] else ():
            (told,) = item.values()
            if told["status"] >= 400 and told["status"] != 404:
                raise TransportError(told["status"], told["error"]["type"], told)

    def _read(self, names: set[str]) -> dict[str, bytes]:
        asked = {"ids": [self._id(name) for name in names]}
        found = {}
        answer = patiently(partial(self._client.mget, body=asked, index=self._index), READING)
        for doc in answer["docs"]:
            if not doc.get("found"):
                raise Gone(doc["_id"])
            row = doc["_source"]
            block = zlib.decompress(base64.b64decode(row["data"]))
            if digest(block, _DIGEST).hex() != row["name"]:
                raise damaged(Path(doc["_id"]), "not as it was written", self._place)
            found[row["name"]] = block
        return found


def _batched(names: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(names)
    while some := list(islice(left, size)):
        yield some
