"""Which kind of place is named as an index: a folder, or an address on a cluster."""

from __future__ import annotations

import os
import re

from kliping.errors import EngineUnavailable
from kliping.store.folder import IndexFolder

Place = str | os.PathLike[str]

_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*://")


def is_address(place: Place, /) -> bool:
    """Say whether an address is named, and no folder.

    >>> is_address("https://desk@arsip.example:9200/berita"), is_address("arsip/berita")
    (True, False)
    """
    return isinstance(place, str) and _ADDRESS.match(place) is not None


def located(place: Place, /) -> IndexFolder:
    """Return the index at a place, whether there is one yet or not.

    Raises:
        NotAnIndex: an address that cannot be one.
        EngineUnavailable: what talks to a cluster is not installed.
    """
    if not is_address(place):
        return IndexFolder(os.fspath(place))
    try:
        from kliping.store.address import IndexAddress
    except ImportError as error:
        raise EngineUnavailable(
            f"{place} needs opensearch-py ({error}); try: pip install 'kliping[opensearch]'"
        ) from error
    return IndexAddress(os.fspath(place))
