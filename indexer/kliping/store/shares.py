"""A share of an index that several machines write at once: 3/8 is the third of eight."""

from __future__ import annotations

import re
from typing import NamedTuple

from kliping.errors import IndexingError
from kliping.store.segments import key_of

MOST = 1_000
_SHARE = re.compile(r"(\d{1,4})/(\d{1,4})")
_ASKED = "shard="


class Share(NamedTuple):
    """Which share it is, counted from 1, of how many; the whole is 1/1."""

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str, /) -> Share:
        """Read ``3/8``.

        Raises:
            IndexingError: it is no share.
        """
        found = _SHARE.fullmatch(text)
        share = cls(*map(int, found.groups())) if found else cls(0)
        if not 1 <= share.number <= share.of <= MOST:
            raise IndexingError(f"'{text}' is no share; one is written 3/8, of {MOST:,} at most")
        return share

    def __str__(self) -> str:
        return f"{self.number}of{self.of}"

    def has(self, key: str, /) -> bool:
        """Say whether what is called ``key`` belongs to this share, on whatever machine."""

        name = key_of(key.encode(errors="surrogateescape"))
        return int.from_bytes(name, "big") % self.of == self.number - 1


def parted(place: str, /) -> tuple[str, Share | None]:
    """Return an address without the share that it names, and that share, if it does.

    >>> parted("http://localhost:9200/berita?shard=3/8&replicas=1")
    ('http://localhost:9200/berita?replicas=1', Share(number=3, of=8))
    """
    url, _, asked = place.partition("?")
    said = asked.split("&") if asked else []
    shares = [each for each in said if each.startswith(_ASKED)]
    others = "&".join(each for each in said if each not in shares)
    share = Share.parse(shares[-1].removeprefix(_ASKED)) if shares else None
    return url + (f"?{others}" if others else ""), share


def of_share(place: str, share: Share, /) -> str:
    """Return the address of a share of the index at an address.

    >>> of_share("http://localhost:9200/berita?replicas=1", Share(3, 8))
    'http://localhost:9200/berita?replicas=1&shard=3/8'
    """
    url, _ = parted(place)
    return f"{url}{'&' if '?' in url else '?'}{_ASKED}{share.number}/{share.of}"
