"""What is in a source file, on its way in: read in this process, as its items are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kliping.article import Article
from kliping.corpus import Problem, SourceFile, read_file
from kliping.corpus.records.mapping import said
from kliping.corpus.shares import Share
from kliping.indexing.patience import TIMEOUT, patiently, too_slow
from kliping.indexing.preparing import Item, Prepared

DIGITS = 32  # of the digest of a file's content


@dataclass(frozen=True, slots=True)
class Read:
    """A file's content on its way in, by the batch; ``error`` where the system refused it."""

    file: SourceFile
    digest: str
    batches: Iterable[Sequence[Item]]
    error: str | None = None

    @property
    def items(self) -> Iterator[Article | Problem]:
        """Yield what is in the batches, articles as they were read."""
        for batch in self.batches:
            for item in batch:
                yield item.article if isinstance(item, Prepared) else item


def digest(path: Path, /) -> str:
    """Return 32 hexadecimal digits that change with the content of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:DIGITS]


def digest_of(file: SourceFile, /) -> str:
    """Return what changes with the content of a file, or with what is said of its columns."""
    return digest(file.path) + said_of(file)


def said_of(file: SourceFile, /) -> str:
    """Return the part of a file's digest that changes with what is said of its columns."""
    return f"+{said(file.columns)}" if file.columns else ""


def read_here(file: SourceFile, /, *, timeout: float = TIMEOUT) -> Read:
    """Read a file; one that gives nothing for ``timeout`` seconds ends there."""
    try:
        content, items = digest_of(file), read_file(file)
    except OSError as error:
        return Read(file, "", (), error.strerror or str(error))
    batches = patiently(file, items, timeout)
    first = next(batches)
    if first and isinstance(first[0], Problem) and first[0].reason == too_slow(timeout):
        return Read(file, "", (), first[0].reason)  # and what it gave before is kept
    return Read(file, content, chain((first,), batches))


def read_share(file: SourceFile, share: Share, /) -> tuple[str, Iterator[Article | Problem]]:
    """Return the digest of a file and the items of a share of it; the first reader digests.

    Raises:
        OSError: the system refuses the file.
    """
    content = "" if share.number else digest_of(file)
    items = read_file(file, share=share)
    return content, (item for item in items if share.is_here)
