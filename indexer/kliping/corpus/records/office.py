"""What the files of office programs have in common: zips of XML, taken apart element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from zipfile import ZipFile

from lxml import etree

from kliping.corpus.containers.streams import Budget

Sheet = tuple[str, Iterator[tuple[object, ...]]]

_HEAD = 4096  # bytes in which a document type is declared, if it is
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check(archive: ZipFile, budget: Budget, /) -> None:
    """Count what the parts of a document unpack to; raise ValueError for one that may swell.

    Raises:
        Bomb: it unpacks to too much.
    """
    for info in archive.infolist():
        budget.spend(info.file_size)
        if info.filename.endswith((".xml", ".rels")):
            with archive.open(info) as file:
                if _DECLARES.search(file.read(_HEAD)):
                    raise ValueError("declares entities of its own, which are never resolved")


def elements(file: IO[bytes], *tags: str) -> Iterator[etree._Element]:
    """Yield the elements of these names, each forgotten when the next is asked for."""
    parsing = etree.iterparse(
        file, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for _, node in parsing:
        yield node
        node.clear()
        parent = node.getparent()
        while parent is not None and node.getprevious() is not None:
            del parent[0]
