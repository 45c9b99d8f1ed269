"""A sample across a whole file: windows at places far apart, for files that can be sought in.

Of what comes out of a gzip or an archive only the beginning can be seen before it is read.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kliping.corpus.containers.streams import Opened
from kliping.corpus.text.decoding import wide

_WIDE = 24 << 10  # bytes of a window
_FEWEST, _MOST = 2, 12  # windows
_SHARE = 32  # a part in so many of a file is looked at, within these bounds


@dataclass(frozen=True, slots=True)
class Sampled:
    """Records from across a file, and how many it has in all, or about."""

    records: list[object] = field(default_factory=list)
    rows: int = 0


def sample(opened: Opened, records_of: Callable[[str], Iterable[object]], /) -> Sampled:
    """Return records from windows across a file, none where it cannot be sought in.

    ``records_of`` finds the records in a piece of text that is cut out anywhere. The place in
    the file is afterwards where it was.
    """
    stream = opened.stream
    if opened.packed or not stream.seekable():
        return Sampled()
    place = stream.tell()
    size = stream.seek(0, os.SEEK_END)
    seen = 0
    records: list[object] = []
    for text in _windows(stream, size):
        seen += len(text)
        records += records_of(text)
    stream.seek(place)
    return Sampled(records, len(records) * size // max(seen, 1))


def _windows(stream: io.BufferedReader, size: int) -> Iterator[str]:
    stream.seek(0)
    encoding = wide(stream.read(_WIDE)) or "utf-8"
    windows = min(max(size // (_SHARE * _WIDE), _FEWEST), _MOST)
    for number in range(1, windows + 1):
        place = max(0, size - _WIDE) * number // windows
        stream.seek(place - place % 2)
        yield stream.read(_WIDE).decode(encoding, "replace")
