"""Articles made small: what an engine stores of each is packed by Zstandard.

An article is short, and its beginning has nothing to refer back to. So all refer to one dictionary,
made of this project's sample articles (``benchmarks/article_dictionary.py``), which takes 13 of 100
bytes off; in tantivy's own blocks of LZ4 articles took 1.37 times as much. The dictionary is part
of the format of an index.
"""

from __future__ import annotations

from pathlib import Path
from threading import local

import zstandard

DICTIONARY = "data/articles.zdict"
LEVEL = 3  # 6 takes another 4 of 100 bytes off, in thrice the time


class _Tools(local):
    """What packs and unpacks, made once a thread: neither may serve two at once."""

    def __init__(self) -> None:
        known = (Path(__file__).parent / DICTIONARY).read_bytes()
        dictionary = zstandard.ZstdCompressionDict(known)
        self.pack = zstandard.ZstdCompressor(LEVEL, dictionary, write_dict_id=False).compress
        self.unpack = zstandard.ZstdDecompressor(dictionary).decompress


_tools = _Tools()


def packed(data: bytes, /) -> bytes:
    """Return ``data`` made small."""
    return _tools.pack(data)


def unpacked(data: bytes, /) -> bytes:
    """Return what :func:`packed` was given.

    Raises:
        ValueError: it did not return this.
    """
    try:
        return _tools.unpack(data)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error
