"""An index at an address: its articles in indices of a cluster, its notes in one beside them.

    NAME                the alias that searches of others go to: all articles
    NAME-1              the articles of generation 1; of a share, NAME-3of8-1
    NAME-notes          of each share: a document that lists its notes, their blocks, its lease

What :mod:`kliping.store.folder` says of a folder holds of an address too, with a temporary folder
that mirrors the notes: a run fetches what it lacks, and each step of a commit that makes them
lasting sends what has changed. So any machine can go on where another ended, or died.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from opensearchpy.exceptions import RequestError

from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_client import connect
from kliping.engines.opensearch_errors import Errors
from kliping.engines.opensearch_retrying import READING, WRITING, Patience
from kliping.errors import IndexLocked, IndexMismatch
from kliping.errors.cures import command
from kliping.store.blocks import Blocks
from kliping.store.folder import IndexFolder, Manifest, check_wait
from kliping.store.lease import Lease
from kliping.store.mirror import Document, Mirror, Replaced
from kliping.store.shares import Share, of_share, parted

_KEPT = {"type": "object", "enabled": False}
_WORD = {"type": "keyword"}
_NOTES = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1", "codec": "default"},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            **{"share": _WORD, "name": _WORD, "data": {"type": "binary"}},
            **{"body": _KEPT, "mark": {"type": "keyword", "index": False}},
        },
    },
}


class IndexAddress(IndexFolder):
    """Where one index lives, or a share of it: an address of a cluster."""

    is_address = True

    def __init__(self, place: str, /, *, client: Any = None) -> None:
        url, named = parted(place)
        self.share, self._is_named = named or Share(), named is not None
        super().__init__(tempfile.mkdtemp(prefix="kliping-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        self._address = Address.parse(url)
        url = str(self._address)
        self.place: str = of_share(url, self.share) if named else url
        self._client = client or connect(self._address)
        self._errors = Errors(self._address)
        self._index = f"{self._address.name}-notes"
        name = str(self.share)
        self._mirror = Mirror(
            self._document(f"share-{name}"),
            Blocks(self._client, self._index, name, self.place),
            self.path,
        )
        self._lease = Lease(self._document(f"lease-{name}", patience=READING))
        self._is_writing = False

    def _document(self, name: str, *, patience: Patience = WRITING) -> Document:
        return Document(self._client, self._index, name, patience=patience)

    def manifest(self, *, any_format: bool = False) -> Manifest:
        """Read the manifest as it is now."""
        self.look()
        return super().manifest(any_format=any_format)

    def look(self) -> None:
        """Bring in the small files, unless what is here is newer."""
        if not self._is_writing:
            with self._errors:
                self._mirror.pull()

    def is_free(self) -> bool:
        """Say whether an index may be made here: what has its name is ours, or nothing has."""
        with self._errors:
            indices = self._client.indices
            return bool(
                indices.exists(index=self._index) or not indices.exists(index=self._address.name)
            )

    def engine_place(self, number: int, /) -> Address:
        """Return the address of the index that holds one generation."""
        name = self._address.name
        if self.share.of > 1:
            return self._beside(f"{self.share}-{number}", of_share(name, self.share))
        return self._beside(f"{number}", name)

    def _beside(self, part: str, of: str) -> Address:
        scheme, hosts, name, user, settings, _ = self._address / part
        return Address(scheme, hosts, name, user, settings, of)

    def notes(self, number: int, /) -> Path:
        """Return the file of one generation's notes on sources, brought in."""
        path = super().notes(number)
        if not self._is_writing:
            with self._errors:
                self._mirror.pull(lambda name: name == path.relative_to(self.path).as_posix())
        return path

    def shares(self) -> Sequence[IndexFolder]:
        """Return the shares that machines write apart, as far as they have been begun."""
        if self._is_named or (total := self._total()) == 1:
            return (self,)
        url = str(self._address)
        each = [
            IndexAddress(of_share(url, Share(number, total)), client=self._client)
            for number in range(1, total + 1)
        ]
        return [share for share in each if share.has_index()] or (self,)

    def pull(self, number: int, /) -> None:
        """Bring in the groups of a generation."""
        start = f"generation-{number}/groups"
        if not self._is_writing:
            with self._errors:
                self._mirror.pull(lambda name: name.startswith(start))

    def keep(self) -> None:
        """Send what has been written here.

        Raises:
            IndexLocked: another writer has taken this one's place.
        """
        with self._errors:
            try:
                self._mirror.push()
            except Replaced:
                raise self._locked("has taken this one's place, as it was not heard of") from None

    def stamp(self, number: int, /) -> object:
        """Return what differs once anything was sent."""
        with self._errors:
            return self._mirror.stamp()

    def size(self, number: int, /) -> int:
        """Return the bytes of a generation's index, with its copies on other nodes."""
        with self._errors:
            name = self.engine_place(number).name
            told = self._client.indices.stats(index=name, metric="store")
        return int(told["_all"]["total"]["store"]["size_in_bytes"])

    def start(self, number: int, /) -> Path:
        """Make room for an empty generation; what a run that died has left there goes."""
        with self._errors:
            self._client.indices.delete(index=self.engine_place(number).name, ignore=404)
        return super().start(number)

    def newest(self) -> int:
        """Return the highest number that any generation has, 0 if there is none."""
        return max(self._generations(), default=super().newest())

    def sweep(self, current: int, /) -> None:
        """Remove the generations that are over: the one before, and what runs that died left."""
        super().sweep(current)
        with self._errors:
            for number, name in self._generations().items():
                if number != current:
                    self._client.indices.delete(index=name, ignore=404)

    def published(self, number: int, /) -> None:
        """Let all know of a new generation. Searches may still read the old one: it goes later."""
        with self._errors:
            names = self._generations()
            alias = self._address.name
            old = [name for each, name in names.items() if each != number]
            gone = [{"remove": {"index": name, "alias": alias}} for name in old]
            come = {"add": {"index": self.engine_place(number).name, "alias": alias}}
            optional = [{"remove": {**each["remove"], "must_exist": False}} for each in gone]
            self._client.indices.update_aliases(body={"actions": [come, *optional]})
        super().sweep(number)
        self.keep()

    @contextmanager
    def writing(self, *, wait: float) -> Iterator[None]:
        """Hold the one writer's place of this index or share, by a lease.

        Raises:
            IndexingError: ``wait`` is no time.
            IndexLocked: another process still writes; the message says which.
            IndexMismatch: the index is parted into another number of shares.
            NotAnIndex: an index of somebody else has its name.
            StorageError: the cluster said no.
        """
        check_wait(wait)
        if not self.is_free():
            raise self._missing()
        with self._errors:
            self._make()
            self._claim_total()
            if self._lease.acquire(wait) is not None:
                raise self._locked("writes")
        try:
            with self._errors:
                self._mirror.pull(lambda name: True)
                self._mirror.claim()
                if self._lease.taken_over:
                    self._mirror.sweep()
            self._is_writing = True
            yield
            self.keep()
        finally:
            self._is_writing = False
            self._lease.release()

    def _make(self) -> None:
        """Make the index of notes, if there is none."""
        if not self._client.indices.exists(index=self._index):
            try:
                self._client.indices.create(index=self._index, body=_NOTES)
            except RequestError as error:
                if error.error != "resource_already_exists_exception":  # by another, just now
                    raise

    def _locked(self, does: str) -> IndexLocked:
        holder = str(self._lease.holder() or "another process")
        return IndexLocked(
            f"{self.place}: {holder} {does}; wait for it to finish, or end it",
            path=self.place,
            holder=holder,
        )

    def _generations(self) -> dict[int, str]:
        """Return the names of the indices of generations that are there, by their numbers."""
        one = self.engine_place(0).name.removesuffix("0")
        with self._errors:
            found = self._client.indices.get_alias(index=f"{one}*", ignore=404)
        numbers = {name: name.removeprefix(one) for name in found if name.startswith(one)}
        return {int(each): name for name, each in numbers.items() if each.isdecimal()}

    def _total(self) -> int:
        """Return into how many shares the index is parted."""
        with self._errors:
            body = self._document("shares").read()
        return int(body["total"]) if body else 1

    def _claim_total(self) -> None:
        """Part the index, if it is new, as this share says; else it must be as it was."""
        document, mine = self._document("shares"), self.share.of
        body = document.read()
        if body is None:
            try:
                document.write({"total": mine})
            except Replaced:
                body = document.read()
        total = body["total"] if body else mine
        if total != mine:
            cure = command(f"index FOLDER --shard 1/{total}", str(self._address))
            raise IndexMismatch(
                f"{self._address} is parted into {total}, not {mine}: each is written by itself; "
                f"try: {cure}"
                if total > 1
                else f"{self._address} is not parted into shares; try: "
                f"{command('index FOLDER', str(self._address))}",
                path=self.place,
            )
